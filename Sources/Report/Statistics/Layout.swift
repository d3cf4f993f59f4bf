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

enum Printf {
    /// `%.*f`: the exact binary value, rounded half to even at the last decimal.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, value.magnitude < 0x1p60, (0...9).contains(digits) else { return "\(value)" }
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
        let text = digits == 0 ? "\(scaled)" : "\(scaled / scale)." + (scaled % scale).zeros(digits)
        return value.sign == .minus ? "-" + text : text
    }

    /// Seconds from nanoseconds, with as many decimals as nanoseconds have.
    static func seconds(_ nanoseconds: Int64) -> String {
        let sign = nanoseconds < 0 ? "-" : ""
        return sign + "\(nanoseconds.magnitude / 1_000_000_000)."
            + (nanoseconds.magnitude % 1_000_000_000).zeros(9)
    }

    /// `2374 bytes`, `22 kB`: a larger unit from ten thousand of the smaller one on, cut and not rounded.
    static func size(_ bytes: UInt64) -> String {
        for (prefix, unit) in [("T", 1_000_000_000_000 as UInt64), ("G", 1_000_000_000), ("M", 1_000_000), ("k", 1000)]
        where bytes / unit >= 10 {
            return "\(bytes / unit) \(prefix)B"
        }
        return "\(bytes) bytes"
    }
}
