import CLinux
import FTPProtocol
import Glibc
import Synchronization

/// A file that is being received.
///
/// A new file is written under a name of its own, `NAME.wharf-part`, and gets its real name by rename(2) when it is
/// whole: nobody ever sees half a file under its name, and what a cut upload has left can be gone on with. What is
/// appended to a file, or written into the middle of one (REST), goes to the file itself.
final class LocalUpload: WritableFile {
    static let partSuffix = ".wharf-part"

    let path: ServerPath
    let start: UInt64
    private let file: OwnedDescriptor
    private let directory: LocalTree.Opened
    /// Nil where the file itself is written.
    private let partName: [CChar]?
    private let isUnique: Bool
    private let storage: LocalStorage
    /// How far the file reaches, and was booked in the quota.
    private let size: Mutex<UInt64>

    private init(
        _ path: ServerPath, _ file: OwnedDescriptor, in directory: LocalTree.Opened, partName: [CChar]?, start: UInt64,
        size: UInt64, isUnique: Bool, _ storage: LocalStorage
    ) {
        self.path = path
        self.file = file
        self.directory = directory
        self.partName = partName
        self.start = start
        self.isUnique = isUnique
        self.storage = storage
        self.size = Mutex(size)
    }

    /// Names of parts are nobody's to give: what has one would be taken for the beginning of somebody's upload.
    static func refusePart(_ name: [UInt8]) throws(FileError) {
        if name.suffix(partSuffix.utf8.count).elementsEqual(partSuffix.utf8) { throw .nameNotAllowed }
    }

    /// Keeps uploads from beginning to write the file that is called so, as long as what is given is kept; nil where none could.
    /// Throws ``FileError/busy`` if one is writing it: it would be told that all is well, and what it has booked is its own to give back.
    static func claim(
        _ name: UnsafePointer<CChar>, in directory: LocalTree.Opened
    ) throws(FileError) -> OwnedDescriptor? {
        let descriptor = unsafe openat(
            directory.descriptor.value, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        let file = OwnedDescriptor(descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy }
        return file
    }

    /// The name of what is not whole yet.
    static func partName(of name: [UInt8]) -> [UInt8] {
        let suffix = Array(partSuffix.utf8)
        guard name.count + suffix.count > Int(NAME_MAX) else { return name + suffix }
        // Two long names that begin alike must not share a part.
        let hash = name.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let mark = Array("~\(String(hash, radix: 16))".utf8)
        return Array(name.prefix(Int(NAME_MAX) - suffix.count - mark.count)) + mark + suffix
    }

    static func open(
        _ path: ServerPath, _ way: WritingWay, by uploader: String, in storage: LocalStorage
    ) throws(FileError) -> LocalUpload {
        let (directory, name, real) = try storage.openParent(of: path)
        guard name.count <= Int(NAME_MAX) + 1 else { throw .nameTooLong }
        try refusePart(path.name)
        switch way {
        case .unique:
            try storage.need(.write, at: real)
            return try openUnique(path, directory, uploader, storage)
        case .store(let offset):
            try storage.need(.write, at: real)
            let existing = try existingFile(directory, name, storage)
            // What is there is replaced, or changed in the middle, only by somebody who may delete it.
            guard existing == nil || storage.rights[real].contains(.delete) else { throw .exists }
            if offset == 0 { return try openPart(path, directory, .begin, existing, uploader, storage) }
            if let part = try openPart(ifThere: path, directory, .goOn(offset), uploader, storage) { return part }
            guard existing != nil else { throw .beyondEnd }
            return try openInPlace(path, directory, name, offset, storage)
        case .append:
            try storage.need(.append, at: real)
            if try existingFile(directory, name, storage) != nil {
                return try openInPlace(path, directory, name, nil, storage)
            }
            if let part = try openPart(ifThere: path, directory, .append, uploader, storage) { return part }
            try storage.need(.write, at: real)
            return try openPart(path, directory, .begin, nil, uploader, storage)
        }
    }

    /// Of what already has the name; nil if nothing has.
    private static func existingFile(
        _ directory: LocalTree.Opened, _ name: [CChar], _ storage: LocalStorage
    ) throws(FileError) -> stat? {
        let status: stat
        do throws(FileError) { status = unsafe try storage.status(directory, name) } catch {
            if error == .notFound { return nil }
            throw error
        }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: throw .isDirectory
        // A link is replaced, not written through, but a pipe or a device is nothing to store into.
        case S_IFREG, S_IFLNK: return status
        default: throw .forbidden
        }
    }

