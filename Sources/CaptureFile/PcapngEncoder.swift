import Bytes

/// Builds one pcapng block at a time, in little-endian order, in a buffer that is reused.
struct PcapngEncoder: Sendable {
    private(set) var block: [UInt8] = []
    /// Bytes of the block that stand before what is being put.
    private var before = 0

    /// A value's length is written in 16 bits.
    private static let longestOption = 65_535

    /// - Parameter length: of the whole block; ``end()`` writes it where it is not known yet.
    mutating func begin(_ type: BlockType, length: UInt32 = 0) {
        block.removeAll(keepingCapacity: true)
        before = 0
        block.appendLittleEndian(type.rawValue)
        block.appendLittleEndian(length)
    }

    /// What is put from here on to ``endTail()`` is the tail.
    ///
    /// - Parameter count: of the bytes of the block that stand before it.
    mutating func beginTail(after count: Int) {
        block.removeAll(keepingCapacity: true)
        before = count
        pad()
    }

    /// Ends the tail with the length of the whole block, which it returns.
    mutating func endTail() throws(CaptureCode) -> UInt32 {
        let total = before + block.count + 4
        guard let length = UInt32(exactly: total) else { throw .blockTooLong(total) }
        integer(length)
        return length
    }

    mutating func integer(_ value: some FixedWidthInteger) {
        block.appendLittleEndian(value)
    }

    /// Ticks are written as two halves, the high one first.
    mutating func ticks(_ value: UInt64) {
        integer(UInt32(truncatingIfNeeded: value >> 32))
        integer(UInt32(truncatingIfNeeded: value))
    }

    /// Bytes, and zeros up to a multiple of four.
    mutating func padded(_ bytes: Bytes) {
        block.append(bytes)
        pad()
    }

    private mutating func pad() {
        while (before + block.count) % 4 != 0 { block.append(0) }
    }

    mutating func option(_ code: UInt16, _ value: [UInt8]) {
        let value = value.count <= Self.longestOption ? value[...] : value.prefix(Self.longestOption)
        integer(code)
        integer(UInt16(value.count))
        block += value
        pad()
    }

    mutating func option(_ code: UInt16, text: String?) {
        guard let text else { return }
        option(code, text.utf8.count <= Self.longestOption ? Array(text.utf8) : text.utf8Prefix(Self.longestOption))
    }

    mutating func option(_ code: UInt16, integer value: (some FixedWidthInteger)?) {
        guard let value else { return }
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(value)
        option(code, bytes)
    }

    mutating func option(_ code: UInt16, ticks value: UInt64?) {
        guard let value else { return }
        // Rotated by half, the little-endian integer has its high half first.
        option(code, integer: value << 32 | value >> 32)
    }

    /// Ends the list of options, when there was any since `start`.
    mutating func endOptions(since start: Int) {
        if block.count > start { integer(0 as UInt32) }
    }

    /// Takes over a block from a file in the byte order it has there.
    mutating func copy(_ source: PcapngBlock, of bytes: Bytes, _ order: ByteOrder) {
        let length = UInt32(truncatingIfNeeded: source.length)
        let lengthInOrder = order.isBig ? length.byteSwapped : length
        let body = bytes.slice(from: source.offset + 8, count: source.length - PcapngBlock.overhead)
        block.removeAll(keepingCapacity: true)
        block.append(bytes.slice(from: source.offset, count: 4))
        integer(lengthInOrder)
        if source.type == .sectionHeader {
            // A section that loses frames is shorter than its header says; -1 leaves the length open.
            block.append(body.slice(from: 0, count: 8))
            integer(-1 as Int64)
            block.append(body.slice(from: 16))
        } else {
            block.append(body)
        }
        integer(lengthInOrder)
    }

    /// Writes both lengths; throws when 32 bits do not hold them.
    mutating func end() throws(CaptureCode) {
        guard let length = UInt32(exactly: block.count + 4) else { throw .blockTooLong(block.count + 4) }
        for index in 0..<4 {
            block[4 + index] = UInt8(truncatingIfNeeded: length >> UInt32(8 * index))
        }
        integer(length)
    }
}

extension String {
    /// The longest beginning of whole characters that fits into `count` bytes of UTF-8.
    fileprivate func utf8Prefix(_ count: Int) -> [UInt8] {
        var end = utf8.index(startIndex, offsetBy: count)
        while end.samePosition(in: self) == nil { end = utf8.index(before: end) }
        return Array(self[..<end].utf8)
    }
}
