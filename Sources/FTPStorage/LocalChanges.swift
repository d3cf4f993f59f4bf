import CLinux
package import FTPProtocol
import Glibc

/// What makes, removes, renames and sets.
extension LocalStorage {
    func makeDirectory(_ path: ServerPath) throws(FileError) {
        let (directory, name, real) = try openParent(of: path)
        try need(.makeDirectory, at: real)
        try LocalUpload.refusePart(path.name)
        try quota?.book(bytes: 0, files: 1)
        guard unsafe mkdirat(directory.descriptor.value, name, mode_t(0o777 & ~options.creationMask)) == 0 else {
            let error = FileError.last
            quota?.release(bytes: 0, files: 1)
            throw error
        }
    }

    func removeDirectory(
        _ path: ServerPath, _ recursively: Bool, _ isWanted: () -> Bool
    ) throws(FileError) {
        let (directory, name, real) = try openParent(of: path)
        try need(.delete, at: real)
        guard recursively else { return try removeEmpty(name, in: directory.descriptor) }
        guard !rights.hasRules(below: real) else { throw .forbidden }
        try removeTree(name, in: directory.descriptor, isWanted)
    }

    private func removeEmpty(_ name: [CChar], in parent: OwnedDescriptor) throws(FileError) {
        guard unsafe unlinkat(parent.value, name, AT_REMOVEDIR) == 0 else { throw .last }
        quota?.release(bytes: 0, files: 1)
    }

    /// A folder that is being emptied.
    private struct Emptied {
        let name: [CChar]
        /// Folders in it that are still to be emptied.
        var folders: [[CChar]]
        let parent: (device: dev_t, inode: ino_t)
    }

    /// Removes a folder with everything in it, however deep: one folder is open at a time, and the way back up is by `..`,
    /// which has to lead to where the way down came from.
    private func removeTree(
        _ name: [CChar], in parent: OwnedDescriptor, _ isWanted: () -> Bool
    ) throws(FileError) {
        var current = parent
        var way: [Emptied] = []
        var next: [CChar]? = name
        repeat {
            guard isWanted() else { throw .aborted }
            if let name = next {
                let place = try Self.identity(of: current)
                current = try Self.openFolder(name, in: current)
                way.append(Emptied(name: name, folders: try removeFiles(in: current), parent: place))
            } else {
                let emptied = way.removeLast()
                current = try Self.openFolder(Array("..".utf8CString), in: current)
                guard try Self.identity(of: current) == emptied.parent else { throw .busy }
                try removeEmpty(emptied.name, in: current)
            }
            next = way.isEmpty ? nil : way[way.count - 1].folders.popLast()
        } while !way.isEmpty
    }

