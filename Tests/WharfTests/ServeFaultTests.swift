import Foundation
import Testing

/// What `wharf serve` does when something ends it, or tells it something, in the middle of its work.
struct ServeFaultTests {
    /// A folder to be served, and beside it what a test writes.
    private final class Place {
        let path = NSTemporaryDirectory() + "/wharf-\(UUID().uuidString)"
        var root: String { path + "/root" }
        var config: String { path + "/wharf.yaml" }

        init() throws { try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true) }

        deinit { try? FileManager.default.removeItem(atPath: path) }

        func bytes(_ name: String) -> Data? { FileManager.default.contents(atPath: "\(root)/\(name)") }

        func configure(_ text: String) throws { try Data(text.utf8).write(to: URL(fileURLWithPath: config)) }

        func serve(_ options: String...) throws -> Spawned {
            try Spawned(program, ["serve", root, "--listen", "127.0.0.1:0", "--no-tls"] + options)
        }

        /// One that is told by its file what guests may do, and greets with `banner`.
        func serveAsConfigured() throws -> Spawned { try serve("--config", config) }

        func settings(banner: String) -> String { "banner: \(banner)\nanonymous:\n  rights: all\n" }
    }

    private static let content = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) })

    private func expect(
        _ client: Talker, _ line: String, _ code: String, _ location: SourceLocation = #_sourceLocation
    ) {
        let reply = client.say(line)
        #expect(reply.hasPrefix(code), "\(line)", sourceLocation: location)
    }

    /// A client that is logged in and is sending a file, part of which has arrived; the server is in the middle of it.
    private func upload(to port: Int, _ place: Place, _ name: String) throws -> (client: Talker, data: Talker) {
        let client = try Talker(port)
        client.logIn()
        let data = try client.passive()
        expect(client, "STOR \(name)", "150")
        data.send(Self.content.prefix(1_000_000))
        // The part grows as its bytes arrive.
        let part = "\(place.root)/\(name).wharf-part"
        while try FileManager.default.attributesOfItem(atPath: part)[.size] as? Int != 1_000_000 { sched_yield() }
        return (client, data)
    }

    @Test(arguments: ["REST", "APPE"])
    func `an upload goes on after its server was killed, and its name shows when it is whole`(way: String) throws {
        let place = try Place()
        let first = try place.serve("--anonymous-write")
        let (client, data) = try upload(to: try first.portsOfServer()[0], place, "f")
        first.send(SIGKILL)
        #expect(first.finish() == SIGKILL)
        #expect(client.isAtEnd() && data.isAtEnd())
        #expect(place.bytes("f") == nil && place.bytes("f.wharf-part") == Self.content.prefix(1_000_000))

        let second = try place.serve("--anonymous-write")
        let again = try Talker(try second.portsOfServer()[0])
        again.logIn()
        expect(again, "SIZE f", "213 1000000")
        let rest = try again.passive()
        if way == "REST" { expect(again, "REST 1000000", "350") }
        expect(again, way == "REST" ? "STOR f" : "APPE f", "150")
        #expect(place.bytes("f") == nil)
        rest.send(Self.content.dropFirst(1_000_000))
        rest.finish()
        #expect(again.line().hasPrefix("226"))
        #expect(place.bytes("f") == Self.content && place.bytes("f.wharf-part") == nil)
        second.send(SIGTERM)
        #expect(second.finish() == 0, "\(second.errors)")
    }

    @Test(.enabled(if: Spawned.missing("lftp").isEmpty, "skipped: lftp is not installed"))
    func `lftp goes on with what a killed server has kept`() throws {
        let place = try Place()
        let first = try place.serve("--anonymous-write")
        let (client, data) = try upload(to: try first.portsOfServer()[0], place, "f")
        first.send(SIGKILL)
        _ = first.finish()
        #expect(client.isAtEnd() && data.isAtEnd())
        let source = place.path + "/source"
        try Self.content.write(to: URL(fileURLWithPath: source))
        let second = try place.serve("--anonymous-write", "--record", place.path + "/records")
        let port = try second.portsOfServer()[0]
        let put = try Spawned.run(
            "lftp", "-c",
            "set net:max-retries 1; set ftp:use-mode-z no; open -u ftp,x ftp://127.0.0.1:\(port); put -c \(source) -o f"
        )
        #expect(put.status == 0)
        #expect(place.bytes("f") == Self.content && place.bytes("f.wharf-part") == nil)
        second.send(SIGTERM)
        #expect(second.finish() == 0, "\(second.errors)")
        // Only what was left came over the wire.
        let story = try ToldStory(recordsIn: place.path + "/records")
        #expect(try story.faults() == [])
        let sent = story.transfers.compactMap { ($0["data"] as? [String: Any])?["bytes"] as? Int }
        #expect(sent == [2_000_000])
    }

    @Test func `a server that is told to end lets a transfer finish, and nobody in`() throws {
        let place = try Place()
        let server = try place.serve("--anonymous-write")
        let port = try server.portsOfServer()[0]
        let idle = try Talker(port)
        idle.logIn()
        let (client, data) = try upload(to: port, place, "f")
        server.send(SIGTERM)
        // Who is idle is told to go; then the signal has been taken.
        #expect(idle.line().hasPrefix("421"))
        #expect(idle.isAtEnd())
        #expect(throws: (any Error).self) { try Talker(port) }
        data.send(Self.content.dropFirst(1_000_000))
        data.finish()
        #expect(client.line().hasPrefix("226"))
        #expect(server.finish() == 0, "\(server.errors)")
        #expect(place.bytes("f") == Self.content)
    }

    @Test func `what does not end in its time is cut, answered and logged`() throws {
        let place = try Place()
        try place.configure("stop-seconds: 0\nanonymous: {rights: all}\nlog: {xferlog: \(place.path)/transfers}\n")
        let server = try place.serveAsConfigured()
        let (client, data) = try upload(to: try server.portsOfServer()[0], place, "f")
        server.send(SIGTERM)
        #expect(client.line().hasPrefix("426"))
        #expect(client.line().hasPrefix("421"))
        #expect(client.isAtEnd() && data.isAtEnd())
        #expect(server.finish() == 0, "\(server.errors)")
        #expect(server.errors.contains(" transfer failed ") && server.errors.contains(" closed "), "\(server.errors)")
        let transfers = try String(contentsOfFile: place.path + "/transfers", encoding: .utf8)
        #expect(transfers.hasSuffix(" i\n"), "\(transfers)")
        #expect(place.bytes("f.wharf-part") == Self.content.prefix(1_000_000))
    }

    @Test func `a second word ends it in the middle of a transfer, and what has come is kept`() throws {
        let place = try Place()
        let server = try place.serve("--anonymous-write")
        let port = try server.portsOfServer()[0]
        let idle = try Talker(port)
        idle.logIn()
        let (client, data) = try upload(to: port, place, "f")
        server.send(SIGTERM)
        #expect(idle.line().hasPrefix("421"))
        server.send(SIGTERM)
        #expect(server.finish() == SIGTERM)
        #expect(client.isAtEnd() && data.isAtEnd())
        #expect(place.bytes("f") == nil && place.bytes("f.wharf-part") == Self.content.prefix(1_000_000))
    }

    /// Logs in anew until a server has greeted by that: a signal is taken when there is time for it.
    private func meet(_ port: Int, greetingBy banner: String) throws -> Talker {
        while true {
            let client = try Talker(port)
            if client.logIn().contains(banner) { return client }
        }
    }

    @Test func `a configuration that is read again holds for new sessions, and old ones go on`() throws {
        let place = try Place()
        try place.configure(place.settings(banner: "first"))
        let server = try place.serveAsConfigured()
        let port = try server.portsOfServer()[0]
        let (client, data) = try upload(to: port, place, "f")
        try place.configure("banner: second\nanonymous:\n  rights: read-only\n")
        server.send(SIGHUP)
        let new = try meet(port, greetingBy: "second")
        expect(new, "MKD made", "550")
        data.send(Self.content.dropFirst(1_000_000))
        data.finish()
        #expect(client.line().hasPrefix("226"))
        expect(client, "MKD made", "257")
        #expect(place.bytes("f") == Self.content)
        server.send(SIGTERM)
        #expect(server.finish() == 0, "\(server.errors)")
    }

    @Test(arguments: [
        ("banner: second\nanonymus:\n  rights: all\n", "anonymus"), ("banner: [", "wharf.yaml"),
        ("banner: second\nlimits:\n  sessions: many\n", "limits.sessions"),
        ("banner: second\nusers: /nonexistent/users.sqlite\n", "users.sqlite"),
        ("banner: second\nsites:\n  other:\n    listen: [\"127.0.0.1:0\"]\n", "restart"),
    ])
    func `a configuration that is wrong changes nothing and is told`(text: String, told: String) throws {
        let place = try Place()
        try place.configure(place.settings(banner: "first"))
        let server = try place.serveAsConfigured()
        let port = try server.portsOfServer()[0]
        let old = try Talker(port)
        old.logIn()
        try place.configure(text)
        server.send(SIGHUP)
        let isTold = server.says(told)
        #expect(isTold, "\(server.errors)")
        expect(old, "MKD made", "257")
        let new = try meet(port, greetingBy: "first")
        expect(new, "MKD other", "257")
        // A later one that is right is taken.
        try place.configure(place.settings(banner: "third"))
        server.send(SIGHUP)
        _ = try meet(port, greetingBy: "third")
        server.send(SIGTERM)
        #expect(server.finish() == 0, "\(server.errors)")
    }
}
