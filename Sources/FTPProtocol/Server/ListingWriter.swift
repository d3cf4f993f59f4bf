import Bytes

/// Writes listings: lines for people, bare names, and facts.
package struct ListingWriter: Sendable {
    package enum Form: Sendable, Hashable {
        /// LIST: what `ls -l` prints, which clients have learnt to read.
        case people
        /// NLST: the name alone (RFC 959 §4.1.3), behind what the client itself wrote before it.
        case names(prefix: [UInt8])
        /// MLSD and MLST (RFC 3659 §7).
        case facts(FileFacts)
    }

    package let form: Form
    /// Seconds since 1970: what decides between the time of day and the year in a line for people.
    package let now: Int64

    package init(_ form: Form, now: Int64) {
        self.form = form
        self.now = now
    }

    /// Of the names of a file, or of those that a pattern selects, and not of a directory: before each stands what the client
    /// wrote before the last `/`.
    package static func besides(_ form: Form) -> Form {
        guard case .names(let prefix) = form, let slash = prefix.dropLast().lastIndex(of: ASCII.slash) else {
            if case .names = form { return .names(prefix: []) }
            return form
        }
        return .names(prefix: Array(prefix[...slash]))
    }

    /// Appends the line of `entry`, with its end; times are UTC.
    package func append(_ entry: FileEntry, to output: inout [UInt8]) {
        switch form {
        case .people: appendPeople(entry, to: &output)
        case .names(let prefix): output += prefix + entry.name
        case .facts(let facts): appendFacts(facts, of: entry, named: entry.name, type: nil, to: &output)
        }
        output.append(UInt8(ascii: "\r"))
        output.append(UInt8(ascii: "\n"))
    }

    /// Appends facts, a space and `name`; `type` stands in for the entry's own, as `cdir` does.
    package func appendFacts(
        _ facts: FileFacts, of entry: FileEntry, named name: [UInt8], type: StaticString?, to output: inout [UInt8]
    ) {
        if facts.contains(.type) { appendType(of: entry, type, to: &output) }
        output.append(atMost: Self.maximumFacts) { text in
            if facts.contains(.size), entry.kind == .file {
                text.put("size=")
                text.put(decimal: entry.size)
                text.put(UInt8(ascii: ";"))
            }
            if facts.contains(.modify) { Self.put("modify=", entry.modified, in: &text) }
            if facts.contains(.create), let created = entry.created { Self.put("create=", created, in: &text) }
            if facts.contains(.perm) { Self.putPermissions(of: entry, in: &text) }
            if facts.contains(.unique) {
                text.put("unique=")
                text.put(hexadecimal: entry.device)
                text.put(UInt8(ascii: "g"))
                text.put(hexadecimal: entry.inode)
                text.put(UInt8(ascii: ";"))
            }
            if facts.contains(.mode) { Self.putMode(entry.mode, in: &text) }
            if facts.contains(.owner) { Self.put("UNIX.owner=", entry.owner, in: &text) }
            if facts.contains(.group) { Self.put("UNIX.group=", entry.group, in: &text) }
            text.put(ASCII.space)
        }
        output += name
    }

    /// More than all facts but the type take.
    private static let maximumFacts = 256

    private func appendType(of entry: FileEntry, _ type: StaticString?, to output: inout [UInt8]) {
        output.append("type=")
        switch entry.kind {
        case _ where type != nil: if let type { output.append(type) }
        case .file: output.append("file")
        case .directory: output.append("dir")
        case .link:
            output.append("OS.unix=slink:")
            // A semicolon would end the fact.
            output += (entry.target ?? []).filter { $0 != UInt8(ascii: ";") }
        case .other: output.append("OS.unix=special")
        }
        output.append(UInt8(ascii: ";"))
    }

    /// Without a fraction, which RFC 3659 §2.3 allows and many clients cannot read.
    private static func put(_ name: StaticString, _ time: FTPTime, in text: inout TextPieces) {
        let civil = CivilTime(secondsSince1970: time.seconds)
        text.put(name)
        text.put(decimal: UInt64(civil.year), digits: 4)
        text.put(decimal: UInt64(civil.month), digits: 2)
        text.put(decimal: UInt64(civil.day), digits: 2)
        text.put(decimal: UInt64(civil.hour), digits: 2)
        text.put(decimal: UInt64(civil.minute), digits: 2)
        text.put(decimal: UInt64(civil.second), digits: 2)
        text.put(UInt8(ascii: ";"))
    }

    private static func put(_ name: StaticString, _ number: UInt32, in text: inout TextPieces) {
        text.put(name)
        text.put(decimal: UInt64(number))
        text.put(UInt8(ascii: ";"))
    }

    /// In octal, with the leading zero of C.
    private static func putMode(_ mode: UInt16, in text: inout TextPieces) {
        text.put("UNIX.mode=0")
        for shift: UInt16 in [9, 6, 3, 0] where shift == 0 || mode >> shift > 0 {
            text.put(UInt8(ascii: "0") + UInt8(mode >> shift & 7))
        }
        text.put(UInt8(ascii: ";"))
    }

    /// The letters of RFC 3659 §7.5.5.
    private static func putPermissions(of entry: FileEntry, in text: inout TextPieces) {
        let rights = entry.rights
        text.put("perm=")
        if entry.kind == .directory {
            if rights.contains(.write) { text.put(UInt8(ascii: "c")) }
            if rights.contains(.delete) { text.put(UInt8(ascii: "d")) }
            text.put(UInt8(ascii: "e"))
            if rights.contains(.rename) { text.put(UInt8(ascii: "f")) }
            if rights.contains(.list) { text.put(UInt8(ascii: "l")) }
            if rights.contains(.makeDirectory) { text.put(UInt8(ascii: "m")) }
            if rights.contains(.delete) { text.put(UInt8(ascii: "p")) }
        } else {
            if rights.contains(.append) { text.put(UInt8(ascii: "a")) }
            if rights.contains(.delete) { text.put(UInt8(ascii: "d")) }
            if rights.contains(.rename) { text.put(UInt8(ascii: "f")) }
            if rights.contains(.read) { text.put(UInt8(ascii: "r")) }
            // What is there is replaced only by somebody who may delete it.
            if rights.isSuperset(of: [.write, .delete]) { text.put(UInt8(ascii: "w")) }
        }
        text.put(UInt8(ascii: ";"))
    }

    private func appendPeople(_ entry: FileEntry, to output: inout [UInt8]) {
        output.append(atMost: 128) { text in
            Self.putMode(of: entry, in: &text)
            text.put(ASCII.space)
            text.put(decimal: UInt64(entry.links), width: 4)
            text.put(" ftp      ftp      ")
            text.put(decimal: entry.size, width: 12)
            text.put(ASCII.space)
            put(entry.modified, in: &text)
            text.put(ASCII.space)
        }
        output += entry.name
        if entry.kind == .link, let target = entry.target {
            output.append(" -> ")
            output += target
        }
    }

    private static func putMode(of entry: FileEntry, in text: inout TextPieces) {
        switch entry.kind {
        case .file: text.put(UInt8(ascii: "-"))
        case .directory: text.put(UInt8(ascii: "d"))
        case .link: text.put(UInt8(ascii: "l"))
        case .other: text.put(UInt8(ascii: "?"))
        }
        for shift: UInt16 in [6, 3, 0] {
            let bits = entry.mode >> shift
            text.put(bits & 4 != 0 ? UInt8(ascii: "r") : UInt8(ascii: "-"))
            text.put(bits & 2 != 0 ? UInt8(ascii: "w") : UInt8(ascii: "-"))
            text.put(bits & 1 != 0 ? UInt8(ascii: "x") : UInt8(ascii: "-"))
        }
    }

    /// `Jan 31 12:00` within half a year of now, else `Jan 31  2024`.
    private func put(_ time: FTPTime, in text: inout TextPieces) {
        let civil = CivilTime(secondsSince1970: time.seconds)
        text.put(CivilTime.months[civil.month - 1])
        text.put(ASCII.space)
        text.put(decimal: UInt64(civil.day), width: 2)
        text.put(ASCII.space)
        let age = now - time.seconds
        if age < 182 * 86_400, age > -86_400 {
            text.put(decimal: UInt64(civil.hour), digits: 2)
            text.put(UInt8(ascii: ":"))
            text.put(decimal: UInt64(civil.minute), digits: 2)
        } else {
            text.put(decimal: UInt64(civil.year), width: 5)
        }
    }
}

extension FTPTime {
    /// Without a fraction, which RFC 3659 §2.3 allows and many clients cannot read.
    var wholeSeconds: FTPTime { FTPTime(seconds: seconds) }
}
