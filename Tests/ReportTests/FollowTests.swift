import Analysis
import Bytes
import FTPProtocol
@testable import Report
import SystemPackage
import TestSupport
import Testing

private let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
private let server = Endpoint(IPAddress("192.0.2.2")!, 21)

@Suite struct FollowTapTests {
    /// `abc`, seven bytes that the capture lacks, `xyz`, their acknowledgment, and a reply.
    private func capture() throws -> CaptureIndex {
        let builder = ConversationBuilder()
        builder.segment(client, server, .syn, sequence: 999)
        builder.segment(server, client, [.syn, .ack], sequence: 4999, acknowledgment: 1000)
        builder.segment(client, server, .ack, sequence: 1000, acknowledgment: 5000, Array("abc".utf8))
        builder.segment(client, server, .ack, sequence: 1010, acknowledgment: 5000, Array("x\n\u{1}".utf8))
        builder.segment(server, client, .ack, sequence: 5000, acknowledgment: 1013, Array("reply".utf8))
        return try builder.index()
    }

    private func printed(_ argument: String) throws -> [String] {
        var lines: [String] = []
        try FollowTap(argument).tell(try capture()) { lines.append($0) }
        return lines
    }

    private static let separator = "==================================================================="

    @Test func `text has a head, lengths, and a foot`() throws {
        let lines = try printed("follow,tcp,ascii,0")
        #expect(
            lines == [
                "", Self.separator, "Follow: tcp,ascii", "Filter: tcp.stream eq 0", "Node 0: 192.0.2.1:40000",
                "Node 1: 192.0.2.2:21", "3", "abc", "34", "[7 bytes missing in capture file].", "3", "x", ".", "\t5",
                "reply", Self.separator,
            ])
    }

    @Test func `a dump counts each side's bytes, the text for a hole included`() throws {
        let lines = try printed("follow,tcp,hex,0,3-4")
        #expect(
            lines.dropFirst(6).dropLast() == [
                "00000025  78 0a 01                                          x..",
                "\t00000000  72 65 70 6c 79                                    reply",
            ])
    }

    @Test(arguments: [("ab ", "ab"), ("1234567 ", "1234567 "), ("12345678 ", "12345678 "), ("a  ", "a ")])
    func `a dump's line loses one blank at its end, as tshark's`(content: String, shown: String) {
        let chunk = FollowChunk(content: Array(content.utf8), isServer: false, position: 0, packet: 1, time: 0)
        var lines: [String] = []
        chunk.tell(as: .hex) { lines.append($0) }
        #expect(lines.first?.dropFirst(60) == shown[...])
    }

    @Test func `raw is hexadecimal digits`() throws {
        #expect(try printed("follow,tcp,raw,0,1").dropFirst(6).dropLast() == ["616263"])
    }

    @Test func `YAML has frames and times as C prints doubles`() throws {
        let lines = try printed("follow,tcp,yaml,0,1-2")
        #expect(lines.prefix(3) == ["peers:", "  - peer: 0", "    host: 192.0.2.1"])
        #expect(
            lines.dropFirst(8) == [
                "  - packet: 3", "    peer: 0", "    timestamp: 1700000000.003000021", "    data: !!binary |",
                "      YWJj", "  - packet: 5", "    peer: 0", "    timestamp: 0.000000000", "    data: !!binary |",
                "      WzcgYnl0ZXMgbWlzc2luZyBpbiBjYXB0dXJlIGZpbGVdAA==",
            ])
    }

    @Test func `a stream may be named by its ends, whichever comes first`() throws {
        let lines = try printed("follow,tcp,raw,192.0.2.2:21,192.0.2.1:40000,1")
        #expect(lines[3].hasPrefix("Filter: ((ip.src eq 192.0.2.2 and tcp.srcport eq 21) and (ip.dst eq 192.0.2.1"))
        #expect(lines[6] == "616263")
    }

    @Test func `a stream that is not there has no nodes`() throws {
        #expect(try printed("follow,tcp,ascii,1").suffix(3) == ["Node 0: :0", "Node 1: :0", Self.separator])
    }

    @Test(arguments: [
        ("follow,tcp,asc,0", "Invalid display mode."), ("follow,tcp,ascii", "Invalid address."),
        ("follow,tcp,ascii,0x", "Invalid address."), ("follow,tcp,ascii,0,x", "Invalid range."),
        ("follow,tcp,ascii,0,3-2", "Invalid range value."), ("follow,tcp,ascii,0,0", "Invalid range value."),
        ("follow,tcp,ascii,0,1-", "Invalid parameter."), ("follow,tcp,ascii,0,1,2", "Invalid parameter."),
        ("follow,tcp,ascii,a:1,b:2", "Can't get IPv4 address"),
        ("follow,tcp,ascii,[192.0.2.1]:1,[::2]:2", "Can't get IPv6 address"),
        ("follow,tcp,ascii,192.0.2.1:70000,192.0.2.2:21", "Invalid port."),
        ("follow,tcp,ascii,-1", "Error registering tap listener."),
        ("follow,udp,ascii,0", "Only follow,tcp is offered."), ("", "Invalid argument."),
    ])
    func `what cannot be followed is told in tshark's words`(argument: String, reason: String) {
        let error = #expect(throws: FollowTapError.self) { try FollowTap(argument) }
        #expect(error?.description == "follow - \(reason)")
    }

    @Test(arguments: [
        (Int64(0), "0.000000000"), (1_500_000_000, "1.500000000"), (1, "0.000000001"),
        (1_700_000_000_004_000_000, "1700000000.003999949"), (1_700_000_000_999_999_999, "1700000001.000000000"),
    ])
    func `times are doubles`(time: Int64, text: String) {
        #expect(FollowChunk.timestamp(time) == text)
    }

    @Test func `EBCDIC is what IBM's code page 037 says`() {
        let hello: [UInt8] = [0xC8, 0x85, 0x93, 0x93, 0x96, 0x40, 0xF2, 0xF0, 0x5A, 0x4B, 0x7D, 0x00]
        #expect(String(decoding: hello.map(FollowCharacters.ebcdic), as: UTF8.self) == "Hello 20!.'.")
    }

    @Test(arguments: [("", ""), ("M", "TQ=="), ("Ma", "TWE="), ("Man", "TWFu"), ("Many", "TWFueQ==")])
    func `base64 is padded`(text: String, code: String) {
        #expect(String(decoding: FollowCharacters.base64(Array(text.utf8)[...]), as: UTF8.self) == code)
    }
}

