package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Collects small writes into large ones.
///
/// After the first error nothing more is written, and every later call throws that error again: a file that lacks a
/// piece in its middle would be worse than one that ends. A file of its own is cut back to the last piece that arrived
/// whole.
package struct BufferedOutput: ~Copyable {
    private let descriptor: FileDescriptor
    private let closesDescriptor: Bool
    private var buffer: [UInt8] = []
    private var failure: Errno?
    private var isOpen = true
    /// Bytes handed to the system.
    private var written: UInt64 = 0
    /// Where pieces begin that may not have arrived yet, and where the last one ends.
    private var pieces: [UInt64] = []
    private var pieceEnd: UInt64 = 0
    /// Pieces that were begun, and are not in the file because it could not be written on.
    package private(set) var lostPieces = 0
    /// Bytes appended so far.
    package var byteCount: UInt64 { written + UInt64(buffer.count) }

    private static let capacity = 256 << 10

    /// - Parameter closesDescriptor: Whether the descriptor belongs to the output and is closed with it.
    package init(_ descriptor: FileDescriptor, closesDescriptor: Bool) {
        self.descriptor = descriptor
        self.closesDescriptor = closesDescriptor
        buffer.reserveCapacity(Self.capacity)
    }

    deinit {
        guard isOpen else { return }
        if failure == nil { Self.writeLast(buffer, to: descriptor) }
        if closesDescriptor { try? descriptor.close() }
    }

    /// What is left of an output that nobody closed; whoever wants to know whether it arrived closes.
    private static func writeLast(_ buffer: [UInt8], to descriptor: FileDescriptor) {
        try? descriptor.write(buffer.bytes)
    }

    /// Begins a piece of so many bytes that several calls append: they are handed to the system together if there is
    /// room for them, and a file that cannot be written on is cut back to where one begins.
    package mutating func keepTogether(_ count: Int) throws(Errno) {
        if buffer.count + count > Self.capacity { try flush() }
        if buffer.isEmpty { pieces.removeAll(keepingCapacity: true) }
        pieces.append(byteCount)
        pieceEnd = byteCount + UInt64(count)
    }

    /// Cuts a file back to what arrived whole.
    private mutating func cutBack() {
        let end = lseek(descriptor.rawValue, 0, SEEK_CUR)
        // What no position can be told of, as of a pipe, cannot be cut either.
        guard end >= 0 else { return }
        let arrived = UInt64(end)
        lostPieces = pieces.count { $0 >= arrived }
        var whole = written
        if pieceEnd <= arrived {
            whole = max(written, pieceEnd)
        } else if let last = pieces.last(where: { $0 <= arrived }) {
            whole = last
            if last < arrived { lostPieces += 1 }
        }
        _ = ftruncate(descriptor.rawValue, off_t(whole))
    }

    package mutating func append(_ bytes: Bytes) throws(Errno) {
        if buffer.count + bytes.count > Self.capacity { try flush() }
        guard bytes.count < Self.capacity else { return try write(bytes) }
        buffer.append(bytes)
    }

    /// Hands everything collected to the system.
    package mutating func flush() throws(Errno) {
        if let failure { throw failure }
        let pending = buffer
        buffer = []
        try write(pending.bytes)
        buffer = consume pending
        buffer.removeAll(keepingCapacity: true)
    }

    /// Flushes, and closes the descriptor when it belongs to the output. Network file systems report a full disk here.
    package mutating func close() throws(Errno) {
        guard isOpen else { return }
        try flush()
        isOpen = false
        guard closesDescriptor else { return }
        do {
            try descriptor.close()
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    private mutating func write(_ bytes: Bytes) throws(Errno) {
        if let failure { throw failure }
        do {
            try descriptor.write(bytes)
            written += UInt64(bytes.count)
        } catch {
            failure = error
            if closesDescriptor { cutBack() }
            throw error
        }
    }
}
