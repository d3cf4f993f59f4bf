import CPrefetch

/// A read-only view of raw memory that cannot outlive what it looks at.
///
/// Loads are big-endian (network byte order, RFC 1700) unless they say otherwise, and total: what lies past the end
/// reads as zero. A layer's length is checked once, when the layer is found; after that a load costs one comparison
/// and can neither trap nor read foreign memory, whatever a damaged frame claims. Who must tell absent from zero asks
/// ``has(_:at:)`` first.
@usableFromInline
package struct Bytes: ~Escapable {
    @usableFromInline let span: RawSpan

    @inlinable
    @_lifetime(copy span)
    package init(_ span: RawSpan) {
        self.span = span
    }

    @inlinable package var count: Int { span.byteCount }
    @inlinable package var isEmpty: Bool { span.isEmpty }

    /// Whether `length` bytes lie at `offset`.
    @inlinable package func has(_ length: Int, at offset: Int) -> Bool {
        offset >= 0 && length >= 0 && offset <= count && length <= count &- offset
    }

    @inlinable func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at offset: Int) -> T {
        guard has(MemoryLayout<T>.size, at: offset) else { return 0 }
        return unsafe span.unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: T.self)
    }

    @inlinable package func u8(at offset: Int) -> UInt8 { load(UInt8.self, at: offset) }
    @inlinable package func u16(at offset: Int) -> UInt16 { load(UInt16.self, at: offset).bigEndian }
    @inlinable package func u32(at offset: Int) -> UInt32 { load(UInt32.self, at: offset).bigEndian }
    @inlinable package func u64(at offset: Int) -> UInt64 { load(UInt64.self, at: offset).bigEndian }

    @inlinable package func u24(at offset: Int) -> UInt32 {
        UInt32(u8(at: offset)) << 16 | UInt32(u16(at: offset &+ 1))
    }

    /// A load in the byte order that a file or section declared for itself.
    @inlinable @inline(__always) package func u16(at offset: Int, _ order: ByteOrder) -> UInt16 {
        order.isBig ? u16(at: offset) : load(UInt16.self, at: offset).littleEndian
    }

    @inlinable @inline(__always) package func u32(at offset: Int, _ order: ByteOrder) -> UInt32 {
        order.isBig ? u32(at: offset) : load(UInt32.self, at: offset).littleEndian
    }

    @inlinable package func u64(at offset: Int, _ order: ByteOrder) -> UInt64 {
        order.isBig ? u64(at: offset) : load(UInt64.self, at: offset).littleEndian
    }

    /// The bytes from `offset` on, at most `length` of them; empty when `offset` lies outside.
    @inlinable
    @_lifetime(copy self)
    package func slice(from offset: Int, count length: Int = .max) -> Bytes {
        guard offset >= 0, offset < count, length > 0 else { return Bytes(span.extracting(first: 0)) }
        return Bytes(span.extracting(offset..<(offset &+ Swift.min(length, count &- offset))))
    }

    /// The offset of the first `byte` at or after `offset`.
    package func firstIndex(of byte: UInt8, from offset: Int = 0) -> Int? {
        var index = Swift.max(0, offset)
        while index < count {
            if u8(at: index) == byte { return index }
            index &+= 1
        }
        return nil
    }

    package func starts(with prefix: StaticString) -> Bool {
        guard prefix.utf8CodeUnitCount <= count else { return false }
        for index in 0..<prefix.utf8CodeUnitCount {
            guard unsafe u8(at: index) == prefix.utf8Start[index] else { return false }
        }
        return true
    }

    /// Asks the memory for the bytes at `offset`, which are needed soon; any offset may be guessed.
    @inline(__always)
    package func prefetch(at offset: Int) {
        guard offset >= 0, offset < count else { return }
        unsafe span.withUnsafeBytes { unsafe wharf_prefetch($0.baseAddress.map { unsafe $0 + offset }) }
    }

    /// The contents, copied out of the view.
    package var array: [UInt8] {
        unsafe span.withUnsafeBytes { unsafe [UInt8]($0) }
    }

    /// Calls `body` with the view as a raw buffer, for interfaces that know nothing of spans.
    package func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe span.withUnsafeBytes(body)
    }
}

/// The byte order in which a file or section writes its numbers.
@usableFromInline
package enum ByteOrder: Sendable, BitwiseCopyable {
    case big, little

    @inlinable package var isBig: Bool { self == .big }
}

extension [UInt8] {
    /// A view of the array's elements.
    package var bytes: Bytes {
        @_lifetime(borrow self)
        get { unsafe Bytes(span.bytes) }
    }
}

extension StaticString {
    /// One to eight ASCII capitals and digits as a big-endian number, the last one in the lowest byte; nil for any other
    /// text. For a literal the compiler works it out.
    @inlinable @inline(__always)
    package var asciiWord: UInt64? {
        guard hasPointerRepresentation, (1...8).contains(utf8CodeUnitCount) else { return nil }
        var word: UInt64 = 0
        var index = 0
        while index < utf8CodeUnitCount {
            let byte = unsafe utf8Start[index]
            guard (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) else { return nil }
            word = word << 8 | UInt64(byte)
            index &+= 1
        }
        return word
    }
}