@Suite struct FollowTextTests {
    private func lines(
        _ story: Story, _ subject: FollowSubject, _ format: FollowFormat? = nil, showsSecrets: Bool = false,
        side: FollowSide = .both, turns: ClosedRange<Int> = 1...Int.max
    ) -> [String] {
        var sourceOptions = FollowSource.Options()
        sourceOptions.showsSecrets = showsSecrets
        sourceOptions.side = side
        sourceOptions.turns = turns
        let source = FollowSource(story, subject, sourceOptions)
        var lines: [String] = []
        if format == .yaml {
            FollowYAML(source) { lines.append($0) }.tell()
        } else {
            var options = FollowText.Options()
            options.format = format
            FollowText(source, options) { lines.append($0) }.tell()
        }
        return lines
    }

    @Test func `a session shows each data connection where it happened`() throws {
        let story = try Fixtures.story("list-vsftpd.pcap")
        let lines = lines(story, .session(0))
        let opening = try #require(lines.firstIndex { $0.contains("150 Here comes") })
        let listed = try #require(lines.firstIndex { $0.contains("annual report 2023.txt") })
        let closing = try #require(lines.firstIndex { $0.contains("226 Directory send OK") })
        #expect(opening < listed && listed < closing)
        #expect(lines.contains { $0.contains("⇐") && $0.contains("Transfer 1 · Stream 1 · 208 bytes") })
    }

    @Test func `bytes that are no text are shown by their beginning unless all are asked for`() throws {
        let story = try Fixtures.story("passive-download.pcap")
        let brief = lines(story, .transfer(0))
        #expect(brief.count == 5 && brief[4].contains("19 968 more bytes"))
        #expect(lines(story, .transfer(0), .hex).count > 20000 / 16)
    }

