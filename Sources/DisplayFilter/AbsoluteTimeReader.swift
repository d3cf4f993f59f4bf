import Dissection

/// Reads points in time as filters write them: ISO 8601, or `Sep 26, 2004 23:18:04.954975`.
enum AbsoluteTimeReader {
    /// Nanoseconds since 1970; times without a zone are local ones.
    static func time(_ text: String) -> Int64? {
        var whole = text.drop { $0 == " " }
        while whole.last == " " { whole.removeLast() }
        var rest = whole
        if let time = iso(&rest) { return time }
        rest = whole
        return named(&rest)
    }

    private static func iso(_ rest: inout Substring) -> Int64? {
        guard let year = number(&rest, 4), take(&rest, "-"), let month = number(&rest, 2), take(&rest, "-"),
            let day = number(&rest, 2)
        else { return nil }
        guard !rest.isEmpty else { return local(join(year, month, day, 0, 0)) }
        guard take(&rest, "T") || take(&rest, " ") || take(&rest, "\t") else { return nil }
        rest = rest.drop { $0 == " " || $0 == "\t" }
        guard let (seconds, fraction) = clock(&rest) else { return nil }
        guard !rest.allSatisfy({ $0 == " " }) else { return local(join(year, month, day, seconds, fraction)) }
        guard let offset = zone(&rest), rest.isEmpty else { return nil }
        return join(year, month, day, seconds - offset, fraction)
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    private static func named(_ rest: inout Substring) -> Int64? {
        guard let month = months.firstIndex(of: rest.prefix(3).lowercased()) else { return nil }
        rest = rest.dropFirst(3).drop { $0 == " " }
        guard let day = number(&rest, 2), take(&rest, ",") else { return nil }
        rest = rest.drop { $0 == " " }
        guard let year = number(&rest, 4) else { return nil }
        rest = rest.drop { $0 == " " }
        guard !rest.isEmpty else { return local(join(year, month + 1, day, 0, 0)) }
        guard let (seconds, fraction) = clock(&rest) else { return nil }
        rest = rest.drop { $0 == " " }
        guard let time = join(year, month + 1, day, seconds, fraction) else { return nil }
        if rest == "UTC" { return time }
        // As frames show their times: with the name of the zone.
        guard let point = local(time), rest.isEmpty || rest == LocalTime.zone(at: point / 1_000_000_000).name else {
            return nil
        }
        return point
    }

    private static func clock(_ rest: inout Substring) -> (seconds: Int, nanoseconds: Int)? {
        guard let hour = number(&rest, 2), hour < 24, take(&rest, ":"), let minute = number(&rest, 2), minute < 60
        else {
            return nil
        }
        guard take(&rest, ":") else { return (hour * 3600 + minute * 60, 0) }
        guard let second = number(&rest, 2), second <= 61 else { return nil }
        var nanoseconds = 0
        if take(&rest, ".") || take(&rest, ",") {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            // What is less than a nanosecond is left out.
            nanoseconds = Int(digits.prefix(9) + String(repeating: "0", count: max(0, 9 - digits.count))) ?? 0
            rest = rest.dropFirst(digits.count)
        }
        return (hour * 3600 + minute * 60 + second, nanoseconds)
    }

    /// Seconds that the zone is ahead of UTC.
    private static func zone(_ rest: inout Substring) -> Int? {
        rest = rest.drop { $0 == " " }
        if rest == "Z" || rest == "UTC" {
            rest = ""
            return 0
        }
        let sign = rest.first == "-" ? -1 : 1
        guard take(&rest, "+") || take(&rest, "-"), let hours = number(&rest, 2) else { return nil }
        if rest.isEmpty { return sign * hours * 3600 }
        _ = take(&rest, ":")
        guard let minutes = number(&rest, 2) else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }

    /// What the clock on the wall shows, in UTC. The zone's offset is that of the time itself, not of what it shows.
    private static func local(_ time: Int64?) -> Int64? {
        guard let time else { return nil }
        let guess = time - LocalTime.zone(at: time / 1_000_000_000).offset * 1_000_000_000
        return time - LocalTime.zone(at: guess / 1_000_000_000).offset * 1_000_000_000
    }

    private static func number(_ rest: inout Substring, _ digits: Int) -> Int? {
        let text = rest.prefix(digits).prefix { $0.isASCII && $0.isNumber }
        guard !text.isEmpty, let number = Int(text) else { return nil }
        rest = rest.dropFirst(text.count)
        return number
    }

    private static func take(_ rest: inout Substring, _ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest.removeFirst()
        return true
    }

    private static func join(_ year: Int, _ month: Int, _ day: Int, _ seconds: Int, _ nanoseconds: Int) -> Int64? {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else { return nil }
        // Nanoseconds do not reach further; no frame is from there.
        let year = min(max(year, 1678), 2261)
        let days = CivilDate.days(Int64(year), month, day)
        return (days * 86_400 + Int64(seconds)) * 1_000_000_000 + Int64(nanoseconds)
    }
}
