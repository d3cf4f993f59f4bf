/// A time as MDTM, MFMT and the facts of MLST write it: `YYYYMMDDhhmmss[.sss]`, always UTC (RFC 3659 §2.3).
package struct FTPTime: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z, within the years 1 … 9999.
    package let seconds: Int64
    /// 0 … 999 999 999.
    package let nanoseconds: UInt32

    /// A time outside the years 1 … 9999 becomes the nearest one inside, since four digits cannot say more.
    package init(seconds: Int64, nanoseconds: UInt32 = 0) {
        self.seconds = min(max(seconds, Self.earliest), Self.latest)
        self.nanoseconds = min(nanoseconds, 999_999_999)
    }

    private static let earliest: Int64 = -62_135_596_800
    static let latest: Int64 = 253_402_300_799

    /// Reads `YYYYMMDDhhmmss[.fraction]`; nil if a part is missing or out of range.
    ///
    /// Servers with the bug of the year 2000 write the year as "19" and the years since 1900, so fifteen digits that
    /// begin with 191 are read that way: `19100…` is 2000.
    package init?(_ text: some Collection<UInt8>) {
        let parts = Array(text).split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard var digits = parts.first.map({ Array($0) }), digits.allSatisfy(ASCII.isDigit) else { return nil }
        if digits.count == 15, digits.starts(with: "191".utf8),
            let since1900 = ASCII.number(digits[2..<5], as: Int.self)
        {
            digits.replaceSubrange(0..<5, with: Array(String(1900 + since1900).utf8))
        }
        guard digits.count == 14 else { return nil }
        let number = { (range: Range<Int>) in ASCII.number(digits[range], as: Int.self) ?? 0 }
        let civil = CivilTime(
            year: number(0..<4), month: number(4..<6), day: number(6..<8),
            hour: number(8..<10), minute: number(10..<12), second: number(12..<14))
        guard let seconds = civil.secondsSince1970, seconds <= Self.latest else { return nil }
        var nanoseconds: UInt32 = 0
        if parts.count > 1 {
            guard !parts[1].isEmpty, parts[1].allSatisfy(ASCII.isDigit) else { return nil }
            let nine = (Array(parts[1].prefix(9)) + [UInt8](repeating: UInt8(ascii: "0"), count: 9)).prefix(9)
            nanoseconds = ASCII.number(nine, as: UInt32.self) ?? 0
        }
        self.init(seconds: seconds, nanoseconds: nanoseconds)
    }

    /// The earlier time is the smaller one.
    package static func < (left: FTPTime, right: FTPTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}

extension FTPTime: CustomStringConvertible {
    /// `YYYYMMDDhhmmss`, with the digits of a fraction that are not zero.
    package var description: String {
        let civil = CivilTime(secondsSince1970: seconds)
        let whole =
            padded(civil.year, 4) + padded(civil.month, 2) + padded(civil.day, 2) + padded(civil.hour, 2)
            + padded(civil.minute, 2) + padded(civil.second, 2)
        guard nanoseconds > 0 else { return whole }
        var fraction = padded(Int(nanoseconds), 9)
        while fraction.last == "0" { fraction.removeLast() }
        return whole + "." + fraction
    }
}

/// `number` in decimal, with zeros in front up to `width` digits.
private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
