/// Lines of VMS: `NAME.TXT;1   2/4   31-JAN-2024 12:00:00  [GROUP,OWNER]  (RWED,RWED,RE,)`.
struct VMSListing: Sendable {
    /// A long name stands on a line of its own; its columns follow on the next.
    private var pendingName: [UInt8]?

    mutating func entry(of line: [UInt8]) -> ListingEntry? {
        let words = ListingWords(line)
        if words.words.count == 1, line.first != ASCII.space, Self.isName(words[0]) {
            pendingName = Array(words[0])
            return nil
        }
        let name: [UInt8]
        if line.first == ASCII.space, let pendingName {
            name = pendingName
        } else if Self.isName(words[0]) {
            name = Array(words[0])
        } else {
            return nil
        }
        pendingName = nil
        guard let (index, time) = Self.time(words) else { return nil }
        var entry = ListingEntry(name: name, kind: .file)
        entry.modified = time
        if let dot = Self.directorySuffix(of: name) {
            entry.kind = .directory
            entry.name.removeSubrange(dot...)
        }
        // The size is in blocks of 512 bytes, not exact, so it is left out.
        for word in words.words.dropFirst(index) {
            if word.first == UInt8(ascii: "[") { entry.owner = displayText(word.dropFirst().dropLast()) }
            if word.first == UInt8(ascii: "(") { entry.permissions = displayText(word) }
        }
        return entry
    }

    /// Whether the word ends in a version, `;1`.
    private static func isName(_ word: ArraySlice<UInt8>) -> Bool {
        guard let semicolon = word.lastIndex(of: UInt8(ascii: ";")), semicolon > word.startIndex else { return false }
        let version = word[(semicolon + 1)...]
        return !version.isEmpty && version.allSatisfy(ASCII.isDigit)
    }

    private static func directorySuffix(of name: [UInt8]) -> Int? {
        name.indices.first { start in
            name[start...].count > 5 && Verb(name[(start + 1)...].prefix(3)) == "DIR"
                && name[start] == UInt8(ascii: ".") && name[start + 4] == UInt8(ascii: ";")
        }
    }

    /// `31-JAN-2024 12:00[:00]` among the words, and the index behind it.
    private static func time(_ words: ListingWords) -> (Int, ListingTime)? {
        for index in 0..<6 {
            let parts = words[index].split(separator: UInt8(ascii: "-"))
            guard parts.count == 3, let day = MonthName.day(parts[0]), let month = MonthName.month(parts[1]),
                let year = MonthName.year(parts[2]), let clock = ClockTime(words[index + 1])
            else { continue }
            let civil = CivilTime(
                year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second ?? 0)
            return civil.secondsSince1970.map {
                (index + 2, ListingTime(seconds: $0, precision: clock.precision))
            }
        }
        return nil
    }
}

/// Lines of z/OS: data sets below a heading that ends in `Dsname`, members below one that begins with `Name`.
struct MVSListing: Sendable {
    private enum Heading { case dataSets, members }

    private var heading: Heading?

    mutating func entry(of line: [UInt8]) -> ListingEntry? {
        let words = ListingWords(line)
        let count = words.words.count
        if words.text(0) == "Volume", words.text(count - 1) == "Dsname" {
            heading = .dataSets
            return nil
        }
        if words.text(0) == "Name", words.text(1) == "VV.MM" {
            heading = .members
            return nil
        }
        switch heading {
        case .dataSets where count >= 4:
            let organization = words.text(count - 2)
            let isLibrary = organization == "PO" || organization == "PO-E"
            return ListingEntry(name: Array(words[count - 1]), kind: isLibrary ? .directory : .file)
        case .members where count == 9 || count == 1:
            return ListingEntry(name: Array(words[0]), kind: .file)
        default:
            return nil
        }
    }
}
