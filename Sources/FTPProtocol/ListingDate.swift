/// A date as a column of a listing writes it.
struct ListingDate {
    var time: ListingTime?
    /// How many words it took.
    var wordCount: Int

    /// Finds a date of `ls -l` at word `index`; nil if there is none.
    ///
    /// A date that cannot be placed (no year, and `now` unknown; or 31 February) has no time, but is a date.
    init?(_ words: ListingWords, at index: Int, now: Int64?) {
        if let numeric = Self.numeric(words, at: index, now: now) {
            self = numeric
        } else if let named = Self.named(words, at: index, now: now) {
            self = named
        } else {
            return nil
        }
    }

    private init(_ civil: CivilTime?, _ precision: ListingTime.Precision, _ wordCount: Int) {
        time = civil?.secondsSince1970.map { ListingTime(seconds: $0, precision: precision) }
        self.wordCount = wordCount
    }

    /// `2024-01-31 12:00`, with seconds, fraction and zone or without; `01-31 12:00`.
    private static func numeric(_ words: ListingWords, at index: Int, now: Int64?) -> ListingDate? {
        let parts = words[index].split(separator: UInt8(ascii: "-")).map { ASCII.number($0, as: Int.self) }
        guard let clock = ClockTime(words[index + 1]), !parts.contains(nil) else { return nil }
        let numbers = parts.compactMap { $0 }
        if numbers.count == 2 {
            return guessed(month: numbers[0], day: numbers[1], clock, now: now, wordCount: 2)
        }
        guard numbers.count == 3, words[index].count >= 8, numbers[0] > 31 else { return nil }
        let civil = CivilTime(
            year: numbers[0], month: numbers[1], day: numbers[2], hour: clock.hour, minute: clock.minute,
            second: clock.second ?? 0)
        var date = ListingDate(civil, clock.precision, 2)
        // Only the form with seconds has a zone; behind the short one +0100 would be a name.
        if clock.second != nil, let offset = zoneOffset(words[index + 2]) {
            date.wordCount = 3
            date.time?.seconds -= Int64(offset)
            date.time?.isZoneKnown = true
        }
        return date
    }

    /// `Jan 31 12:00`, `31 Jan 2024`, `31. Jan`, `1月 31 12:00`, `1月31日 2024年`, `Jan 31 12:00:00 2024`.
    private static func named(_ words: ListingWords, at index: Int, now: Int64?) -> ListingDate? {
        let month: Int
        let day: Int
        var next = index + 2
        if let both = MonthName.monthAndDay(words[index]) {
            (month, day) = both
            next = index + 1
        } else if let first = MonthName.month(words[index]), let second = MonthName.day(words[index + 1]) {
            (month, day) = (first, second)
        } else if let first = MonthName.day(words[index]), let second = MonthName.month(words[index + 1]) {
            (month, day) = (second, first)
        } else {
            return nil
        }
        guard (1...31).contains(day) else { return nil }
        if let year = MonthName.year(words[next]) {
            return ListingDate(CivilTime(year: year, month: month, day: day), .day, next + 1 - index)
        }
        guard let clock = ClockTime(words[next]) else { return nil }
        // Only the form with seconds is followed by a year; behind the short one 2024 would be a name.
        if let second = clock.second, let year = MonthName.year(words[next + 1]) {
            let civil = CivilTime(
                year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: second)
            return ListingDate(civil, .second, next + 2 - index)
        }
        return guessed(month: month, day: day, clock, now: now, wordCount: next + 1 - index)
    }

    /// The latest such moment that is not more than a day after `now`: zones differ, and clocks do.
    private static func guessed(
        month: Int, day: Int, _ clock: ClockTime, now: Int64?, wordCount: Int
    ) -> ListingDate? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        var date = ListingDate(nil, clock.precision, wordCount)
        guard let now, now > 0, now < FTPTime.latest else { return date }
        let thisYear = CivilTime(secondsSince1970: now + 86_400).year
        // 29 February can lie eight years back, around 1900.
        for year in stride(from: thisYear, through: thisYear - 8, by: -1) {
            let civil = CivilTime(
                year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second ?? 0)
            if let seconds = civil.secondsSince1970, seconds <= now + 86_400 {
                date.time = ListingTime(seconds: seconds, precision: clock.precision, isYearGuessed: true)
                return date
            }
        }
        return date
    }

    /// `+0100` in seconds.
    private static func zoneOffset(_ word: ArraySlice<UInt8>) -> Int? {
        guard word.count == 5, let sign = word.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let number = ASCII.number(word.dropFirst(), as: Int.self), number / 100 <= 14, number % 100 < 60
        else { return nil }
        let seconds = (number / 100 * 60 + number % 100) * 60
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }
}

/// A time of day: `12:00`, `12:00:59`, `12:00:59.123`, `12:00PM`.
struct ClockTime {
    var hour: Int
    var minute: Int
    var second: Int?

    var precision: ListingTime.Precision { second == nil ? .minute : .second }

    init?(_ word: ArraySlice<UInt8>) {
        let bare = word.prefix { ASCII.isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
        let parts = bare.prefix { $0 != UInt8(ascii: ".") }
            .split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }),
            let hour = ASCII.number(parts[0], as: Int.self), hour < 24,
            let minute = ASCII.number(parts[1], as: Int.self), minute < 60
        else { return nil }
        self.hour = hour
        self.minute = minute
        if parts.count == 3 {
            guard let second = ASCII.number(parts[2], as: Int.self), second <= 60 else { return nil }
            self.second = second
        }
        let suffix = word[bare.endIndex...]
        guard suffix.isEmpty || applyHalfDay(suffix) else { return nil }
    }

    /// Turns a time of twelve hours into one of twenty-four; false if `suffix` is neither AM nor PM.
    mutating func applyHalfDay(_ suffix: ArraySlice<UInt8>) -> Bool {
        guard (1...12).contains(hour) else { return false }
        switch Verb(suffix) {
        case "AM", "A": hour %= 12
        case "PM", "P": hour = hour % 12 + 12
        default: return false
        }
        return true
    }
}
