import Bytes

/// What stands before and behind a packet's bytes in a file. Every packet has it: it is made without memory of its own.
struct PacketHead {
    /// Bytes of it in an Enhanced Packet Block (draft-ietf-opsawg-pcapng §4.3).
    static let count = 28

    private let words: InlineArray<7, UInt32>

    /// - Parameter length: of the whole block.
    init(_ header: FrameHeader, captured count: UInt32, interface: UInt32, length: UInt32) {
        let time = UInt64(clamping: header.time)
        words = [
            BlockType.enhancedPacket.rawValue.littleEndian, length.littleEndian, interface.littleEndian,
            // Ticks are written as two halves, the high one first.
            UInt32(truncatingIfNeeded: time >> 32).littleEndian, UInt32(truncatingIfNeeded: time).littleEndian,
            count.littleEndian, header.originalLength.littleEndian,
        ]
    }

    var bytes: Bytes {
        @_lifetime(borrow self)
        borrowing get { words.bytes }
    }
}

/// Zeros up to a multiple of four, and the length of the whole block: what ends a packet without options.
struct PacketTail {
    let length: UInt32
    private let word: UInt64
    private let count: Int

    /// - Parameter count: of the packet's bytes.
    init(behind count: Int) throws(CaptureCode) {
        let padding = (4 - count & 3) & 3
        let total = PacketHead.count + count + padding + 4
        guard let length = UInt32(exactly: total) else { throw .blockTooLong(total) }
        self.length = length
        word = (UInt64(length) << UInt64(8 * padding)).littleEndian
        self.count = padding + 4
    }

    /// Calls `body` with them.
    func withBytes<Failure: Error>(_ body: (Bytes) throws(Failure) -> Void) throws(Failure) {
        let words: InlineArray<1, UInt64> = [word]
        try body(words.bytes.slice(from: 0, count: count))
    }
}