    @Test(arguments: ["passive-download.pcap", "pipelined.pcap", "split-command.pcap", "wrong-password.pcap"])
    func `a password is masked in every format unless asked for`(name: String) throws {
        let story = try Fixtures.story(name)
        let password = displayText(try #require(story.sessions[0].password))
        for format in [nil, .ascii, .utf8] as [FollowFormat?] {
            for subject in [FollowSubject.session(0), .stream(story.sessions[0].stream)] {
                #expect(!lines(story, subject, format).joined(separator: "\n").contains(password))
                #expect(lines(story, subject, format, showsSecrets: true).joined().contains(password))
            }
        }
        #expect(try !raw(story, .session(0)).contains(password))
    }

    private func raw(_ story: Story, _ subject: FollowSubject) throws -> String {
        let (reading, writing) = try FileDescriptor.pipe()
        defer { try? reading.close() }
        var text: [UInt8] = []
        do {
            defer { try? writing.close() }
            var output = BufferedOutput(writing, closesDescriptor: false)
            _ = try FollowRaw.write(FollowSource(story, subject, FollowSource.Options()), to: &output)
            try output.close()
        }
        while true {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = try unsafe buffer.withUnsafeMutableBytes { unsafe try reading.read(into: $0) }
            guard count > 0 else { break }
            text += buffer.prefix(count)
        }
        return String(decoding: text, as: UTF8.self)
    }

    @Test func `raw is the bytes themselves`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, Endpoint(server.address, 9999))
        connection.say("one\r\n")
        connection.answer("two\n")
        #expect(try raw(try builder.story(), .stream(0)) == "one\r\ntwo\n")
    }

    /// A control connection that says just this; a number of bytes before the last line is lost.
    private func session(_ lines: [String], lost: Int = 0, handshake: Bool = true) throws -> Story {
        let builder = ConversationBuilder()
        let control = Connection(builder, client, server, handshake: handshake)
        for (number, line) in lines.enumerated() {
            if lost > 0, number == lines.count - 1 { control.clientSequence &+= UInt32(lost) }
            if line.first?.isNumber == true { control.answer(line + "\r\n") } else { control.say(line + "\r\n") }
        }
        return try builder.story()
    }

    @Test(arguments: ["SS hunter2x", "hunter2x", "ASS hunter2x"])
    func `a piece of a password is masked as well`(piece: String) throws {
        let behindGap = try session(["220 hi", "USER bob", "331 ?", piece], lost: 3)
        #expect(!lines(behindGap, .session(0)).joined().contains("hunter2x"))
        let atStart = try session([piece, "230 in", "PWD", "257 \"/\""], handshake: false)
        #expect(!lines(atStart, .session(0)).joined().contains("hunter2x"))
    }

    @Test func `the line that stood before a hole is shown before it`() throws {
        let story = try session(["220 hi", "USER bob", "331 ?", "PASS x", "230 in", "NOOP", "NOOP"], lost: 6)
        let text = lines(story, .session(0))
        let hole = try #require(text.firstIndex { $0.contains("not in the capture: 6 bytes") })
        #expect(text[hole - 1].contains("NOOP") && text[hole + 1].contains("NOOP"))
    }

    @Test func `an anonymous user's address is no secret`() throws {
        let story = try Fixtures.story("anonymous-login.pcap")
        let address = displayText(try #require(story.sessions[0].password))
        #expect(lines(story, .session(0)).joined().contains(address))
    }

    @Test func `one side, and some turns, can be asked for`() throws {
        let story = try session(["220 hi", "USER bob", "331 ?", "PASS x", "230 in", "NOOP", "200 ok"])
        let server = lines(story, .session(0), side: .server)
        #expect(server.contains { $0.hasSuffix("←  331 ?") } && !server.joined().contains("USER"))
        let second = lines(story, .session(0), turns: 2...2).dropFirst()
        #expect(second.count == 1 && second.joined().contains("USER bob"))
    }

    @Test func `YAML tells holes and sides`() throws {
        let story = try session(["220 hi", "USER bob", "331 ?", "PASS x", "230 in", "NOOP"], lost: 4)
        let text = lines(story, .session(0), .yaml)
        #expect(text.contains("    missing: 4") && text.contains("    session: 1") && text.contains("    side: client"))
    }

    @Test func `a stream on which nobody spoke says so`() throws {
        let story = try Fixtures.story("control-refused.pcap")
        #expect(lines(story, .stream(0)).last == "Nothing was said here.")
    }
}
