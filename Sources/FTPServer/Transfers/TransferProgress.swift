import Synchronization
package import Transport

/// What others may know of a transfer while it runs, and how they end it.
package final class TransferProgress: Sendable {
    package let cancellation = Cancellation()
    private let count = Atomic<UInt64>(0)

    package init() {}

    /// Bytes that have gone over the data connection.
    package var bytes: UInt64 { count.load(ordering: .relaxed) }

    func add(_ bytes: Int) { count.wrappingAdd(UInt64(bytes), ordering: .relaxed) }
}

/// Holds a transfer to a rate, in pieces small enough that nobody notices a stop and go.
struct RateLimit {
    /// Bytes a second.
    private let rate: UInt64
    private let start = ContinuousClock.now
    private var bytes: UInt64 = 0

    /// Nil without a limit.
    init?(_ rate: UInt64?) {
        guard let rate, rate > 0 else { return nil }
        self.rate = rate
    }

    /// How many bytes to move at once: a tenth of a second's.
    var piece: Int { Int(clamping: max(1, rate / 10)) }

    /// How long to wait now that `count` bytes were moved.
    mutating func pause(after count: Int) -> Duration {
        bytes += UInt64(count)
        let due = Duration.seconds(Double(bytes) / Double(rate))
        return max(.zero, due - (ContinuousClock.now - start))
    }
}

/// How much of a file the kernel is handed at once: what takes it some tenths of a second, for calls cost time on a fast
/// connection, and only between them others see how far a slow one is.
struct KernelPiece {
    private(set) var bytes = 4 << 20

    private static let range = 64 << 10...256 << 20

    /// - Parameter time: that the last piece has taken.
    mutating func follow(_ time: Duration) {
        if time < .milliseconds(100) { bytes = min(bytes * 2, Self.range.upperBound) }
        if time > .milliseconds(500) { bytes = max(bytes / 2, Self.range.lowerBound) }
    }
}
