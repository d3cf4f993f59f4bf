import Bytes
import FTPProtocol
import FTPStorage
import Foundation
import Testing
import Transport

@testable import FTPServer

/// A server of this process, at a port of the loopback interface.
struct ServerTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func with(
        _ storage: (any Storage)? = nil,
        limits change: (inout SessionLimits) -> Void = { _ in }, bans: Bans.Settings = .init(),
        policy changePolicy: (inout ServerPolicy.Settings) -> Void = { _ in },
        _ body: (Server, UInt16) throws -> Void
    ) throws {
        var setup = ServerSetup()
        change(&setup.limits)
        setup.bans = bans
        setup.storage = storage
        changePolicy(&setup.policy)
        try setup.serve(folder, body)
    }

    private func client(_ port: UInt16) throws -> RawClient { try ServerSetup().client(port) }

    @Test func `any number of lines may come at once`() throws {
        try with(limits: { $0.failedLoginMilliseconds = 200 }) { _, port in
            let client = try #require(RawClient(port: port))
            #expect(client.code() == 220)
            let count = 20_000
            client.send("USER nobody\r\nPASS wrong\r\n" + String(repeating: "\n", count: count) + "QUIT\r\n")
            let replies = client.readAll().split(separator: 10).map { String(decoding: $0.prefix(3), as: UTF8.self) }
            #expect(replies.prefix(2) == ["331", "530"] && replies.last == "221" && replies.count == count + 3)
        }
    }

    @Test func `a file that becomes shorter while it is sent is not told as whole`() throws {
        let size = 50_000_000
        try folder.put("f", String(repeating: "x", count: size))
        try with { _, port in
            let client = try client(port)
            #expect(client.say("TYPE I") == 200)
            let data = try #require(client.passive())
            #expect(client.say("RETR f") == 150)
            #expect(data.byte() != nil)
            let status = unsafe truncate(folder.root + "/f", 10)
            #expect(status == 0)
            #expect(data.readAll().count < size)
            #expect(client.code() == 451)
        }
    }

    @Test func `data are for the client itself, whoever comes first`() throws {
        try folder.put("f", "for one only")
        try with { _, port in
            let client = try client(port)
            let dataPort = try #require(client.passivePort())
            let thief = try #require(RawClient(port: dataPort, from: 2))
            let data = try #require(RawClient(port: dataPort))
            #expect(client.say("RETR f") == 150)
            #expect(thief.readAll().isEmpty)
            #expect(data.readAll() == Array("for one only".utf8))
            #expect(client.code() == 226)
        }
    }

    @Test func `nobody's upload is taken for the client's`() throws {
        try with { _, port in
            let client = try client(port)
            let dataPort = try #require(client.passivePort())
            let thief = try #require(RawClient(port: dataPort, from: 2))
            thief.send("forged")
            thief.finish()
            let data = try #require(RawClient(port: dataPort))
            #expect(client.say("STOR f") == 150)
            data.send("true")
            data.finish()
            #expect(client.code() == 226)
            #expect(folder.text("f") == "true")
        }
    }

    @Test func `so many sessions come from one address and no more`() throws {
        try with(limits: { $0.sessionsPerAddress = 2 }) { server, port in
            let (first, second) = (try client(port), try client(port))
            let third = try #require(RawClient(port: port))
            #expect(third.code() == 421)
            #expect(third.code() == nil)
            let other = try #require(RawClient(port: port, from: 2))
            #expect(other.code() == 220)
            #expect(first.say("QUIT") == 221)
            #expect(first.code() == nil)
            wait { server.sessions.count == 2 }
            _ = try client(port)
            #expect(second.say("NOOP") == 200)
        }
    }

    @Test func `who tries too many passwords is banned, others are not`() throws {
        var bans = Bans.Settings()
        bans.attempts = 3
        try with(bans: bans, policy: { $0.maximumLoginAttempts = 10 }) { _, port in
            let guesser = try #require(RawClient(port: port))
            #expect(guesser.code() == 220)
            for expected in [530, 530, 421] {
                #expect(guesser.say("USER root") == 331)
                #expect(guesser.say("PASS guess") == expected)
            }
            #expect(guesser.code() == nil)
            let again = try #require(RawClient(port: port))
            #expect(again.code() == 421)
            #expect(again.code() == nil)
            let other = try #require(RawClient(port: port, from: 2))
            #expect(other.code() == 220)
        }
    }

    @Test func `who says nothing for too long is told so and left`() throws {
        try with(limits: { $0.idleSeconds = 1 }) { _, port in
            let client = try client(port)
            #expect(client.code() == 421)
            #expect(client.code() == nil)
        }
    }

    @Test(arguments: ["N", "NOOP\r\n"])
    func `the login has its time, whatever drips in meanwhile`(drop: String) throws {
        try with(limits: { $0.loginSeconds = 1 }) { server, port in
            let client = try #require(RawClient(port: port))
            #expect(client.code() == 220)
            let end = Date(timeIntervalSinceNow: 20)
            while server.sessions.count > 0, Date() < end {
                client.send(drop)
                _ = client.isReadable(within: 50) && drop.count > 1 && client.code() == nil
            }
            #expect(server.sessions.count == 0)
        }
    }

    @Test func `bytes that end no line do not keep a session`() throws {
        try with(limits: { $0.idleSeconds = 1 }) { _, port in
            let client = try client(port)
            var drops = 0
            while !client.isReadable(within: 50), drops < 600 {
                drops += 1
                client.send("N")
            }
            // The end came while they came, and not because they had ended.
            #expect(drops < 600)
            #expect(client.code() == 421)
        }
    }

    @Test func `a line may come byte by byte`() throws {
        try with { _, port in
            let client = try client(port)
            for byte in "MKD one by one\r\n".utf8 { client.send([byte]) }
            #expect(client.code() == 257)
            #expect(folder.names() == ["one by one"])
        }
    }

    @Test func `a line without end is refused, and costs no more than its beginning`() throws {
        try with { _, port in
            let client = try client(port)
            client.send("NOOP ")
            for _ in 0..<100 { client.send(String(repeating: "x", count: 10_000)) }
            #expect(client.say("") == 500)
            #expect(client.say("NOOP") == 200)
        }
    }

    @Test func `commands that come all at once are answered one after the other`() throws {
        try with { _, port in
            let client = try client(port)
            client.send("NOOP\r\nPWD\r\nMKD d\r\nCWD d\r\nPWD\r\nRNFR /d\r\nRNTO /e\r\nSYST\r\nNOSUCH\r\n")
            #expect((0..<9).map { _ in client.code() } == [200, 257, 257, 250, 257, 350, 250, 215, 500])
            client.send(String(repeating: "NOOP\r\nPWD\r\n", count: 5000))
            let codes = (0..<10_000).map { _ in client.code() }
            #expect(codes.enumerated().allSatisfy { $0.element == ($0.offset % 2 == 0 ? 200 : 257) })
        }
    }

    @Test func `an upload whose control connection is lost is kept to be gone on with`() throws {
        try with { server, port in
            var client: RawClient? = try client(port)
            let dataPort = try #require(client?.passivePort())
            let data = try #require(RawClient(port: dataPort))
            #expect(client?.say("STOR f") == 150)
            data.send("half")
            wait { folder.text("f.wharf-part") == "half" }
            client = nil
            #expect(data.readAll().isEmpty)
            wait { server.sessions.count == 0 }
            #expect(folder.names() == ["f.wharf-part"])
            let again = try self.client(port)
            #expect(again.say("SIZE f") == 213)
            #expect(again.say("REST 4") == 350)
            let nextPort = try #require(again.passivePort())
            let next = try #require(RawClient(port: nextPort))
            #expect(again.say("STOR f") == 150)
            next.send(" and half")
            next.finish()
            #expect(again.code() == 226)
            #expect(folder.names() == ["f"] && folder.text("f") == "half and half")
        }
    }

    @Test func `ABOR ends a transfer, with Telnet's signs before it or without`() throws {
        try folder.put("f", String(repeating: "x", count: 30 << 20))
        try with { _, port in
            let client = try client(port)
            for signs in [[], [0xFF, 0xF4, 0xFF, 0xF2]] as [[UInt8]] {
                let dataPort = try #require(client.passivePort())
                let data = try #require(RawClient(port: dataPort))
                #expect(client.say("RETR f") == 150)
                if !signs.isEmpty {
                    client.send(Array(signs.dropLast()))
                    client.send([0xF2], urgent: true)
                }
                client.send("ABOR\r\n")
                #expect(client.code() == 426)
                #expect(client.code() == 226)
                #expect(data.readAll().count < 30 << 20)
            }
            #expect(client.say("NOOP") == 200)
        }
    }

    @Test func `a server that stops lets a transfer end and begins no other`() throws {
        try folder.put("f", String(repeating: "x", count: 30 << 20))
        try with { server, port in
            let (client, idle) = (try client(port), try client(port))
            let dataPort = try #require(client.passivePort())
            let data = try #require(RawClient(port: dataPort))
            #expect(client.say("RETR f") == 150)
            let done = DispatchSemaphore(value: 0)
            server.stop(within: 60) { done.signal() }
            #expect(idle.code() == 421)
            #expect(idle.code() == nil)
            #expect(data.readAll().count == 30 << 20)
            #expect(client.code() == 226)
            #expect(client.code() == 421)
            done.wait()
            #expect(RawClient(port: port)?.code() == nil)
        }
    }

    @Test func `a data connection that never comes, or that nobody reads from, ends in its time`() throws {
        try folder.put("f", String(repeating: "x", count: 30 << 20))
        try with(limits: { ($0.connectSeconds, $0.stallSeconds) = (1, 1) }) { _, port in
            let client = try client(port)
            _ = try #require(client.passivePort())
            #expect(client.say("RETR f") == 150)
            #expect(client.code() == 425)
            let dataPort = try #require(client.passivePort())
            let data = try #require(RawClient(port: dataPort))
            #expect(client.say("RETR f") == 150)
            #expect(client.code() == 426)
            #expect(data.readAll().count < 30 << 20)
        }
    }

    @Test func `a port that nobody makes use of is given back`() throws {
        try folder.put("f", "text")
        try with(limits: { $0.connectSeconds = 1 }) { _, port in
            let client = try client(port)
            let dataPort = try #require(client.passivePort())
            let data = try #require(RawClient(port: dataPort))
            // It is closed with everybody who waits in it.
            #expect(data.readAll().isEmpty)
            #expect(client.say("RETR f") == 425)
            let nextPort = try #require(client.passivePort())
            let next = try #require(RawClient(port: nextPort))
            #expect(client.say("RETR f") == 150)
            #expect(next.readAll() == Array("text".utf8))
            #expect(client.code() == 226)
        }
    }

    @Test func `who goes away in the middle of long work keeps his place until it is over`() throws {
        let storage = PatientStorage(try folder.storage())
        try with(storage, limits: { $0.sessionsPerAddress = 1 }) { server, port in
            var client: RawClient? = try client(port)
            client?.send("HASH f\r\n")
            storage.hasBegun.wait()
            client = nil
            storage.isUnwanted.wait()
            let next = try #require(RawClient(port: port))
            #expect(next.code() == 421)
            storage.mayEnd.signal()
            wait { server.sessions.count == 0 }
            _ = try self.client(port)
        }
    }

    @Test func `ABOR ends long work as it ends a transfer`() throws {
        let storage = PatientStorage(try folder.storage())
        try with(storage) { _, port in
            let client = try client(port)
            client.send("HASH f\r\n")
            storage.hasBegun.wait()
            client.send("ABOR\r\nNOOP\r\n")
            storage.isUnwanted.wait()
            storage.mayEnd.signal()
            #expect((0..<3).map { _ in client.code() } == [451, 226, 200])
        }
    }

    @Test(arguments: ["MODE S", "MODE B"]) func `nothing is stored behind a range`(mode: String) throws {
        try folder.put("f", "0123456789")
        try with { _, port in
            let client = try client(port)
            for (text, code) in [("ab", 226), ("abc", 451)] {
                #expect(client.say(mode) == 200)
                #expect(client.say("RANG 4 5") == 350)
                let dataPort = try #require(client.passivePort())
                let data = try #require(RawClient(port: dataPort))
                #expect(client.say("STOR f") == 150)
                data.send((mode == "MODE B" ? [0x40, 0, UInt8(text.utf8.count)] : []) + Array(text.utf8))
                data.finish()
                #expect(client.code() == code)
                #expect(folder.text("f") == "0123ab6789")
            }
        }
    }
}

