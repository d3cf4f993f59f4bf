/// Names of TLS numbers, from IANA's registries.
extension TLS {
    static func named(_ version: UInt64) -> String? {
        (0x0300...0x0304).contains(version) ? versionName(UInt16(version)) : nil
    }

    static func contentName(_ type: UInt64) -> String? {
        switch type {
        case 20: "Change Cipher Spec"
        case 21: "Alert"
        case 22: "Handshake"
        case 23: "Application Data"
        case 24: "Heartbeat"
        default: nil
        }
    }

    static func messageName(_ type: UInt64) -> String? {
        switch type {
        case 0: "Hello Request"
        case 1: "Client Hello"
        case 2: "Server Hello"
        case 4: "New Session Ticket"
        case 5: "End of Early Data"
        case 8: "Encrypted Extensions"
        case 11: "Certificate"
        case 12: "Server Key Exchange"
        case 13: "Certificate Request"
        case 14: "Server Hello Done"
        case 15: "Certificate Verify"
        case 16: "Client Key Exchange"
        case 20: "Finished"
        case 22: "Certificate Status"
        case 24: "Key Update"
        default: nil
        }
    }

    static func alertLevelName(_ level: UInt64) -> String? {
        switch level {
        case 1: "Warning"
        case 2: "Fatal"
        default: nil
        }
    }

    static func alertName(_ description: UInt64) -> String? {
        switch description {
        case 0: "Close Notify"
        case 10: "Unexpected Message"
        case 20: "Bad Record MAC"
        case 22: "Record Overflow"
        case 40: "Handshake Failure"
        case 42: "Bad Certificate"
        case 43: "Unsupported Certificate"
        case 44: "Certificate Revoked"
        case 45: "Certificate Expired"
        case 46: "Certificate Unknown"
        case 47: "Illegal Parameter"
        case 48: "Unknown CA"
        case 49: "Access Denied"
        case 50: "Decode Error"
        case 51: "Decrypt Error"
        case 70: "Protocol Version"
        case 71: "Insufficient Security"
        case 80: "Internal Error"
        case 86: "Inappropriate Fallback"
        case 90: "User Canceled"
        case 100: "No Renegotiation"
        case 109: "Missing Extension"
        case 110: "Unsupported Extension"
        case 112: "Unrecognized Name"
        case 116: "Certificate Required"
        case 120: "No application Protocol"
        default: nil
        }
    }

    static func extensionName(_ type: UInt64) -> String? {
        switch type {
        case 0: "server_name"
        case 5: "status_request"
        case 10: "supported_groups"
        case 11: "ec_point_formats"
        case 13: "signature_algorithms"
        case 16: "application_layer_protocol_negotiation"
        case 21: "padding"
        case 22: "encrypt_then_mac"
        case 23: "extended_master_secret"
        case 35: "session_ticket"
        case 41: "pre_shared_key"
        case 42: "early_data"
        case 43: "supported_versions"
        case 44: "cookie"
        case 45: "psk_key_exchange_modes"
        case 49: "post_handshake_auth"
        case 50: "signature_algorithms_cert"
        case 51: "key_share"
        case 65281: "renegotiation_info"
        default: nil
        }
    }
}
