/// The protocols that a frame's layers can be, named as Wireshark's display filters name them.
@usableFromInline
package enum ProtocolID: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case frame, ethernet, vlan, providerBridge, mpls, llc, sll, null, pppoe, ppp, chdlc, arp
    case ipv4, ipv6, ipv6HopByHop, ipv6Routing, ipv6Fragment, ipv6Destination, authentication, gre
    case icmp, icmpv6, udp, tcp
    case dns, tls, ftp, ftpData, data, mdns, llmnr
    /// What stands behind the last layer of a frame that the snap length cut short, or of which a header is damaged.
    case short, malformed
    /// What people wrote about the frame, which Wireshark shows like a protocol.
    case comments

    /// The abbreviation used in filters: `eth`, `ip`, `ftp-data`.
    package var name: String { Self.names[Int(rawValue)].name }

    /// The name for people: `Ethernet II`, `Internet Protocol Version 4`.
    package var label: String { Self.names[Int(rawValue)].label }

    /// As the packet list's Protocol column calls it.
    package var column: String {
        switch self {
        case .frame: "UNKNOWN"
        case .ethernet: "Ethernet"
        case .vlan: "VLAN"
        case .providerBridge: "802.1ad"
        case .mpls: "MPLS"
        case .llc: "LLC"
        case .sll: "SLL"
        case .null: "Null"
        case .pppoe: "PPPoE"
        case .ppp: "PPP"
        case .chdlc: "CHDLC"
        case .arp: "ARP"
        case .ipv4: "IPv4"
        case .ipv6, .ipv6HopByHop, .ipv6Routing, .ipv6Fragment, .ipv6Destination: "IPv6"
        case .authentication: "AH"
        case .gre: "GRE"
        case .icmp: "ICMP"
        case .icmpv6: "ICMPv6"
        case .udp: "UDP"
        case .tcp: "TCP"
        case .dns: "DNS"
        case .tls: "TLS"
        case .ftp: "FTP"
        case .ftpData: "FTP-DATA"
        case .data: "DATA"
        case .mdns: "MDNS"
        case .llmnr: "LLMNR"
        case .short, .malformed, .comments: ""
        }
    }

    /// The protocol's place in ``Layers/present``.
    @inlinable @inline(__always) package var bit: UInt64 { 1 << UInt64(rawValue) }

    private static let names: [(name: String, label: String)] = [
        ("frame", "Frame"), ("eth", "Ethernet"), ("vlan", "802.1Q Virtual LAN"),
        ("ieee8021ad", "IEEE 802.1ad"),
        ("mpls", "MultiProtocol Label Switching Header"), ("llc", "Logical-Link Control"),
        ("sll", "Linux cooked capture"), ("null", "Null/Loopback"), ("pppoes", "PPP-over-Ethernet Session"),
        ("ppp", "Point-to-Point Protocol"), ("chdlc", "Cisco HDLC"), ("arp", "Address Resolution Protocol"),
        ("ip", "Internet Protocol Version 4"), ("ipv6", "Internet Protocol Version 6"),
        ("ipv6.hopopts", "IPv6 Hop-by-Hop Option"), ("ipv6.routing", "Routing Header for IPv6"),
        ("ipv6.fraghdr", "Fragment Header for IPv6"), ("ipv6.dstopts", "Destination Options for IPv6"),
        ("ah", "Authentication Header"), ("gre", "Generic Routing Encapsulation"),
        ("icmp", "Internet Control Message Protocol"), ("icmpv6", "Internet Control Message Protocol v6"),
        ("udp", "User Datagram Protocol"), ("tcp", "Transmission Control Protocol"),
        ("dns", "Domain Name System"), ("tls", "Transport Layer Security"), ("ftp", "File Transfer Protocol (FTP)"),
        ("ftp-data", "FTP Data"), ("data", "Data"),
        ("mdns", "Multicast Domain Name System"), ("llmnr", "Link-local Multicast Name Resolution"),
        ("_ws.short", "Packet size limited during capture"), ("_ws.malformed", "Malformed Packet"),
        ("pkt_comment", "Packet comments"),
    ]
}
