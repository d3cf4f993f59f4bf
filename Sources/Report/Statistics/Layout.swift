import Analysis
import Bytes

/// Text in columns of fixed width, and numbers as C's `printf` writes them: scripts compare the output with tshark's.
extension String {
    func left(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - utf8.count)) }

    func right(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - utf8.count)) + self }

    static func spaces(_ count: Int) -> String { String(repeating: " ", count: Swift.max(0, count)) }
}

extension BinaryInteger {
    func right(_ width: Int) -> String { String(self).right(width) }

    /// With leading zeros.
    func zeros(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}

/// Numbers as C's `printf` writes them.
enum Printf {
    /// `%.*f`: the exact binary value, rounded half to even at the last decimal.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        String(writing: { $0.append(fixed: value, digits) })
    }
}

extension [UInt8] {
    /// Appends what ``Printf/fixed(_:_:)`` says.
    mutating func append(fixed value: Double, _ digits: Int) {
        guard value.isFinite, value.magnitude < 0x1p60, (0...9).contains(digits) else { return append("\(value)") }
        let scale = (0..<digits).reduce(UInt128(1)) { scale, _ in scale * 10 }
        let significand = UInt128(value.magnitude.significandBitPattern) | (value.isNormal ? 1 << 52 : 0)
        let shift = 52 - (value.isNormal ? Int(value.exponent) : -1022)
        // 60 bits of value and 30 of scale: nothing overflows.
        var scaled = shift <= 0 ? significand << UInt128(-shift) : significand
        scaled *= scale
        if shift > 0 {
            let divided = shift < 128 ? scaled >> UInt128(shift) : 0
            let rest = shift < 128 ? scaled - divided << UInt128(shift) : scaled
            let half: UInt128 = shift <= 127 ? 1 << UInt128(shift - 1) : .max
            scaled = rest > half || (rest == half && divided & 1 == 1) ? divided + 1 : divided
        }
        if value.sign == .minus { append(UInt8(ascii: "-")) }
        let (whole, fraction) = Self.split(scaled, by: scale)
        append(decimal: whole)
        guard digits > 0 else { return }
        append(UInt8(ascii: "."))
        append(decimal: fraction, digits: digits)
    }

    private static func split(_ scaled: UInt128, by scale: UInt128) -> (whole: UInt64, fraction: UInt64) {
        // Nearly always; a division of 128 bits is slow.
        if let (value, scale) = UInt64(exactly: scaled).map({ ($0, UInt64(scale)) }) {
            return (value / scale, value % scale)
        }
        return (UInt64(scaled / scale), UInt64(scaled % scale))
    }

    /// Appends seconds from nanoseconds, with as many decimals as nanoseconds have.
    mutating func append(seconds nanoseconds: Int64) {
        if nanoseconds < 0 { append(UInt8(ascii: "-")) }
        append(decimal: nanoseconds.magnitude / 1_000_000_000)
        append(UInt8(ascii: "."))
        append(decimal: nanoseconds.magnitude % 1_000_000_000, digits: 9)
    }

    /// `2374 bytes`, `22 kB`: a larger unit from ten thousand of the smaller one on, cut and not rounded.
    mutating func append(size bytes: UInt64) {
        let (unit, name): (UInt64, StaticString) =
            switch bytes {
            case 10_000_000_000_000...: (1_000_000_000_000, " TB")
            case 10_000_000_000...: (1_000_000_000, " GB")
            case 10_000_000...: (1_000_000, " MB")
            case 10_000...: (1000, " kB")
            default: (1, " bytes")
            }
        append(decimal: bytes / unit)
        append(name)
    }

    /// Appends a station, with its port where `hasPort`.
    mutating func append(_ station: Station, hasPort: Bool) {
        station.writeAddress(to: &self)
        guard hasPort else { return }
        append(UInt8(ascii: ":"))
        append(decimal: UInt64(station.port))
    }
}
