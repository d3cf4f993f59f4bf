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
        if facts.contains(.type) {
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
        if facts.contains(.size), entry.kind == .file {
            output.append("size=")
            output.append(decimal: entry.size)
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.modify) {
            output.append("modify=")
            output += "\(entry.modified.wholeSeconds)".utf8
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.create), let created = entry.created {
            output.append("create=")
            output += "\(created.wholeSeconds)".utf8
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.perm) {
            output.append("perm=")
            Self.appendPermissions(of: entry, to: &output)
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.unique) {
            output.append("unique=")
            output += String(entry.device, radix: 16).utf8
            output.append(UInt8(ascii: "g"))
            output += String(entry.inode, radix: 16).utf8
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.mode) {
            output.append("UNIX.mode=0")
            output += String(entry.mode, radix: 8).utf8
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.owner) {
            output.append("UNIX.owner=")
            output.append(decimal: UInt64(entry.owner))
            output.append(UInt8(ascii: ";"))
        }
        if facts.contains(.group) {
            output.append("UNIX.group=")
            output.append(decimal: UInt64(entry.group))
            output.append(UInt8(ascii: ";"))
        }
        output.append(ASCII.space)
        output += name
    }

    /// The letters of RFC 3659 §7.5.5.
    private static func appendPermissions(of entry: FileEntry, to output: inout [UInt8]) {
        let rights = entry.rights
        if entry.kind == .directory {
            if rights.contains(.write) { output.append(UInt8(ascii: "c")) }
            if rights.contains(.delete) { output.append(UInt8(ascii: "d")) }
            output.append(UInt8(ascii: "e"))
            if rights.contains(.rename) { output.append(UInt8(ascii: "f")) }
            if rights.contains(.list) { output.append(UInt8(ascii: "l")) }
            if rights.contains(.makeDirectory) { output.append(UInt8(ascii: "m")) }
            if rights.contains(.delete) { output.append(UInt8(ascii: "p")) }
        } else {
            if rights.contains(.append) { output.append(UInt8(ascii: "a")) }
            if rights.contains(.delete) { output.append(UInt8(ascii: "d")) }
            if rights.contains(.rename) { output.append(UInt8(ascii: "f")) }
            if rights.contains(.read) { output.append(UInt8(ascii: "r")) }
            // What is there is replaced only by somebody who may delete it.
            if rights.isSuperset(of: [.write, .delete]) { output.append(UInt8(ascii: "w")) }
        }
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private func appendPeople(_ entry: FileEntry, to output: inout [UInt8]) {
        Self.appendMode(entry, to: &output)
        output.append(ASCII.space)
        output.append(decimal: UInt64(entry.links), width: 4)
        output.append(" ftp      ftp      ")
        output.append(decimal: entry.size, width: 12)
        output.append(ASCII.space)
        appendTime(entry.modified, to: &output)
        output.append(ASCII.space)
        output += entry.name
        if entry.kind == .link, let target = entry.target {
            output.append(" -> ")
            output += target
        }
    }

    private static func appendMode(_ entry: FileEntry, to output: inout [UInt8]) {
        switch entry.kind {
        case .file: output.append(UInt8(ascii: "-"))
        case .directory: output.append(UInt8(ascii: "d"))
        case .link: output.append(UInt8(ascii: "l"))
        case .other: output.append(UInt8(ascii: "?"))
        }
        for shift in stride(from: 6, through: 0, by: -3) {
            let bits = entry.mode >> shift
            output.append(bits & 4 != 0 ? UInt8(ascii: "r") : UInt8(ascii: "-"))
            output.append(bits & 2 != 0 ? UInt8(ascii: "w") : UInt8(ascii: "-"))
            output.append(bits & 1 != 0 ? UInt8(ascii: "x") : UInt8(ascii: "-"))
        }
    }

    /// `Jan 31 12:00` within half a year of now, else `Jan 31  2024`.
    private func appendTime(_ time: FTPTime, to output: inout [UInt8]) {
        let civil = CivilTime(secondsSince1970: time.seconds)
        output += Self.months[civil.month - 1].utf8
        output.append(ASCII.space)
        output.append(decimal: UInt64(civil.day), width: 2)
        output.append(ASCII.space)
        let age = now - time.seconds
        if age < 182 * 86_400, age > -86_400 {
            output.append(decimal: UInt64(civil.hour), digits: 2)
            output.append(UInt8(ascii: ":"))
            output.append(decimal: UInt64(civil.minute), digits: 2)
        } else {
            output.append(decimal: UInt64(civil.year), width: 5)
        }
    }
}

extension FTPTime {
    /// Without a fraction, which RFC 3659 §2.3 allows and many clients cannot read.
    var wholeSeconds: FTPTime { FTPTime(seconds: seconds) }
}
