import Bytes
import CaptureFile
import Dissection
import Foundation
import Testing

/// What holds of every frame of every capture in the fixtures.
@Suite struct FixtureTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fixtures/captures")

    static let captures: [String] = {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
        return (names ?? []).filter { $0.contains(".pcap") }.sorted()
    }()

    static func forEachFrame(_ name: String, _ body: ([UInt8], LinkLayer?, Int) -> Void) throws {
        let capture = try Capture(paths: [folder.appending(path: name).path()])
        var reader = capture.makeReader()
        while let header = reader.next() {
            let link = reader.metadata.interfaces[Int(header.interface)].linkType
            let frame = capture.bytes(at: header.position, count: Int(header.capturedLength)).array
            body(frame, LinkLayer(rawValue: link.rawValue), Int(header.originalLength))
        }
    }

    @Test func `there are captures`() {
        #expect(Self.captures.count > 50)
    }

    @Test(arguments: captures)
    func `accessors and rows agree, and nothing leaves the frame`(_ name: String) throws {
        try Self.forEachFrame(name) { frame, link, original in
            var layers = Layers()
            layers.walk(frame.bytes, link, originalLength: original)
            FieldLaw.check(frame, layers)
            #expect(layers.payload.captured <= layers.payload.length)
            #expect(layers.stop.reason != .malformed && layers.stop.reason != .tooDeep)
            for facts in DamageTests.facts { DamageTests.exhaust(frame, link, facts) }
        }
    }

    /// The chains that tshark 4.0.17 reports as frame.protocols, without what stands above TCP.
    @Test(arguments: [
        ("passive-download.pcap", "eth:ip:tcp"), ("epsv-ipv6.pcap", "eth:ipv6:tcp"), ("vlan.pcap", "eth:vlan:ip:tcp"),
        ("qinq.pcap", "eth:ieee8021ad:vlan:ip:tcp"), ("qinq-9100.pcap", "eth:vlan:vlan:ip:tcp"),
        ("mpls.pcap", "eth:mpls:mpls:ip:tcp"), ("pppoe.pcap", "eth:pppoes:ppp:ip:tcp"),
        ("cooked-v1.pcap", "sll:ip:tcp"), ("cooked-v2.pcap", "sll:ip:tcp"), ("null.pcap", "null:ip:tcp"),
        ("null-big-endian.pcap", "null:ip:tcp"), ("null-ipv6.pcap", "null:ipv6:tcp"), ("loop.pcap", "null:ip:tcp"),
        ("raw-ip.pcap", "ip:tcp"), ("raw-ipv6.pcap", "ipv6:tcp"), ("linktype-ipv4.pcap", "ip:tcp"),
        ("linktype-ipv6.pcap", "ipv6:tcp"), ("fragments-ipv6.pcap", "eth:ipv6:tcp|eth:ipv6:ipv6.fraghdr"),
        ("fragments-ipv4.pcap", "eth:ip:tcp|eth:ip"), ("snaplen-68.pcap", "eth:ip:tcp"),
        ("loopback.pcap", "eth:ip:tcp"), ("offload.pcap", "eth:ip:tcp"),
    ])
    func `each link layer leads to TCP`(_ name: String, _ chains: String) throws {
        var found: Set<String> = []
        try Self.forEachFrame(name) { frame, link, original in
            let layers = frame.walk(link, original: original)
            if !layers.has(.arp), !layers.has(.icmpv6) { found.insert(layers.chain) }
        }
        #expect(found == Set(chains.split(separator: "|").map(String.init)))
    }
}
