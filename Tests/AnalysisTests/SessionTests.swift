import Analysis
import Bytes
import FTPProtocol
import TestSupport
import Testing

private let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
private let server = Endpoint(IPAddress("192.0.2.2")!, 2100)
private let host = IPAddress("192.0.2.2")!

/// Builds a control connection on a port that means nothing, and data connections beside it.
private struct Scene {
    let builder = ConversationBuilder()
    let control: Connection

    init(to server: Endpoint = server, login: Bool = true) {
        control = Connection(builder, client, server)
        guard login else { return }
        control.answer("220 ready\r\n")
        exchange("USER alice", "331 password")
        exchange("PASS secret", "230 in")
    }

    func exchange(_ command: String, _ reply: String) {
        control.say(command + "\r\n")
        control.answer(reply + "\r\n")
    }

    /// A whole data connection from the server's side of a passive transfer.
    func download(_ text: String, port: UInt16, from: UInt16 = 50000, host: IPAddress = host) {
        let data = Connection(builder, Endpoint(client.address, from), Endpoint(host, port))
        data.answer(text)
        data.close()
    }

    /// A passive download of `text` as the file `name`.
    func retrieve(_ name: String, _ text: String, port: UInt16 = 5001) {
        exchange("PASV", "227 Entering Passive Mode (192,0,2,2,\(port >> 8),\(port & 255))")
        control.say("RETR \(name)\r\n")
        control.answer("150 here\r\n")
        download(text, port: port)
        control.answer("226 done\r\n")
    }

    func content(_ transfer: Transfer, _ story: Story) -> String {
        var text = ""
        story.readContent(of: transfer) {
            if case .bytes(let bytes) = $0 { text += String(decoding: bytes.array, as: UTF8.self) }
        }
        return text
    }
}

@Suite struct SessionTests {
    @Test func `FTP is found on any port by what is said`() throws {
        let scene = Scene()
        scene.retrieve("a.txt", "hello")
        let story = try scene.builder.story()
        #expect(story.sessions.count == 1)
        #expect(story.transfers.map(\.state) == [.complete])
        #expect(scene.content(story.transfers[0], story) == "hello")
    }

