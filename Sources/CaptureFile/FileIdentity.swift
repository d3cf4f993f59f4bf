import SystemPackage

/// Tells one regular file from another by device and inode, as links and relative paths cannot.
struct FileIdentity: Hashable, Sendable {
    private let device: DeviceID
    private let inode: Inode

    init?(_ descriptor: FileDescriptor) {
        guard let status = try? descriptor.stat() else { return nil }
        self.init(status)
    }

    init?(_ path: String) {
        guard path != "-", let status = try? FilePath(path).stat() else { return nil }
        self.init(status)
    }

    private init?(_ status: Stat) {
        guard status.type == .regular else { return nil }
        (device, inode) = (status.deviceID, status.inode)
    }
}
