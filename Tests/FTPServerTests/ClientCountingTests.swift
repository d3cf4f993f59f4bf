import Bytes
import FTPProtocol
import FTPStorage
import Testing

@testable import FTPServer

/// Whom limits and bans count, and as what.
struct ClientCountingTests {
    private static let network = ["2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:2:ffff:ffff:ffff:ffff"]
    private static let neighbour = "2001:db8:1:3::1"

    private func bans(_ change: (inout Bans.Settings) -> Void = { _ in }) -> Bans.Settings {
        var settings = Bans.Settings()
        settings.attempts = 3
        change(&settings)
        return settings
    }

    /// Bans by the names of hosts. A test that fails looks into what it compares, which a mutex does not bear: only plain
    /// values come out of here.
    private struct Guesses {
        let bans: Bans

        init(_ settings: Bans.Settings) { bans = Bans(settings) }

        func fails(_ host: String, as user: String = "root") throws -> Bool {
            bans.fail(try #require(IPAddress(host)), as: user)
        }

        func isBanned(_ host: String) throws -> Bool { bans.isBanned(try #require(IPAddress(host))) }
    }

    @Test func `a client of IPv6 is banned with all its addresses, one of IPv4 with its only one`() throws {
        let guesses = Guesses(bans())
        let results = try Self.network.map { try guesses.fails($0) }
        #expect(results == [false, false, true])
        let others = try ["192.0.2.1", "192.0.2.2", "192.0.2.1", "192.0.2.1"].map { try guesses.fails($0) }
        #expect(others == [false, false, false, true])
        let hosts = ["2001:db8:1:2::4", Self.neighbour, "192.0.2.1", "192.0.2.2", "::1"]
        let banned = try hosts.filter { try guesses.isBanned($0) }
        #expect(banned == ["2001:db8:1:2::4", "192.0.2.1"])
    }

    @Test func `a right password forgives what the client has tried from another address`() throws {
        let guesses = Guesses(bans())
        for _ in 0..<2 { _ = try guesses.fails(Self.network[0], as: "alice") }
        guesses.bans.succeed(try #require(IPAddress(Self.network[2])), as: "alice")
        let isBanned = try guesses.fails(Self.network[0], as: "alice")
        #expect(!isBanned)
    }

    @Test func `a ban lasts, however often and late its client fails again`() throws {
        let guesses = Guesses(bans { $0.windowSeconds = 0 })
        var settings = bans()
        let first = try (0..<3).map { _ in try guesses.fails("192.0.2.1") }
        // The window may be over between any two of them, so that they are counted anew.
        settings.attempts = 1
        settings.windowSeconds = 0
        guesses.bans.follow(settings)
        let second = try guesses.fails("192.0.2.1")
        settings.attempts = 100
        guesses.bans.follow(settings)
        let third = try guesses.fails("192.0.2.1")
        let isBanned = try guesses.isBanned("192.0.2.1")
        #expect(first.count == 3 && second && third && isBanned)
    }

    @Test func `a client of IPv6 has the sessions of one, whatever addresses it uses`() throws {
        let table = SessionTable()
        var limits = SessionLimits()
        limits.sessionsPerAddress = 2
        let local = Endpoint(try #require(IPAddress("2001:db8::21")), 21)
        let hosts = Self.network + [Self.neighbour, "192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2"]
        let records = try hosts.map {
            table.enter(from: Endpoint(try #require(IPAddress($0)), 4000), to: local, limits)
        }
        let areIn = records.map { $0 != nil }
        #expect(areIn == [true, true, false, true, true, true, false, true])
        if let first = records[0] { table.leave(first) }
        let last = Endpoint(try #require(IPAddress(Self.network[2])), 4000)
        let areInNow = (0..<2).map { _ in table.enter(from: last, to: local, limits) != nil }
        #expect(areInNow == [true, false])
    }

    @Test func `bans that are in force stay when there are other settings, unless there are to be none`() throws {
        let guesses = Guesses(bans())
        let (guesser, other) = ("192.0.2.1", "192.0.2.2")
        for _ in 0..<3 { _ = try guesses.fails(guesser) }
        guesses.bans.follow(bans { $0.attempts = 1 })
        let inForce = (try guesses.isBanned(guesser), try guesses.fails(other))
        #expect(inForce == (true, true))
        guesses.bans.follow(bans { $0.attempts = 0 })
        let off = (try guesses.isBanned(guesser), try guesses.fails(guesser))
        #expect(off == (false, false))
        guesses.bans.follow(bans())
        let anew = (try guesses.isBanned(guesser), try guesses.isBanned(other))
        #expect(anew == (false, false))
    }
}
