package import FTPProtocol
import Glibc

/// A user's files in the local file system.
///
/// Rights are asked of where a file really lies, links on the way resolved, and what was asked about is what is then
/// opened, by descriptor: nobody can put another file in between.
package struct LocalStorage: Storage {
    package struct Options: Sendable, Hashable {
        /// Whether an upload is on the disk before 226 is said.
        package var synchronizes = false
        /// Permission bits that new files and directories do not get.
        package var creationMask: UInt16 = 0o022

        package init() {}
    }

    let tree: LocalTree
    let rights: FolderRights
    let quota: Quota?
    let options: Options

    package init(_ tree: LocalTree, rights: FolderRights, quota: Quota? = nil, options: Options = Options()) {
        self.tree = tree
        self.rights = rights
        self.quota = quota
        self.options = options
    }

    func need(_ wanted: Rights, at path: ServerPath) throws(FileError) {
        guard rights[path].isSuperset(of: wanted) else { throw refusal(at: path) }
    }

    /// What is said where the rights do not do: whoever may not list a folder shall not learn what is in it by trying names.
    func refusal(at path: ServerPath) -> FileError {
        rights[path.parent].contains(.list) || rights[path].contains(.list) ? .forbidden : .notFound
    }

    func open(_ path: ServerPath, _ flags: Int32, followsLast: Bool = true) throws(FileError) -> LocalTree.Opened {
        do throws(FileError) { return try tree.open(path, flags, followsLast: followsLast) } catch {
            throw veiled(error, at: path)
        }
    }

    /// The directory that `path` stands in, opened, and the name within it; see ``LocalTree/openParent(of:)``.
    func openParent(
        of path: ServerPath
    ) throws(FileError) -> (directory: LocalTree.Opened, name: [CChar], path: ServerPath) {
        do throws(FileError) { return try tree.openParent(of: path) } catch { throw veiled(error, at: path) }
    }

    /// What `error` would tell of a file to somebody who may not know of it.
    private func veiled(_ error: FileError, at path: ServerPath) -> FileError {
        switch error {
        case .forbidden, .isDirectory, .notDirectory, .badLink: refusal(at: path) == .notFound ? .notFound : error
        default: error
        }
    }

    package func perform(_ request: FileRequest, while isWanted: () -> Bool) -> FileResult {
        do throws(FileError) { return try answer(request, isWanted) } catch { return .failed(error) }
    }

    private func answer(_ request: FileRequest, _ isWanted: () -> Bool) throws(FileError) -> FileResult {
        switch request {
        case .entry(let path): return .entry(try entry(path))
        case .mayEnter(let path): try mayEnter(try open(path, O_PATH | O_DIRECTORY))
        case .mayRename(let path):
            let (directory, name, real) = try openParent(of: path)
            try need(.rename, at: real)
            _ = unsafe try status(directory, name)
        case .mayList(let path): _ = try openListed(path)
        case .size(let path): return .number(try size(path))
        case .makeDirectory(let path): try makeDirectory(path)
        case .removeDirectory(let path, let recursively): try removeDirectory(path, recursively, isWanted)
        case .delete(let path): try delete(path)
        case .rename(let source, let target): try rename(source, target)
        case .setAttributes(let path, let attributes): return .attributes(try setAttributes(path, attributes))
        case .link(let path, let target): try link(path, target)
        case .copy(let source, let target): try copy(source, target, isWanted)
        case .combine(let target, let sources): try combine(target, sources, isWanted)
        case .digest(let path, let algorithm, let range):
            let (digest, covered) = try FileDigest.make(algorithm, of: read(path), range, while: isWanted)
            return .digest(digest, covered)
        case .available(let path): return .number(try available(path))
        case .directorySize(let path): return .number(try usage(of: path, while: isWanted).bytes)
        case .list(let path, let form): return try lines(path, form)
        }
        return .done
    }

    /// Of what is there; what is not, or is refused, is for those who may wait.
    package func performAtOnce(_ request: FileRequest) -> FileResult? {
        do throws(FileError) {
            switch request {
            case .size(let path):
                guard let opened = tree.openAtOnce(path, O_PATH) else { return nil }
                return .number(try size(of: try facts(opened, path.name)))
            case .mayEnter(let path):
                guard let opened = tree.openAtOnce(path, O_PATH | O_DIRECTORY) else { return nil }
                try mayEnter(opened)
                return .done
            default: return nil
            }
        } catch { return nil }
    }

    package func readAtOnce(_ path: ServerPath) -> (any ReadableFile)? {
        tree.openAtOnce(path, Self.readingFlags).flatMap { try? file($0) }
    }

    /// A pipe or a device must not hold up the thread that opens it.
    private static let readingFlags = O_RDONLY | O_NONBLOCK

    package func read(_ path: ServerPath) throws(FileError) -> any ReadableFile {
        try file(try open(path, Self.readingFlags))
    }

    private func file(_ opened: LocalTree.Opened) throws(FileError) -> any ReadableFile {
        try need(.read, at: opened.path)
        var status = stat()
        guard unsafe fstat(opened.descriptor.value, &status) == 0 else { throw .last }
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: throw .isDirectory
        default: throw .forbidden
        }
        return LocalReadableFile(opened.descriptor, size: UInt64(max(0, status.st_size)))
    }

    package func write(
        _ path: ServerPath, _ way: WritingWay, by uploader: String
    ) throws(FileError) -> any WritableFile {
        try LocalUpload.open(path, way, by: uploader, in: self)
    }
}

