import Bytes
import Synchronization

/// Addresses from which too many logins have failed.
///
/// A login that is right wipes out the failures of its own name only: whoever guesses passwords may have an account of
/// his own, or come as a guest in between.
package final class Bans: Sendable {
    package struct Settings: Sendable, Hashable {
        /// Failed logins within ``windowSeconds`` that are too many; 0 for no bans.
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

    private let settings: Settings
    private let entries = Mutex<[IPAddress: Entry]>([:])

    package init(_ settings: Settings) { self.settings = settings }

    func isBanned(_ address: IPAddress) -> Bool {
        guard settings.attempts > 0 else { return false }
        return entries.withLock { entries in
            guard let until = entries[address]?.bannedUntil else { return false }
            if until > .now { return true }
            entries[address] = nil
            return false
        }
    }

    /// Counts a failed login; true if the address is banned for it.
    func fail(_ address: IPAddress, as user: String) -> Bool {
        guard settings.attempts > 0 else { return false }
        return entries.withLock { entries in
            let now = ContinuousClock.now
            if entries.count >= Self.maximumCount {
                entries = entries.filter { ($0.value.bannedUntil ?? now) > now }
            }
            if entries.count >= Self.maximumCount { return false }
            var entry = entries[address] ?? Entry(since: now)
            if now - entry.since > .seconds(settings.windowSeconds) { entry = Entry(since: now) }
            entry.failures[user, default: 0] += 1
            if entry.failures.values.reduce(0, +) >= settings.attempts {
                entry.bannedUntil = now + .seconds(settings.banSeconds)
            }
            entries[address] = entry
            return entry.bannedUntil != nil
        }
    }

    /// The user of that name has logged in, and not as a guest.
    func succeed(_ address: IPAddress, as user: String) {
        entries.withLock { $0[address]?.failures[user] = nil }
    }
}
