import FTPProtocol
import Glibc

extension FileError {
    /// What the last system call failed for.
    static var last: FileError { FileError(errno) }

    init(_ number: Int32) {
        self =
            switch number {
            case ENOENT: .notFound
            case EEXIST: .exists
            case EISDIR: .isDirectory
            case ENOTDIR: .notDirectory
            case ENOTEMPTY: .notEmpty
            // ENXIO is what open(2) says of a socket.
            case EACCES, EPERM, ENXIO: .forbidden
            case ENAMETOOLONG: .nameTooLong
            // EXDEV is what openat2(2) says of a path that leads out of the tree.
            case ELOOP, EXDEV: .badLink
            case ENOSPC: .noSpace
            case EDQUOT: .quotaExceeded
            case EFBIG, EOVERFLOW: .tooLarge
            case EROFS: .readOnly
            case EBUSY, ETXTBSY: .busy
            case EINVAL: .nameNotAllowed
            case EMFILE, ENFILE, ENOMEM, EAGAIN: .exhausted
            case EOPNOTSUPP, ENOSYS: .unsupported
            default: .failed
            }
    }
}

/// Descriptors that close themselves.
final class OwnedDescriptor: Sendable {
    let value: Int32

    init(_ value: Int32) { self.value = value }

    deinit { close(value) }
}
