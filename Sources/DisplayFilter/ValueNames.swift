import Dissection

/// The names that the numbers of fields have, found once for each field that a filter asks about.
///
/// Rows name a number; which numbers have names they do not say, so that all of 8 or 16 bits are tried.
final class ValueNames {
    private var tables: [String: [String: UInt64]] = [:]

    /// Whatever the case.
    func number(_ name: String, of row: FieldRow) -> UInt64? {
        if let table = tables[row.name] { return table[name.lowercased()] }
        var table: [String: UInt64] = [:]
        for (number, name) in Self.all(of: row) where table[name.lowercased()] == nil {
            table[name.lowercased()] = number
        }
        tables[row.name] = table
        return table[name.lowercased()]
    }

    func nearest(to name: String, of row: FieldRow) -> String? {
        Suggestions.nearest(to: name, among: Self.all(of: row).map(\.name))
    }

    /// The first few, in quotes.
    func some(of row: FieldRow) -> String? {
        let names = Self.all(of: row).prefix(3).map { "\"\($0.name)\"" }
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    /// In the order of the numbers.
    static func all(of row: FieldRow) -> [(number: UInt64, name: String)] {
        guard let meaning = row.wordsOfFilters ?? row.meaning else { return [] }
        if row.type == .boolean { return [1, 0].compactMap { number in meaning(number).map { (number, $0) } } }
        let end: UInt64 = row.type.bits > 8 ? 0xFFFF : 0xFF
        // The severities and groups of findings are the high bits of their numbers.
        let high: [UInt64] = row.type.bits < 32 ? [] : (1...0xFFF).map { $0 << 20 }
        return (Array(0...end) + high).compactMap { number in meaning(number).map { (number, $0) } }
    }
}