    @Test(arguments: [
        "HELO there\r\n", "GET / HTTP/1.1\r\n", "USER alice\r\nPASS x\r\nSTAT\r\n", "NICK alice\r\nUSER a b c d\r\n",
        "\u{16}\u{3}\u{1}",
    ])
    func `what is not FTP is not taken for it`(text: String) throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, Endpoint(host, 4444))
        connection.say(text)
        connection.answer("+OK\r\n")
        #expect(try builder.story().sessions.isEmpty)
    }

    @Test func `SMTP's 220 and USER do not make FTP`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, client, Endpoint(host, 2525))
        connection.answer("220 mail.example.com ESMTP\r\n")
        connection.say("EHLO me\r\n")
        connection.answer("250-mail\r\n250 HELP\r\n")
        connection.say("QUIT\r\n")
        connection.answer("221 bye\r\n")
        #expect(try builder.story().sessions.isEmpty)
    }

    @Test func `a file that reads like a session is a file`() throws {
        let scene = Scene()
        scene.retrieve("log.txt", "220 ready\r\n331 password\r\n230 in\r\n226 done\r\n")
        #expect(try scene.builder.story().sessions.count == 1)
    }

    @Test func `a command between PASV and RETR does not break the tie`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 Entering Passive Mode (192,0,2,2,19,137)")
        scene.exchange("SIZE a.txt", "213 5")
        scene.exchange("CWD /pub", "250 ok")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let transfer = try #require(try scene.builder.story().transfers.first)
        #expect(displayText(transfer.path) == "/pub/a.txt")
        #expect(transfer.data?.bytes == 5)
    }

    @Test func `each of two sessions gets its own data connection`() throws {
        let scene = Scene()
        let other = Connection(scene.builder, Endpoint(client.address, 40001), server)
        other.answer("220 ready\r\n")
        for (connection, port) in [(scene.control, 5001), (other, 5002)] {
            connection.say("USER a\r\n")
            connection.answer("230 in\r\n")
            connection.say("PASV\r\n")
            connection.answer("227 (192,0,2,2,\(port / 256),\(port % 256))\r\n")
            connection.say("RETR \(port)\r\n")
            connection.answer("150 here\r\n")
        }
        // The second session's data come first.
        scene.download("two", port: 5002, from: 50002)
        scene.download("one", port: 5001, from: 50001)
        other.answer("226 done\r\n")
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(
            story.transfers.map { displayText($0.path) + " " + scene.content($0, story) } == ["/5001 one", "/5002 two"])
    }

    @Test func `an address that was announced wrongly is seen through`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 Entering Passive Mode (10,1,2,3,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers[0].data?.bytes == 5)
        #expect(story.sessions[0].negotiations[0].isThirdParty)
    }

    @Test func `the last of two PASV counts`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,136)")
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        #expect(try scene.builder.story().transfers[0].data?.bytes == 5)
    }

    @Test func `active mode without PORT uses the port the client speaks from`() throws {
        let scene = Scene()
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(host, 20), client)
        data.say("hello")
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(scene.content(story.transfers[0], story) == "hello")
    }

    @Test func `a lost 227 leaves the only new connection`() throws {
        let scene = Scene()
        scene.control.say("PASV\r\n")
        scene.control.loseReply(44)
        scene.exchange("TYPE I", "200 ok")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(scene.content(story.transfers[0], story) == "hello")
        #expect(story.sessions[0].negotiations.contains { $0.isInferred })
    }

    @Test func `a lost 227 and two new connections leave the question open`() throws {
        let scene = Scene()
        scene.control.say("PASV\r\n")
        scene.control.loseReply(44)
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.download("other", port: 5002, from: 50001)
        scene.control.answer("226 done\r\n")
        #expect(try scene.builder.story().transfers[0].stream == nil)
    }

    @Test func `replies keep in step when a server leaves ABOR unanswered`() throws {
        let scene = Scene()
        scene.exchange("ABOR", "")
        scene.exchange("PWD", "257 \"/home/alice\" is current")
        scene.exchange("SYST", "215 UNIX")
        let session = try #require(try scene.builder.story().sessions.first)
        #expect(session.system == Array("UNIX".utf8))
        #expect(session.directory == Array("/home/alice".utf8))
    }

    @Test func `pipelined commands get the replies in their order`() throws {
        let scene = Scene()
        scene.control.say("TYPE I\r\nPWD\r\nSYST\r\nCWD x\r\n")
        scene.control.answer("200 binary\r\n257 \"/a\"\r\n215 UNIX\r\n250 ok\r\n")
        let session = try #require(try scene.builder.story().sessions.first)
        let verbs = session.steps.compactMap { step -> String? in
            guard case .reply(let reply, let answers?, _) = step.kind,
                case .command(let command, _, _) = session.steps[answers].kind
            else { return nil }
            return "\(command.verb) \(reply.code)"
        }
        #expect(verbs == ["USER 331", "PASS 230", "TYPE 200", "PWD 257", "SYST 215", "CWD 250"])
        #expect(session.directory == Array("/a/x".utf8))
    }

    @Test func `a refused transfer leaves its data connection to the next`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.exchange("RETR missing", "550 no such file")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers.map(\.state) == [.refused, .complete])
        #expect(story.transfers[0].stream == nil)
        #expect(scene.content(story.transfers[1], story) == "hello")
    }

    @Test func `REST counts for one transfer only and not after a refusal`() throws {
        let scene = Scene()
        scene.exchange("REST 100", "350 restarting")
        scene.exchange("RETR missing", "550 no")
        scene.retrieve("a.txt", "hello")
        scene.exchange("REST 3", "350 restarting")
        scene.retrieve("b.txt", "lo", port: 5002)
        scene.exchange("REST 7", "501 no")
        scene.retrieve("c.txt", "hello", port: 5003)
        #expect(try scene.builder.story().transfers.dropFirst().map(\.offset) == [0, 3, 0])
    }

    @Test func `paths follow the directory, and PWD explains the ones before it`() throws {
        let scene = Scene()
        scene.exchange("CWD docs", "250 ok")
        scene.retrieve("a.txt", "1")
        scene.exchange("CDUP", "250 ok")
        scene.exchange("PWD", "257 \"/home/alice\"")
        scene.retrieve("../b.txt", "2", port: 5002)
        scene.exchange("CWD nowhere", "550 no")
        scene.retrieve("/c.txt", "3", port: 5003)
        #expect(
            try scene.builder.story().transfers.map { displayText($0.path) }
                == ["/home/alice/docs/a.txt", "/home/b.txt", "/c.txt"])
    }

    @Test func `block mode is undone, and two files over one connection are two files`() throws {
        let scene = Scene()
        scene.exchange("MODE B", "200 ok")
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        let data = Connection(scene.builder, Endpoint(client.address, 50000), Endpoint(host, 5001))
        for (name, text) in [("a", "first"), ("b", "second")] {
            scene.control.say("RETR \(name)\r\n")
            scene.control.answer("150 here\r\n")
            data.reply([0, 0, UInt8(text.utf8.count)] + Array(text.utf8) + [64, 0, 0])
            scene.control.answer("250 done\r\n")
        }
        data.close()
        let story = try scene.builder.story()
        #expect(story.transfers.map { scene.content($0, story) } == ["first", "second"])
    }

    @Test func `an endless line is cut, not kept`() throws {
        let scene = Scene()
        for _ in 0..<20 { scene.control.send([UInt8](repeating: 0x41, count: 60000)) }
        scene.exchange("", "500 what?")
        let session = try #require(try scene.builder.story().sessions.first)
        for step in session.steps {
            if case .unreadable(let line, _, _) = step.kind { #expect(line.text.count <= 8192 && line.isTruncated) }
        }
    }

    @Test func `a SYN to port 21 that nobody answers is an attempt`() throws {
        let builder = ConversationBuilder()
        for _ in 0..<3 { builder.segment(client, Endpoint(host, 21), .syn, sequence: 1) }
        #expect(try builder.story().sessions.map(\.outcome) == [.unanswered])
        let refused = ConversationBuilder()
        refused.segment(client, Endpoint(host, 21), .syn, sequence: 1)
        refused.segment(Endpoint(host, 21), client, [.rst, .ack], sequence: 0, acknowledgment: 2)
        #expect(try refused.story().sessions.map(\.outcome) == [.refused])
    }

    @Test(arguments: [("STAT", "211 status"), ("NOOP", "200 ok"), ("STAT", "213 status")])
    func `a command that is answered during a transfer does not end it`(command: String, reply: String) throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.exchange(command, reply)
        scene.download("hello", port: 5001)
        scene.control.answer("226 done\r\n")
        scene.exchange("QUIT", "221 bye")
        let story = try scene.builder.story()
        #expect(story.transfers.map(\.state) == [.complete])
        #expect(story.reply(story.transfers[0].finalStep, of: 0)?.code.rawValue == 226)
    }

    @Test func `a later error reply counts, not the reply to NOOP before it`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hel", port: 5001)
        scene.exchange("NOOP", "200 ok")
        scene.control.answer("426 broken\r\n")
        #expect(try scene.builder.story().transfers.map(\.state) == [.cut])
    }

    @Test(arguments: [
        "226 ABOR command successful.\r\n", "225 no transfer\r\n", "426 aborted\r\n226 ok\r\n", "226 ok\r\n",
    ])
    func `an aborted transfer is aborted, however the server says so`(reply: String) throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here\r\n")
        scene.download("hel", port: 5001)
        scene.control.say("ABOR\r\n")
        scene.control.answer(reply)
        scene.exchange("PWD", "257 \"/\"")
        scene.exchange("QUIT", "221 bye")
        #expect(try scene.builder.story().transfers.map(\.state) == [.aborted])
    }

    @Test func `pipelined PORT and RETR each get their own connection`() throws {
        let scene = Scene()
        scene.control.say("PORT 192,0,2,1,19,137\r\nRETR one\r\nPORT 192,0,2,1,19,138\r\nRETR two\r\n")
        for (port, text) in [(5001, "first"), (5002, "second")] {
            scene.control.answer("200 ok\r\n150 here\r\n")
            let data = Connection(scene.builder, Endpoint(host, 20), Endpoint(client.address, UInt16(port)))
            data.say(text)
            data.close()
            scene.control.answer("226 done\r\n")
        }
        let story = try scene.builder.story()
        #expect(story.transfers.map { scene.content($0, story) } == ["first", "second"])
    }

    @Test func `a refused PASV leaves what PORT agreed on`() throws {
        let scene = Scene()
        scene.exchange("PORT 192,0,2,1,19,137", "200 ok")
        scene.exchange("PASV", "502 no")
        scene.control.say("RETR one\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(host, 20), Endpoint(client.address, 5001))
        data.say("first")
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers.map { scene.content($0, story) } == ["first"])
    }

    @Test func `a refused PORT is not agreed on`() throws {
        let scene = Scene()
        scene.exchange("PORT 192,0,2,9,19,137", "500 illegal")
        scene.retrieve("a.txt", "hello", port: 5002)
        #expect(try scene.builder.story().sessions[0].negotiations.count == 1)
    }

    @Test func `a connection to a port that two sessions announced belongs to the later one`() throws {
        let scene = Scene()
        let other = Connection(scene.builder, Endpoint(client.address, 40001), server)
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR mine\r\n")
        other.answer("220 ready\r\n")
        other.say("USER b\r\n")
        other.answer("230 in\r\n")
        other.say("PASV\r\n")
        other.answer("227 (192,0,2,2,19,137)\r\n")
        other.say("RETR theirs\r\n")
        other.answer("150 here\r\n")
        scene.download("theirs", port: 5001)
        other.answer("226 done\r\n")
        scene.control.answer("425 nobody came\r\n")
        let story = try scene.builder.story()
        #expect(story.transfers.map(\.state) == [.blocked, .complete])
        #expect(story.transfers[0].stream == nil)
    }

    @Test func `a reply that is never closed does not swallow the session`() throws {
        let scene = Scene(login: false)
        scene.control.answer("220 ready\r\n")
        scene.exchange("USER a", "230- welcome\r\n230- to wu-ftpd\r\n226 odd")
        scene.exchange("SYST", "215 UNIX")
        scene.retrieve("a.txt", "hello")
        scene.exchange("QUIT", "221 bye")
        let story = try scene.builder.story()
        #expect(story.sessions[0].outcome == .quit)
        #expect(story.sessions[0].system == Array("UNIX".utf8))
        #expect(story.transfers.map(\.state) == [.complete])
    }

    @Test func `a compressed transfer that breaks off is damaged`() throws {
        let scene = Scene()
        scene.exchange("MODE Z", "200 ok")
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("RETR a\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(client.address, 50000), Endpoint(host, 5001))
        // The beginning of a zlib stream.
        data.reply([0x78, 0x9C, 0xCB, 0x48])
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.readContent(of: story.transfers[0]) { _ in }.isDamaged)
        #expect(story.digests(of: story.transfers[0]) == nil)
    }

    @Test func `a listing may be in GB 2312, months and all`() throws {
        let scene = Scene()
        scene.exchange("PASV", "227 (192,0,2,2,19,137)")
        scene.control.say("LIST\r\n")
        scene.control.answer("150 here\r\n")
        let data = Connection(scene.builder, Endpoint(client.address, 50000), Endpoint(host, 5001))
        let before = Array("-rw-r--r--   1 a  b   1024  3".utf8)
        // 月 and 文档 in GB 2312.
        data.reply(before + [0xD4, 0xC2] + Array(" 15  2024 ".utf8) + [0xCE, 0xC4, 0xB5, 0xB5, 0x0D, 0x0A])
        data.close()
        scene.control.answer("226 done\r\n")
        let story = try scene.builder.story()
        #expect(story.listing(of: story.transfers[0]).map { displayText($0.name) } == ["文档"])
    }

    @Test(arguments: ["9223372036854775807", "9223372036854775800", "99999999999999999999999"])
    func `a restart position at the end of all numbers is data`(position: String) throws {
        let scene = Scene()
        scene.retrieve("a.txt", "hello")
        scene.exchange("REST \(position)", "350 ok")
        scene.exchange("PASV", "227 (192,0,2,2,19,138)")
        scene.control.say("RETR a.txt\r\n")
        scene.control.answer("150 here (5 bytes)\r\n")
        scene.download("hello", port: 5002, from: 50001)
        scene.control.say("ABOR\r\n")
        scene.control.answer("226 done\r\n")
        #expect(try scene.builder.story().transfers.count == 2)
    }
}
