import Dissection

/// What `wharf fields` lists, from the same rows that everything else reads.
package enum FieldReference {
    package struct Row: Sendable {
        package let name: String
        /// As `tshark -G fields` has it.
        package let type: String
        package let label: String
    }

    /// Sorted by name; protocols stand before their fields.
    ///
    /// - Parameter pattern: part of the name, or with `*` all of it; nil for all.
    package static func rows(matching pattern: String? = nil) -> [Row] {
        let protocols = ProtocolID.allCases.map { Row(name: $0.name, type: FieldType.protocol.name, label: $0.label) }
        let fields = Registry.names.compactMap { name in
            Registry.rows(named: name).first.map { Row(name: name, type: $0.row.type.name, label: $0.row.label) }
        }
        return (protocols + fields).filter { pattern.map($0.name.matches) ?? true }.sorted { $0.name < $1.name }
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
