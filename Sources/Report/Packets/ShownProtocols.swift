/// Which parts of a tree are written in full, as `-j` and `-J` choose them; others say only that they were left out.
package struct ShownProtocols: Sendable {
    private let names: Set<String>
    private let hasSubtrees: Bool

    /// - Parameters:
    ///   - names: of protocols and fields, separated by spaces.
    ///   - hasSubtrees: whether what lies below the fields of a chosen protocol is shown too (`-J`), or only where it is
    ///     chosen itself (`-j`).
    package init(_ names: String, hasSubtrees: Bool) {
        self.names = Set(names.split(separator: " ").map(String.init))
        self.hasSubtrees = hasSubtrees
    }

    func hasProtocol(_ name: String) -> Bool { names.contains(name) }
    /// Of a protocol that is shown.
    func hasField(_ name: String) -> Bool { hasSubtrees || names.contains(name) }
}
