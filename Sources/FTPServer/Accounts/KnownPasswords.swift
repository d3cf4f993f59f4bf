import Crypto
import Synchronization

/// Passwords that were right a short while ago, so that a client with many connections does not pay scrypt's price for
/// each. Kept is only what a key that dies with the process makes of them.
final class KnownPasswords: Sendable {
    private static let lifetime = Duration.seconds(300)
    private static let maximumCount = 10_000

    private let key = SymmetricKey(size: .bits256)
    private let known = Mutex<[[UInt8]: ContinuousClock.Instant]>([:])

    /// - Parameter hash: what the database has, so that a new password ends what was known of the old one.
    func contains(_ hash: String, _ password: [UInt8]) -> Bool {
        let mark = mark(hash, password)
        return known.withLock { known in known[mark].map { $0 > .now } ?? false }
    }

    func insert(_ hash: String, _ password: [UInt8]) {
        let mark = mark(hash, password)
        known.withLock { known in
            if known.count >= Self.maximumCount { known.removeAll() }
            known[mark] = .now + Self.lifetime
        }
    }

    private func mark(_ hash: String, _ password: [UInt8]) -> [UInt8] {
        var code = HMAC<SHA256>(key: key)
        code.update(data: Array(hash.utf8))
        code.update(data: [0])
        code.update(data: password)
        return Array(code.finalize())
    }
}
