import Configuration
import Yams

/// The full name of a setting, such as `tls.key`. Its parts are kept apart, for the name of a site may have dots in it.
package struct SettingName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    let parts: [String]

    init(parts: [String]) { self.parts = parts }

    package init(stringLiteral text: String) { parts = text.split(separator: ".").map(String.init) }

    static func + (group: Self, name: Self) -> Self { Self(parts: group.parts + name.parts) }

    /// Those that it stands in, from the outermost on.
    var groups: [Self] { parts.indices.dropFirst().map { Self(parts: Array(parts.prefix($0))) } }

    package var description: String { parts.joined(separator: ".") }
}

/// A YAML file whose settings are asked for by name; in the end, those that nobody asked for are faults as well.
struct SettingsFile {
    private struct Entry {
        let value: Node
        let line: Int
        let column: Int
    }

    let path: String
    /// What the settings say.
    private var values: YAMLSnapshot?
    /// Where they stand, and the groups of them.
    private var entries: [SettingName: Entry] = [:]
    private var asked: Set<SettingName> = []
    private var askedGroups: Set<SettingName> = []

    init(path: String, text: String) throws(SettingsError) {
        self.path = path
        let root: Node?
        do { root = try Yams.compose(yaml: text) } catch { throw SettingsError(path, error, in: text) }
        guard let root = root.map(Self.withRulesAsTexts) else { return }
        guard let mapping = root.mapping else {
            throw SettingsError(path, line: 1, "settings are written \"name: value\", one a line")
        }
        try add(mapping, in: SettingName(parts: []))
        do {
            let data = Array(try Yams.serialize(node: root).utf8)
            values = unsafe try YAMLSnapshot(data: data.span.bytes, providerName: path, parsingOptions: .default)
        } catch { throw SettingsError(path, "\(error)") }
    }

    /// `/folder: list` is a rule in one text, which YAML takes for a mapping where it is not quoted.
    private static func withRulesAsTexts(_ node: Node) -> Node {
        if let elements = node.sequence {
            let texts = elements.flatMap { element in element.mapping.flatMap(rules) ?? [element] }
            return .sequence(Node.Sequence(texts, elements.tag, elements.style, elements.mark))
        }
        guard let mapping = node.mapping else { return node }
        if !mapping.isEmpty, mapping.allSatisfy({ $0.key.string?.hasPrefix("/") == true }), let rules = rules(mapping) {
            return .sequence(Node.Sequence(rules, .implicit, .any, mapping.mark))
        }
        let pairs = mapping.map { ($0.key, withRulesAsTexts($0.value)) }
        return .mapping(Node.Mapping(pairs, mapping.tag, mapping.style, mapping.mark))
    }

    private static func rules(_ mapping: Node.Mapping) -> [Node]? {
        let texts = mapping.compactMap { key, value in
            key.string.flatMap { key in value.scalar.map { "\(key): \($0.string)" } }
        }
        return texts.count == mapping.count ? texts.map { Node($0, .implicit, .doubleQuoted) } : nil
    }

    private mutating func add(_ mapping: Node.Mapping, in group: SettingName) throws(SettingsError) {
        for (key, value) in mapping {
            let line = key.mark?.line ?? 1
            guard let word = key.string else {
                throw SettingsError(path, line: line, "the name of a setting is one word")
            }
            let name = group + SettingName(parts: [word])
            if let other = entries[name] { throw .twice("\(name)", path, line: line, first: other.line) }
            entries[name] = Entry(value: value, line: line, column: key.mark?.column ?? 0)
            if let inner = value.mapping { try add(inner, in: name) }
            if let elements = value.sequence, !elements.allSatisfy({ $0.scalar != nil }) {
                throw error(name, "has to be a list of texts")
            }
        }
    }

    /// The names right below `group`, as they follow one another in the file.
    mutating func names(below group: SettingName) -> [String] {
        askedGroups.insert(group)
        return entries.filter { $0.key.groups.last == group }.sorted { Self.precedes($0, $1) }
            .compactMap(\.key.parts.last)
    }

    private static func precedes(_ one: (key: SettingName, value: Entry), _ other: (key: SettingName, value: Entry))
        -> Bool
    {
        (one.value.line, one.value.column, one.key.description)
            < (other.value.line, other.value.column, other.key.description)
    }

    /// The file, the line and the name, for faults that show later.
    func place(of name: SettingName) -> String { "\(path):\(entries[name]?.line ?? 1): \(name)" }

    func error(_ name: SettingName, _ what: String) -> SettingsError {
        SettingsError(path, line: entries[name]?.line, "\(name): \(what)")
    }

