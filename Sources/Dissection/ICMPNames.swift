extension ICMP {
    /// IANA's registry of ICMP types. A router that says anything of mobility advertises for mobile nodes (RFC 5944).
    static func typeName(_ type: UInt8, _ code: UInt8) -> String? {
        switch type {
        case 0: "Echo (ping) reply"
        case 1, 2: "Reserved"
        case 3: "Destination unreachable"
        case 4: "Source quench (flow control)"
        case 5: "Redirect"
        case 6: "Alternate host address"
        case 8: "Echo (ping) request"
        case 9: code == 0 || code == 16 ? "Mobile IP Advertisement" : "Router advertisement"
        case 10: "Router solicitation"
        case 11: "Time-to-live exceeded"
        case 12: "Parameter problem"
        case 13: "Timestamp request"
        case 14: "Timestamp reply"
        case 15: "Information request"
        case 16: "Information reply"
        case 17: "Address mask request"
        case 18: "Address mask reply"
        case 19: "Reserved (for security)"
        case 30: "Traceroute"
        case 31: "Datagram Conversion Error"
        case 32: "Mobile Host Redirect"
        case 33: "IPv6 Where-Are-You"
        case 34: "IPv6 I-Am-Here"
        case 35: "Mobile Registration Request"
        case 36: "Mobile Registration Reply"
        case 37: "Domain Name Request"
        case 38: "Domain Name Reply"
        case 39: "SKIP"
        case 40: "Photuris"
        case 41: "Experimental mobility protocols"
        case 42: "Extended Echo request"
        case 43: "Extended Echo reply"
        default: "Unknown ICMP (obsolete or malformed?)"
        }
    }

    /// Nil for types whose codes say nothing.
    static func codeName(_ type: UInt8, _ code: UInt8) -> String? {
        let names: [String]
        switch type {
        case 3:
            names = [
                "Network unreachable", "Host unreachable", "Protocol unreachable", "Port unreachable",
                "Fragmentation needed", "Source route failed", "Destination network unknown",
                "Destination host unknown", "Source host isolated", "Network administratively prohibited",
                "Host administratively prohibited", "Network unreachable for TOS", "Host unreachable for TOS",
                "Communication administratively filtered", "Host precedence violation", "Precedence cutoff in effect",
            ]
        case 5:
            names = [
                "Redirect for network", "Redirect for host", "Redirect for TOS and network",
                "Redirect for TOS and host",
            ]
        case 6: names = ["Alternate address for host"]
        case 9:
            if code == 16 { return "Does not route common traffic" }
            names = ["Normal router advertisement"]
        case 11: names = ["Time to live exceeded in transit", "Fragment reassembly time exceeded"]
        case 12: names = ["Pointer indicates the error", "Required option missing", "Bad length"]
        case 40:
            names = [
                "Bad SPI", "Authentication Failed", "Decompression Failed", "Decryption Failed", "Need Authentication",
                "Need Authorization",
            ]
        case 42: names = ["No error"]
        case 43: names = extendedEchoCodes
        default: return nil
        }
        return Int(code) < names.count ? names[Int(code)] : "Unknown code: \(code)"
    }

    /// RFC 8335 §3.
    static let extendedEchoCodes = [
        "No error", "Malformed Query", "No Such Interface", "No Such Table Entry", "Multiple Interfaces Satisfy Query",
    ]

    /// RFC 8335 §3: of the neighbour that was asked about.
    static func neighbourState(_ state: UInt64) -> String? {
        let names = ["Reserved", "Incomplete", "Reachable", "Stale", "Delay", "Probe", "Failed"]
        return state < 7 ? names[Int(state)] : nil
    }
}
