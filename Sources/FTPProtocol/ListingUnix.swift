/// Lines as `ls -l` prints them, in the variants that servers have made of it.
enum UnixListing {
    static func entry(of line: [UInt8], now: Int64?) -> ListingEntry? {
        let words = ListingWords(line)
        // An inode number and a count of blocks may stand in front (ls -i, ls -s).
        guard let first = (0..<3).first(where: { !words[$0].allSatisfy(ASCII.isDigit) }),
            let (type, permissions) = typeAndPermissions(words[first])
        else { return nil }
        for index in (first + 1)..<(first + 10) {
            guard let date = ListingDate(words, at: index, now: now), let size = Size(words, before: index),
                let name = words.rest(after: index + date.wordCount - 1)
            else { continue }
            var entry = ListingEntry(name: name, kind: kind(of: type))
            entry.permissions = displayText(permissions)
            entry.mode = mode(of: permissions)
            entry.size = size.bytes
            entry.modified = date.time
            setOwners(of: &entry, from: words, in: (first + 1)..<max(first + 1, size.firstWord))
            if entry.kind == .link { splitLink(&entry) }
            return entry
        }
        return nil
    }

    /// `drwxr-xr-x` and what may hang on it: `+` for an access control list, `.` for a security context, `@` for
    /// extended attributes.
    private static func typeAndPermissions(_ word: ArraySlice<UInt8>) -> (UInt8, ArraySlice<UInt8>)? {
        guard (10...11).contains(word.count), let type = word.first, "-dlbcpsDCMnP".utf8.contains(type) else {
            return nil
        }
        let permissions = word.dropFirst().prefix(9)
        guard permissions.allSatisfy("rwxsStTlL-".utf8.contains),
            word.count == 10 || word.last.map("+.@".utf8.contains) == true
        else { return nil }
        return (type, permissions)
    }

    private static func kind(of type: UInt8) -> ListingEntry.Kind {
        switch type {
        case UInt8(ascii: "-"): .file
        case UInt8(ascii: "d"): .directory
        case UInt8(ascii: "l"): .link
        default: .other
        }
    }

    /// Three triples of read, write, execute; s and t in place of x are set-user-ID, set-group-ID and sticky.
    private static func mode(of permissions: ArraySlice<UInt8>) -> UInt16 {
        var mode: UInt16 = 0
        for (index, letter) in permissions.enumerated() {
            let bit = UInt16(1) << UInt16(8 - index)
            let special = UInt16(0o4000) >> UInt16(index / 3)
            switch letter {
            case UInt8(ascii: "r"), UInt8(ascii: "w"), UInt8(ascii: "x"): mode |= bit
            case UInt8(ascii: "s"), UInt8(ascii: "t"): mode |= bit | special
            case UInt8(ascii: "S"), UInt8(ascii: "T"), UInt8(ascii: "l"), UInt8(ascii: "L"): mode |= special
            default: break
            }
        }
        return mode
    }

    /// The columns between permissions and size: links, owner, group, of which servers leave out any.
    private static func setOwners(of entry: inout ListingEntry, from words: ListingWords, in range: Range<Int>) {
        var names = range.map(words.text)
        if let links = names.first, links.utf8.allSatisfy(ASCII.isDigit) { names.removeFirst() }
        entry.owner = names.first
        // A group of a Windows domain can hold spaces.
        entry.group = names.count > 1 ? names.dropFirst().joined(separator: " ") : nil
    }

    private static func splitLink(_ entry: inout ListingEntry) {
        let arrow = Array(" -> ".utf8)
        let starts = entry.name.indices.dropLast(arrow.count)
        guard let start = starts.first(where: { entry.name[$0...].starts(with: arrow) }), start > 0 else { return }
        entry.linkTarget = Array(entry.name[(start + arrow.count)...])
        entry.name.removeSubrange(start...)
    }

    /// The column before the date.
    private struct Size {
        /// Nil for a device, which has two numbers in place of a size.
        var bytes: UInt64?
        var firstWord: Int

        init?(_ words: ListingWords, before date: Int) {
            let word = words[date - 1]
            let comma = UInt8(ascii: ",")
            firstWord = date - 1
            if word.contains(comma) {
                guard word.allSatisfy({ ASCII.isDigit($0) || $0 == comma }) else { return nil }
            } else {
                guard let bytes = ASCII.number(word, as: UInt64.self) else { return nil }
                if words[date - 2].last == comma { firstWord = date - 2 } else { self.bytes = bytes }
            }
        }
    }
}
