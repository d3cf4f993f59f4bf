import Bytes
import Synchronization

/// Clients from whose addresses too many logins have failed.
///
/// A login that is right wipes out the failures of its own name only: whoever guesses passwords may have an account of
/// his own, or come as a guest in between.
package final class Bans: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Failed logins within ``windowSeconds`` that are too many; 0 for no bans, which lifts those in force.
        package var attempts = 20
        package var windowSeconds = 600
        package var banSeconds = 600

        package init() {}
    }

    private struct Entry {
        /// By the name that was tried.
        var failures: [String: Int] = [:]
        var since: ContinuousClock.Instant
        var bannedUntil: ContinuousClock.Instant?
    }

    /// A flood from many addresses costs so much memory and no more.
    private static let maximumCount = 100_000

    private struct State {
        var settings: Settings
        var entries: [ClientNetwork: Entry] = [:]
    }

    private let state: Mutex<State>

    package init(_ settings: Settings) { state = Mutex(State(settings: settings)) }

    /// Goes by other settings from now on. Bans that are in force end when they were to end.
    func follow(_ settings: Settings) {
        state.withLock { state in
            state.settings = settings
            if settings.attempts == 0 { state.entries = [:] }
        }
    }

    func isBanned(_ address: IPAddress) -> Bool {
        let client = ClientNetwork(address)
        return state.withLock { state in
            guard let until = state.entries[client]?.bannedUntil else { return false }
            if until > .now { return true }
            state.entries[client] = nil
            return false
        }
    }

    /// Counts a failed login; true if the address is banned for it.
    func fail(_ address: IPAddress, as user: String) -> Bool {
        let client = ClientNetwork(address)
        return state.withLock { state in
            let settings = state.settings
            guard settings.attempts > 0 else { return false }
            let now = ContinuousClock.now
            if state.entries.count >= Self.maximumCount {
                state.entries = state.entries.filter { ($0.value.bannedUntil ?? now) > now }
            }
            if state.entries.count >= Self.maximumCount { return false }
            var entry = state.entries[client] ?? Entry(since: now)
            let isBanned = entry.bannedUntil.map { $0 > now } ?? false
            if !isBanned, now - entry.since > .seconds(settings.windowSeconds) { entry = Entry(since: now) }
            entry.failures[user, default: 0] += 1
            if entry.failures.values.reduce(0, +) >= settings.attempts {
                entry.bannedUntil = now + .seconds(settings.banSeconds)
            }
            state.entries[client] = entry
            return entry.bannedUntil != nil
        }
    }

    /// The user of that name has logged in, and not as a guest.
    func succeed(_ address: IPAddress, as user: String) {
        state.withLock { $0.entries[ClientNetwork(address)]?.failures[user] = nil }
    }
}
