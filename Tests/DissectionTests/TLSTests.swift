import Bytes
import Dissection
import Testing

@Suite struct TLSTests {
    static func record(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type, 3, 3] + Frame.u16(body.count) + body }

    static func message(_ type: UInt8, _ body: [UInt8]) -> [UInt8] { [type, 0] + Frame.u16(body.count) + body }

    private static func listed(_ body: [UInt8]) -> [UInt8] { Frame.u16(body.count) + body }

    private static func part(_ type: Int, _ data: [UInt8]) -> [UInt8] { Frame.u16(type) + listed(data) }

    static let clientHello: [UInt8] = {
        let random = [UInt8](repeating: 7, count: 32)
        let name = listed([0] + listed(Frame.text("ftp.example")))
        let protocols = listed([3] + Frame.text("ftp") + [2] + Frame.text("h2"))
        let extensions = part(0, name) + part(16, protocols) + part(43, [4, 3, 4, 3, 3])
        return message(1, [3, 3] + random + [0] + listed([0x13, 1, 0xC0, 0x30]) + [1, 0] + listed(extensions))
    }()

    static let serverHello: [UInt8] = {
        let random = [UInt8](repeating: 8, count: 32)
        return message(2, [3, 3] + random + [0, 0x13, 1, 0] + listed(part(43, [3, 4])))
    }()

    private static func frame(_ payload: [UInt8]) -> [UInt8] {
        Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(payload)))
    }

    private func values(_ name: String, _ payload: [UInt8]) -> [String] {
        Self.frame(payload).values(name, .ethernet, FrameFacts(.tls))
    }

    @Test func `a client's hello says what it wants`() {
        let payload = Self.record(22, Self.clientHello)
        #expect(values("tls.record.content_type", payload) == ["22"])
        #expect(values("tls.handshake.type", payload) == ["1"])
        #expect(values("tls.handshake.version", payload) == ["771"])
        #expect(values("tls.handshake.ciphersuite", payload) == ["4865", "49200"])
        #expect(values("tls.handshake.extension.type", payload) == ["0", "16", "43"])
        #expect(values("tls.handshake.extensions_server_name", payload) == ["ftp.example"])
        #expect(values("tls.handshake.extensions_alpn_str", payload) == ["ftp", "h2"])
        #expect(values("tls.handshake.extensions.supported_version", payload) == ["772", "771"])
    }

    @Test func `several records and messages in a frame are all read`() {
        let payload =
            Self.record(22, Self.serverHello + Self.message(14, [])) + Self.record(20, [1])
            + Self.record(22, Self.message(20, [1, 2])) + Self.record(21, [9, 9]) + Self.record(23, [5])
        #expect(values("tls.record.content_type", payload) == ["22", "20", "22", "21"])
        // In TLS 1.3 the type outside says nothing of what is inside.
        #expect(values("tls.record.opaque_type", payload) == ["23"])
        // In TLS 1.3 Change Cipher Spec means nothing (RFC 8446 §5).
        #expect(values("tls.handshake.type", payload) == ["2", "14", "20"])
        #expect(values("tls.alert_message.desc", payload) == ["9"])
        #expect(values("tls.handshake.extensions.supported_version", payload) == ["772"])
    }

    @Test func `an alert in clear is read`() {
        #expect(values("tls.alert_message.desc", Self.record(21, [2, 48])) == ["48"])
        #expect(values("tls.alert_message.level", Self.record(21, [2, 48])) == ["2"])
    }

    @Test func `what goes on an earlier frame's record is no record, and a repetition has none`() {
        let frame = Self.frame([1, 2, 3] + Self.record(23, [5]))
        var facts = FrameFacts(.tls)
        #expect(frame.values("tls.record.content_type", .ethernet, facts) == [])
        #expect(frame.values("tls.ignored_unknown_record", .ethernet, facts) == ["1"])
        facts.tls.continued = 3
        #expect(frame.values("tls.record.content_type", .ethernet, facts) == ["23"])
        #expect(frame.values("tcp.segment_data", .ethernet, facts) == ["010203"])
        facts.tls.continued = .max
        #expect(frame.values("tls.record.content_type", .ethernet, facts) == [])
        facts.tls.continued = 0
        facts.tls.isRepetition = true
        #expect(frame.values("tls.record.content_type", .ethernet, facts) == [])
    }

    @Test func `a record that goes on in later frames is not shown before it is whole`() {
        let frame = Self.frame(Self.record(23, [5]) + [23, 3, 3, 0, 9, 1])
        var facts = FrameFacts(.tls)
        facts.tls.open = 6
        #expect(frame.values("tls.record.length", .ethernet, facts) == ["1"])
        #expect(frame.values("tcp.segment_data", .ethernet, facts) == ["170303000901"])
    }

    @Test func `a handshake that is encrypted or goes on elsewhere is not guessed at`() {
        #expect(values("tls.handshake.type", Self.record(22, [77, 1, 2, 3, 4])) == [])
        #expect(values("tls.handshake.type", Self.record(22, [1, 0, 9, 9, 3, 3])) == [])
        #expect(
            values("tls.handshake.certificate_subject", Self.record(22, Self.message(11, [0, 0, 3, 0, 0, 9]))) == [])
    }

    @Test func `hellos cut at every length are read as far as they go`() {
        for hello in [Self.clientHello, Self.serverHello] {
            for length in 4..<hello.count {
                var cut = Array(hello.prefix(length))
                cut[2] = UInt8((length - 4) >> 8)
                cut[3] = UInt8((length - 4) & 0xFF)
                let payload = Self.record(22, cut)
                for name in Registry.names where name.hasPrefix("tls.") { _ = values(name, payload) }
                var facts = TLSFacts()
                var reader = TLSReader()
                _ = reader.push(payload.bytes, into: &facts)
            }
        }
    }

    @Test(arguments: [1, 2, 5, 7, 100, 10_000])
    func `the stream's reader does not mind how the bytes arrive`(_ size: Int) {
        let stream = Self.record(22, Self.clientHello) + Self.record(20, [1]) + Self.record(23, [5, 6])
        var facts = TLSFacts()
        var reader = TLSReader()
        var offset = 0
        while offset < stream.count {
            let chunk = Array(stream[offset..<min(stream.count, offset + size)])
            guard case .consumed = reader.push(chunk.bytes, into: &facts) else {
                Issue.record("no TLS at \(offset)")
                return
            }
            offset += size
        }
        #expect(facts.serverName == "ftp.example")
        #expect(facts.offeredProtocols == ["ftp", "h2"])
        #expect(facts.isEstablished)
    }

    @Test func `clear text ends the reading at its first byte`() {
        var facts = TLSFacts()
        var reader = TLSReader()
        let outcome = reader.push((Self.record(23, [5]) + Frame.text("220 hello\r\n")).bytes, into: &facts)
        guard case .notTLS(at: 6) = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }
}
