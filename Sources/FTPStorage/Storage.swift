package import FTPProtocol

/// Where a user's files are: the local file system is one such place. Calls block, and come from worker threads, but for those
/// that say otherwise.
package protocol Storage: Sendable {
    /// Does one thing with files other than a transfer.
    ///
    /// - Parameter isWanted: asked now and then while it takes long; false ends it with ``FileError/aborted``.
    func perform(_ request: FileRequest, while isWanted: () -> Bool) -> FileResult

    /// What ``perform(_:while:)`` would give, if that can be told without blocking; else nil. Event loops may call it.
    func performAtOnce(_ request: FileRequest) -> FileResult?

    /// Opens a file for RETR.
    func read(_ path: ServerPath) throws(FileError) -> any ReadableFile

    /// What ``read(_:)`` would give, if that can be opened without blocking; else nil. Event loops may call it.
    func readAtOnce(_ path: ServerPath) -> (any ReadableFile)?

    /// Opens a file for STOR, APPE or STOU; nothing shows under its name before ``WritableFile/commit()``.
    ///
    /// - Parameter uploader: whose it is until it is whole. What a cut upload has left belongs to whoever began it, and to
    ///   those who may delete it.
    func write(_ path: ServerPath, _ way: WritingWay, by uploader: String) throws(FileError) -> any WritableFile

    /// Hands on the entries of a directory in the order of their names, or the one file that `path` is.
    ///
    /// - Parameters:
    ///   - needsFacts: whether more than the names is wanted.
    ///   - emit: false to stop.
    func list(
        _ path: ServerPath, needsFacts: Bool, _ emit: (FileEntry) -> Bool
    ) throws(FileError)
}

extension Storage {
    package func perform(_ request: FileRequest) -> FileResult { perform(request) { true } }

    package func performAtOnce(_ request: FileRequest) -> FileResult? { nil }

    package func readAtOnce(_ path: ServerPath) -> (any ReadableFile)? { nil }
}

package enum WritingWay: Sendable, Hashable {
    /// From this byte on, 0 for a new file.
    case store(offset: UInt64)
    case append
    /// Under a name that nothing has.
    case unique
}

/// A file that is sent.
package protocol ReadableFile: Sendable {
    /// In bytes, when it was opened.
    var size: UInt64 { get }
    /// For sendfile(2); nil where the file is none of the kernel's.
    var descriptor: Int32? { get }
    /// Reads up to a buffer; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(FileError) -> Int
}

/// A file that is received.
package protocol WritableFile: Sendable {
    /// What it will be called.
    var path: ServerPath { get }
    /// Where the first byte goes.
    var start: UInt64 { get }
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(FileError)
    /// The file is whole: from now on it has its name.
    func commit() throws(FileError)
    /// It was cut: what came is kept for going on, but not under its name.
    func abandon()
    /// It shall not have been: what was written is taken back.
    func discard()
}
