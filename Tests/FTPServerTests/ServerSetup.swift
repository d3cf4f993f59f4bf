import Bytes
import FTPProtocol
import FTPStorage
import Foundation
import Testing
import Transport

@testable import FTPServer

/// What a server of this process is to be like. Guests see the root of a ``ScratchFolder``.
struct ServerSetup {
    var limits = SessionLimits()
    var bans = Bans.Settings()
    var policy = ServerPolicy.Settings()
    var passive = PassiveSettings()
    var balancers: [IPAddress] = []
    var tls: TLSContext?
    var isImplicit = false
    var log = ServerLog()
    var users: UserStore?
    /// The lower bytes of its address, 127.x.y.z. One that no other test uses tells its sockets from theirs.
    var host: UInt32 = 1
    var rights = Rights.all
    var rules: [(String, Rights)] = []
    var quota: Quota?
    /// What guests see instead of the folder.
    var storage: (any Storage)?

    init() { limits.failedLoginMilliseconds = 0 }

    func site(_ folder: ScratchFolder) throws -> Site {
        var policy = policy
        policy.hasTLS = tls != nil
        let guest = Account(
            name: "anonymous", isGuest: true, storage: try storage ?? folder.storage(rights, rules, quota: quota))
        return Site(
            policy: ServerPolicy(policy), accounts: AccountDirectory(guest: guest, users: users), tls: tls,
            passive: passive, limits: limits, balancers: balancers)
    }

    /// Serves `folder` at a port that the system chooses, as long as `body` runs.
    func serve(_ folder: ScratchFolder, _ body: (Server, UInt16) throws -> Void) throws {
        let server = Server(sites: [(names: [], site: try site(folder))], bans: bans, log: log, threads: 1)
        defer { server.stop() }
        let address = "\(IPAddress(v4: 0x7F00_0000 | host))"
        try body(server, try server.listen(.init(host: address, port: 0, isImplicit: isImplicit)).port)
    }

    /// A client that is logged in as a guest.
    func client(_ port: UInt16, from host: UInt32 = 1, _ location: SourceLocation = #_sourceLocation) throws
        -> RawClient
    {
        let client = try #require(RawClient(port: port, at: self.host, from: host), sourceLocation: location)
        let isIn = client.logIn()
        #expect(isIn, sourceLocation: location)
        return client
    }
}

/// Waits for something that another thread brings about.
func wait(_ location: SourceLocation = #_sourceLocation, until isThere: () -> Bool) {
    let end = Date(timeIntervalSinceNow: 30)
    while !isThere(), Date() < end { sched_yield() }
    #expect(isThere(), sourceLocation: location)
}

/// Descriptors of this process. Tests run beside each other, so only those are told apart that lie in a test's own
/// folder, or at an address that no other test uses.
enum OpenDescriptors {
    private static var links: [String] {
        let folder = "/proc/self/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.compactMap { try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\($0)") }
    }

    /// Files and folders that are open in `folder`, itself included.
    static func files(in folder: ScratchFolder) -> Int { links.count { $0.hasPrefix(folder.path) } }

    /// Sockets at this end whose own address is 127.x.y.z, connected or listening.
    static func sockets(at host: UInt32) -> Int {
        let address = String((0x7F00_0000 | host).byteSwapped, radix: 16, uppercase: true)
        let wanted = String(repeating: "0", count: 8 - address.count) + address + ":"
        // It has no size, and is longer than one piece.
        let bytes = try? FileHandle(forReadingAtPath: "/proc/net/tcp")?.readToEnd()
        let table = String(decoding: bytes ?? Data(), as: UTF8.self)
        // proc_net(5): the second column is the own address, the tenth the inode, 0 for what no process has open.
        let inodes = table.split(separator: "\n").map { $0.split(separator: " ") }
            .filter { $0.count > 9 && $0[1].hasPrefix(wanted) }.map { "socket:[\($0[9])]" }
        let links = Set(links)
        return inodes.count { links.contains($0) }
    }
}
