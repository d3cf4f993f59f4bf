/// Names of TLS numbers, from IANA's registries.
extension TLS {
    static func named(_ version: UInt64) -> String? {
        switch version {
        case 0x0002: "SSL 2.0"
        case 0x0101: "GMTLS"
        case 0x0300...0x0304: versionName(UInt16(version))
        case 0x7F0E...0x7F1C: "TLS 1.3 (draft \(version & 0xFF))"
        case 0xFB17: "TLS 1.3 (Facebook draft 23)"
        case 0xFB1A: "TLS 1.3 (Facebook draft 26)"
        case 0x0100: "DTLS 1.0 (OpenSSL pre 0.9.8f)"
        case 0xFEFF: "DTLS 1.0"
        case 0xFEFD: "DTLS 1.2"
        default: name(version, [:])
        }
    }

    /// By a registry's table, or as one of the values that are reserved for no meaning (RFC 8701).
    private static func name(_ number: UInt64, _ table: [UInt16: String]) -> String? {
        guard let number = UInt16(exactly: number) else { return nil }
        return table[number] ?? (isReserved(number) ? "Reserved (GREASE)" : nil)
    }

    static func cipherSuiteName(_ suite: UInt64) -> String? { name(suite, cipherSuites) }
    static func groupName(_ group: UInt64) -> String? { name(group, groups) }
    static func extensionName(_ type: UInt64) -> String? { name(type, extensions) }

    /// RFC 5246 §7.4.1.4.1 made pairs of what RFC 8446 §4.2.3 names as one.
    static func schemeName(_ scheme: UInt64) -> String? {
        if let name = name(scheme, signatureSchemes) { return name }
        guard let hash = hashName(scheme >> 8), let signature = signatureName(scheme & 0xFF) else { return nil }
        return "\(hash) \(signature)"
    }

    static func hashName(_ hash: UInt64) -> String? {
        let names = ["None", "MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SM3"]
        return hash < 8 ? names[Int(hash)] : nil
    }

    static func signatureName(_ signature: UInt64) -> String? {
        let names = ["Anonymous", "RSA", "DSA", "ECDSA", "SM2"]
        return signature < 5 ? names[Int(signature)] : nil
    }

    static func contentName(_ type: UInt64) -> String? {
        switch type {
        case 20: "Change Cipher Spec"
        case 21: "Alert"
        case 22: "Handshake"
        case 23: "Application Data"
        case 24: "Heartbeat"
        case 25: "Connection ID"
        default: nil
        }
    }

    static func messageName(_ type: UInt64) -> String? {
        switch type {
        case 0: "Hello Request"
        case 1: "Client Hello"
        case 2: "Server Hello"
        case 3: "Hello Verify Request"
        case 4: "New Session Ticket"
        case 5: "End of Early Data"
        case 6: "Hello Retry Request"
        case 8: "Encrypted Extensions"
        case 11: "Certificate"
        case 12: "Server Key Exchange"
        case 13: "Certificate Request"
        case 14: "Server Hello Done"
        case 15: "Certificate Verify"
        case 16: "Client Key Exchange"
        case 20: "Finished"
        case 21: "Client Certificate URL"
        case 22: "Certificate Status"
        case 23: "Supplemental Data"
        case 24: "Key Update"
        case 25: "Compressed Certificate"
        case 67: "Encrypted Extensions"
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
        case 1: "End of Early Data"
        case 10: "Unexpected Message"
        case 20: "Bad Record MAC"
        case 21: "Decryption Failed"
        case 22: "Record Overflow"
        case 30: "Decompression Failure"
        case 40: "Handshake Failure"
        case 41: "No Certificate"
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
        case 60: "Export Restriction"
        case 70: "Protocol Version"
        case 71: "Insufficient Security"
        case 80: "Internal Error"
        case 86: "Inappropriate Fallback"
        case 90: "User Canceled"
        case 100: "No Renegotiation"
        case 109: "Missing Extension"
        case 110: "Unsupported Extension"
        case 111: "Certificate Unobtainable"
        case 112: "Unrecognized Name"
        case 113: "Bad Certificate Status Response"
        case 114: "Bad Certificate Hash Value"
        case 115: "Unknown PSK Identity"
        case 116: "Certificate Required"
        case 120: "No application Protocol"
        case 121: "ECH Required"
        default: nil
        }
    }

    static func compressionName(_ method: UInt64) -> String? {
        switch method {
        case 0: "null"
        case 1: "DEFLATE"
        case 64: "LZS"
        default: nil
        }
    }

    static func pointFormatName(_ format: UInt64) -> String? {
        switch format {
        case 0: "uncompressed"
        case 1: "ansiX962_compressed_prime"
        case 2: "ansiX962_compressed_char2"
        default: nil
        }
    }

    static func curveTypeName(_ type: UInt64) -> String? {
        switch type {
        case 1: "explicit_prime"
        case 2: "explicit_char2"
        case 3: "named_curve"
        default: nil
        }
    }

    static func exchangeModeName(_ mode: UInt64) -> String? {
        switch mode {
        case 0: "PSK-only key establishment (psk_ke)"
        case 1: "PSK with (EC)DHE key establishment (psk_dhe_ke)"
        default: nil
        }
    }

    static func statusName(_ type: UInt64) -> String? { type == 1 ? "OCSP" : type == 2 ? "OCSP Multi" : nil }
    static func heartbeatName(_ type: UInt64) -> String? { type == 1 ? "Request" : type == 2 ? "Response" : nil }

    static func heartbeatModeName(_ mode: UInt64) -> String? {
        switch mode {
        case 1: "Peer allowed to send requests"
        case 2: "Peer not allowed to send requests"
        default: nil
        }
    }

    static func certificateTypeName(_ type: UInt64) -> String? {
        switch type {
        case 1: "RSA Sign"
        case 2: "DSS Sign"
        case 3: "RSA Fixed DH"
        case 4: "DSS Fixed DH"
        case 21: "GOST R 34.10-94"
        case 22: "GOST R 34.10-2001"
        case 64: "ECDSA Sign"
        case 65: "RSA Fixed ECDH"
        case 66: "ECDSA Fixed ECDH"
        case 80: "IBC Params"
        default: nil
        }
    }
}
