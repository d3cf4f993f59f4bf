extension ICMPv6 {
    /// IANA's registry of ICMPv6 types.
    static func typeName(_ number: UInt64) -> String? {
        switch number {
        case 1: "Destination Unreachable"
        case 2: "Packet Too Big"
        case 3: "Time Exceeded"
        case 4: "Parameter Problem"
        case 100, 101, 200, 201: "Private experimentation"
        case 127: "Reserved for expansion of ICMPv6 error messages"
        case 128: "Echo (ping) request"
        case 129: "Echo (ping) reply"
        case 130: "Multicast Listener Query"
        case 131: "Multicast Listener Report"
        case 132: "Multicast Listener Done"
        case 133: "Router Solicitation"
        case 134: "Router Advertisement"
        case 135: "Neighbor Solicitation"
        case 136: "Neighbor Advertisement"
        case 137: "Redirect"
        case 138: "Router Renumbering"
        case 139: "Node Information Query"
        case 140: "Node Information Reply"
        case 141: "Inverse Neighbor Discovery Solicitation"
        case 142: "Inverse Neighbor Discovery Advertisement"
        case 143: "Multicast Listener Report Message v2"
        case 144: "Home Agent Address Discovery Request"
        case 145: "Home Agent Address Discovery Reply"
        case 146: "Mobile Prefix Solicitation"
        case 147: "Mobile Prefix Advertisement"
        case 148: "Certification Path Solicitation"
        case 149: "Certification Path Advertisement"
        case 150: "Experimental Mobility"
        case 151: "Multicast Router Advertisement"
        case 152: "Multicast Router Solicitation"
        case 153: "Multicast Router Termination"
        case 154: "FMIPv6"
        case 155: "RPL Control"
        case 156: "Locator Update"
        case 157: "Duplicate Address Request"
        case 158: "Duplicate Address Confirmation"
        case 159: "MPL Control Message"
        case 160: "Extended Echo request"
        case 161: "Extended Echo reply"
        case 255: "Reserved for expansion of ICMPv6 informational messages"
        default: nil
        }
    }

    /// Nil for types whose codes say nothing.
    static func codeName(_ type: UInt8, _ code: UInt8) -> String? {
        let names: [String]
        switch type {
        case 1:
            names = [
                "no route to destination", "Administratively prohibited", "Beyond scope of source address",
                "Address unreachable", "Port unreachable", "Source address failed ingress/egress policy",
                "Reject route to destination", "Error in Source Routing Header",
            ]
            return Int(code) < names.count ? names[Int(code)] : "Unknown"
        case 3: names = ["hop limit exceeded in transit", "fragment reassembly time exceeded"]
        case 4:
            names = [
                "erroneous header field encountered", "unrecognized Next Header type encountered",
                "unrecognized IPv6 option encountered", "IPv6 First Fragment has incomplete IPv6 Header Chain",
            ]
        case 138: names = ["Command", "Result"]
        case 139:
            names = [
                "Query subject = IPv6 addresses", "Query subject = DNS name or empty",
                "Query subject = IPv4 addresses",
            ]
        case 140: names = ["Successful", "Refused", "Unknown query type"]
        case 150, 154: names = []
        case 155:
            names = [
                "DODAG Information Solicitation", "DODAG Information Object", "Destination Advertisement Object",
                "Destination Advertisement Object Acknowledgment", "P2P Discovery Reply Object",
                "P2P Discovery Reply Object Acknowledgement",
            ]
        case 160: names = ["No error"]
        case 161: names = ICMP.extendedEchoCodes
        default: return nil
        }
        return Int(code) < names.count ? names[Int(code)] : "Unknown (\(code))"
    }

    /// IANA's registry of neighbour discovery options.
    static func optionName(_ number: UInt64) -> String? {
        switch number {
        case 1: "Source link-layer address"
        case 2: "Target link-layer address"
        case 3: "Prefix information"
        case 4: "Redirected header"
        case 5: "MTU"
        case 6: "NBMA Shortcut Limit Option"
        case 7: "Advertisement Interval"
        case 8: "Home Agent Information"
        case 9: "Source Address List"
        case 10: "Target Address List"
        case 11: "CGA"
        case 12: "RSA Signature"
        case 13: "Timestamp"
        case 14: "Nonce"
        case 15: "Trust Anchor"
        case 16: "Certificate"
        case 17: "IP Address/Prefix Option"
        case 18: "New Router Prefix Information"
        case 19: "Link-layer Address"
        case 20: "Neighbor Advertisement Acknowledgment"
        case 23: "MAP"
        case 24: "Route Information"
        case 25: "Recursive DNS Server"
        case 26: "RA Flags Extension"
        case 27: "Handover Key Request"
        case 28: "Handover Key Reply"
        case 29: "Handover Assist Information"
        case 30: "Mobile Node Identifier Option"
        case 31: "DNS Search List Option"
        case 32: "Proxy Signature (PS)"
        case 33: "Address Registration Option"
        case 34: "6LoWPAN Context Option"
        case 35: "Authoritative Border Router"
        case 36: "6LoWPAN Capability Indication Option"
        case 37: "DHCP Captive-Portal"
        case 38: "PREF64 Option"
        case 138: "CARD Request"
        case 139: "CARD Reply"
        case 253: "RFC3692-style Experiment 1"
        case 254: "RFC3692-style Experiment 2"
        default: nil
        }
    }

    /// RFC 3810 §5.2.12.
    static func recordName(_ number: UInt64) -> String? {
        switch number {
        case 1: "Include"
        case 2: "Exclude"
        case 3: "Changed to include"
        case 4: "Changed to exclude"
        case 5: "Allow new sources"
        case 6: "Block old sources"
        default: nil
        }
    }

    /// RFC 4191 §2.1: how much a router or a route is preferred.
    static func preferenceName(_ number: UInt64) -> String {
        switch number {
        case 0: "Medium"
        case 1: "High"
        case 3: "Low"
        default: "Reserved"
        }
    }

    /// RFC 8781 §4.
    static func prefixLengthCode(_ number: UInt64) -> String? {
        switch number {
        case 0: "96 bits prefix length"
        case 1: "64 bits prefix length"
        case 2: "56 bits prefix length"
        case 3: "48 bits prefix length"
        case 4: "40 bits prefix length"
        case 5: "32 bits prefix length"
        default: nil
        }
    }
}
