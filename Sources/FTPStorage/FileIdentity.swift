import CLinux
package import FTPProtocol
import Glibc

/// A user of this machine, for the file system's own permissions: while a thread works for somebody, the kernel takes it for
/// that user (setfsuid(2)), and files that it makes are that user's. Needs root.
package struct FileIdentity: Sendable, Hashable {
    package let user: UInt32
    package let group: UInt32
    /// Supplementary groups.
    package let groups: [UInt32]

    package init(user: UInt32, group: UInt32, groups: [UInt32]) {
        self.user = user
        self.group = group
        self.groups = groups
    }

    /// Gives up what setfsuid(2) leaves: CAP_SYS_RESOURCE, by which root passes the quotas and reserves of a disk. To be called
    /// before there are other threads.
    package static func keepWithinQuotas() { _ = wharf_drop_capability(24) }

    /// Calls `body` as this user; throws ``FileError/forbidden`` where the kernel does not allow that.
    func assume<Result>(_ body: () throws(FileError) -> Result) throws(FileError) -> Result {
        let count = max(0, getgroups(0, nil))
        var own = [UInt32](repeating: 0, count: Int(count))
        _ = unsafe getgroups(count, &own)
        defer {
            // In this order: only root may take its groups back.
            _ = wharf_thread_setfsuid(geteuid())
            _ = wharf_thread_setfsgid(getegid())
            _ = unsafe wharf_thread_setgroups(own.count, own)
        }
        guard unsafe wharf_thread_setgroups(groups.count, groups) == 0 else { throw .forbidden }
        _ = wharf_thread_setfsgid(group)
        _ = wharf_thread_setfsuid(user)
        // The call gives the identity that was there before, and no error.
        guard wharf_thread_setfsuid(user) == user else { throw .forbidden }
        return try body()
    }
}

/// Somebody else's files, reached as that user.
package struct IdentifiedStorage: Storage {
    private let base: LocalStorage
    private let identity: FileIdentity

    package init(_ base: LocalStorage, as identity: FileIdentity) {
        self.base = base
        self.identity = identity
    }

    package func perform(_ request: FileRequest, while isWanted: () -> Bool) -> FileResult {
        do throws(FileError) {
            return try identity.assume { () throws(FileError) in base.perform(request, while: isWanted) }
        } catch { return .failed(error) }
    }

    package func read(_ path: ServerPath) throws(FileError) -> any ReadableFile {
        try identity.assume { () throws(FileError) in try base.read(path) }
    }

    package func write(
        _ path: ServerPath, _ way: WritingWay, by uploader: String
    ) throws(FileError) -> any WritableFile {
        let file = try identity.assume { () throws(FileError) in try base.write(path, way, by: uploader) }
        return IdentifiedFile(base: file, identity: identity)
    }

    package func list(
        _ path: ServerPath, needsFacts: Bool, _ emit: (FileEntry) -> Bool
    ) throws(FileError) {
        // Whoever takes them may hand them to other threads, which would begin with the identity of this one.
        let entries = try identity.assume { () throws(FileError) in
            var entries: [FileEntry] = []
            try base.list(path, needsFacts: needsFacts) { entry in
                entries.append(entry)
                return true
            }
            return entries
        }
        for entry in entries where !emit(entry) { return }
    }
}

/// What is written is written by its descriptor; what is renamed and removed, as the user.
private struct IdentifiedFile: WritableFile {
    let base: any WritableFile
    let identity: FileIdentity

    var path: ServerPath { base.path }
    var start: UInt64 { base.start }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(FileError) {
        unsafe try base.write(bytes, at: offset)
    }

    func commit() throws(FileError) {
        try identity.assume { () throws(FileError) in try base.commit() }
    }

    func abandon() {
        try? identity.assume { () throws(FileError) in base.abandon() }
    }

    func discard() {
        try? identity.assume { () throws(FileError) in base.discard() }
    }
}
