import Dissection

/// What `wharf fields` lists, from the same rows that everything else reads.
package enum FieldReference {
    package struct Row: Sendable {
        package let name: String
        /// As `tshark -G fields` has it.
        package let type: String
        package let label: String
        /// What it says, of a field that Wireshark does not have.
        package let ownMeaning: String?
    }

    /// Sorted by name; protocols stand before their fields.
    ///
    /// - Parameter pattern: part of the name, or with `*` all of it; nil for all.
    package static func rows(matching pattern: String? = nil, own: Bool = false) -> [Row] {
        let protocols = ProtocolID.allCases.map {
            Row(name: $0.name, type: FieldType.protocol.name, label: $0.label, ownMeaning: nil)
        }
        let fields = Registry.names.compactMap { name in
            Registry.rows(named: name).first.map {
                Row(name: name, type: $0.row.type.name, label: $0.row.label, ownMeaning: $0.row.ownMeaning)
            }
        }
        return (protocols + fields).filter {
            (pattern.map($0.name.matches) ?? true) && (!own || $0.ownMeaning != nil)
        }.sorted { $0.name < $1.name }
    }
}

extension FieldReference {
    /// All of it as a page of Markdown, protocol by protocol: docs/fields.md.
    package static var markdown: [String] {
        var lines = [
            "# The fields", "",
            "Every name that display filters (`-Y`), `-e`, `--columns` and `-z` know; those of one protocol stand together. "
                + "Names and types are Wireshark's,", "except where a † stands: these are Wharf's own.", "",
            "This page is what `wharf fields --markdown` prints, made from the rows that read the fields. Names of protocols "
                + "are fields too.", "", "## Wharf's own", "",
            "What the sessions and transfers of a capture say about each of its frames. A frame may have several values.",
            "",
            "| name | type | what it says |", "|---|---|---|",
        ]
        lines += rows(own: true).map { "| `\($0.name)` | \($0.type) | \($0.ownMeaning ?? "") |" }
        let all = rows()
        let protocols = ProtocolID.allCases.map(\.name)
        let sections = Dictionary(grouping: all) { row in
            protocols.filter { row.name == $0 || row.name.hasPrefix($0 + ".") }.max { $0.utf8.count < $1.utf8.count }
                ?? ""
        }
        for id in ProtocolID.allCases {
            guard let rows = sections[id.name] else { continue }
            lines += ["", "## \(id.name): \(id.label)"] + table(rows)
        }
        if let rows = sections[""] { lines += ["", "## Of no protocol"] + table(rows) }
        return lines
    }

    private static func table(_ rows: [Row]) -> [String] {
        ["", "| name | type | label |", "|---|---|---|"]
            + rows.map { row in
                "| `\(row.name)`\(row.ownMeaning == nil ? "" : " †") | \(row.type) | "
                    + row.label.replacing("|", with: "\\|").replacing("<", with: "&lt;") + " |"
            }
    }
}

extension String {
    /// Whether the name contains `pattern`, or is like it where it has a `*`.
    fileprivate func matches(_ pattern: String) -> Bool {
        guard pattern.contains("*") else { return contains(pattern.lowercased()) }
        var rest = self[...]
        let parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            if number == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if number == parts.count - 1 {
                return rest.count >= part.count && rest.hasSuffix(part)
            } else if !part.isEmpty {
                guard let found = rest.firstRange(of: part) else { return false }
                rest = rest[found.upperBound...]
            }
        }
        return rest.isEmpty
    }
}