    /// Gives the folders that are left.
    private func removeFiles(in folder: OwnedDescriptor) throws(FileError) -> [[CChar]] {
        let opened = LocalTree.Opened(descriptor: folder, path: .root)
        var folders: [[CChar]] = []
        unsafe try DirectoryNames(of: opened).forEach { name throws(FileError) in
            let status = try unsafe status(opened, name)
            if status.st_mode & S_IFMT == S_IFDIR {
                folders.append(unsafe Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1)))
            } else {
                let claim = unsafe try LocalUpload.claim(name, in: opened)
                defer { withExtendedLifetime(claim) {} }
                guard unsafe unlinkat(folder.value, name, 0) == 0 else { throw .last }
                quota?.release(bytes: Quota.bytes(of: status), files: 1)
            }
            return true
        }
        return folders
    }

    private static func openFolder(_ name: [CChar], in parent: OwnedDescriptor) throws(FileError) -> OwnedDescriptor {
        let folder = unsafe openat(parent.value, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { throw .last }
        return OwnedDescriptor(folder)
    }

    private static func identity(of folder: OwnedDescriptor) throws(FileError) -> (device: dev_t, inode: ino_t) {
        var status = stat()
        guard unsafe fstat(folder.value, &status) == 0 else { throw .last }
        return (status.st_dev, status.st_ino)
    }

    func delete(_ path: ServerPath) throws(FileError) {
        let (directory, name, real) = try openParent(of: path)
        try need(.delete, at: real)
        let status = unsafe try status(directory, name)
        guard status.st_mode & S_IFMT != S_IFDIR else { throw .isDirectory }
        let claim = unsafe try LocalUpload.claim(name, in: directory)
        defer { withExtendedLifetime(claim) {} }
        guard unsafe unlinkat(directory.descriptor.value, name, 0) == 0 else { throw .last }
        quota?.release(bytes: Quota.bytes(of: status), files: 1)
    }

    /// What is already called so is replaced only by somebody who may delete it.
    func rename(_ source: ServerPath, _ target: ServerPath) throws(FileError) {
        let (from, name, realSource) = try openParent(of: source)
        let (to, newName, realTarget) = try openParent(of: target)
        try need(.rename, at: realSource)
        try need(from.path == to.path ? .rename : .write, at: realTarget)
        // To where other rights hold, a file is moved only by somebody who could fetch it, store it and delete it.
        if rights[realSource] != rights[realTarget] { try need([.read, .delete], at: realSource) }
        try LocalUpload.refusePart(target.name)
        // Folders with rules of their own stay where the rules say they are.
        guard !rights.hasRules(at: realSource), !rights.hasRules(below: realSource),
            !rights.hasRules(below: realTarget)
        else { throw .forbidden }
        let replaces = rights[realTarget].contains(.delete)
        var claims = [unsafe try LocalUpload.claim(name, in: from)]
        defer { withExtendedLifetime(claims) {} }
        var replaced: stat?
        // Two names of one file both stay (rename(2)).
        if replaces, let there = unsafe try? status(to, newName), let moved = unsafe try? status(from, name),
            there.st_ino != moved.st_ino || there.st_dev != moved.st_dev
        {
            replaced = there
            claims.append(unsafe try LocalUpload.claim(newName, in: to))
        }
        let status = unsafe wharf_renameat2(
            from.descriptor.value, name, to.descriptor.value, newName, replaces ? 0 : 1)
        guard status == 0 else { throw .last }
        if let replaced { quota?.release(bytes: Quota.bytes(of: replaced), files: 1) }
    }

    /// Gives what was set, as it is now: what a file system cannot hold it may set otherwise.
    func setAttributes(_ path: ServerPath, _ wanted: FileAttributes) throws(FileError) -> FileAttributes {
        let opened = try open(path, O_PATH)
        // What is there is changed only by somebody who may delete it.
        try need([.write, .delete], at: opened.path)
        let name = Self.name(of: opened.descriptor)
        // What fails most often comes first, so that nothing is changed then.
        if let created = wanted.created { try setCreated(name, created) }
        // Files of guests that run as somebody else are nothing that an FTP server should make.
        if let mode = wanted.mode, unsafe fchmodat(AT_FDCWD, name, mode_t(mode & 0o1777), 0) != 0 { throw .last }
        if let modified = wanted.modified { try setModified(name, modified) }
        let now = try entryAsIs(opened, path.name)
        return FileAttributes(
            modified: wanted.modified.map { _ in now.modified },
            created: wanted.created.flatMap { _ in created(opened) },
            mode: wanted.mode.map { _ in now.mode })
    }

    private func setModified(_ name: String, _ time: FTPTime) throws(FileError) {
        var times = [
            timespec(tv_sec: 0, tv_nsec: UTIME_OMIT),
            timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds)),
        ]
        guard unsafe utimensat(AT_FDCWD, name, &times, 0) == 0 else { throw .last }
    }

    private static let createdAttribute = "user.wharf.created"

    /// Linux lets nobody set the time of birth, so what a client says of it stands beside the file.
    private func setCreated(_ name: String, _ time: FTPTime) throws(FileError) {
        let text = Array("\(time)".utf8)
        guard unsafe setxattr(name, Self.createdAttribute, text, text.count, 0) == 0 else { throw .last }
    }

    func created(_ opened: LocalTree.Opened) -> FTPTime? {
        var text = [UInt8](repeating: 0, count: 32)
        let count = unsafe getxattr(Self.name(of: opened.descriptor), Self.createdAttribute, &text, text.count)
        return count > 0 ? FTPTime(text[..<count]) : nil
    }

    /// The very file that was opened, by a name that chmod(2) and its kin take.
    private static func name(of descriptor: OwnedDescriptor) -> String { "/proc/self/fd/\(descriptor.value)" }

    func link(_ path: ServerPath, _ target: [UInt8]) throws(FileError) {
        let (directory, name, real) = try openParent(of: path)
        try need(.write, at: real)
        try LocalUpload.refusePart(path.name)
        try quota?.book(bytes: 0, files: 1)
        let text = target.map { CChar(bitPattern: $0) } + [0]
        guard unsafe symlinkat(text, directory.descriptor.value, name) == 0 else {
            let error = FileError.last
            quota?.release(bytes: 0, files: 1)
            throw error
        }
    }

    func copy(_ source: ServerPath, _ target: ServerPath, _ isWanted: () -> Bool) throws(FileError) {
        let file = try read(source)
        let copy = try write(target, .store(offset: 0), by: Self.copying)
        do throws(FileError) {
            _ = try Self.copy(file, to: copy, at: 0, isWanted)
            try copy.commit()
        } catch {
            copy.discard()
            throw error
        }
    }

    /// What is copied here is nobody's upload.
    private static let copying = ""

    /// All are open at once.
    private static let maximumSources = 100

    func combine(
        _ target: ServerPath, _ sources: [ServerPath], _ isWanted: () -> Bool
    ) throws(FileError) {
        guard sources.count <= Self.maximumSources else { throw .busy }
        let files = try sources.map { (source) throws(FileError) in
            try need(.delete, at: try openParent(of: source).path)
            return try read(source)
        }
        // Names may lead to one file by links, and what is combined is deleted afterwards.
        var seen = Set(
            (try? [Self.identity(of: open(target, O_PATH).descriptor)])?.map { [$0.device, $0.inode] } ?? [])
        for source in sources {
            let identity = try Self.identity(of: try open(source, O_PATH).descriptor)
            guard seen.insert([identity.device, identity.inode]).inserted else { throw .nameNotAllowed }
        }
        let whole = try write(target, .append, by: Self.copying)
        do throws(FileError) {
            var position = whole.start
            for file in files { position = try Self.copy(file, to: whole, at: position, isWanted) }
            try whole.commit()
        } catch {
            whole.discard()
            throw error
        }
        for source in sources { try delete(source) }
    }

    /// The position behind the copy.
    private static func copy(
        _ file: any ReadableFile, to target: any WritableFile, at start: UInt64, _ isWanted: () -> Bool
    ) throws(FileError) -> UInt64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { unsafe buffer.deallocate() }
        var offset: UInt64 = 0
        // Not further than it reached before: it may be the target by another name, and grow with it.
        while offset < file.size {
            let room = min(buffer.count, Int(clamping: file.size - offset))
            let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<room])
            let count = unsafe try file.read(into: piece, at: offset)
            guard count > 0 else { break }
            unsafe try target.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), at: start + offset)
            offset += UInt64(count)
            guard isWanted() else { throw .aborted }
        }
        return start + offset
    }

    /// Bytes and files of everything below `path`.
    package func usage(
        of path: ServerPath, while isWanted: () -> Bool = { true }
    ) throws(FileError) -> (bytes: UInt64, files: UInt64) {
        let opened = try open(path, O_RDONLY | O_DIRECTORY)
        guard !rights[opened.path].isEmpty else { throw refusal(at: opened.path) }
        var (bytes, files): (UInt64, UInt64) = (0, 0)
        // One folder is open at a time, however deep they are.
        var folders = [opened.path]
        while let folder = folders.popLast() {
            guard isWanted() else { throw .aborted }
            guard !rights[folder].isEmpty,
                let directory = try? open(folder, O_RDONLY | O_DIRECTORY, followsLast: false)
            else { continue }
            try? unsafe DirectoryNames(of: directory).forEach { name in
                guard let status = try? unsafe status(directory, name) else { return true }
                files += 1
                // Files with holes may claim more than there is.
                bytes =
                    bytes.addingReportingOverflow(Quota.bytes(of: status)).overflow
                    ? .max : bytes + Quota.bytes(of: status)
                if status.st_mode & S_IFMT == S_IFDIR {
                    folders.append(folder.appending(unsafe DirectoryNames.text(name)))
                }
                return true
            }
        }
        return (bytes, files)
    }
}
