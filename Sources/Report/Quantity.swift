/// Numbers as people read them: three significant digits, SI units, thin grouping.
enum Quantity {
    /// `43.1 MB`; decimal units, as rates and disks have them.
    static func bytes(_ count: Int64) -> String {
        count < 1000 ? "\(count) B" : scaled(Double(count), amounts)
    }

    static func rate(_ bytesPerSecond: Double) -> String {
        scaled(bytesPerSecond, rates)
    }

    static func bitRate(_ bitsPerSecond: Double) -> String {
        scaled(bitsPerSecond, bitRates)
    }

    private static let amounts = [" B", " kB", " MB", " GB", " TB", " PB", " EB"]
    private static let rates = amounts.map { $0 + "/s" }
    private static let bitRates = [" bit/s", " kbit/s", " Mbit/s", " Gbit/s", " Tbit/s", " Pbit/s", " Ebit/s"]

    /// A span of time from nanoseconds: `17.0 ms`, `2.91 s`, `2 min 05 s`.
    static func span(_ nanoseconds: Int64) -> String {
        let sign = nanoseconds < 0 ? "-" : ""
        let value = Double(nanoseconds.magnitude)
        switch value {
        case ..<1e3: return sign + String(nanoseconds.magnitude) + " ns"
        case ..<1e6: return sign + significant(value / 1e3) + " µs"
        case ..<1e9: return sign + significant(value / 1e6) + " ms"
        case ..<120e9: return sign + significant(value / 1e9) + " s"
        default:
            let seconds = nanoseconds.magnitude / 1_000_000_000
            let (minutes, rest) = (seconds / 60, seconds % 60)
            if minutes < 120 { return "\(sign)\(minutes) min \(padded(rest)) s" }
            return "\(sign)\(minutes / 60) h \(padded(minutes % 60)) min"
        }
    }

    /// Seconds with three decimals, for columns of times.
    static func seconds(_ nanoseconds: Int64) -> String { fixed(Double(nanoseconds) / 1e9, 3) }

    /// `41 212`.
    static func count(_ value: Int) -> String {
        (value < 0 ? "-" : "") + grouped(value.magnitude)
    }

    private static func grouped(_ value: UInt) -> String {
        guard value >= 1000 else { return String(value) }
        return grouped(value / 1000) + " " + zeroFilled(UInt64(value % 1000), to: 3)
    }

    static func percent(_ part: Int, of whole: Int) -> String {
        let value = whole > 0 ? 100 * Double(part) / Double(whole) : 0
        return (value >= 10 ? fixed(value, 1) : fixed(value, 2)) + " %"
    }

    /// `value` with `digits` decimals, rounded to nearest.
    static func fixed(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
        var scale: UInt64 = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = UInt64((value.magnitude * Double(scale)).rounded())
        var text = value < 0 && scaled > 0 ? "-" : ""
        text += String(scaled / scale)
        guard digits > 0 else { return text }
        text += "."
        text += zeroFilled(scaled % scale, to: digits)
        return text
    }

    private static func scaled(_ value: Double, _ units: [String]) -> String {
        var value = value
        var unit = 0
        // 999.6 would be written as 1000.
        while value >= 999.5, unit + 1 < units.count {
            value /= 1000
            unit += 1
        }
        return (unit == 0 ? fixed(value, value < 10 ? 1 : 0) : significant(value)) + units[unit]
    }

    private static func significant(_ value: Double) -> String {
        value >= 99.95 ? fixed(value, 0) : value >= 9.995 ? fixed(value, 1) : fixed(value, 2)
    }

    private static func padded(_ value: UInt64) -> String { zeroFilled(value, to: 2) }

    private static func zeroFilled(_ value: UInt64, to digits: Int) -> String {
        let text = String(value)
        var zeroes = ""
        for _ in 0..<max(0, digits - text.utf8.count) { zeroes += "0" }
        return zeroes + text
    }
}
