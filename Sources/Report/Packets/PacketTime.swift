import Bytes
package import Dissection

/// How the packet list's Time column shows a frame's time, by tshark's `-t`.
package enum PacketTime: String, CaseIterable, Sendable {
    /// Since the first frame.
    case relative = "r"
    /// Since the frame before, and since the one shown before.
    case delta = "d"
    case displayedDelta = "dd"
    /// Seconds since 1970.
    case epoch = "e"
    /// Of day, with the date, and with the day of the year; in local time and in UTC.
    case absolute = "a"
    case date = "ad"
    case dayOfYear = "adoy"
    case utc = "u"
    case utcDate = "ud"
    case utcDayOfYear = "udoy"

    /// - Parameter digits: of the fraction of a second.
    package func append(_ frame: FrameHeaderFacts, digits: Int, to text: inout [UInt8]) {
        guard frame.hasTime else { return }
        switch self {
        case .relative: append(span: frame.relativeTime, digits, to: &text)
        case .delta: append(span: frame.delta, digits, to: &text)
        case .displayedDelta: append(span: frame.displayedDelta, digits, to: &text)
        case .epoch: append(span: frame.time, digits, to: &text)
        case .utc, .utcDate, .utcDayOfYear: append(time: frame.time, digits, to: &text)
        case .absolute, .date, .dayOfYear:
            let (seconds, _) = Self.floored(frame.time, 1_000_000_000)
            append(time: frame.time + LocalTime.zone(at: seconds).offset * 1_000_000_000, digits, to: &text)
        }
    }

    /// `2026-11-21`, the day in UTC or, of ``date``, in local time.
    func appendDay(of time: Int64, to text: inout [UInt8]) {
        var time = time
        if self == .date {
            time += LocalTime.zone(at: Self.floored(time, 1_000_000_000).quotient).offset * 1_000_000_000
        }
        let date = CivilDate(daysSince1970: Self.floored(time, 86_400_000_000_000).quotient)
        append(year: date.year, to: &text)
        for part in [date.month, date.day] {
            text.append("-")
            text.append(decimal: UInt64(part), digits: 2)
        }
    }

    private func append(span: Int64, _ digits: Int, to text: inout [UInt8]) {
        if span < 0 { text.append("-") }
        let (seconds, rest) = span.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        text.append(decimal: seconds)
        append(fraction: rest, digits, to: &text)
    }

    private func append(fraction nanoseconds: UInt64, _ digits: Int, to text: inout [UInt8]) {
        guard digits > 0 else { return }
        text.append(".")
        // What nearly every capture has, divided by what the compiler knows.
        if digits == 6 { return text.append(decimal: nanoseconds / 1000, digits: 6) }
        var unit: UInt64 = 1
        for _ in digits..<9 { unit *= 10 }
        text.append(decimal: nanoseconds / unit, digits: digits)
    }

    private func append(time: Int64, _ digits: Int, to text: inout [UInt8]) {
        let (days, nanoseconds) = Self.floored(time, 86_400_000_000_000)
        switch self {
        case .date, .utcDate:
            let date = CivilDate(daysSince1970: days)
            append(year: date.year, to: &text)
            for part in [date.month, date.day] {
                text.append("-")
                text.append(decimal: UInt64(part), digits: 2)
            }
            text.append(" ")
        case .dayOfYear, .utcDayOfYear:
            let date = CivilDate(daysSince1970: days)
            append(year: date.year, to: &text)
            text.append("/")
            text.append(decimal: UInt64(days - CivilDate.days(date.year, 1, 1) + 1), digits: 3)
            text.append(" ")
        default: break
        }
        let (seconds, fraction) = UInt64(nanoseconds).quotientAndRemainder(dividingBy: 1_000_000_000)
        text.append(decimal: seconds / 3600, digits: 2)
        text.append(":")
        text.append(decimal: seconds / 60 % 60, digits: 2)
        text.append(":")
        text.append(decimal: seconds % 60, digits: 2)
        append(fraction: fraction, digits, to: &text)
    }

    private func append(year: Int64, to text: inout [UInt8]) {
        if year < 0 { text.append("-") }
        text.append(decimal: year.magnitude, digits: 4)
    }

    private static func floored(_ value: Int64, _ unit: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = value.quotientAndRemainder(dividingBy: unit)
        return rest < 0 ? (quotient - 1, rest + unit) : (quotient, rest)
    }
}
