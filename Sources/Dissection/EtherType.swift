/// Names of the numbers by which headers announce what they carry, from the registries of IEEE and IANA.
enum EtherType {
    static func name(_ type: UInt64) -> String? {
        switch type {
        case 0x0800: "IPv4"
        case 0x0806: "ARP"
        case 0x0842: "Wake on LAN"
        case 0x22F3: "TRILL"
        case 0x6558: "Transparent Ethernet bridging"
        case 0x8035: "RARP"
        case 0x8037, 0x8137: "IPX"
        case 0x809B: "AppleTalk"
        case 0x80F3: "AARP"
        case 0x8100: "802.1Q Virtual LAN"
        case 0x86DD: "IPv6"
        case 0x8808: "MAC Control"
        case 0x8809: "Slow Protocols"
        case 0x880B: "PPP"
        case 0x8847: "MPLS label switched packet"
        case 0x8848: "MPLS with upstream-assigned label"
        case 0x8863: "PPPoE Discovery"
        case 0x8864: "PPPoE Session"
        case 0x888E: "802.1X Authentication"
        case 0x88A8: "802.1ad Provider Bridge (Q-in-Q)"
        case 0x88CC: "802.1 Link Layer Discovery Protocol (LLDP)"
        case 0x88E5: "802.1AE (MACsec)"
        case 0x88F7: "PTPv2 over Ethernet (IEEE1588)"
        case 0x8906: "FCoE"
        case 0x9000: "Loopback"
        case 0x9100, 0x9200: "QinQ: old non-standard 802.1ad"
        default: nil
        }
    }
}

/// The numbers in IPv4's Protocol and IPv6's Next Header.
enum ProtocolNumber {
    static func name(_ number: UInt64) -> String? {
        switch number {
        case 0: "IPv6 Hop-by-Hop Option"
        case 1: "ICMP"
        case 2: "IGMP"
        case 4: "IPIP"
        case 6: "TCP"
        case 17: "UDP"
        case 33: "DCCP"
        case 41: "IPv6"
        case 43: "Routing Header for IPv6"
        case 44: "Fragment Header for IPv6"
        case 46: "RSVP"
        case 47: "Generic Routing Encapsulation"
        case 50: "Encap Security Payload"
        case 51: "Authentication Header"
        case 58: "ICMPv6"
        case 59: "No Next Header for IPv6"
        case 60: "Destination Options for IPv6"
        case 88: "EIGRP"
        case 89: "OSPF IGP"
        case 103: "PIM"
        case 112: "VRRP"
        case 115: "Layer 2 Tunneling"
        case 132: "SCTP"
        case 135: "Mobile IP"
        case 136: "UDPlite"
        case 139: "HIP"
        case 140: "SHIM6 Header"
        default: nil
        }
    }
}
