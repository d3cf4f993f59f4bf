import FTPProtocol
import Foundation
import SystemPackage
import Testing

@testable import FTPServer

/// What can be sent over a control connection by somebody who means no good.
struct ControlAttackTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    // MARK: - Telnet

    @Test func `a flood of Telnet's byte 255 is a line that is too long, and no more`() throws {
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let flood = [UInt8](repeating: 0xFF, count: 200_000)
            for bytes in [flood, flood + [0xFF, 0xFF]] {
                client.send(Array("NOOP ".utf8) + bytes)
                #expect(client.say("") == 500)
                #expect(client.say("NOOP") == 200)
            }
            // IAC IAC in two segments is one byte of the line.
            for byte in Array("MKD a".utf8) + [0xFF, 0xFF, 0xFF, 0xFF, 13, 10] { client.send([byte]) }
            #expect(client.code() == 257)
            #expect(client.say(Array("RMD a".utf8) + [0xFF, 0xFF, 0xFF, 0xFF]) == 250)
        }
    }

    @Test func `Telnet commands without number are answered by nothing, and the line behind them is taken or refused`()
        throws
    {
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let signs: [[UInt8]] = [
                [0xFF, 0xF4], [0xFF, 0xF2], [0xFF, 0xFB, 0x01], [0xFF, 0xFD, 0x06],
                [0xFF, 0xFA, 0x18, 0x01, 0xFF, 0xF0],
            ]
            for sign in signs {
                #expect(client.say(Array((0..<10).map { _ in sign }.joined()) + Array("NOOP".utf8)) == 200)
                #expect(client.say(Array((0..<5000).map { _ in sign }.joined()) + Array("NOOP".utf8)) == 500)
                #expect(client.say("NOOP") == 200)
            }
            // A subnegotiation that never ends does not swallow the session.
            client.send([0xFF, 0xFA, 0x18] + [UInt8](repeating: 0x20, count: 20_000))
            #expect(client.say("") == 500)
            #expect(client.say("NOOP") == 200)
            #expect(!client.isReadable(within: 0))
        }
    }

    // MARK: - Who is there

    @Test func `a wrong login is answered alike, whoever there is`() throws {
        let users = try UserStore(path: folder.path + "/users.sqlite")
        var disabled = UserRecord(name: "bob", password: PasswordHash(of: Array("right".utf8)), home: folder.root)
        disabled.isEnabled = false
        try users.add(disabled)
        try users.add(UserRecord(name: "alice", password: PasswordHash(of: Array("right".utf8)), home: folder.root))
        try users.add(UserRecord(name: "carol", password: PasswordHash(of: Array("right".utf8)), home: "/no/such"))
        var setup = ServerSetup()
        setup.users = users
        setup.bans.attempts = 0
        setup.policy.maximumLoginAttempts = 100
        try setup.serve(folder) { _, port in
            let client = try #require(RawClient(port: port))
            #expect(client.code() == 220)
            var answers: Set<[String?]> = []
            for (name, password) in [
                ("alice", "wrong"), ("bob", "right"), ("bob", "wrong"), ("carol", "wrong"), ("nobody", "right"),
                ("root", "right"), ("", "right"), (String(repeating: "n", count: 5000), "right"), ("alice", ""),
                ("alice", String(repeating: "p", count: 5000)), ("ALICE", "right"), ("alice ", "right"),
                ("alice\u{0}", "right"), ("' OR name='alice' --", "right"), ("alice\u{301}", "right"),
            ] where name != "" {
                let asked = client.ask("USER \(name)")
                // A NUL is no part of a name, so the line is refused before anybody looks.
                guard !name.contains("\u{0}") else {
                    #expect(asked?.hasPrefix("501") == true)
                    continue
                }
                answers.insert([asked, client.ask("PASS \(password)")])
            }
            #expect(answers.count == 1, "\(answers)")
            #expect(answers.first?.last??.hasPrefix("530 ") == true)
            #expect(client.user("alice", "right"))
        }
    }

    @Test func `whose home is gone is told so by the log, and not banned for it`() throws {
        let users = try UserStore(path: folder.path + "/users.sqlite")
        try users.add(UserRecord(name: "carol", password: PasswordHash(of: Array("right".utf8)), home: "/no/such"))
        let path = folder.path + "/log"
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
        let sink = LogSink(file)
        var setup = ServerSetup()
        setup.users = users
        setup.bans.attempts = 1
        setup.log = try ServerLog(LogSettings(), to: sink)
        try setup.serve(folder) { _, port in
            for _ in 0..<2 {
                let client = try #require(RawClient(port: port))
                #expect(client.code() == 220 && client.say("USER carol") == 331 && client.say("PASS right") == 421)
            }
        }
        sink.flush()
        let log = try String(contentsOfFile: path, encoding: .utf8)
        #expect(log.contains("/no/such: No such file or directory."), "\(log)")
    }

    @Test func `what a user who is not there has to be compared with costs as much as a real password`() throws {
        let users = try UserStore(path: folder.path + "/users.sqlite")
        let directory = AccountDirectory(guest: nil, users: users)
        let nobody = Mirror(reflecting: directory).descendant("nobody") as? PasswordHash
        let real = PasswordHash(of: Array("right".utf8))
        // scrypt, the binary logarithm of N, r, p.
        let costs = [nobody, real].map { ($0?.text ?? "").split(separator: "$").prefix(4).joined(separator: "$") }
        #expect(costs[0] == costs[1] && costs[0].hasPrefix("scrypt$"))
    }

    // MARK: - Logs

    private static let events: Set<String> = [
        "connected", "command", "reply", "login", "login failed", "change", "transfer complete", "transfer failed",
        "closed",
    ]

    @Test(arguments: LogSettings.Format.allCases)
    func `nothing that a client sends makes a line of a log, or steers a terminal`(format: LogSettings.Format) throws {
        let (path, transfers) = (folder.path + "/log", folder.path + "/xferlog")
        let file = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
        let sink = LogSink(file)
        var settings = LogSettings()
        (settings.level, settings.format, settings.xferlog) = (.debug, format, transfers)
        var setup = ServerSetup()
        setup.log = try ServerLog(settings, to: sink)
        setup.limits.idleSeconds = 60
        let evil =
            [
                "\u{1B}[2J\u{1B}]0;owned\u{07}", "\u{9B}31m", "a\tb", "\u{7F}\u{08}\u{08}",
                "\"quoted\" = {\"event\":\"x\"}",
                "\\n\\u000a", "\u{202E}cba", "\u{2028}new\u{85}line\u{0B}\u{0C}",
                "2026-01-01T00:00:00.000Z info login user=root",
            ].map { Array($0.utf8) } + [[0xFF, 0xFF, 0xFE, 0x80], [0xC2], [0x9B, 0x41]]
        try setup.serve(folder) { server, port in
            for name in evil {
                let client = try #require(RawClient(port: port))
                #expect(client.code() == 220)
                #expect(client.say(Array("USER ".utf8) + name) == 331)
                #expect(client.say(Array("PASS ".utf8) + name) == 530)
                #expect(client.user())
                #expect(client.say(name) == 500)
                #expect(client.say(Array("MKD ".utf8) + name) == 257)
                #expect(client.say(Array("MKD d\r2026-01-01T00:00:00.000Z info forged".utf8)) == 501)
                #expect(client.say(Array("RNFR ".utf8) + name) == 350)
                #expect(client.say(Array("RNTO renamed ".utf8) + name) == 250)
                let data = try #require(client.passive())
                #expect(client.say(Array("STOR file ".utf8) + name) == 150)
                data.finish()
                #expect(client.code() == 226)
                // A listing has a line for each of them and not one more.
                let listed = client.fetch("MLSD")
                #expect(listed.bytes.count(where: { $0 == 10 }) == folder.names().count)
                #expect(client.say("QUIT") == 221)
            }
            wait { server.sessions.count == 0 }
            sink.flush()
        }
        try file.close()
        try expectHarmless(path, format)
        // The transfers have a writer of their own, which may still be at it.
        wait { (try? lines(of: transfers).count) == evil.count }
        for line in try lines(of: transfers) {
            #expect(line.split(separator: " ").count == 18, "\(line)")
            expectPlain(line)
        }
    }

    private func lines(of path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map(String.init)
    }

    private func expectPlain(_ line: String, _ location: SourceLocation = #_sourceLocation) {
        let isPlain = line.unicodeScalars.allSatisfy {
            $0 >= " " && !("\u{7F}"..."\u{9F}" ~= $0) && !("\u{202A}"..."\u{202E}" ~= $0) && $0 != "\u{2028}"
        }
        #expect(isPlain, "\(line.debugDescription)", sourceLocation: location)
    }

    private func expectHarmless(_ path: String, _ format: LogSettings.Format) throws {
        let lines = try lines(of: path)
        #expect(lines.count > 200)
        for line in lines {
            expectPlain(line)
            switch format {
            case .json:
                let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                #expect(Self.events.contains(event?["event"] as? String ?? ""), "\(line)")
                // Numbers and truths are no texts.
                #expect(line.contains("\"tls\":false") == (event?["event"] as? String == "login"), "\(line)")
            case .text:
                let words = line.split(separator: " ", maxSplits: 2)
                #expect(words.count == 3 && Self.events.contains { words[2].hasPrefix($0 + " ") }, "\(line)")
            }
        }
        // Nobody logged in but the guest, whatever lines pretend.
        #expect(lines.allSatisfy { !$0.contains("user=root") || $0.contains("\"") })
    }
}
