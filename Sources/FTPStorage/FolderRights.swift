package import FTPProtocol

/// What a user may do in which folder: the rule of the nearest folder above a file holds for it.
package struct FolderRights: Sendable, Hashable {
    package struct Rule: Sendable, Hashable {
        package let folder: ServerPath
        package let rights: Rights

        package init(folder: ServerPath, rights: Rights) {
            self.folder = folder
            self.rights = rights
        }
    }

    /// The deepest folders first.
    private let rules: [Rule]

    /// Where no rule says anything else, `rights` hold.
    package init(_ rights: Rights, rules: [Rule] = []) {
        self.rules =
            (rules + (rules.contains { $0.folder.isRoot } ? [] : [Rule(folder: .root, rights: rights)]))
            .sorted { $0.folder.bytes.count > $1.folder.bytes.count }
    }

    package subscript(_ path: ServerPath) -> Rights {
        rules.first { path.isWithin($0.folder) }?.rights ?? []
    }

    func hasRules(at path: ServerPath) -> Bool { rules.contains { $0.folder == path } }

    /// Whether a folder below `path` has a rule of its own, which moving or removing `path` would get around.
    func hasRules(below path: ServerPath) -> Bool {
        rules.contains { $0.folder != path && $0.folder.isWithin(path) }
    }
}