    private enum Continuation {
        case begin
        case goOn(UInt64)
        case append
    }

    private static func openPart(
        ifThere path: ServerPath, _ directory: LocalTree.Opened, _ way: Continuation, _ uploader: String,
        _ storage: LocalStorage
    ) throws(FileError) -> LocalUpload? {
        let part = partName(of: path.name).map { CChar(bitPattern: $0) } + [0]
        guard let status = unsafe try? storage.status(directory, part), status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        return try openPart(path, directory, way, nil, uploader, storage)
    }

    private static func openPart(
        _ path: ServerPath, _ directory: LocalTree.Opened, _ way: Continuation, _ existing: stat?,
        _ uploader: String, _ storage: LocalStorage
    ) throws(FileError) -> LocalUpload {
        let part = partName(of: path.name).map { CChar(bitPattern: $0) } + [0]
        let isThere = unsafe (try? storage.status(directory, part)) != nil
        if !isThere { try storage.quota?.book(bytes: 0, files: 1) }
        let mode =
            existing.flatMap { $0.st_mode & S_IFMT == S_IFREG ? mode_t($0.st_mode & 0o777) : nil }
            ?? mode_t(0o666 & ~storage.options.creationMask)
        let making = isThere ? 0 : O_CREAT | O_EXCL
        let descriptor = unsafe openat(
            directory.descriptor.value, part, O_WRONLY | making | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            // Another session may have made or removed it in this very moment.
            let error: FileError = errno == EEXIST || (isThere && errno == ENOENT) ? .busy : .last
            if !isThere { storage.quota?.release(bytes: 0, files: 1) }
            throw error
        }
        let file = OwnedDescriptor(descriptor)
        // Two uploads of one name would be woven into each other.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, try isStill(part, in: directory, descriptor, storage) else {
            throw .busy
        }
        let mayDelete = storage.rights[directory.path.appending(path.name)].contains(.delete)
        guard mayDelete || isPart(descriptor, of: uploader) else { throw .forbidden }
        if case .begin = way { mark(descriptor, as: uploader) }
        let size = try size(of: descriptor)
        let start: UInt64 =
            switch way {
            case .begin: 0
            case .goOn(let offset): offset
            case .append: size
            }
        guard start <= size else { throw .beyondEnd }
        // What stood behind the place to go on at may be of another try.
        guard ftruncate(descriptor, off_t(clamping: start)) == 0 else { throw .last }
        storage.quota?.release(bytes: size - start)
        return LocalUpload(
            path, file, in: directory, partName: part, start: start, size: start, isUnique: false, storage)
    }

    private static let uploaderAttribute = "user.wharf.uploader"

    /// Whether somebody may go on with a part. Where the file system keeps no attributes, whoever may write there.
    private static func isPart(_ descriptor: Int32, of uploader: String) -> Bool {
        var name = [UInt8](repeating: 0, count: 256)
        let count = unsafe fgetxattr(descriptor, uploaderAttribute, &name, name.count)
        return count < 0 || name[..<count].elementsEqual(uploader.utf8.prefix(name.count))
    }

    private static func mark(_ descriptor: Int32, as uploader: String) {
        let name = Array(uploader.utf8.prefix(256))
        unsafe fsetxattr(descriptor, uploaderAttribute, name, name.count, 0)
    }

    private static func openInPlace(
        _ path: ServerPath, _ directory: LocalTree.Opened, _ name: [CChar], _ offset: UInt64?, _ storage: LocalStorage
    ) throws(FileError) -> LocalUpload {
        let descriptor = unsafe openat(
            directory.descriptor.value, name, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        // What a link leads to is written under its own name.
        guard descriptor >= 0 else { throw errno == ELOOP ? .forbidden : .last }
        let file = OwnedDescriptor(descriptor)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { throw .busy }
        let size = try size(of: descriptor)
        guard (offset ?? 0) <= size else { throw .beyondEnd }
        return LocalUpload(
            path, file, in: directory, partName: nil, start: offset ?? size, size: size, isUnique: false, storage)
    }

    private static func openUnique(
        _ path: ServerPath, _ directory: LocalTree.Opened, _ uploader: String, _ storage: LocalStorage
    ) throws(FileError) -> LocalUpload {
        try storage.quota?.book(bytes: 0, files: 1)
        for number in 0..<10_000 {
            let name = number == 0 ? path.name : path.name + Array(".\(number)".utf8)
            let part = partName(of: name).map { CChar(bitPattern: $0) } + [0]
            if unsafe (try? storage.status(directory, name.map { CChar(bitPattern: $0) } + [0])) != nil { continue }
            let descriptor = unsafe openat(
                directory.descriptor.value, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                mode_t(0o666 & ~storage.options.creationMask))
            if descriptor < 0, errno == EEXIST { continue }
            guard descriptor >= 0 else { break }
            let file = OwnedDescriptor(descriptor)
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { continue }
            mark(descriptor, as: uploader)
            return LocalUpload(
                path.parent.appending(name), file, in: directory, partName: part, start: 0,
                size: 0, isUnique: true, storage)
        }
        let error = FileError.last
        storage.quota?.release(bytes: 0, files: 1)
        throw error
    }

    /// Whether nobody has given the file another name since it was opened: then it would be somebody's whole file.
    private static func isStill(
        _ name: [CChar], in directory: LocalTree.Opened, _ descriptor: Int32, _ storage: LocalStorage
    ) throws(FileError) -> Bool {
        var own = stat()
        guard unsafe fstat(descriptor, &own) == 0 else { throw .last }
        guard let there = unsafe try? storage.status(directory, name) else { return false }
        return there.st_ino == own.st_ino && there.st_dev == own.st_dev
    }

    private static func size(of descriptor: Int32) throws(FileError) -> UInt64 {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .forbidden }
        return UInt64(max(0, status.st_size))
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(FileError) {
        let end = offset + UInt64(bytes.count)
        let size = size.withLock { $0 }
        if end > size {
            try storage.quota?.book(bytes: end - size)
            self.size.withLock { $0 = end }
        }
        var (rest, offset) = unsafe (bytes, offset)
        while unsafe !rest.isEmpty {
            let count = unsafe pwrite(file.value, rest.baseAddress, rest.count, off_t(clamping: offset))
            if count < 0 {
                if errno == EINTR { continue }
                throw .last
            }
            offset += UInt64(count)
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func commit() throws(FileError) {
        try makeWhole()
        release()
    }

    /// Whoever is told that the upload is over finds the file free, though this object may live a little longer.
    private func release() { _ = flock(file.value, LOCK_UN) }

    private func makeWhole() throws(FileError) {
        if storage.options.synchronizes, fsync(file.value) != 0 { throw .last }
        guard let partName else { return }
        let name = path.name.map { CChar(bitPattern: $0) } + [0]
        // A name that somebody else has taken meanwhile stays his, unless it could be deleted first.
        let replaces = !isUnique && storage.rights[directory.path.appending(path.name)].contains(.delete)
        let replaced = unsafe replaces ? try? storage.status(directory, name) : nil
        // Who appends to it just now shall not do so in vain; the part stays for another try.
        let claim = replaced == nil ? nil : unsafe try Self.claim(name, in: directory)
        defer { withExtendedLifetime(claim) {} }
        let status = unsafe wharf_renameat2(
            directory.descriptor.value, partName, directory.descriptor.value, name, replaces ? 0 : 1)
        guard status == 0 else { throw .last }
        unsafe fremovexattr(file.value, Self.uploaderAttribute)
        if let replaced { storage.quota?.release(bytes: Quota.bytes(of: replaced), files: 1) }
        if storage.options.synchronizes { fsync(directory.descriptor.value) }
    }

    func abandon() {
        defer { release() }
        // The file may have become shorter than was booked for it, when the disk was full.
        let real = (try? Self.size(of: file.value)) ?? 0
        size.withLock { size in
            storage.quota?.release(bytes: size - min(size, real))
            size = real
        }
        // Of nothing, nothing can be gone on with.
        guard let partName, real == 0, unsafe unlinkat(directory.descriptor.value, partName, 0) == 0 else { return }
        storage.quota?.release(bytes: 0, files: 1)
    }

    func discard() {
        // What stood before `start` was there before, or there was nothing.
        _ = ftruncate(file.value, off_t(clamping: start))
        abandon()
    }
}
