import Bytes
import Dissection
import Testing

/// One frame, and what a walk must find in it.
struct WalkCase: CustomTestStringConvertible, Sendable {
    let name: String
    let link: LinkLayer?
    let frame: [UInt8]
    let chain: String
    let payload: Int
    let stop: Stop.Reason

    init(
        _ name: String, _ link: LinkLayer?, _ frame: [UInt8], _ chain: String, _ payload: Int = 0,
        _ stop: Stop.Reason = .complete
    ) {
        (self.name, self.link, self.frame) = (name, link, frame)
        (self.chain, self.payload, self.stop) = (chain, payload, stop)
    }

    /// Over Ethernet.
    init(
        _ name: String, _ frame: [UInt8], _ chain: String, _ payload: Int = 0, _ stop: Stop.Reason = .complete
    ) {
        self.init(name, .ethernet, frame, chain, payload, stop)
    }

    var testDescription: String { name }

    private static let ip = Frame.ipv4(6, Frame.tcp([1, 2, 3]))
    private static let ip6 = Frame.ipv6(6, Frame.tcp([1, 2, 3]))
    private static let snap: [UInt8] = [0xAA, 0xAA, 3, 0, 0, 0, 8, 0]

    static let links: [WalkCase] = [
        WalkCase("Ethernet II", Frame.ethernet(0x0800, ip), "eth:ip:tcp", 3),
        WalkCase("Ethernet padding is not payload", Frame.ethernet(0x0800, ip + [0, 0, 0]), "eth:ip:tcp", 3),
        WalkCase("802.3 with SNAP", Frame.ethernet(8 + ip.count, snap + ip + [0, 0]), "eth:llc:ip:tcp", 3),
        WalkCase("802.3 with LLC for IP", Frame.ethernet(3 + ip.count, [6, 6, 3] + ip), "eth:llc:ip:tcp", 3),
        WalkCase("802.3 spanning tree", Frame.ethernet(7, [0x42, 0x42, 3, 9, 9, 9, 9, 0]), "eth:llc", 4),
        WalkCase("802.3 SNAP of a vendor", Frame.ethernet(9, [0xAA, 0xAA, 3, 0, 0, 12, 1, 4, 7]), "eth:llc", 1),
        WalkCase("802.3 numbered LLC", Frame.ethernet(6, [0xF0, 0xF0, 0, 1, 5, 6]), "eth:llc", 2),
        WalkCase("raw 802.3 of NetWare", Frame.ethernet(4, [0xFF, 0xFF, 0, 4]), "eth", 4),
        WalkCase("neither type nor length", Frame.ethernet(1501, [1, 2]), "eth", 2),
        WalkCase("unknown type", Frame.ethernet(0x88CC, [1, 2]), "eth", 2),
        WalkCase("VLAN", Frame.ethernet(0x8100, Frame.vlan(100, 0x0800, ip)), "eth:vlan:ip:tcp", 3),
        WalkCase(
            "VLANs of 802.1ad and of old", Frame.ethernet(0x88A8, Frame.vlan(1, 0x9100, Frame.vlan(2, 0x86DD, ip6))),
            "eth:ieee8021ad:vlan:ipv6:tcp", 3),
        WalkCase(
            "VLAN around 802.3", Frame.ethernet(0x8100, Frame.vlan(1, 8 + ip.count, snap + ip)),
            "eth:vlan:llc:ip:tcp", 3),
        WalkCase(
            "MPLS", Frame.ethernet(0x8847, Frame.mpls(100, isBottom: false, Frame.mpls(101, isBottom: true, ip))),
            "eth:mpls:mpls:ip:tcp", 3),
        WalkCase(
            "MPLS multicast around IPv6", Frame.ethernet(0x8848, Frame.mpls(2, isBottom: true, ip6)),
            "eth:mpls:ipv6:tcp", 3),
        WalkCase(
            "MPLS pseudowire", Frame.ethernet(0x8847, Frame.mpls(16, isBottom: true, [0, 0, 0, 0])), "eth:mpls", 4),
        WalkCase(
            "PPPoE", Frame.ethernet(0x8864, Frame.pppoe(0x21, ip) + [0, 0]), "eth:pppoes:ppp:ip:tcp", 3),
        WalkCase("PPPoE of IPv6", Frame.ethernet(0x8864, Frame.pppoe(0x57, ip6)), "eth:pppoes:ppp:ipv6:tcp", 3),
        WalkCase("PPPoE link control", Frame.ethernet(0x8864, Frame.pppoe(0xC021, [9, 9])), "eth:pppoes:ppp", 2),
        WalkCase("cooked", .linuxCooked, Frame.sll(0x0800, ip), "sll:ip:tcp", 3),
        WalkCase("cooked ARP", .linuxCooked, Frame.sll(0x0806, Frame.arp(1)), "sll:arp"),
        WalkCase("cooked LLC", .linuxCooked, Frame.sll(4, snap + ip), "sll:llc:ip:tcp", 3),
        WalkCase("cooked unknown", .linuxCooked, Frame.sll(1, [9]), "sll", 1),
        WalkCase("cooked version 2", .linuxCooked2, Frame.sll2(0x86DD, ip6), "sll:ipv6:tcp", 3),
        WalkCase("BSD null, little-endian", .null, [2, 0, 0, 0] + ip, "null:ip:tcp", 3),
        WalkCase("BSD null, big-endian", .null, [0, 0, 0, 2] + ip, "null:ip:tcp", 3),
        WalkCase("PPP", .ppp, [0, 0x21] + ip, "ppp:ip:tcp", 3),
        WalkCase("PPP with address and control", .pppSerial, [0xFF, 3, 0, 0x57] + ip6, "ppp:ipv6:tcp", 3),
        WalkCase("PPP, protocol compressed", .ppp, [0x21] + ip, "ppp:ip:tcp", 3),
        WalkCase("PPP, an unknown protocol", .ppp, [0xC0, 0x21, 1, 1, 0, 4], "ppp", 4),
        WalkCase("Cisco HDLC on a link of PPP", .ppp, [0x0F, 0, 8, 0] + ip, "chdlc:ip:tcp", 3),
        WalkCase("Cisco HDLC", .ciscoHDLC, [0x8F, 0, 0x86, 0xDD] + ip6, "chdlc:ipv6:tcp", 3),
        WalkCase("loop", .loop, [0, 0, 0, 30] + ip6, "null:ipv6:tcp", 3),
        WalkCase("BSD null of another family", .null, [7, 0, 0, 0, 1, 2], "null", 2),
        WalkCase("raw IPv4", .raw, ip, "ip:tcp", 3),
        WalkCase("raw IPv6", .raw, ip6, "ipv6:tcp", 3),
        WalkCase("link type IPv4", .ipv4, ip, "ip:tcp", 3),
        WalkCase("link type IPv6", .ipv6, ip6, "ipv6:tcp", 3),
        WalkCase("a link type that nobody knows", nil, [1, 2, 3], "", 3),
        WalkCase("an empty frame", [], "", 0, .malformed),
    ]