/// One whose work on files goes on until nobody wants it, and then until it may end.
private struct PatientStorage: Storage {
    private let base: LocalStorage
    let hasBegun = DispatchSemaphore(value: 0)
    let isUnwanted = DispatchSemaphore(value: 0)
    let mayEnd = DispatchSemaphore(value: 0)

    init(_ base: LocalStorage) { self.base = base }

    func perform(_ request: FileRequest, while isWanted: () -> Bool) -> FileResult {
        guard case .digest = request else { return base.perform(request, while: isWanted) }
        hasBegun.signal()
        while isWanted() { sched_yield() }
        isUnwanted.signal()
        mayEnd.wait()
        return .failed(.aborted)
    }

    func read(_ path: ServerPath) throws(FileError) -> any ReadableFile { try base.read(path) }

    func write(_ path: ServerPath, _ way: WritingWay, by uploader: String) throws(FileError) -> any WritableFile {
        try base.write(path, way, by: uploader)
    }

    func list(
        _ path: ServerPath, needsFacts: Bool, _ emit: (FileEntry) -> Bool
    ) throws(FileError) { try base.list(path, needsFacts: needsFacts, emit) }
}

struct DataListenerTests {
    @Test func `a port listens for one session at a time`() throws {
        let local = IPAddress(v4: 0x7F00_0001)
        let first = try #require(DataListener(at: local, ports: nil))
        let port = first.endpoint.port
        #expect(DataListener(at: local, ports: port...port) == nil)
    }
}
