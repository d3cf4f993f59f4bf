/// Ticks per second of an interface's clock, as a power of ten or two (pcapng `if_tsresol`).
package enum TimestampResolution: Hashable, Sendable, BitwiseCopyable {
    /// 10^n ticks per second; n is at most 127 in a file.
    case decimal(UInt8)
    /// 2^n ticks per second; n is at most 127 in a file.
    case binary(UInt8)

    package static let microseconds = TimestampResolution.decimal(6)
    package static let nanoseconds = TimestampResolution.decimal(9)

    /// From the option's byte: the highest bit chooses the base, the others are the exponent.
    package init(option byte: UInt8) {
        self = byte & 0x80 == 0 ? .decimal(byte) : .binary(byte & 0x7F)
    }

    /// How many digits of a second's fraction a time has at most: 0, 3, 6 or 9 and what lies between.
    package var digits: Int {
        switch self {
        case .decimal(let exponent): min(9, Int(exponent))
        // Each bit doubles the ticks: 2^10 are about 10^3.
        case .binary(let exponent): min(9, (Int(exponent) * 3 + 9) / 10)
        }
    }
}

extension TimestampResolution: CustomStringConvertible {
    package var description: String {
        switch self {
        case .decimal(0), .binary(0): "seconds"
        case .decimal(3): "milliseconds"
        case .decimal(6): "microseconds"
        case .decimal(9): "nanoseconds"
        case .decimal(let exponent): "10^-\(exponent) seconds"
        case .binary(let exponent): "2^-\(exponent) seconds"
        }
    }
}

/// Turns the ticks of one interface into nanoseconds since 1970, clamped to the years 1823 to 2116.
struct TickClock: Sendable, BitwiseCopyable {
    private var multiplier: UInt64 = 1
    private var divisor: UInt64 = 1
    private var shift: UInt8 = 0
    /// Nanoseconds.
    private let offset: Int64

    /// So that the span between any two times fits 64 bits too. A pcap file's seconds end in 2106.
    private static let farthest: Int64 = 1 << 62 - 1

    init(_ resolution: TimestampResolution, offsetSeconds: Int64) {
        let (product, overflow) = offsetSeconds.multipliedReportingOverflow(by: 1_000_000_000)
        offset = overflow ? (offsetSeconds < 0 ? .min : .max) : product
        switch resolution {
        case .decimal(let exponent) where exponent <= 9: multiplier = Self.power(9 - exponent)
        // 64 bits of ticks shorter than 10^-28 seconds do not add up to one nanosecond.
        case .decimal(let exponent) where exponent > 28: multiplier = 0
        case .decimal(let exponent): divisor = Self.power(exponent - 9)
        case .binary(let exponent):
            multiplier = 1_000_000_000
            shift = exponent
        }
    }

    private static func power(_ exponent: UInt8) -> UInt64 {
        (0..<exponent).reduce(1) { product, _ in product * 10 }
    }

    func nanoseconds(_ ticks: UInt64) -> Int64 {
        let unsigned: UInt64
        if shift == 0 {
            let (product, overflow) = ticks.multipliedReportingOverflow(by: multiplier)
            unsigned = overflow ? .max : (divisor == 1 ? product : product / divisor)
        } else {
            unsigned = shifted(ticks.multipliedFullWidth(by: multiplier))
        }
        let (sum, overflow) = Int64(clamping: unsigned).addingReportingOverflow(offset)
        return max(-Self.farthest, min(Self.farthest, overflow ? .max : sum))
    }

    /// The 128-bit product divided by 2^shift.
    private func shifted(_ product: (high: UInt64, low: UInt64)) -> UInt64 {
        let shift = UInt64(self.shift)
        guard shift < 64 else { return product.high >> (shift - 64) }
        guard product.high >> shift == 0 else { return .max }
        return product.high << (64 - shift) | product.low >> shift
    }
}
