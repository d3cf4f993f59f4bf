import Bytes

/// A handshake message of which the records so far hold only the beginning (RFC 8446 §5.1).
package struct TLSOpenMessage: Sendable, Hashable, BitwiseCopyable {
    /// How many of its bytes are there.
    package private(set) var count: UInt32 = 0
    /// Its first four bytes, as far as they are there: the type, and the length of its body.
    private var head: UInt32 = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }
    var type: UInt8 { UInt8(truncatingIfNeeded: head >> 24) }
    /// Whether nothing of it is missing any more.
    var isComplete: Bool { count >= 4 && count == 4 + head & 0xFF_FFFF }

    /// Takes what belongs to it of bytes that follow; answers how many those are, at least one of any.
    mutating func take(_ bytes: Bytes) -> Int {
        var taken = 0
        while count < 4, taken < bytes.count {
            head |= UInt32(bytes.u8(at: taken)) << (24 - 8 * count)
            count += 1
            taken += 1
        }
        guard count >= 4 else { return taken }
        let rest = min(bytes.count - taken, Int(4 + head & 0xFF_FFFF) - Int(count))
        count += UInt32(rest)
        return taken + rest
    }
}

/// One of the things that a record of handshake messages holds.
struct TLSHandshakePart: BitwiseCopyable {
    enum Kind: Int { case whole = 1, first, middle, last }

    let kind: Kind
    /// The message's.
    let type: UInt8
    let offset: Int
    let count: Int

    var end: Int { offset + count }
    /// For the lines of a tree: which message it is, and how much of it.
    var detail: Int { Int(type) << 3 | kind.rawValue }
}

extension TLS {
    /// Calls `body` with whole messages and with pieces of those that several records hold, in their order.
    ///
    /// - Parameters:
    ///   - isCut: whether more belongs there than was captured; what that leaves incomplete is nothing to go on with.
    ///   - open: what earlier records have begun, and then what this one leaves open.
    static func forEachPart(
        in bytes: Bytes, _ range: Range<Int>, isCut: Bool, _ open: inout TLSOpenMessage,
        _ body: (TLSHandshakePart) -> Void
    ) {
        var offset = range.lowerBound
        let end = range.upperBound
        if !open.isEmpty, offset < end {
            let taken = open.take(bytes.slice(from: offset, count: end - offset))
            let isLast = open.isComplete
            body(TLSHandshakePart(kind: isLast ? .last : .middle, type: open.type, offset: offset, count: taken))
            offset += taken
            if isLast { open = TLSOpenMessage() }
        }
        while offset < end {
            let type = bytes.u8(at: offset)
            let count = 4 + Int(bytes.u24(at: offset + 1))
            if offset + 4 <= end, offset + count <= end {
                body(TLSHandshakePart(kind: .whole, type: type, offset: offset, count: count))
                offset += count
            } else {
                guard !isCut else { return }
                _ = open.take(bytes.slice(from: offset, count: end - offset))
                return body(TLSHandshakePart(kind: .first, type: type, offset: offset, count: end - offset))
            }
        }
    }

    /// Whether handshake messages cannot be read: they are encrypted, or look as if they were. What goes on with a
    /// message is taken for that whatever it looks like.
    static func isOpaque(_ bytes: Bytes, _ range: Range<Int>, isCut: Bool, isEncrypted: Bool, _ open: TLSOpenMessage)
        -> Bool
    {
        guard open.isEmpty else { return false }
        // Ciphers leave no record shorter than a block.
        guard !isEncrypted || (1..<16).contains(range.count), !range.isEmpty,
            messageName(bytes.u8(at: range.lowerBound)) != nil
        else { return true }
        guard range.count >= 4 else { return isCut }
        let count = Int(bytes.u24(at: range.lowerBound + 1))
        // No message is larger, though RFC 8446 §4 has three bytes for it.
        return count > 0xFFFF || isCut && count + 4 > range.count
    }

    static func isOpaque(_ record: TLSRecord, _ bytes: Bytes) -> Bool {
        isOpaque(
            bytes, record.body..<record.end, isCut: record.available < record.length, isEncrypted: record.isEncrypted,
            record.open)
    }

    /// Calls `body` with what a record of handshake messages holds; nothing where that cannot be read.
    static func forEachPart(_ record: TLSRecord, _ bytes: Bytes, _ body: (TLSHandshakePart) -> Void) {
        guard record.type == 22, !isOpaque(record, bytes) else { return }
        var open = record.open
        forEachPart(in: bytes, record.body..<record.end, isCut: record.available < record.length, &open, body)
    }

    /// A server that wants another hello says so in the random bytes of its own (RFC 8446 §4.1.3).
    static func isRetryRequest(_ random: Bytes) -> Bool {
        random.u64(at: 0) == 0xCF21_AD74_E59A_6111 && random.u64(at: 8) == 0xBE1D_8C02_1E65_B891
            && random.u64(at: 16) == 0xC2A2_1116_7ABB_8C5E && random.u64(at: 24) == 0x079E_09E2_C8A8_339C
    }

    /// What a message is called whose first byte lies at `offset`.
    static func name(of part: TLSHandshakePart, _ bytes: Bytes) -> String {
        if part.kind == .whole, part.type == 2, part.count >= 38, isRetryRequest(bytes.slice(from: part.offset + 6)) {
            return "Hello Retry Request"
        }
        return messageName(part.type) ?? "Unknown"
    }
}

/// What earlier records have of a handshake message.
package struct TLSMessageBeginning: Sendable {
    package let bytes: [UInt8]
    /// By the frames that completed the records.
    package let pieces: [SegmentReassembly.Piece]

    package init(_ bytes: [UInt8], _ pieces: [SegmentReassembly.Piece]) {
        self.bytes = bytes
        self.pieces = pieces
    }
}

/// Puts together the handshake messages that the records of a layer hold pieces of.
struct TLSMessageCollector {
    private(set) var bytes: [UInt8] = []
    private(set) var pieces: [SegmentReassembly.Piece] = []
    private var isBegun = false

    /// Takes a piece; answers whether it is the last one, and then everything is there.
    mutating func take(_ part: TLSHandshakePart, _ source: Bytes, _ input: borrowing FieldInput) -> Bool {
        if part.kind == .first { (bytes, pieces, isBegun) = ([], [], true) }
        bytes.append(source.slice(from: part.offset, count: part.count))
        pieces.append(.init(frame: input.facts.frame.index, count: UInt32(part.count)))
        guard part.kind == .last else { return false }
        if !isBegun, let earlier = input.messageBeginning {
            bytes = earlier.bytes + bytes
            pieces = earlier.pieces + pieces
        }
        isBegun = false
        return bytes.count >= 4 && bytes.count == 4 + Int(bytes.bytes.u24(at: 1))
    }

    /// `#6(512), #6(147)`
    var text: String { pieces.map { "#\($0.frame + 1)(\($0.count))" }.joined(separator: ", ") }

    mutating func clear() { (bytes, pieces) = ([], []) }
}

extension FieldInput {
    /// What earlier records have of the message that the layer's first one goes on with.
    fileprivate var messageBeginning: TLSMessageBeginning? {
        let found = context?.reassembly(of: facts.frame)
        return facts.tls.isReassembled ? found?.beginning() : found?.ownBeginning()
    }
}
