/// Path names as commands and replies carry them (RFC 959 §5.3.2, appendix II): bytes, mostly UTF-8 (RFC 2640).
package enum Pathname {
    /// `name` in double quotes, each quote in it doubled, as a 257 reply gives it (RFC 959 appendix II).
    package static func quoted(_ name: some Collection<UInt8>) -> [UInt8] {
        [ASCII.quote] + name.flatMap { $0 == ASCII.quote ? [$0, $0] : [$0] } + [ASCII.quote]
    }

    /// The name in the text of a 257 reply.
    ///
    /// Also reads a name in apostrophes, and a bare word that looks like an absolute path. Nil if there is none, or if
    /// a quote is not closed: half a name would be a different one.
    package static func unquoted(reply text: some Collection<UInt8>) -> [UInt8]? {
        if let open = text.firstIndex(of: ASCII.quote) { return quotedName(text[open...].dropFirst()) }
        let text = text.drop(while: ASCII.isSpace)
        let apostrophe = UInt8(ascii: "'")
        if text.first == apostrophe {
            // The last apostrophe closes: within the name they are not doubled.
            let rest = Array(text.dropFirst())
            return rest.lastIndex(of: apostrophe).map { Array(rest[..<$0]) }
        }
        let word = Array(text.prefix { !ASCII.isSpace($0) })
        return isAbsolute(word) ? word : nil
    }

    /// The name in front of the first quote that is not doubled.
    private static func quotedName(_ text: some Collection<UInt8>) -> [UInt8]? {
        var name: [UInt8] = []
        var rest = text.makeIterator()
        while let byte = rest.next() {
            if byte == ASCII.quote, rest.next() != ASCII.quote { return name }
            name.append(byte)
        }
        return nil
    }

    /// Whether `name` begins at a root: `/`, `\`, or a drive such as `C:`.
    package static func isAbsolute(_ name: [UInt8]) -> Bool {
        guard let first = name.first else { return false }
        return first == ASCII.slash || first == ASCII.backslash || drive(of: name) != nil
    }

    /// The absolute form of the `argument` of a command, given in the working `directory`.
    ///
    /// `.`, `..` and repeated slashes are resolved by their text alone; `..` at the root stays there. Backslashes
    /// separate only in paths that begin like one of Windows, elsewhere they belong to names; they come out as slashes.
    /// With an unknown directory (nil) a relative argument is given back as it was said.
    package static func resolve(_ argument: [UInt8], against directory: [UInt8]?) -> [UInt8] {
        if isAbsolute(argument) { return normalized(argument) }
        guard let directory else { return argument }
        guard !argument.isEmpty else { return normalized(directory) }
        let separator = isWindows(directory) && !directory.contains(ASCII.slash) ? ASCII.backslash : ASCII.slash
        return normalized(directory + [separator] + argument)
    }

    /// The name behind the last separator: `c` of `/a/b/c` and of `/a/b/c/`; `/` of the root.
    package static func lastComponent(_ path: some Collection<UInt8>) -> [UInt8] {
        let path = Array(path)
        guard let last = components(path).last else { return path.isEmpty ? [] : [ASCII.slash] }
        return Array(last)
    }

    private static func normalized(_ path: [UInt8]) -> [UInt8] {
        let drive = drive(of: path) ?? []
        let isRooted = isAbsolute(path)
        var kept: [ArraySlice<UInt8>] = []
        for component in components(path) where !component.elementsEqual(".".utf8) {
            if !component.elementsEqual("..".utf8) {
                kept.append(component)
            } else if let last = kept.last, !last.elementsEqual("..".utf8) {
                kept.removeLast()
            } else if !isRooted {
                kept.append(component)
            }
        }
        let joined = Array(kept.joined(separator: [ASCII.slash]))
        return drive + (isRooted ? [ASCII.slash] : []) + joined
    }

    /// The parts between separators, without empty ones and without a drive.
    private static func components(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
        let isWindows = isWindows(path)
        return path.dropFirst(drive(of: path)?.count ?? 0)
            .split { $0 == ASCII.slash || (isWindows && $0 == ASCII.backslash) }
    }

    private static func isWindows(_ path: [UInt8]) -> Bool {
        path.first == ASCII.backslash || drive(of: path) != nil
    }

    /// `C:` at the start of a path, if a separator or nothing follows it.
    private static func drive(of path: [UInt8]) -> [UInt8]? {
        guard path.count >= 2, path[1] == UInt8(ascii: ":"), ASCII.isLetter(path[0]) else { return nil }
        guard path.count == 2 || path[2] == ASCII.slash || path[2] == ASCII.backslash else { return nil }
        return Array(path[..<2])
    }
}
