/// A moment in the proleptic Gregorian calendar, in a zone that its user knows.
package struct CivilTime: Hashable, Sendable {
    package var year: Int
    /// 1 … 12.
    package var month: Int
    package var day: Int
    package var hour = 0
    package var minute = 0
    /// 60 is a leap second (RFC 3659 §2.3).
    package var second = 0

    /// As English lists of files write them.
    package static let months: InlineArray<12, StaticString> = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Seconds since 1970-01-01T00:00:00, as if the zone were UTC; nil if a part is out of its range (year 1 … 9999).
    var secondsSince1970: Int64? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return Int64(((daysSince1970 * 24 + hour) * 60 + minute) * 60 + second)
    }

    /// With years that begin in March the leap day comes last, and one formula gives the days of the months before.
    private var daysSince1970: Int {
        let shifted = month > 2 ? year : year - 1
        let monthsSinceMarch = (month + 9) % 12
        let dayOfYear = (153 * monthsSinceMarch + 2) / 5 + day - 1
        // 719468 days lie between 0000-03-01 and 1970-01-01.
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// - Parameter seconds: since 1970, within the years 1 … 9999.
    package init(secondsSince1970 seconds: Int64) {
        let (days, rest) = Int(seconds).quotientAndRemainder(dividingBy: 86_400)
        let time = rest < 0 ? rest + 86_400 : rest
        let sinceMarch0 = (rest < 0 ? days - 1 : days) + 719_468
        // 146097 days are 400 years; within them count years without their leap days.
        let (cycle, dayOfCycle) = sinceMarch0.quotientAndRemainder(dividingBy: 146_097)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthsSinceMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthsSinceMarch + 2) / 5 + 1
        month = monthsSinceMarch < 10 ? monthsSinceMarch + 3 : monthsSinceMarch - 9
        year = cycle * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        hour = time / 3600
        minute = time / 60 % 60
        second = time % 60
    }

    /// 0 is Sunday.
    package var weekday: Int {
        // 1970 began on a Thursday.
        let rest = (daysSince1970 + 4) % 7
        return rest < 0 ? rest + 7 : rest
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
