import CLinux
package import FTPProtocol
import Glibc

/// What <fcntl.h> and <sys/stat.h> keep from programs that do not ask for GNU's own.
let O_PATH: Int32 = 0o10_000_000
let UTIME_OMIT = (1 << 30) - 2

/// A directory of the local file system, and what lies below it: no path leads out of it, whatever links are in it and
/// whoever changes them meanwhile, for the kernel itself keeps every step of a path within (openat2(2)).
package final class LocalTree: Sendable {
    /// RESOLVE_NO_XDEV, NO_MAGICLINKS, NO_SYMLINKS, IN_ROOT and CACHED of openat2(2).
    private static let noOtherDevice: UInt64 = 0x01
    private static let noMagicLinks: UInt64 = 0x02
    private static let noSymbolicLinks: UInt64 = 0x04
    private static let inRoot: UInt64 = 0x10
    private static let cached: UInt64 = 0x20

    /// Ext, XFS, Btrfs, F2FS, tmpfs and overlays (statfs(2)): where a name is in memory, nobody else has to be asked for its file.
    private static let localFileSystems: Set<Int64> = [
        0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x0102_1994, 0x794C_7630,
    ]

    /// How often a path with ".." in its links is followed while others rename files.
    private static let maximumTries = 1000

    private let root: OwnedDescriptor
    /// Whether files can be opened at once.
    let isLocal: Bool
    /// Where the root is, links resolved.
    package let path: [UInt8]

    /// The directory at `path`, a path of this machine; throws ``FileError`` if it cannot be opened.
    package init(_ path: String) throws(FileError) {
        let descriptor = unsafe Glibc.open(path, O_PATH | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .last }
        root = OwnedDescriptor(descriptor)
        guard let real = Self.realPath(of: descriptor) else { throw .failed }
        self.path = real
        isLocal = Self.localFileSystems.contains(wharf_file_system_type(descriptor))
    }

    /// Whether `path` is still this directory, and not another one that has taken its place.
    package func isStillThere(_ path: String) -> Bool {
        var (own, other) = (stat(), stat())
        return unsafe fstat(root.value, &own) == 0 && fstatat(AT_FDCWD, path, &other, 0) == 0
            && own.st_ino == other.st_ino
            && own.st_dev == other.st_dev
    }

    /// Something opened, and where it really lies: links on the way may have led to another folder of the tree.
    struct Opened {
        let descriptor: OwnedDescriptor
        let path: ServerPath
    }

    /// Opens what is at `path`; `flags` are those of open(2), without O_CREAT.
    func open(_ path: ServerPath, _ flags: Int32, followsLast: Bool = true) throws(FileError) -> Opened {
        // openat2(2) refuses what has no meaning together: a path that is not opened cannot become a terminal.
        let terminal = flags & O_PATH == 0 ? O_NOCTTY : 0
        let flags = UInt64(flags | O_CLOEXEC | terminal | (followsLast ? 0 : O_NOFOLLOW))
        let name = path.relative.map { CChar(bitPattern: $0) } + [0]
        // Without a link on the way, which is the rule, the path is what it says.
        let direct = unsafe wharf_openat2(
            root.value, name, flags, 0, Self.inRoot | Self.noMagicLinks | Self.noSymbolicLinks)
        if direct >= 0 { return Opened(descriptor: OwnedDescriptor(direct), path: path) }
        guard errno == ELOOP else { throw .last }
        var (linked, tries): (Int32, Int) = (-1, 0)
        repeat {
            linked = unsafe wharf_openat2(root.value, name, flags, 0, Self.inRoot | Self.noMagicLinks)
            tries += 1
            // Something was renamed, anywhere, while ".." was followed: openat2(2) leaves it to us to try again.
        } while linked < 0 && errno == EAGAIN && tries < Self.maximumTries
        guard linked >= 0 else { throw .last }
        let descriptor = OwnedDescriptor(linked)
        guard let real = place(of: linked) else { throw .badLink }
        return Opened(descriptor: descriptor, path: real)
    }

    /// Opens what is at `path` if that needs no waiting for a disk, or for anybody; nil if it does, if there are links on the
    /// way, or if it cannot be opened.
    func openAtOnce(_ path: ServerPath, _ flags: Int32) -> Opened? {
        guard isLocal else { return nil }
        let name = path.relative.map { CChar(bitPattern: $0) } + [0]
        let resolving = Self.inRoot | Self.noMagicLinks | Self.noSymbolicLinks | Self.noOtherDevice | Self.cached
        let descriptor = unsafe wharf_openat2(root.value, name, UInt64(flags | O_CLOEXEC), 0, resolving)
        return descriptor < 0 ? nil : Opened(descriptor: OwnedDescriptor(descriptor), path: path)
    }

    /// The directory that `path` stands in, opened, and the name within it: for what makes, removes and renames.
    func openParent(of path: ServerPath) throws(FileError) -> (directory: Opened, name: [CChar], path: ServerPath) {
        guard !path.isRoot else { throw .forbidden }
        let directory = try open(path.parent, O_PATH | O_DIRECTORY)
        return (directory, path.name.map { CChar(bitPattern: $0) } + [0], directory.path.appending(path.name))
    }

    /// Where in the tree an open file lies; nil if it is no longer in it.
    private func place(of descriptor: Int32) -> ServerPath? {
        guard let real = Self.realPath(of: descriptor) else { return nil }
        let prefix = path == [UInt8(ascii: "/")] ? [] : path
        guard real.starts(with: prefix) else { return nil }
        let rest = Array(real.dropFirst(prefix.count))
        guard rest.isEmpty || rest.first == UInt8(ascii: "/") else { return nil }
        return ServerPath(rest)
    }

    private static func realPath(of descriptor: Int32) -> [UInt8]? {
        let size = Int(PATH_MAX)
        let real = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let length = unsafe buffer.withMemoryRebound(to: CChar.self) {
                unsafe readlink("/proc/self/fd/\(descriptor)", $0.baseAddress!, size)
            }
            count = max(0, length)
        }
        return real.isEmpty || real.count == size ? nil : real
    }
}

/// What stat(2) says, as ``FileEntry``.
extension FileEntry {
    init(name: [UInt8], _ status: stat) {
        let kind: Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            default: .other
            }
        self.init(
            name: name, kind: kind,
            modified: FTPTime(seconds: Int64(status.st_mtim.tv_sec), nanoseconds: UInt32(status.st_mtim.tv_nsec)))
        size = UInt64(max(0, status.st_size))
        mode = UInt16(status.st_mode & 0o7777)
        links = UInt32(truncatingIfNeeded: status.st_nlink)
        owner = status.st_uid
        group = status.st_gid
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }
}
