import Bytes
import Dissection
import Testing

@Suite struct DNSTests {
    private static let name: [UInt8] = [3] + Array("ftp".utf8) + [7] + Array("example".utf8) + [0]

    /// A response to a question for `ftp.example`, whose records are given without their names.
    private static func response(_ records: [[UInt8]], questions: Int = 1) -> [UInt8] {
        let header = Frame.u16(0xABCD) + Frame.u16(0x8180) + Frame.u16(questions) + Frame.u16(records.count)
        return header + [0, 0, 0, 0] + name + [0, 1, 0, 1] + records.flatMap { [0xC0, 12] + $0 }
    }

    private static let v4: [UInt8] = [0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 21]
    private static let v6: [UInt8] = [0, 28, 0, 1, 0, 0, 0, 60, 0, 16] + Frame.server6
    private static let alias: [UInt8] = [0, 5, 0, 1, 0, 0, 0, 60, 0, 4, 1, 0x78, 0xC0, 12]

    private static func frame(_ message: [UInt8]) -> [UInt8] {
        Frame.ethernet(0x0800, Frame.ipv4(17, Frame.udp(message, from: 53)))
    }

    @Test func `questions and records give their values`() {
        let frame = Self.frame(Self.response([Self.alias, Self.v4, Self.v6]))
        #expect(frame.walk(.ethernet, FrameFacts()).chain == "eth:ip:udp:dns")
        #expect(frame.values("dns.qry.name") == ["ftp.example"])
        #expect(frame.values("dns.qry.type") == ["1"])
        #expect(frame.values("dns.resp.name") == ["ftp.example", "ftp.example", "ftp.example"])
        #expect(frame.values("dns.resp.type") == ["5", "1", "28"])
        #expect(frame.values("dns.cname") == ["x.ftp.example"])
        #expect(frame.values("dns.a") == ["192.0.2.21"])
        #expect(frame.values("dns.aaaa") == ["2001:db8::21"])
        #expect(frame.values("dns.resp.ttl") == ["60", "60", "60"])
        #expect(frame.values("dns.flags.response") == ["1"])
        #expect(frame.values("dns.flags") == ["33152"])
    }

    @Test func `addresses are reported with the name that was asked for`() {
        var found: [String] = []
        DNS.forEachAddress(in: Self.response([Self.v4, Self.v6]).bytes) { found.append("\($0) \($1)") }
        #expect(found == ["ftp.example 192.0.2.21", "ftp.example 2001:db8::21"])
    }

    @Test(arguments: [
        // A pointer to itself, one to nowhere, one cut in two, a label past the end, a reserved kind of label.
        [UInt8]([0xC0, 0]), [0xC3, 0xFF], [0xC0], [5, 65], [0x80, 1], [],
    ])
    func `a damaged name is no name`(_ name: [UInt8]) {
        #expect(DNS.name(in: name.bytes, at: 0) == nil)
    }

    @Test func `a name longer than 255 bytes is no name`() {
        let label = [UInt8](repeating: 63, count: 1) + [UInt8](repeating: 65, count: 63)
        #expect(DNS.name(in: (label + label + label + label + label + [0]).bytes, at: 0) == nil)
        #expect(DNS.name(in: (label + label + label + [0]).bytes, at: 0)?.text.utf8.count == 191)
    }

    @Test func `names are safe to show`() {
        #expect(DNS.name(in: [3, 0x1B, 0x5B, 0x41, 0].bytes, at: 0)?.text == "\\x1b[A")
    }

    @Test func `records that claim more than there is end the reading`() {
        var message = Self.response([Self.v4, Self.v4])
        message[message.count - 5] = 200
        #expect(Self.frame(message).values("dns.a") == ["192.0.2.21"])
        #expect(Self.frame(Self.response([], questions: 0xFFFF)).values("dns.qry.name") == ["ftp.example"])
    }
}
