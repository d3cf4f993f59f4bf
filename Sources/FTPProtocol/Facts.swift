/// One line of an MLSD listing or MLST reply: `type=file;size=1024;modify=20240131120000; name` (RFC 3659 §7).
package struct Facts: Hashable, Sendable {
    /// A fact; its name is folded to lower case, its value is as it came.
    package struct Fact: Hashable, Sendable {
        /// In lower case, as names of facts have no case (RFC 3659 §7.2).
        package var name: String
        /// The bytes between `=` and `;`.
        package var value: [UInt8]

        /// A fact whose `name` is in lower case.
        package init(name: String, value: [UInt8]) {
            self.name = name
            self.value = value
        }
    }

    /// The most facts kept of one line.
    package static let maximumCount = 64

    /// In the order of the line.
    package var list: [Fact]
    /// The path name, which may hold spaces and semicolons.
    package var name: [UInt8]

    /// A line to be written; see ``line``.
    package init(list: [Fact], name: [UInt8]) {
        self.list = list
        self.name = name
    }

    /// Reads a line without its end; the one space in front of an MLST line is the caller's to drop.
    ///
    /// The facts end at the first `; `, or at a first space if the last semicolon is missing. Nil without such a space,
    /// without a name, or if a fact has no name and `=`.
    package init?(line: some Collection<UInt8>) {
        let line = Array(line)
        let separator = UInt8(ascii: ";")
        let end = line.indices.first { line[$0] == ASCII.space && ($0 == 0 || line[$0 - 1] == separator) }
        guard let end = end ?? line.firstIndex(of: ASCII.space), end + 1 < line.count else { return nil }
        name = Array(line[(end + 1)...])
        list = []
        for fact in line[..<end].split(separator: separator).prefix(Self.maximumCount) {
            guard let equals = fact.firstIndex(of: UInt8(ascii: "=")), equals > fact.startIndex,
                !fact[..<equals].contains(ASCII.space)
            else { return nil }
            list.append(
                Fact(name: displayText(fact[..<equals]).lowercased(), value: Array(fact[(equals + 1)...])))
        }
    }

    /// The value of the fact `name`, which is given in lower case.
    package subscript(_ name: String) -> [UInt8]? { list.first { $0.name == name }?.value }

    /// The line in the form of RFC 3659 §7.2, without its end.
    package var line: [UInt8] {
        var line: [UInt8] = []
        for fact in list {
            line += fact.name.utf8
            line += "=".utf8
            line += fact.value
            line += ";".utf8
        }
        return line + [ASCII.space] + name
    }
}

extension Facts {
    /// The `type` fact; `OS.unix=slink:target` is the form for symbolic links that is in use.
    package var kind: ListingEntry.Kind {
        guard let value = self["type"] else { return .unknown }
        switch displayText(value).lowercased() {
        case "file": return .file
        case "dir": return .directory
        case "cdir": return .currentDirectory
        case "pdir": return .parentDirectory
        case let other where other.hasPrefix("os.unix=slink") || other.hasPrefix("os.unix=symlink"): return .link
        default: return .other
        }
    }

    /// In bytes; `sizd` is what some servers call the size of a directory.
    package var size: UInt64? { (self["size"] ?? self["sizd"]).flatMap { ASCII.number($0, as: UInt64.self) } }

    /// The time of last change; nil if it is missing or impossible.
    package var modified: FTPTime? { self["modify"].flatMap { FTPTime($0) } }

    /// The time of creation; nil if it is missing or impossible.
    package var created: FTPTime? { self["create"].flatMap { FTPTime($0) } }

    /// The letters of RFC 3659 §7.5.5: what this user may do with it.
    package var permissions: String? { self["perm"].map { displayText($0) } }

    /// Equal for two names of the same file (RFC 3659 §7.5.2).
    package var unique: String? { self["unique"].map { displayText($0) } }

    /// Permission bits, 0 … 0o7777.
    package var mode: UInt16? {
        self["unix.mode"].flatMap { UInt16(displayText($0), radix: 8) }.flatMap { $0 <= 0o7777 ? $0 : nil }
    }

    /// The name of the owner, or else the number.
    package var owner: String? { (self["unix.ownername"] ?? self["unix.owner"]).map { displayText($0) } }

    /// The name of the group, or else the number.
    package var group: String? { (self["unix.groupname"] ?? self["unix.group"]).map { displayText($0) } }

    /// Where a link leads, if the server tells.
    package var linkTarget: [UInt8]? {
        guard kind == .link, let type = self["type"], let colon = type.firstIndex(of: UInt8(ascii: ":")) else {
            return nil
        }
        return Array(type[(colon + 1)...])
    }
}
