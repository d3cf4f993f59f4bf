import Bytes
import Dissection
import Testing

@Suite struct ApplicationTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let frame: [UInt8]
        let application: FrameFacts.Application
        let chain: String
        var testDescription: String { name }

        init(_ name: String, _ frame: [UInt8], _ application: FrameFacts.Application, _ chain: String) {
            (self.name, self.frame, self.application, self.chain) = (name, frame, application, chain)
        }

        static let udp = Frame.ethernet(0x0800, Frame.ipv4(17, Frame.udp([1])))
        static let error = Frame.ipv4(1, [3, 3, 0, 0, 0, 0, 0, 0] + Frame.ipv4(6, Frame.tcp()))

        static let all: [Case] = [
            Case("FTP", Frame.user, .ftp, "eth:ip:tcp:ftp"),
            Case("FTP data", Frame.user, .ftpData, "eth:ip:tcp:ftp-data"),
            Case("TLS", Frame.user, .tls, "eth:ip:tcp:tls"),
            Case("a stream of something else", Frame.user, .none, "eth:ip:tcp:data"),
            Case("no payload", Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp())), .ftp, "eth:ip:tcp"),
            Case("UDP of something else", udp, .none, "eth:ip:udp:data"),
            Case("facts about a stream do not touch UDP", udp, .ftp, "eth:ip:udp:data"),
            Case("unknown type", Frame.ethernet(0x88CC, [1, 2]), .none, "eth:data"),
            Case("fragment", Frame.ethernet(0x0800, Frame.ipv4(6, [1], fragment: 72)), .ftp, "eth:ip:data"),
            Case("ARP's padding", Frame.ethernet(0x0806, Frame.arp(1) + [0, 0]), .none, "eth:arp"),
            Case(
                "ping", Frame.ethernet(0x0800, Frame.ipv4(1, [8, 0, 0, 0, 0, 1, 0, 1, 9])), .none, "eth:ip:icmp:data"),
            Case("ICMP error", Frame.ethernet(0x0800, error), .none, "eth:ip:icmp"),
            Case("damage", Frame.ethernet(0x0800, [0x41, 2, 3, 4]), .ftp, "eth:ip"),
        ]
    }

    @Test(arguments: Case.all)
    func `the payload is claimed by one protocol or is data`(_ example: Case) {
        let layers = example.frame.walk(.ethernet, FrameFacts(example.application))
        #expect(layers.chain == example.chain)
        if layers.count > 0 { #expect(layers[layers.count - 1].end <= example.frame.count) }
    }

    @Test func `a frame of an unknown link layer is data`() {
        #expect([1, 2, 3].walk(nil, FrameFacts()).chain == "data")
    }

    @Test func `a full stack of layers has no room for the application`() {
        var payload = Frame.ipv4(6, Frame.tcp([1]))
        for _ in 0..<9 { payload = Frame.vlan(1, payload.count > 21 + 20 ? 0x8100 : 0x0800, payload) }
        let layers = Frame.ethernet(0x8100, payload).walk(.ethernet, FrameFacts(.ftp))
        #expect(layers.count == Layers.capacity)
        #expect(layers.stop.reason == .tooDeep)
    }
}
