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

    private struct State {
        var limits: Limits
        var bytes: UInt64
        var files: UInt64
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - bytes: what is stored already.
    ///   - files: how many files there are.
    package init(_ limits: Limits, bytes: UInt64, files: UInt64) {
        state = Mutex(State(limits: limits, bytes: bytes, files: files))
    }

    /// From now on as much may be stored as `limits` say.
    package func follow(_ limits: Limits) { state.withLock { $0.limits = limits } }

    /// What counts of one entry of a directory: the contents of files alone.
    static func bytes(of status: stat) -> UInt64 {
        status.st_mode & S_IFMT == S_IFREG ? UInt64(max(0, status.st_size)) : 0
    }

    /// Books what a file will grow by before it does, whatever command has it grow.
    func book(bytes: UInt64, files: UInt64 = 0) throws(FileError) {
        let fits = state.withLock { state in
            // REST may claim any place in a file, and several sessions at once.
            let (all, isTooMuch) = state.bytes.addingReportingOverflow(bytes)
            let count = state.files + files
            guard !isTooMuch, all <= state.limits.bytes ?? .max, count <= state.limits.files ?? .max else {
                return false
            }
            (state.bytes, state.files) = (all, count)
            return true
        }
        guard fits else { throw .quotaExceeded }
    }

    /// Gives back what was removed, or booked and not used.
    func release(bytes: UInt64, files: UInt64 = 0) {
        state.withLock { state in
            state.bytes -= min(bytes, state.bytes)
            state.files -= min(files, state.files)
        }
    }

    /// Bytes that may still be stored; nil without a limit.
    var available: UInt64? {
        state.withLock { state in state.limits.bytes.map { $0 - min($0, state.bytes) } }
    }
}