    static let packets: [WalkCase] = [
        WalkCase("IPv4 options", .raw, Frame.ipv4(6, Frame.tcp([1]), options: [0x94, 4, 0, 0]), "ip:tcp", 1),
        WalkCase("IPv4 header too short", .raw, [0x44] + ip.dropFirst(), "ip", 0, .malformed),
        WalkCase("IPv4 of version 5", .raw, [0x55] + ip.dropFirst(), "ip", 0, .malformed),
        WalkCase("IPv4 total below its header", .raw, Frame.ipv4(6, [1, 2], total: 19), "ip", 0, .malformed),
        WalkCase("IPv4 total of an offloaded segment", .raw, Frame.ipv4(6, Frame.tcp([1, 2]), total: 0), "ip:tcp", 2),
        WalkCase("IPv4 total past the frame", .raw, Frame.ipv4(6, Frame.tcp([1, 2]), total: 999), "ip:tcp", 2),
        WalkCase("IPv4 header past its frame", .raw, [0x4F] + ip.dropFirst(), "ip", 0, .malformed),
        WalkCase(
            "first fragment", .raw, Frame.ipv4(6, [1, 2, 3, 4, 5, 6, 7, 8], fragment: 0x2000), "ip", 8, .fragment),
        WalkCase("last fragment", .raw, Frame.ipv4(6, [1, 2], fragment: 72), "ip", 2, .fragment),
        WalkCase("unknown protocol", .raw, Frame.ipv4(99, [1, 2]), "ip", 2),
        WalkCase("IPv4 in IPv4", .raw, Frame.ipv4(4, ip), "ip:ip:tcp", 3),
        WalkCase("IPv6 in IPv4", .raw, Frame.ipv4(41, ip6), "ip:ipv6:tcp", 3),
        WalkCase("IPv4 in IPv6", .raw, Frame.ipv6(4, ip), "ipv6:ip:tcp", 3),
        WalkCase("GRE", .raw, Frame.ipv4(47, [0, 0, 8, 0] + ip), "ip:gre:ip:tcp", 3),
        WalkCase("GRE with key", .raw, Frame.ipv4(47, [0x20, 0, 8, 0, 0, 0, 0, 7] + ip), "ip:gre:ip:tcp", 3),
        WalkCase(
            "GRE of Ethernet", .raw, Frame.ipv4(47, [0, 0, 0x65, 0x58] + Frame.ethernet(0x0800, ip)),
            "ip:gre:eth:ip:tcp", 3),
        WalkCase("GRE of PPTP", .raw, Frame.ipv4(47, [0, 1, 0x88, 0x0B, 1, 2]), "ip:gre", 2),
        WalkCase("extension headers mean nothing in IPv4", .raw, Frame.ipv4(44, [6, 0, 0, 1, 0, 0, 0, 1]), "ip", 8),
        WalkCase(
            "IPv6 extension chain", .raw,
            Frame.ipv6(
                0,
                Frame.extensionHeader(
                    43, Frame.extensionHeader(60, Frame.extensionHeader(6, Frame.tcp([1]))))),
            "ipv6:ipv6.hopopts:ipv6.routing:ipv6.dstopts:tcp", 1),
        WalkCase(
            "authentication header", .raw, Frame.ipv6(51, [6, 1] + [UInt8](repeating: 0, count: 10) + Frame.tcp([1])),
            "ipv6:ah:tcp", 1),
        WalkCase("no next header", .raw, Frame.ipv6(59, [1, 2, 3]), "ipv6", 0),
        WalkCase(
            "IPv6 fragment", .raw, Frame.ipv6(44, [6, 0, 0, 1, 0, 0, 0, 1, 7, 7]), "ipv6:ipv6.fraghdr", 2, .fragment),
        WalkCase(
            "atomic IPv6 fragment", .raw, Frame.ipv6(44, [6, 0, 0, 0, 0, 0, 0, 1] + Frame.tcp([1])),
            "ipv6:ipv6.fraghdr:tcp", 1),
        WalkCase(
            "jumbogram", .raw,
            Frame.ipv6(
                0, Frame.extensionHeader(6, data: [0xC2, 4, 0, 0, 0, 30], Frame.tcp([1, 2]) + [0, 0]), length: 0),
            "ipv6:ipv6.hopopts:tcp", 2),
        WalkCase("IPv6 length of an offloaded segment", .raw, Frame.ipv6(6, Frame.tcp([1]), length: 0), "ipv6:tcp", 1),
        WalkCase("TCP data offset too small", .raw, Frame.ipv4(6, tcp(dataOffset: 4)), "ip:tcp", 0, .malformed),
        WalkCase("TCP data offset past the packet", .raw, Frame.ipv4(6, tcp(dataOffset: 6)), "ip:tcp", 0, .malformed),
        WalkCase("UDP", .raw, Frame.ipv4(17, Frame.udp([1, 2])), "ip:udp", 2),
        WalkCase("UDP shorter than its packet", .raw, Frame.ipv4(17, Frame.udp([1, 2], length: 9)), "ip:udp", 1),
        WalkCase("UDP length too small", .raw, Frame.ipv4(17, Frame.udp([1, 2], length: 7)), "ip:udp", 2, .malformed),
        WalkCase("UDP length of zero", .raw, Frame.ipv4(17, Frame.udp([1, 2], length: 0)), "ip:udp", 2),
        WalkCase("ICMP", .raw, Frame.ipv4(1, [8, 0, 0, 0, 0, 1, 0, 1, 9]), "ip:icmp", 1),
        WalkCase("ICMPv6", .raw, Frame.ipv6(58, [128, 0, 0, 0, 0, 1, 0, 1]), "ipv6:icmpv6"),
        WalkCase("ARP", Frame.ethernet(0x0806, Frame.arp(1)), "eth:arp"),
        WalkCase(
            "ARP of impossible sizes", Frame.ethernet(0x0806, [0, 1, 8, 0, 255, 255, 0, 1]), "eth", 8, .malformed),
        WalkCase(
            "VLAN tags without end",
            Frame.ethernet(0x8100, (0..<40).flatMap { _ in [UInt8]([0, 1, 0x81, 0]) }),
            "eth:vlan:vlan:vlan:vlan:vlan:vlan:vlan:vlan:vlan:vlan:vlan", 40 * 4 - 44, .tooDeep),
    ]

