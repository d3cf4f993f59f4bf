import FTPProtocol
import Glibc
import Synchronization

/// How much a user may store, and how much there is; one for all sessions of the user.
package final class Quota: Sendable {
    package struct Limits: Sendable, Hashable {
        /// Nil for as many as there is room for.
        package var bytes: UInt64?
        package var files: UInt64?

        package init(bytes: UInt64? = nil, files: UInt64? = nil) {
            self.bytes = bytes
            self.files = files
        }

        package var isUnlimited: Bool { bytes == nil && files == nil }
    }

    private struct Usage {
        var bytes: UInt64
        var files: UInt64
    }

    private let limits: Limits
    private let usage: Mutex<Usage>

    /// - Parameters:
    ///   - bytes: what is stored already.
    ///   - files: how many files there are.
    package init(_ limits: Limits, bytes: UInt64, files: UInt64) {
        self.limits = limits
        usage = Mutex(Usage(bytes: bytes, files: files))
    }

    /// What counts of one entry of a directory: the contents of files alone.
    static func bytes(of status: stat) -> UInt64 {
        status.st_mode & S_IFMT == S_IFREG ? UInt64(max(0, status.st_size)) : 0
    }

    /// Books what a file will grow by before it does, whatever command has it grow.
    func book(bytes: UInt64, files: UInt64 = 0) throws(FileError) {
        let fits = usage.withLock { usage in
            let (all, count) = (usage.bytes + bytes, usage.files + files)
            guard all <= limits.bytes ?? .max, count <= limits.files ?? .max else { return false }
            usage = Usage(bytes: all, files: count)
            return true
        }
        guard fits else { throw .quotaExceeded }
    }

    /// Gives back what was removed, or booked and not used.
    func release(bytes: UInt64, files: UInt64 = 0) {
        usage.withLock { usage in
            usage.bytes -= min(bytes, usage.bytes)
            usage.files -= min(files, usage.files)
        }
    }

    /// Bytes that may still be stored; nil without a limit.
    var available: UInt64? {
        limits.bytes.map { limit in usage.withLock { limit - min(limit, $0.bytes) } }
    }
}
