/// Lines as DIR prints them, which IIS took over: `01-31-24  12:00PM       <DIR>          name`.
enum DOSListing {
    static func entry(of line: [UInt8]) -> ListingEntry? {
        let words = ListingWords(line)
        guard let date = date(words[0]), var clock = ClockTime(words[1]) else { return nil }
        var next = 2
        if clock.second == nil, clock.applyHalfDay(words[2]) { next = 3 }
        let word = words[next]
        let civil = CivilTime(
            year: date.year, month: date.month, day: date.day, hour: clock.hour, minute: clock.minute,
            second: clock.second ?? 0)
        guard let seconds = civil.secondsSince1970 else { return nil }
        let time = ListingTime(seconds: seconds, precision: clock.precision)
        if word.first == UInt8(ascii: "<") { return marked(words, next, time) }
        // Windows groups digits for people: 1,024 or 1.024.
        let digits = word.filter { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ".") }
        guard let size = ASCII.number(digits, as: UInt64.self), let name = words.rest(after: next) else { return nil }
        var entry = ListingEntry(name: name, kind: .file)
        entry.size = size
        entry.modified = time
        return entry
    }

    /// `<DIR>`, `<JUNCTION>`, `<SYMLINKD>`, `<SYMLINK>` in place of a size, in a column of fifteen.
    private static func marked(_ words: ListingWords, _ index: Int, _ time: ListingTime) -> ListingEntry? {
        let mark = words[index]
        let kind: ListingEntry.Kind
        switch Verb(mark.dropFirst().dropLast().prefix(7)) {
        case "DIR": kind = .directory
        case "JUNCTIO", "SYMLINK": kind = .link
        default: return nil
        }
        let behind = words.line[mark.endIndex...]
        let spaces = behind.prefix { $0 == ASCII.space }.count
        let column = max(1, 15 - mark.count)
        let name = Array(behind.dropFirst(spaces >= column ? column : spaces))
        guard !name.isEmpty else { return nil }
        var entry = ListingEntry(name: name, kind: kind)
        entry.modified = time
        if kind == .link, name.last == UInt8(ascii: "]"), let open = lastBracket(in: name), open > 1 {
            entry.linkTarget = Array(name[(open + 1)...].dropLast())
            entry.name = Array(name[..<(open - 1)])
        }
        return entry
    }

    /// The bracket of ` [target]`.
    private static func lastBracket(in name: [UInt8]) -> Int? {
        name.indices.dropFirst().last { name[$0] == UInt8(ascii: "[") && name[$0 - 1] == ASCII.space }
    }

    /// Month first, as IIS does it, unless the numbers say otherwise; day first with dots; or the year first.
    private static func date(_ word: ArraySlice<UInt8>) -> (year: Int, month: Int, day: Int)? {
        guard let separator = word.first(where: { !ASCII.isDigit($0) }), "-/.".utf8.contains(separator) else {
            return nil
        }
        let parts = word.split(separator: separator, omittingEmptySubsequences: false)
        let numbers = parts.compactMap { ASCII.number($0, as: Int.self) }
        guard parts.count == 3, numbers.count == 3, parts.allSatisfy({ $0.count <= 4 }) else { return nil }
        if parts[0].count == 4 { return (numbers[0], numbers[1], numbers[2]) }
        // Two digits: 70 … 99 are of the last century, as Windows reads them in FTP.
        let year = parts[2].count == 4 ? numbers[2] : numbers[2] + (numbers[2] < 70 ? 2000 : 1900)
        let isDayFirst = separator == UInt8(ascii: ".") || numbers[0] > 12
        return isDayFirst ? (year, numbers[1], numbers[0]) : (year, numbers[0], numbers[1])
    }
}
