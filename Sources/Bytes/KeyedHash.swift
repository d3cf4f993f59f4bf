/// Hashes with secrets drawn anew in every run, so that nobody can prepare keys that collide; nothing that is reported
/// depends on it. Every word goes through a multiplication whose both halves are folded together, which no difference
/// between two keys survives without the secrets.
package struct KeyedHash: Sendable, BitwiseCopyable {
    private let first = UInt64.random(in: .min ... .max)
    private let second = UInt64.random(in: .min ... .max)
    private let third = UInt64.random(in: .min ... .max)

    package init() {}

    @inline(__always)
    package func callAsFunction(_ high: UInt64, _ low: UInt64, _ last: UInt64) -> UInt64 {
        Self.fold(Self.fold(high ^ first, low ^ second) ^ last, third)
    }

    /// Of one word.
    @inline(__always)
    package func callAsFunction(_ word: UInt64) -> UInt64 { Self.fold(word ^ first, second) }

    @inline(__always)
    private static func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }
}
