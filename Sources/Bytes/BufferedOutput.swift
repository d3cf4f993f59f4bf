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
    private static let large = 16 << 10
    private static let nothing: [UInt8] = []

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

    /// Appends a piece that is made of three: it is handed to the system whole, and a file that cannot be written on is cut
    /// back to where one begins.
    package mutating func append(piece head: Bytes, _ body: Bytes, _ tail: Bytes) throws(Errno) {
        let count = head.count + body.count + tail.count
        do throws(Errno) {
            if let failure { throw failure }
            if buffer.count + count > Self.capacity { try flush() }
        } catch {
            lostPieces += 1
            throw error
        }
        if buffer.isEmpty { pieces.removeAll(keepingCapacity: true) }
        pieces.append(byteCount)
        pieceEnd = byteCount + UInt64(count)
        buffer.append(head)
        // To collect what is large would cost more than to write it.
        if body.count >= Self.large { return try write(behindBuffer: body, tail) }
        buffer.append(body)
        buffer.append(tail)
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
        guard bytes.count < Self.capacity else { return try write(behindBuffer: bytes, Self.nothing.bytes) }
        buffer.append(bytes)
    }

    /// Hands everything collected to the system.
    package mutating func flush() throws(Errno) {
        try write(behindBuffer: Self.nothing.bytes, Self.nothing.bytes)
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

    private static func put(
        _ collected: [UInt8], _ body: Bytes, _ tail: Bytes, to descriptor: FileDescriptor
    ) throws(Errno) {
        try descriptor.write(collected.bytes, body, tail)
    }

    /// Hands over what was collected, and something behind it.
    private mutating func write(behindBuffer body: Bytes, _ tail: Bytes) throws(Errno) {
        if let failure { throw failure }
        let pending = buffer
        buffer = []
        do {
            try Self.put(pending, body, tail, to: descriptor)
            written += UInt64(pending.count + body.count + tail.count)
        } catch {
            failure = error
            if closesDescriptor { cutBack() }
            throw error
        }
        buffer = consume pending
        buffer.removeAll(keepingCapacity: true)
    }
}
