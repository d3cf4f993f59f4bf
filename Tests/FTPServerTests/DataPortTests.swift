import FTPProtocol
import Foundation
import Testing

@testable import FTPServer

/// What strangers and impolite clients may do with data connections.
struct DataPortTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// How PORT writes a place.
    private static func text(_ host: UInt32, _ port: UInt16) -> String {
        "127,\(host >> 16 & 0xFF),\(host >> 8 & 0xFF),\(host & 0xFF),\(port >> 8),\(port & 0xFF)"
    }

    @Test func `the server connects to the client itself and to nobody else, whatever is asked of it`() throws {
        try folder.put("f", "data")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let stranger = try #require(RawListener(at: 2))
            for command in [
                "PORT \(Self.text(2, stranger.port))", "EPRT |1|127.0.0.2|\(stranger.port)|",
                "EPRT |2|::ffff:127.0.0.2|\(stranger.port)|", "PORT \(Self.text(1, 1023))", "PORT \(Self.text(1, 25))",
                "EPRT |1|127.0.0.1|21|", "PORT 0,0,0,0,200,1",
            ] {
                #expect(client.say(command) == 504, "\(command)")
                #expect(client.say("RETR f") == 425, "\(command)")
            }
            #expect(!stranger.isAsked)
            for form in ["PORT", "EPRT"] {
                let own = try #require(RawListener())
                let place = form == "PORT" ? Self.text(1, own.port) : "|1|127.0.0.1|\(own.port)|"
                #expect(client.say("\(form) \(place)") == 200)
                #expect(client.say("RETR f") == 150)
                #expect(own.accept()?.readAll() == Array("data".utf8))
                #expect(client.code() == 226)
            }
        }
    }

    @Test func `a port that was asked for goes when the client says another place, and the session ends`() throws {
        var setup = ServerSetup()
        setup.host = 0x17_0001
        try setup.serve(folder) { server, port in
            let client = try setup.client(port)
            for _ in 0..<100 {
                #expect(client.passivePort() != nil)
                #expect(client.hostPort()?.count == 6)
            }
            // The port of the server, the control connection, and one for data.
            #expect(OpenDescriptors.sockets(at: setup.host) == 3)
            #expect(client.say("PORT \(Self.text(1, 2048))") == 200)
            #expect(OpenDescriptors.sockets(at: setup.host) == 2)
            #expect(client.passivePort() != nil)
            #expect(client.say("REIN") == 220)
            #expect(OpenDescriptors.sockets(at: setup.host) == 2)
            #expect(client.user() && client.passivePort() != nil)
            #expect(client.say("ABOR") == 225)
            #expect(OpenDescriptors.sockets(at: setup.host) == 2)
            #expect(client.passivePort() != nil)
            #expect(client.say("QUIT") == 221)
            wait { server.sessions.count == 0 }
            wait { OpenDescriptors.sockets(at: setup.host) == 1 }
        }
    }

    @Test func `when the ports of the range are taken, who comes too late is told, and may try again`() throws {
        var setup = ServerSetup()
        setup.host = 0x17_0002
        let free = try #require(RawListener(at: setup.host)).port
        setup.passive.ports = free...free
        try setup.serve(folder) { server, port in
            let (first, second) = (try setup.client(port), try setup.client(port))
            for _ in 0..<3 { #expect(first.passivePort() == free) }
            for command in ["PASV", "EPSV"] { #expect(second.say(command) == 425, "\(command)") }
            #expect(second.say("STOR f") == 425)
            #expect(first.say("QUIT") == 221)
            wait { server.sessions.count == 1 }
            #expect(second.store("STOR f", "at last") == 226)
            #expect(folder.text("f") == "at last")
        }
    }

    @Test func `after EPSV ALL nothing else brings a data connection about`() throws {
        try folder.put("f", "data")
        let setup = ServerSetup()
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let own = try #require(RawListener())
            #expect(client.say("EPSV ALL") == 200)
            for command in ["PASV", "PORT \(Self.text(1, own.port))", "EPRT |1|127.0.0.1|\(own.port)|"] {
                #expect(client.say(command) == 503, "\(command)")
            }
            #expect(client.say("RETR f") == 425)
            #expect(!own.isAsked)
            #expect(client.fetch("RETR f").bytes == Array("data".utf8))
        }
    }

    // MARK: - From server to server (FXP)

    /// Has the server of `source` send `f` to that of `target`, for a client at another address than both.
    private func exchange(
        isAllowedAtSource: Bool, isAllowedAtTarget: Bool, _ target: ScratchFolder
    ) throws -> (port: Int?, sent: Int?, stored: Int?) {
        try folder.put("f", "from one to the other")
        var (here, there) = (ServerSetup(), ServerSetup())
        here.policy.allowsForeignAddresses = isAllowedAtSource
        here.limits.connectSeconds = 1
        there.policy.allowsForeignAddresses = isAllowedAtTarget
        there.host = 3
        var codes: (port: Int?, sent: Int?, stored: Int?)
        try here.serve(folder) { _, port in
            try there.serve(target) { _, otherPort in
                let (from, to) = (try here.client(port, from: 4), try there.client(otherPort, from: 4))
                let place = try #require(from.hostPort()).map(String.init).joined(separator: ",")
                codes.port = to.say("PORT \(place)")
                guard codes.port == 200 else { return }
                #expect(from.say("RETR f") == 150)
                #expect(to.say("STOR g") == 150)
                (codes.sent, codes.stored) = (from.code(), to.code())
            }
        }
        return codes
    }

    @Test func `files go from server to server where both allow it`() throws {
        let target = try ScratchFolder()
        let codes = try exchange(isAllowedAtSource: true, isAllowedAtTarget: true, target)
        #expect(codes == (200, 226, 226))
        #expect(target.text("g") == "from one to the other")
    }

    @Test func `a server that does not allow it connects to no other, and takes no connection of another`() throws {
        let target = try ScratchFolder()
        let refused = try exchange(isAllowedAtSource: true, isAllowedAtTarget: false, target)
        #expect(refused.port == 504)
        #expect(target.names().isEmpty)
        let codes = try exchange(isAllowedAtSource: false, isAllowedAtTarget: true, target)
        #expect(codes.port == 200 && codes.sent == 425)
        #expect(target.text("g") != "from one to the other")
    }

    // MARK: - What stays behind

    @Test func `five hundred sessions that are left half open leave nothing behind`() throws {
        try folder.put("f", "data")
        var setup = ServerSetup()
        setup.host = 0x17_0003
        setup.limits.sessionsPerAddress = 1000
        try setup.serve(folder) { server, port in
            let (files, sockets) = (OpenDescriptors.files(in: folder), OpenDescriptors.sockets(at: setup.host))
            var clients: [RawClient] = []
            for number in 0..<500 {
                let client = try #require(RawClient(port: port, at: setup.host))
                clients.append(client)
                switch number % 5 {
                // Nothing was said.
                case 0: break
                // Half a line, or half a login.
                case 1: client.send("USER ftp\r\nPASS")
                // A data connection that no command uses.
                case 2:
                    #expect(client.logIn())
                    clients.append(try #require(client.passive()))
                // A command that no data connection comes for.
                case 3:
                    #expect(client.logIn() && client.passivePort() != nil)
                    #expect(client.say(number % 2 == 0 ? "RETR f" : "STOR g\(number)") == 150)
                // An upload under way.
                default:
                    #expect(client.logIn())
                    let data = try #require(client.passive())
                    #expect(client.say("STOR h\(number)") == 150)
                    data.send("half")
                    clients.append(data)
                }
            }
            #expect(server.sessions.count == 500)
            #expect(OpenDescriptors.sockets(at: setup.host) >= sockets + 500 + 300)
            clients = []
            wait { server.sessions.count == 0 }
            wait { OpenDescriptors.sockets(at: setup.host) == sockets }
            wait { OpenDescriptors.files(in: folder) == files }
            // What nothing came for is not there, not even its beginning.
            #expect(folder.names().allSatisfy { !$0.hasPrefix("g") })
            let after = try setup.client(port)
            #expect(after.fetch("RETR f").bytes == Array("data".utf8))
        }
    }

    @Test func `who reads byte by byte and then no more is left in the time for that`() throws {
        try folder.put("f", String(repeating: "x", count: 30 << 20))
        var setup = ServerSetup()
        setup.host = 0x17_0004
        setup.limits.stallSeconds = 1
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let (files, sockets) = (OpenDescriptors.files(in: folder), OpenDescriptors.sockets(at: setup.host))
            let data = try #require(client.passive())
            #expect(client.say("RETR f") == 150)
            for _ in 0..<1000 { #expect(data.byte() == UInt8(ascii: "x")) }
            #expect(client.code() == 426)
            #expect(OpenDescriptors.sockets(at: setup.host) == sockets)
            #expect(OpenDescriptors.files(in: folder) == files)
            #expect(client.say("NOOP") == 200)
            #expect(data.readAll().count < 30 << 20)
        }
    }

    @Test func `an upload that stops in the middle is ended in its time, and kept to be gone on with`() throws {
        var setup = ServerSetup()
        setup.limits.stallSeconds = 1
        try setup.serve(folder) { _, port in
            let client = try setup.client(port)
            let data = try #require(client.passive())
            #expect(client.say("STOR f") == 150)
            data.send("half")
            #expect(client.code() == 426)
            #expect(folder.names() == ["f.wharf-part"] && folder.text("f.wharf-part") == "half")
            #expect(data.readAll().isEmpty)
            #expect(client.say("REST 4") == 350)
            #expect(client.store("STOR f", " and half") == 226)
            #expect(folder.names() == ["f"] && folder.text("f") == "half and half")
        }
    }

    @Test func `a server that stops takes no new session, and lets uploads and downloads end`() throws {
        try folder.put("f", String(repeating: "x", count: 30 << 20))
        var setup = ServerSetup()
        setup.host = 0x17_0005
        try setup.serve(folder) { server, port in
            let (reader, writer) = (try setup.client(port), try setup.client(port))
            let (down, up) = (try #require(reader.passive()), try #require(writer.passive()))
            #expect(reader.say("RETR f") == 150)
            #expect(writer.say("STOR g") == 150)
            up.send("first ")
            let done = DispatchSemaphore(value: 0)
            server.stop(within: 60) { done.signal() }
            // Whoever came in the very moment is shown the door like the others.
            let late = RawClient(port: port, at: setup.host)
            var codes: [Int] = []
            while let code = late?.code() { codes.append(code) }
            #expect(codes.isEmpty || codes.last == 421, "\(codes)")
            wait { RawClient(port: port, at: setup.host) == nil }
            up.send("and second")
            up.finish()
            #expect(writer.code() == 226)
            #expect(writer.code() == 421)
            #expect(down.readAll().count == 30 << 20)
            #expect(reader.code() == 226)
            #expect(reader.code() == 421)
            done.wait()
            #expect(folder.text("g") == "first and second")
            #expect(server.sessions.count == 0)
        }
    }
}
