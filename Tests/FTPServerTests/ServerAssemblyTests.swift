import Bytes
import FTPProtocol
import FTPStorage
import Foundation
import NIOCore
import Testing
import Transport

@testable import FTPServer

/// Servers as settings make them, and as other settings change them.
struct ServerAssemblyTests {
    private let folder: ScratchFolder
    private static let client = IPAddress(v4: 0xC000_0201)

    init() throws { folder = try ScratchFolder() }

    /// Settings with sites of those keys, all at the same folder.
    private func settings(
        _ keys: String..., change: (inout ServerSettings.SiteSettings) -> Void = { _ in }
    ) -> ServerSettings {
        var settings = ServerSettings()
        settings.sites = keys.map { key in
            var site = ServerSettings.SiteSettings()
            (site.key, site.root) = (key, folder.root)
            site.limits.failedLoginMilliseconds = 0
            change(&site)
            return site
        }
        return settings
    }

    private func server(_ settings: ServerSettings, _ assembly: ServerAssembly = ServerAssembly()) throws -> Server {
        Server(sites: try assembly.sites(settings), bans: settings.bans, threads: 1)
    }

    /// A database with one user, alice, whose password is "secret".
    private func database(_ name: String, _ change: (inout UserRecord) -> Void = { _ in }) throws -> String {
        let path = "\(folder.path)/\(name)"
        var user = UserRecord(name: "alice", password: PasswordHash(of: Array("secret".utf8)), home: folder.root)
        change(&user)
        try UserStore(path: path).add(user)
        return path
    }