    /// Whether it says anything.
    func has(_ name: SettingName) -> Bool {
        guard let value = entries[name]?.value else { return false }
        guard let text = value.scalar?.string else { return true }
        // "none" is a word of its own for rights.
        let isNone = text == "none" && name.parts.last != "rights"
        return !(text.isEmpty || text == "~" || text == "null" || isNone)
    }

    private mutating func content(
        _ name: SettingName, _ type: ConfigType, _ wanted: String
    ) throws(SettingsError) -> ConfigContent? {
        asked.insert(name)
        guard has(name) else { return nil }
        guard let value = try? values?.value(forKey: AbsoluteConfigKey(name.parts), type: type).value else {
            throw error(name, "has to be \(wanted)")
        }
        return value.content
    }

    mutating func string(_ name: SettingName) throws(SettingsError) -> String? {
        guard case .string(let value) = try content(name, .string, "text") else { return nil }
        return value
    }

    mutating func int(_ name: SettingName, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        guard case .int(let value) = try content(name, .int, "a number") else { return nil }
        guard range.contains(value) else {
            throw error(name, "has to be \(range.lowerBound) … \(range.upperBound)")
        }
        return value
    }

    mutating func bool(_ name: SettingName) throws(SettingsError) -> Bool? {
        guard case .bool(let value) = try content(name, .bool, "true or false") else { return nil }
        return value
    }

    /// A list; one word alone is a list as well.
    mutating func strings(_ name: SettingName) throws(SettingsError) -> [String]? {
        let isList = entries[name]?.value.scalar == nil
        let wanted = "a list of texts"
        switch try content(name, isList ? .stringArray : .string, wanted) {
        case .stringArray(let values): return values
        case .string(let value): return [value]
        default: return nil
        }
    }

    /// A number of bytes: `1000`, `10 kB`, `1.5 GB`, `4 MiB`.
    mutating func bytes(_ name: SettingName) throws(SettingsError) -> UInt64? {
        guard let text = try string(name) else { return nil }
        guard let value = ByteCount.read(text) else {
            throw error(name, "has to be a number of bytes, such as 500000, 10 MB or 4 GiB")
        }
        return value
    }

    /// A number of bytes a second.
    mutating func rate(_ name: SettingName) throws(SettingsError) -> UInt64? {
        let value = try bytes(name)
        guard value != 0 else { throw error(name, "has to be more than nothing; none is for no limit") }
        return value
    }

    /// Throws for a setting that nobody has asked for: a slip of the pen must not pass for a setting.
    func finish() throws(SettingsError) {
        let groups = askedGroups.union(asked.flatMap(\.groups))
        for (name, entry) in entries.sorted(by: { Self.precedes($0, $1) }) where !asked.contains(name) {
            if groups.contains(name) {
                if entry.value.mapping != nil || !has(name) { continue }
                throw error(name, "is a group of settings, which stand below it, indented")
            }
            let (near, distance) =
                asked.union(groups).map { ($0, Self.distance("\($0)", "\(name)")) }.min { $0.1 < $1.1 }
                ?? (name, .max)
            let hint = distance <= 3 ? "; did you mean \(near)?" : ""
            throw error(name, "there is no such setting\(hint)")
        }
    }

    /// How many letters have to be changed (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (index, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let cost = diagonal + (right[column] == letter ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(cost, row[column] + 1, row[column + 1] + 1)
            }
        }
        return row[right.count]
    }
}

/// Numbers of bytes as people write them.
package enum ByteCount {
    private static let units: [(String, UInt64)] = [
        ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("tib", 1 << 40), ("kb", 1_000), ("mb", 1_000_000),
        ("gb", 1_000_000_000), ("tb", 1_000_000_000_000), ("k", 1_000), ("m", 1_000_000), ("g", 1_000_000_000),
        ("t", 1_000_000_000_000), ("b", 1),
    ]

    /// Sizes of files are signed (off_t).
    private static let limit: UInt64 = 1 << 62

    /// Reads `1000`, `10 kB`, `1.5 GB`, `4 MiB`; nil for anything else.
    package static func read(_ text: String) -> UInt64? {
        var number = text.lowercased().filter { $0 != " " && $0 != "_" }
        var factor: UInt64 = 1
        if let unit = units.first(where: { number.hasSuffix($0.0) }) {
            number.removeLast(unit.0.count)
            factor = unit.1
        }
        guard let first = number.first, first.isNumber, number.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
        else { return nil }
        if let whole = UInt64(number) {
            let (value, overflows) = whole.multipliedReportingOverflow(by: factor)
            return overflows || value >= limit ? nil : value
        }
        guard let value = Double(number).map({ $0 * Double(factor) }), value < Double(limit) else { return nil }
        return UInt64(value)
    }
}
