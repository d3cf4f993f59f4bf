/// A capture file taken apart into records, so that a mutation can change packets and leave the framing sound.
struct CaptureImage {
    struct Record {
        /// What stands before the packet's bytes.
        var head: [UInt8]
        /// The packet; empty for a pcapng block that holds none.
        var packet: [UInt8]
        /// pcapng: what stands behind the packet and its padding.
        var tail: [UInt8]
        /// Whether the lengths in `head` follow the packet's.
        var isPacket = true
        /// Bytes that the capture is said to have cut off.
        var cut = 0
    }

    var head: [UInt8] = []
    var records: [Record] = []
    private let isBig: Bool
    private let isBlocks: Bool

    /// Nil where the file is neither pcap nor pcapng, or breaks off.
    init?(_ file: [UInt8]) {
        switch file.prefix(4) {
        case [0xD4, 0xC3, 0xB2, 0xA1], [0x4D, 0x3C, 0xB2, 0xA1]: (isBig, isBlocks) = (false, false)
        case [0xA1, 0xB2, 0xC3, 0xD4], [0xA1, 0xB2, 0x3C, 0x4D]: (isBig, isBlocks) = (true, false)
        case [0x0A, 0x0D, 0x0D, 0x0A]: (isBig, isBlocks) = (file.dropFirst(8).first == 0x1A, true)
        default: return nil
        }
        guard isBlocks ? readBlocks(file) : readRecords(file), !records.isEmpty else { return nil }
    }

    private mutating func readRecords(_ file: [UInt8]) -> Bool {
        guard file.count >= 24 else { return false }
        head = Array(file[..<24])
        var offset = 24
        while offset + 16 <= file.count {
            let length = Int(number(in: file, at: offset + 8))
            guard length <= file.count - offset - 16 else { return false }
            let start = offset + 16
            records.append(
                Record(head: Array(file[offset..<start]), packet: Array(file[start..<(start + length)]), tail: []))
            offset = start + length
        }
        return offset == file.count
    }

    private mutating func readBlocks(_ file: [UInt8]) -> Bool {
        var offset = 0
        while offset + 12 <= file.count {
            let length = Int(number(in: file, at: offset + 4))
            guard length >= 12, length <= file.count - offset else { return false }
            let block = Array(file[offset..<(offset + length)])
            offset += length
            let captured = block.count >= 32 ? Int(number(in: block, at: 20)) : 0
            if number(in: block, at: 0) == 6, 28 + (captured + 3) & ~3 <= block.count - 4 {
                let padded = 28 + (captured + 3) & ~3
                records.append(
                    Record(
                        head: Array(block[..<28]), packet: Array(block[28..<(28 + captured)]),
                        tail: Array(block[padded...])))
            } else {
                records.append(Record(head: block, packet: [], tail: [], isPacket: false))
            }
        }
        return offset == file.count
    }

    private func number(in bytes: [UInt8], at offset: Int) -> UInt32 {
        let four = bytes[offset..<(offset + 4)]
        return isBig ? four.reduce(0) { $0 << 8 | UInt32($1) } : four.reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private func put(_ value: Int, into bytes: inout [UInt8], at offset: Int) {
        let four = (0..<4).map { UInt8(truncatingIfNeeded: value >> (isBig ? 24 - 8 * $0 : 8 * $0)) }
        bytes.replaceSubrange(offset..<(offset + 4), with: four)
    }

    /// The file again, with lengths that fit.
    var file: [UInt8] {
        var file = head
        for record in records {
            var head = record.head
            guard record.isPacket else {
                file += head
                continue
            }
            let original = record.packet.count + record.cut
            let padding = isBlocks ? -record.packet.count & 3 : 0
            put(record.packet.count, into: &head, at: isBlocks ? 20 : 8)
            put(original, into: &head, at: isBlocks ? 24 : 12)
            var tail = record.tail
            if isBlocks {
                let length = head.count + record.packet.count + padding + tail.count
                put(length, into: &head, at: 4)
                put(length, into: &tail, at: tail.count - 4)
            }
            file += head + record.packet + [UInt8](repeating: 0, count: padding) + tail
        }
        return file
    }

    /// Whether records of the other one can stand in this one.
    func isLike(_ other: CaptureImage) -> Bool {
        isBig == other.isBig && isBlocks == other.isBlocks && (isBlocks || head == other.head)
    }

    var packets: [Int] { records.indices.filter { records[$0].isPacket && !records[$0].packet.isEmpty } }
}
