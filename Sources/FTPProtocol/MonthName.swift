/// Names of months in the languages that servers speak, and the ways to write day and year beside them.
enum MonthName {
    /// 1 … 12 for `Jan`, `janv.`, `1月`, `März`; nil for any other word.
    static func month(_ word: ArraySlice<UInt8>) -> Int? {
        guard (2...12).contains(word.count) else { return nil }
        var text = lowercased(word)
        if text.last == "." { text.removeLast() }
        if let number = names[text] { return number }
        guard let unit = text.last, unit == "月" || unit == "월" else { return nil }
        return ASCII.number(Array(text.dropLast().utf8), as: Int.self).flatMap { (1...12).contains($0) ? $0 : nil }
    }

    /// The day of `31`, `31.`, `31日`, `31일`.
    static func day(_ word: ArraySlice<UInt8>) -> Int? {
        guard let number = number(word, units: [".", "日", "일", ","]) else { return nil }
        return (1...31).contains(number) ? number : nil
    }

    /// The year of `2024`, `2024年`, `2024년`; four digits.
    static func year(_ word: ArraySlice<UInt8>) -> Int? {
        guard let number = number(word, units: ["年", "년"]) else { return nil }
        return (1900...9999).contains(number) ? number : nil
    }

    /// Month and day of `1月31日` and `1월31일`, written as one word.
    static func monthAndDay(_ word: ArraySlice<UInt8>) -> (Int, Int)? {
        guard word.count <= 12 else { return nil }
        let text = lowercased(word)
        guard let unit = text.firstIndex(where: { $0 == "月" || $0 == "월" }) else { return nil }
        let after = text.index(after: unit)
        guard let month = month(Array(text[..<after].utf8)[...]), let day = day(Array(text[after...].utf8)[...]) else {
            return nil
        }
        return (month, day)
    }

    private static func number(_ word: ArraySlice<UInt8>, units: [Character]) -> Int? {
        guard word.count <= 8 else { return nil }
        let digits = word.prefix(while: ASCII.isDigit)
        let unit = String(decoding: word[digits.endIndex...], as: UTF8.self)
        guard digits.count <= 4, unit.isEmpty || (unit.count == 1 && unit.allSatisfy(units.contains)) else {
            return nil
        }
        return ASCII.number(digits)
    }

    /// The word as text: UTF-8, or else ISO 8859-1, in which older servers write `fév`.
    private static func lowercased(_ word: ArraySlice<UInt8>) -> String {
        let utf8 = String(decoding: word, as: UTF8.self)
        guard utf8.unicodeScalars.contains("\u{FFFD}") else { return utf8.lowercased() }
        return String(String.UnicodeScalarView(word.map { Unicode.Scalar($0) })).lowercased()
    }

    private static let names: [String: Int] = {
        let rows: [[String]] = [
            ["jan", "january", "januar", "janv", "janvier", "ene", "gen", "sty", "янв"],
            ["feb", "february", "februar", "fév", "févr", "fev", "lut", "фев"],
            ["mar", "march", "mär", "märz", "maer", "mrz", "mars", "mrt", "мар"],
            ["apr", "april", "avr", "avril", "abr", "kwi", "апр"],
            ["may", "mai", "mag", "mei", "maj", "май", "мая"],
            ["jun", "june", "juni", "juin", "giu", "cze", "июн"],
            ["jul", "july", "juli", "juil", "juillet", "lug", "lip", "июл"],
            ["aug", "august", "août", "aoû", "aout", "ago", "sie", "авг"],
            ["sep", "sept", "september", "septembre", "set", "wrz", "сен"],
            ["oct", "october", "okt", "oktober", "octobre", "ott", "out", "paź", "окт"],
            ["nov", "november", "novembre", "lis", "ноя"],
            ["dec", "december", "dez", "dezember", "déc", "décembre", "dic", "des", "gru", "дек"],
        ]
        var names: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            for name in row { names[name] = index + 1 }
        }
        return names
    }()
}
