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
/// piece in its middle would be worse than one that ends. A file of its own is cut back to what was written before, so
/// that it does not end within a piece.
package struct BufferedOutput: ~Copyable {
    private let descriptor: FileDescriptor
    private let closesDescriptor: Bool
    private var buffer: [UInt8] = []
    private var failure: Errno?
    private var isOpen = true
    /// Bytes handed to the system.
    private var written: UInt64 = 0
    /// Where the last piece of several calls begins and ends.
    private var piece: Range<UInt64> = 0..<0
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
    /// room for them, and a file is cut back to where they begin if not all of them can be written.
    package mutating func keepTogether(_ count: Int) throws(Errno) {
        if buffer.count + count > Self.capacity { try flush() }
        piece = byteCount..<byteCount + UInt64(count)
    }

    /// Bytes that are written, but for a piece of which the end is not.
    private var wholeCount: UInt64 { written < piece.upperBound ? min(written, piece.lowerBound) : written }

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
            if closesDescriptor { _ = ftruncate(descriptor.rawValue, off_t(wholeCount)) }
            throw error
        }
    }
}
