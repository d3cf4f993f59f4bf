import Configuration
import Yams

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What is wrong with a configuration: the file, the line, what it says, and what could stand there.
package struct SettingsError: Error, CustomStringConvertible, Hashable {
    package let description: String

    init(_ file: String, line: Int? = nil, _ what: String) {
        description = file + (line.map { ":\($0)" } ?? "") + ": " + what
    }
}

/// A YAML file whose settings are asked for by name; in the end, those that nobody asked for are faults as well.
struct SettingsFile {
    let path: String
    private let snapshot: YAMLSnapshot
    /// Where each setting stands, by its full name.
    private let lines: [String: Int]
    /// Names of groups, and of settings that are left empty or said to be none.
    private let groups: Set<String>
    private let absent: Set<String>
    private(set) var asked: Set<String> = []

    init(path: String, text: String) throws(SettingsError) {
        self.path = path
        do {
            let root = try Yams.compose(yaml: text)
            lines = root?.mapping.map { Self.lines(of: $0, behind: "") } ?? [:]
            (groups, absent) = root?.mapping.map { Self.kinds(of: $0, behind: "") } ?? ([], [])
            guard root == nil || root?.mapping != nil else {
                throw SettingsError(path, line: 1, "settings are written \"name: value\", one a line")
            }
            let data = Array((root == nil ? "{}" : text).utf8)
            snapshot = unsafe try YAMLSnapshot(data: data.span.bytes, providerName: path, parsingOptions: .default)
        } catch let error as SettingsError {
            throw error
        } catch let error as YamlError {
            throw SettingsError(path, "\(error)")
        } catch {
            throw SettingsError(path, "\(error)")
        }
    }

    private static func lines(of mapping: Node.Mapping, behind prefix: String) -> [String: Int] {
        var lines: [String: Int] = [:]
        for (key, value) in mapping {
            let name = prefix + (key.string ?? "?")
            lines[name] = key.mark?.line ?? 0
            if let inner = value.mapping { lines.merge(Self.lines(of: inner, behind: name + ".")) { $1 } }
        }
        return lines
    }

    private static func kinds(
        of mapping: Node.Mapping, behind prefix: String
    ) -> (groups: Set<String>, absent: Set<String>) {
        var (groups, absent): (Set<String>, Set<String>) = ([], [])
        for (key, value) in mapping {
            let name = prefix + (key.string ?? "?")
            if let inner = value.mapping {
                groups.insert(name)
                let below = kinds(of: inner, behind: name + ".")
                groups.formUnion(below.groups)
                absent.formUnion(below.absent)
            } else if let text = value.scalar?.string {
                // "none" is a word of its own for rights.
                let isNone = text == "none" && !name.hasSuffix("rights")
                if text.isEmpty || text == "~" || text == "null" || isNone { absent.insert(name) }
            }
        }
        return (groups, absent)
    }

    /// The names right below `prefix`.
    func names(below prefix: String) -> [String] {
        lines.keys.filter { $0.hasPrefix(prefix + ".") }
            .compactMap { $0.dropFirst(prefix.count + 1).split(separator: ".").first.map(String.init) }
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
            .sorted { (lines["\(prefix).\($0)"] ?? 0) < (lines["\(prefix).\($1)"] ?? 0) }
    }

    func error(_ name: String, _ what: String) -> SettingsError {
        SettingsError(path, line: lines[name], "\(name): \(what)")
    }

    /// Whether it says anything.
    func has(_ name: String) -> Bool { lines[name] != nil && !absent.contains(name) }

    private mutating func content(_ name: String, _ type: ConfigType, _ wanted: String) throws(SettingsError)
        -> ConfigContent?
    {
        asked.insert(name)
        guard has(name) else { return nil }
        let key = AbsoluteConfigKey(name.split(separator: ".").map(String.init))
        do {
            guard let value = try snapshot.value(forKey: key, type: type).value else {
                throw error(name, "has to be \(wanted)")
            }
            return value.content
        } catch { throw self.error(name, "has to be \(wanted)") }
    }

    mutating func string(_ name: String) throws(SettingsError) -> String? {
        guard case .string(let value) = try content(name, .string, "text") else { return nil }
        return value
    }

    mutating func int(_ name: String, in range: ClosedRange<Int>) throws(SettingsError) -> Int? {
        guard case .int(let value) = try content(name, .int, "a number") else { return nil }
        guard range.contains(value) else {
            throw error(name, "has to be \(range.lowerBound) … \(range.upperBound)")
        }
        return value
    }

    mutating func bool(_ name: String) throws(SettingsError) -> Bool? {
        guard case .bool(let value) = try content(name, .bool, "true or false") else { return nil }
        return value
    }

    /// A list; one word alone is a list as well.
    mutating func strings(_ name: String) throws(SettingsError) -> [String]? {
        asked.insert(name)
        guard has(name) else { return nil }
        do throws(SettingsError) {
            if case .stringArray(let values) = try content(name, .stringArray, "a list of texts") { return values }
            return nil
        } catch {
            guard let value = try? string(name) else { throw error }
            return [value]
        }
    }

    /// A number of bytes: `1000`, `10 kB`, `1.5 GB`, `4 MiB`.
    mutating func bytes(_ name: String) throws(SettingsError) -> UInt64? {
        guard let text = try string(name) else { return nil }
        guard let value = ByteCount.read(text) else {
            throw error(name, "has to be a number of bytes, such as 500000, 10 MB or 4 GiB")
        }
        return value
    }

    /// Throws for a setting that nobody has asked for: a slip of the pen must not pass for a setting.
    func finish() throws(SettingsError) {
        let known = Set(asked.flatMap(Self.groups))
        for (name, _) in lines.sorted(by: { $0.value < $1.value }) where !asked.contains(name) {
            if known.contains(name) {
                if groups.contains(name) || absent.contains(name) { continue }
                throw error(name, "is a group of settings, which stand below it, indented")
            }
            let near = asked.union(known).min { Self.distance($0, name) < Self.distance($1, name) }
            let hint = near.flatMap { Self.distance($0, name) <= 3 ? "; did you mean \($0)?" : nil } ?? ""
            throw error(name, "there is no such setting\(hint)")
        }
    }

    private static func groups(of name: String) -> [String] {
        let parts = name.split(separator: ".")
        return (1..<max(1, parts.count)).map { parts.prefix($0).joined(separator: ".") }
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
    private static let units: [(String, Double)] = [
        ("kib", 0x1p10), ("mib", 0x1p20), ("gib", 0x1p30), ("tib", 0x1p40), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9),
        ("tb", 1e12), ("k", 1e3), ("m", 1e6), ("g", 1e9), ("t", 1e12), ("b", 1),
    ]

    /// Reads `1000`, `10 kB`, `1.5 GB`, `4 MiB`; nil for anything else.
    package static func read(_ text: String) -> UInt64? {
        var number = text.lowercased().filter { $0 != " " && $0 != "_" }
        var factor = 1.0
        if let unit = units.first(where: { number.hasSuffix($0.0) }) {
            number.removeLast(unit.0.count)
            factor = unit.1
        }
        guard let value = Double(number), value >= 0, value * factor < 0x1p62 else { return nil }
        return UInt64(value * factor)
    }
}
