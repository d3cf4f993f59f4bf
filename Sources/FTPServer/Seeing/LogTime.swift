import Bytes
import FTPProtocol
import Glibc

/// When something was logged, in UTC.
struct LogTime: Sendable {
    /// Since 1970.
    let seconds: Int64
    let milliseconds: UInt64

    static var now: LogTime {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return LogTime(seconds: Int64(time.tv_sec), milliseconds: UInt64(time.tv_nsec / 1_000_000))
    }

    /// Appends `2026-11-22T01:15:30.123Z` (RFC 3339).
    func append(to text: inout [UInt8]) {
        let civil = CivilTime(secondsSince1970: seconds)
        text.append(atMost: 32) { text in
            text.put(decimal: UInt64(civil.year), digits: 4)
            text.put(UInt8(ascii: "-"))
            text.put(decimal: UInt64(civil.month), digits: 2)
            text.put(UInt8(ascii: "-"))
            text.put(decimal: UInt64(civil.day), digits: 2)
            text.put(UInt8(ascii: "T"))
            Self.put(civil, in: &text)
            text.put(UInt8(ascii: "."))
            text.put(decimal: milliseconds, digits: 3)
            text.put(UInt8(ascii: "Z"))
        }
    }

    /// Appends `Sun Nov 22 01:15:30 2026`, as ctime(3) writes it.
    func appendClassic(to text: inout [UInt8]) {
        let civil = CivilTime(secondsSince1970: seconds)
        text.append(atMost: 32) { text in
            text.put(Self.days[civil.weekday])
            text.put(UInt8(ascii: " "))
            text.put(CivilTime.months[civil.month - 1])
            text.put(UInt8(ascii: " "))
            text.put(decimal: UInt64(civil.day), width: 2)
            text.put(UInt8(ascii: " "))
            Self.put(civil, in: &text)
            text.put(UInt8(ascii: " "))
            text.put(decimal: UInt64(civil.year), digits: 4)
        }
    }

    private static let days: InlineArray<7, StaticString> = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]

    private static func put(_ civil: CivilTime, in text: inout TextPieces) {
        text.put(decimal: UInt64(civil.hour), digits: 2)
        text.put(UInt8(ascii: ":"))
        text.put(decimal: UInt64(civil.minute), digits: 2)
        text.put(UInt8(ascii: ":"))
        text.put(decimal: UInt64(civil.second), digits: 2)
    }
}