    private static func tcp(dataOffset: UInt8) -> [UInt8] {
        var header = Frame.tcp()
        header[12] = dataOffset << 4
        return header
    }
}

@Suite struct WalkTests {
    @Test(arguments: WalkCase.links + WalkCase.packets)
    func `a walk finds the layers and says why it stopped`(_ example: WalkCase) {
        let layers = example.frame.walk(example.link)
        #expect(layers.chain == example.chain)
        #expect(layers.stop.reason == example.stop)
        #expect(Int(layers.payload.length) == example.payload)
        #expect(layers.payload.captured <= layers.payload.length)
        #expect(layers.payload.range.upperBound <= max(example.frame.count, Int(layers.payload.offset)))
    }

    @Test func `a frame cut by the snap length keeps its real payload length`() {
        let frame = Frame.user
        let layers = Array(frame.prefix(60)).walk(original: frame.count)
        #expect(layers.chain == "eth:ip:tcp")
        #expect(layers.payload.length == 12)
        #expect(layers.payload.captured == 6)
    }

    @Test func `cut options leave the fixed header readable`() {
        let options = [UInt8](repeating: 1, count: 12)
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp([7], options: options)))
        let tcp = Array(frame.prefix(58)).walk(original: frame.count)
        #expect(tcp.chain == "eth:ip:tcp")
        #expect(tcp.stop.reason == .cut)
        #expect(tcp.payload.length == 1)
        #expect(tcp.payload.captured == 0)

        let ip = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(), options: options))
        let cut = Array(ip.prefix(36)).walk(original: ip.count)
        #expect(cut.chain == "eth:ip")
        #expect(cut.stop.reason == .cut)
    }

    @Test func `a reassembled datagram begins at its transport`() {
        var layers = Layers()
        let datagram = Frame.tcp([1, 2])
        layers.walk(datagram: datagram.bytes, protocolNumber: 6)
        #expect(layers.chain == "tcp")
        #expect(layers.network == -1)
        #expect(layers.transport == 0)
    }
}
