package import FTPProtocol
import Glibc

extension LocalStorage {
    package func list(
        _ path: ServerPath, needsFacts: Bool, _ emit: (FileEntry) -> Bool
    ) throws(FileError) {
        let opened: LocalTree.Opened
        do throws(FileError) {
            opened = try open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
        } catch {
            if error == .notDirectory { return try listFile(path, emit) }
            // Only what nothing is called by can be a pattern: brackets and asterisks are lawful in names.
            guard error == .notFound, NamePattern.isOne(path.name) else { throw error }
            return try listMatches(path, needsFacts, emit)
        }
        try need(.list, at: opened.path)
        try forEachEntry(of: opened, matching: nil, needsFacts, emit)
    }

    private func listFile(_ path: ServerPath, _ emit: (FileEntry) -> Bool) throws(FileError) {
        let (directory, name, real) = try openParent(of: path)
        try need(.list, at: real)
        var entry = FileEntry(name: path.name, try status(directory, name))
        entry.rights = rights[real]
        _ = emit(entry)
    }

    private func listMatches(
        _ path: ServerPath, _ needsFacts: Bool, _ emit: (FileEntry) -> Bool
    ) throws(FileError) {
        let opened = try open(path.parent, O_RDONLY | O_DIRECTORY | O_NONBLOCK)
        try need(.list, at: opened.path)
        try forEachEntry(of: opened, matching: NamePattern(path.name), needsFacts, emit)
    }

    private func forEachEntry(
        of directory: LocalTree.Opened, matching pattern: NamePattern?, _ needsFacts: Bool,
        _ emit: (FileEntry) -> Bool
    ) throws(FileError) {
        let names = try Self.names(in: directory)
        let folderRights = rights[directory.path]
        for name in names {
            if let pattern, !pattern.matches(name) { continue }
            var entry = FileEntry(name: name, kind: .file, modified: FTPTime(seconds: 0))
            if needsFacts {
                var status = stat()
                let text = name.map { CChar(bitPattern: $0) } + [0]
                // One that went away meanwhile is left out.
                guard unsafe fstatat(directory.descriptor.value, text, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                    continue
                }
                entry = FileEntry(name: name, status)
                if entry.kind == .link { entry.target = Self.target(of: text, in: directory) }
                entry.rights =
                    entry.kind == .directory ? rights[directory.path.appending(name)] : folderRights
            }
            guard emit(entry) else { return }
        }
    }

    /// Sorted by their bytes, without `.` and `..`, and without what no line could name.
    static func names(in directory: LocalTree.Opened) throws(FileError) -> [[UInt8]] {
        // fdopendir(3) takes the descriptor over.
        let own = dup(directory.descriptor.value)
        guard own >= 0 else { throw .last }
        guard let stream = unsafe fdopendir(own) else {
            close(own)
            throw .last
        }
        defer { unsafe closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: UInt8.self, capacity: 256) {
                    unsafe Array(
                        UnsafeBufferPointer(
                            start: $0, count: strlen(UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))))
                }
            }
            if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
            if name.contains(where: { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "\n") }) { continue }
            names.append(name)
        }
        names.sort { $0.lexicographicallyPrecedes($1) }
        return names
    }

    static func target(of name: [CChar], in directory: LocalTree.Opened) -> [UInt8] {
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
