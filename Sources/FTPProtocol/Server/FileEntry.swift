/// What a server knows of one file, for listings and facts.
package struct FileEntry: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case file, directory, link, other
    }

    package var name: [UInt8]
    package var kind: Kind
    /// In bytes.
    package var size: UInt64 = 0
    package var modified: FTPTime
    /// When it was made, where the file system tells.
    package var created: FTPTime?
    /// Permission bits, 0 … 0o7777.
    package var mode: UInt16 = 0
    package var links: UInt32 = 1
    package var owner: UInt32 = 0
    package var group: UInt32 = 0
    /// Device and inode: equal for two names of one file.
    package var device: UInt64 = 0
    package var inode: UInt64 = 0
    /// Where a link leads.
    package var target: [UInt8]?
    /// What the user of the session may do with it.
    package var rights: Rights = []

    package init(name: [UInt8], kind: Kind, modified: FTPTime) {
        self.name = name
        self.kind = kind
        self.modified = modified
    }
}

/// What a user may do in a folder.
package struct Rights: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let list = Rights(rawValue: 1)
    package static let read = Rights(rawValue: 2)
    /// Make files; to write over those that exist takes ``delete`` as well.
    package static let write = Rights(rawValue: 4)
    package static let append = Rights(rawValue: 8)
    package static let delete = Rights(rawValue: 16)
    package static let rename = Rights(rawValue: 32)
    package static let makeDirectory = Rights(rawValue: 64)

    package static let readOnly: Rights = [.list, .read]
    package static let all: Rights = [.list, .read, .write, .append, .delete, .rename, .makeDirectory]

    /// The words that configurations use, in the order in which they are printed.
    package static let names: [(word: String, right: Rights)] = [
        ("list", .list), ("read", .read), ("write", .write), ("append", .append), ("delete", .delete),
        ("rename", .rename), ("mkdir", .makeDirectory),
    ]

    /// Reads `list read write`, with spaces or commas; also `all`, `none` and `read-only`. Nil for any other word.
    package init?(words: String) {
        var rights: Rights = []
        for word in words.split(whereSeparator: { $0 == " " || $0 == "," }) {
            switch word {
            case "all": rights.formUnion(.all)
            case "read-only": rights.formUnion(.readOnly)
            case "none": break
            default:
                guard let named = Self.names.first(where: { $0.word == word }) else { return nil }
                rights.formUnion(named.right)
            }
        }
        self = rights
    }

    package var words: String {
        if self == .all { return "all" }
        let words = Self.names.filter { contains($0.right) }.map(\.word)
        return words.isEmpty ? "none" : words.joined(separator: " ")
    }
}

/// A fact of MLST that a server can tell (RFC 3659 §7.5).
package enum FileFact: UInt8, CaseIterable, Sendable {
    case type, size, modify, create, perm, unique, mode, owner, group

    package var name: String {
        switch self {
        case .type: "type"
        case .size: "size"
        case .modify: "modify"
        case .create: "create"
        case .perm: "perm"
        case .unique: "unique"
        case .mode: "UNIX.mode"
        case .owner: "UNIX.owner"
        case .group: "UNIX.group"
        }
    }

    init?(name: some StringProtocol) {
        let name = name.lowercased()
        guard let fact = Self.allCases.first(where: { $0.name.lowercased() == name }) else { return nil }
        self = fact
    }
}

/// Which facts a session wants.
package struct FileFacts: OptionSet, Hashable, Sendable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) { self.rawValue = rawValue }
    package init(_ fact: FileFact) { rawValue = 1 << fact.rawValue }

    package static let initial = FileFacts([
        .init(.type), .init(.size), .init(.modify), .init(.perm), .init(.unique), .init(.mode),
    ])

    package func contains(_ fact: FileFact) -> Bool { contains(FileFacts(fact)) }
}
