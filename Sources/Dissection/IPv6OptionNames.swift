enum IPv6OptionNames {
    /// IANA's registry of destination and hop-by-hop options.
    static func name(_ number: UInt64) -> String? {
        switch number {
        case 0: "Pad1"
        case 1: "PadN"
        case 4: "Tunnel Encapsulation Limit"
        case 5: "Router Alert"
        case 7: "CALIPSO"
        case 8: "SMF_DPD"
        case 15: "Performance and Diagnostic Metrics"
        case 30: "Experimental (0x1E)"
        case 38: "Quick-Start"
        case 48: "Path MTU Option"
        case 49: "IOAM Option"
        case 62: "Experimental (0x3E)"
        case 65: "Tunnel Payload Forwarding (TPF) Information"
        case 94: "Experimental (0x5E)"
        case 99: "RPL Option"
        case 109: "MPL Option"
        case 126: "Experimental (0x7E)"
        case 138: "Endpoint Identification"
        case 139: "ILNP Nonce"
        case 140: "Line-Identification Option"
        case 158: "Experimental (0x9E)"
        case 190: "Experimental (0xBE)"
        case 194: "Jumbo Payload"
        case 201: "Home Address"
        case 222: "Experimental (0xDE)"
        case 238: "IP_DFF"
        case 254: "Experimental (0xFE)"
        default: nil
        }
    }

    /// RFC 8200 §4.2: what a node does that does not know the option.
    static func action(_ number: UInt64) -> String? {
        switch number {
        case 0: "Skip and continue"
        case 1: "Discard"
        case 2: "Discard and send ICMP"
        default: "Discard and send ICMP if not multicast"
        }
    }

    /// RFC 2711 §2.1.
    static func alert(_ number: UInt64) -> String? {
        switch number {
        case 0: "MLD"
        case 1: "RSVP"
        case 2: "Active Network"
        default: nil
        }
    }

    /// The length that an option has to have; nil where it has none.
    static func length(_ type: UInt8) -> Int? {
        switch type {
        case 4: 1
        case 5: 2
        case 15: 10
        case 0xC2: 4
        case 0xC9: 16
        default: nil
        }
    }

    /// Whether an option stands in the header that is not for it.
    static func isMisplaced(_ type: UInt8, _ id: ProtocolID) -> Bool {
        switch type {
        case 4, 15, 0xC9: id != .ipv6Destination
        case 5, 0xC2: id != .ipv6HopByHop
        default: false
        }
    }
}

extension IPv6Routing {
    /// IANA's registry of routing types.
    static func typeName(_ number: UInt64) -> String? {
        switch number {
        case 0: "Source Route"
        case 1: "Nimrod"
        case 2: "Type 2 Routing"
        case 3: "RPL Source Route"
        case 4: "Segment Routing"
        case 5: "Compact Routing Header 16"
        case 6: "Compact Routing Header 32"
        case 253: "Experiment 1"
        case 254: "Experiment 2"
        default: nil
        }
    }
}
