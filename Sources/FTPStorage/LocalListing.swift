package import FTPProtocol
import Glibc

extension LocalStorage {
    /// What a path is to a listing.
    enum Listed {
        case folder(LocalTree.Opened)
        case matches(NamePattern, LocalTree.Opened)
        case file(FileEntry)
    }

    /// Opens what is to be listed; throws where that cannot be, or may not.
    func openListed(_ path: ServerPath) throws(FileError) -> Listed {
        let opened: LocalTree.Opened
        do throws(FileError) {
            opened = try open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
        } catch {
            if error == .notDirectory { return .file(try file(path)) }
            // Only what nothing is called by can be a pattern: brackets and asterisks are lawful in names.
            guard error == .notFound, NamePattern.isOne(path.name) else { throw error }
            let parent = try open(path.parent, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
            try need(.list, at: parent.path)
            return .matches(NamePattern(path.name), parent)
        }
        try need(.list, at: opened.path)
        return .folder(opened)
    }

    private func file(_ path: ServerPath) throws(FileError) -> FileEntry {
        let (directory, name, real) = try openParent(of: path)
        try need(.list, at: real)
        var entry = unsafe FileEntry(name: path.name, try status(directory, name))
        entry.rights = rights[real]
        return entry
    }

    package func list(
        _ path: ServerPath, needsFacts: Bool, _ emit: (FileEntry) -> Bool
    ) throws(FileError) {
        switch try openListed(path) {
        case .folder(let folder): try forEachEntry(of: folder, matching: nil, needsFacts, emit)
        case .matches(let pattern, let folder): try forEachEntry(of: folder, matching: pattern, needsFacts, emit)
        case .file(let entry): _ = emit(entry)
        }
    }

    private func forEachEntry(
        of directory: LocalTree.Opened, matching pattern: NamePattern?, _ needsFacts: Bool,
        _ emit: (FileEntry) -> Bool
    ) throws(FileError) {
        let folderRights = rights[directory.path]
        unsafe try DirectoryNames(of: directory).forEach { text in
            let name = unsafe DirectoryNames.text(text)
            // What no line could name.
            if name.contains(where: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) { return true }
            if let pattern, !pattern.matches(name) { return true }
            guard needsFacts else {
                return emit(FileEntry(name: name, kind: .file, modified: FTPTime(seconds: 0)))
            }
            var status = stat()
            // One that went away meanwhile is left out.
            guard unsafe fstatat(directory.descriptor.value, text, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                return true
            }
            var entry = FileEntry(name: name, status)
            if entry.kind == .link { entry.target = unsafe Self.target(of: text, in: directory) }
            entry.rights = entry.kind == .directory ? rights[directory.path.appending(name)] : folderRights
            return emit(entry)
        }
    }

    static func target(of name: UnsafePointer<CChar>, in directory: LocalTree.Opened) -> [UInt8] {
        let size = Int(PATH_MAX)
        let target = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let length = unsafe buffer.withMemoryRebound(to: CChar.self) {
                unsafe readlinkat(directory.descriptor.value, name, $0.baseAddress!, size)
            }
            count = max(0, length)
        }
        return target.map { $0 < 0x20 ? UInt8(ascii: "?") : $0 }
    }
}

/// A pattern for names, `*.txt`: `*` is any number of bytes, `?` one, `[a-c]` one of a set.
///
/// Matching takes at most pattern × name steps, whatever the pattern: only the last asterisk is ever tried again
/// (CVE-2011-0418 was about servers that tried them all).
struct NamePattern {
    private let pattern: [UInt8]

    init(_ pattern: [UInt8]) { self.pattern = pattern }

    static func isOne(_ name: [UInt8]) -> Bool {
        name.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[") }
    }

    func matches(_ name: [UInt8]) -> Bool {
        var (place, position) = (0, 0)
        var retry: (place: Int, position: Int)?
        while position < name.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                retry = (place + 1, position)
                place += 1
            } else if let next = step(at: place, name[position]) {
                place = next
                position += 1
            } else if let last = retry {
                retry = (last.place, last.position + 1)
                (place, position) = (last.place, last.position + 1)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Behind what stands at `place`, if that takes `byte`.
    private func step(at place: Int, _ byte: UInt8) -> Int? {
        guard place < pattern.count else { return nil }
        switch pattern[place] {
        case UInt8(ascii: "?"): return place + 1
        case UInt8(ascii: "["):
            guard let close = pattern[(place + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { break }
            var set = pattern[(place + 1)..<close]
            let isNegated = set.first == UInt8(ascii: "!") || set.first == UInt8(ascii: "^")
            if isNegated { set = set.dropFirst() }
            return Self.contains(set, byte) != isNegated ? close + 1 : nil
        default: break
        }
        return pattern[place] == byte ? place + 1 : nil
    }

    private static func contains(_ set: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
        var rest = set
        while let first = rest.popFirst() {
            if rest.first == UInt8(ascii: "-"), rest.count > 1 {
                let last = rest[rest.startIndex + 1]
                rest = rest.dropFirst(2)
                if first <= byte, byte <= last { return true }
            } else if first == byte {
                return true
            }
        }
        return false
    }
}
