import Analysis
import Bytes
import FTPProtocol
import TestSupport
import Testing

private let client = Scene.client
private let server = Scene.server
private let host = Scene.server.address

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

    @Test(arguments: ["MAIL x", "EHLO x", "DATA", "CAPA", "FOO\r\nFOO\r\nFOO\r\nFOO\r\nFOO\r\nFOO\r\nFOO"])
    func `nobody hides a session by saying what belongs elsewhere`(line: String) throws {
        let scene = Scene()
        scene.exchange("EPSV", "229 Entering Extended Passive Mode (|||5001|)")
        scene.exchange(line, line.split(separator: "\r\n").map { _ in "500 what?" }.joined(separator: "\r\n"))
        scene.retrieve("a.txt", "hello")
        let story = try scene.builder.story()
        #expect(story.sessions.count == 1 && story.transfers.count == 1)
    }

    @Test func `a folder that SITE makes is not entered`() throws {
        let scene = Scene()
        scene.exchange("CWD /a", "250 ok")
        scene.exchange("SITE MKDIR b", "257 \"/a/b\" is made.")
        let session = try #require(try scene.builder.story().sessions.first)
        #expect(session.directory == Array("/a".utf8))
    }

    @Test func `what was said inside TLS can stand in clear where an end has recorded it`() throws {
        let implicit = Scene()
        implicit.exchange("PBSZ 0", "200 PBSZ=0")
        #expect(try implicit.builder.story().sessions.map(\.decrypted) == [.implicitTLS])
        let explicit = Scene(login: false)
        explicit.control.answer("220 ready\r\n")
        explicit.exchange("AUTH TLS", "234 go on")
        explicit.exchange("USER alice", "331 password")
        explicit.exchange("PBSZ 0", "200 PBSZ=0")
        #expect(try explicit.builder.story().sessions.map(\.decrypted) == [.explicitTLS])
        let clear = Scene()
        clear.exchange("PBSZ 0", "503 AUTH first")
        #expect(try clear.builder.story().sessions.map(\.decrypted) == [nil])
    }

    @Test func `a file that reads like a session is a file`() throws {
        let scene = Scene()
        scene.retrieve("log.txt", "220 ready\r\n331 password\r\n230 in\r\n226 done\r\n")
        #expect(try scene.builder.story().sessions.count == 1)
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