    private func alice(_ site: Site) throws -> Account {
        try #require(
            try site.accounts.account(
                user: Array("alice".utf8), password: Array("secret".utf8), from: Self.client))
    }

    @Test func `guests are counted at each site by themselves`() throws {
        let server = try server(settings("", "other") { $0.guests.maximumSessions = 1 })
        defer { server.stop() }
        let ports = try (0...1).map { try server.listen(.init(host: "127.0.0.1", port: 0, site: $0)).port }
        let clients = try ports.map { try #require(RawClient(port: $0)) }
        let areIn = clients.map { $0.logIn() }
        #expect(areIn == [true, true])
        for port in ports {
            let second = try #require(RawClient(port: port))
            let codes = [second.code(), second.say("USER ftp"), second.say("PASS x")]
            #expect(codes == [220, 331, 421])
        }
    }

    @Test func `users of one name are counted in each database by themselves, whatever the site`() throws {
        let paths = try ["one", "two"].map { try database($0) { $0.maximumSessions = 1 } }
        var settings = settings("", "same", "other")
        for (index, path) in [paths[0], folder.path + "/root/../one", paths[1]].enumerated() {
            settings.sites[index].userDatabase = path
        }
        let accounts = try ServerAssembly().sites(settings).map { try alice($0.site) }
        let table = SessionTable()
        let first = accounts.map { table.logIn($0) }
        #expect(first == [true, false, true])
        table.logOut(accounts[0])
        let second = accounts.map { table.logIn($0) }
        #expect(second == [true, false, false])
    }

    @Test func `a quota goes on when settings are read again`() throws {
        var settings = settings("")
        settings.sites[0].userDatabase = try database("users") { $0.quotaBytes = 100 }
        let assembly = ServerAssembly()
        let before = try alice(try assembly.sites(settings)[0].site)
        let after = try alice(try assembly.sites(settings)[0].site)
        let storage = try #require(before.storage as? LocalStorage)
        try storage.store("/f", String(repeating: "x", count: 60))
        let left = after.storage.perform(.available(.root))
        #expect(left == .number(40))
    }

    @Test func `a quota that is changed holds for all sessions of its user from the next login on`() throws {
        var settings = settings("")
        let path = try database("users") { $0.quotaBytes = 100 }
        settings.sites[0].userDatabase = path
        let site = try ServerAssembly().sites(settings)[0].site
        let storage = try #require(try alice(site).storage as? LocalStorage)
        try storage.store("/f", String(repeating: "x", count: 60))
        for (limit, left) in [(200, .number(140)), (50, .number(0)), (nil, nil)] as [(Int64?, FileResult?)] {
            let store = try UserStore(path: path)
            var record = try #require(try store.user("alice"))
            record.quotaBytes = limit
            try store.update(record)
            let newest = try alice(site)
            for storage in [storage, newest.storage] {
                let answer = storage.perform(.available(.root))
                // Without a limit it is the room on the disk.
                if let left { #expect(answer == left) } else { #expect(answer != .number(0)) }
            }
        }
    }

    @Test(arguments: [true, false])
    func `the names of guests are names like any other where there are none`(allowed: Bool) throws {
        let server = try server(settings("") { $0.guests.areAllowed = allowed })
        defer { server.stop() }
        let client = try #require(RawClient(port: try server.listen(.init(host: "127.0.0.1", port: 0)).port))
        _ = client.line()
        client.send("USER anonymous\r\nUSER somebody\r\n")
        let replies = [client.line(), client.line()]
        #expect(replies[1] == "331 Password, please.\r")
        #expect((replies[0] == replies[1]) == !allowed, "\(replies)")
    }

    @Test func `nobody is let in without guests, users of a database that are enabled, or PAM`() throws {
        func letsNobodyIn(_ change: (inout ServerSettings.SiteSettings) -> Void) -> Bool {
            settings("") {
                $0.guests.areAllowed = false
                change(&$0)
            }.sites[0].letsNobodyIn
        }
        let users = (try database("users"), try database("disabled") { $0.isEnabled = false })
        #expect(letsNobodyIn { _ in })
        #expect(!letsNobodyIn { $0.guests.areAllowed = true })
        #expect(!letsNobodyIn { $0.pamService = "wharf" })
        #expect(!letsNobodyIn { $0.userDatabase = users.0 })
        #expect(letsNobodyIn { $0.userDatabase = users.1 })
        let missing = folder.path + "/missing"
        #expect(letsNobodyIn { $0.userDatabase = missing })
        #expect(!FileManager.default.fileExists(atPath: missing))
    }

    @Test func `metrics move when they are to be elsewhere, and stay where that cannot be`() throws {
        let (server, other) = (try server(settings("")), try server(settings("")))
        defer { server.stop() }
        func isThere(_ port: UInt16) -> Bool {
            guard let client = RawClient(port: port) else { return false }
            client.send("GET /metrics HTTP/1.0\r\n\r\n")
            return String(decoding: client.readAll(), as: UTF8.self).contains("wharf_sessions 0")
        }
        let taken = try server.listen(.init(host: "127.0.0.1", port: 0))
        let free = try other.listen(.init(host: "127.0.0.1", port: 0))
        other.stop()
        let any = ServerSettings.Place(host: "127.0.0.1", port: 0)
        let first = try #require(try server.serveMetrics(at: any))
        let again = try server.serveMetrics(at: any)
        #expect(again == first)
        #expect(throws: ListenError.self) {
            try server.serveMetrics(at: .init(host: "127.0.0.1", port: Int(taken.port)))
        }
        #expect(isThere(first.port))
        let second = try #require(try server.serveMetrics(at: .init(host: "127.0.0.1", port: Int(free.port))))
        #expect(second == free && isThere(second.port) && !isThere(first.port))
        let third = try #require(try server.serveMetrics(at: .init(host: "0.0.0.0", port: Int(free.port))))
        #expect(third.port == free.port && isThere(third.port))
        let none = try server.serveMetrics(at: nil)
        #expect(none == nil && !isThere(third.port))
    }

    @Test(arguments: [
        (EADDRINUSE, 2121, "something else listens there"), (EACCES, 21, "CAP_NET_BIND_SERVICE"),
        (EACCES, 2121, "permission is denied"), (EADDRNOTAVAIL, 2121, "this machine has no such address"),
        (EAFNOSUPPORT, 2121, "0.0.0.0"), (ENOBUFS, 2121, "No buffer space available"),
    ])
    func `why a place cannot be listened at is said in plain words`(code: Int32, port: Int, words: String) {
        let error = ListenError(IOError(errnoCode: code, reason: "bind"), at: "192.0.2.1:\(port)", port: port)
        #expect(error.description.hasPrefix("cannot listen at 192.0.2.1:\(port): "))
        #expect(error.description.contains(words) && !error.description.contains("bind("))
    }

    @Test func `a host that is none is told as such`() throws {
        let server = try server(settings(""))
        defer { server.stop() }
        do {
            _ = try server.listen(.init(host: "no such host.invalid", port: 2121))
            Issue.record("it was found")
        } catch {
            #expect(
                error.description == "cannot listen at no such host.invalid:2121: there is no host of that name")
        }
    }
}