private final class LocalReadableFile: ReadableFile {
    private let file: OwnedDescriptor
    let size: UInt64

    init(_ file: OwnedDescriptor, size: UInt64) {
        self.file = file
        self.size = size
    }

    var descriptor: Int32? { file.value }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileError) -> Int {
        while true {
            let count = unsafe pread(file.value, buffer.baseAddress, buffer.count, off_t(clamping: offset))
            if count >= 0 { return count }
            if errno != EINTR { throw .last }
        }
    }
}

// MARK: - Questions

extension LocalStorage {
    func status(_ directory: LocalTree.Opened, _ name: UnsafePointer<CChar>) throws(FileError) -> stat {
        var status = stat()
        guard unsafe fstatat(directory.descriptor.value, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw .last }
        return status
    }

    /// Of a link, what it leads to; of one that leads nowhere, the link.
    private func entry(_ path: ServerPath) throws(FileError) -> FileEntry {
        let opened: LocalTree.Opened
        do throws(FileError) { opened = try open(path, O_PATH) } catch {
            guard error == .notFound || error == .badLink, !path.isRoot else { throw error }
            let (directory, name, real) = try openParent(of: path)
            try need(.list, at: real)
            var entry = unsafe FileEntry(name: path.name, try status(directory, name))
            entry.rights = rights[real]
            if entry.kind == .link { entry.target = unsafe Self.target(of: name, in: directory) }
            return entry
        }
        return try self.entry(opened, path.name)
    }

    func entry(_ opened: LocalTree.Opened, _ name: [UInt8]) throws(FileError) -> FileEntry {
        var entry = try facts(opened, name)
        entry.created = created(opened)
        return entry
    }

    /// What needs no look at attributes, which may have to come from the disk.
    private func facts(_ opened: LocalTree.Opened, _ name: [UInt8]) throws(FileError) -> FileEntry {
        guard !rights[opened.path].isDisjoint(with: [.list, .read]) else { throw refusal(at: opened.path) }
        var entry = try entryAsIs(opened, name)
        entry.rights = rights[opened.path]
        return entry
    }

    func entryAsIs(_ opened: LocalTree.Opened, _ name: [UInt8]) throws(FileError) -> FileEntry {
        var status = stat()
        guard unsafe fstat(opened.descriptor.value, &status) == 0 else { throw .last }
        return FileEntry(name: name, status)
    }

    /// What SIZE says: where there is no file yet, what a cut upload has left, at which it can go on.
    private func size(_ path: ServerPath) throws(FileError) -> UInt64 {
        do throws(FileError) {
            return try size(of: try entry(path))
        } catch {
            guard error == .notFound, !rights[path].isDisjoint(with: [.write, .append]) else { throw error }
            let part = path.parent.appending(LocalUpload.partName(of: path.name))
            return try entry(part).size
        }
    }

    private func size(of entry: FileEntry) throws(FileError) -> UInt64 {
        guard entry.kind == .file else { throw entry.kind == .directory ? .isDirectory : .forbidden }
        return entry.size
    }

    private func mayEnter(_ opened: LocalTree.Opened) throws(FileError) {
        guard !rights[opened.path].isEmpty else { throw refusal(at: opened.path) }
        // O_PATH opens what cannot be entered as well.
        guard unsafe faccessat(opened.descriptor.value, ".", X_OK, AT_EACCESS) == 0 else { throw .last }
    }

    private func available(_ path: ServerPath) throws(FileError) -> UInt64 {
        let opened = try open(path, O_PATH)
        guard !rights[opened.path].isEmpty else { throw refusal(at: opened.path) }
        var status = statvfs()
        guard unsafe fstatvfs(opened.descriptor.value, &status) == 0 else { throw .last }
        let (free, isTooMuch) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return min(isTooMuch ? .max : free, quota?.available ?? .max)
    }

    /// No more than a client can be expected to read on the control connection.
    private static let maximumReplyBytes = 1 << 20

    private func lines(_ path: ServerPath, _ form: ListingWriter.Form) throws(FileError) -> FileResult {
        let writer = ListingWriter(form, now: Int64(time(nil)))
        var lines: [UInt8] = []
        var isCut = false
        try list(path, needsFacts: true) { entry in
            isCut = lines.count >= Self.maximumReplyBytes
            if !isCut { writer.append(entry, to: &lines) }
            return !isCut
        }
        return .lines(lines, isCut: isCut)
    }
}
