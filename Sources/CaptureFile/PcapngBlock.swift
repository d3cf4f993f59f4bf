import Bytes

/// The framing of one pcapng block: type, total length, body, and the length again (draft-ietf-opsawg-pcapng, section 3.1).
struct PcapngBlock: BitwiseCopyable {
    let type: BlockType
    /// Of the block's first byte in its file.
    let offset: Int
    /// Bytes of the whole block, a multiple of four.
    let length: Int

    /// Type and two lengths.
    static let overhead = 12
    /// A longer block is taken for damage: it would hold more than the longest frame and all its options.
    static let longest = 128 << 20
    static let sectionLength = 28

    private static let byteOrderMagic: UInt32 = 0x1A2B_3C4D

    /// The byte order of a section from the magic number at the start of its header's body; nil when it has none.
    static func byteOrder(in bytes: Bytes, at offset: Int) -> ByteOrder? {
        if bytes.u32(at: offset + 8, .little) == byteOrderMagic { return .little }
        return bytes.u32(at: offset + 8) == byteOrderMagic ? .big : nil
    }

    static func byteOrder(ofFirstSectionIn bytes: Bytes) throws(CaptureCode) -> ByteOrder {
        guard bytes.has(sectionLength, at: 0) else {
            throw .fileHeaderCut(needed: sectionLength, present: bytes.count)
        }
        guard let order = byteOrder(in: bytes, at: 0) else { throw .byteOrderMagic(bytes.u32(at: 8)) }
        let (major, minor) = (bytes.u16(at: 12, order), bytes.u16(at: 14, order))
        guard major == 1 else { throw .unsupportedVersion(major: major, minor: minor) }
        return order
    }

    /// Whether a whole block of a registered type lies at `offset`, its two lengths agreeing.
    static func isCertain(in bytes: Bytes, at offset: Int, _ order: ByteOrder) -> Bool {
        let isSection = bytes.u32(at: offset) == BlockType.sectionHeader.rawValue
        guard let order = isSection ? byteOrder(in: bytes, at: offset) : order else { return false }
        guard isSection || BlockType(rawValue: bytes.u32(at: offset, order)).isRegistered else { return false }
        let claimed = bytes.u32(at: offset &+ 4, order)
        let length = Int(claimed)
        return length >= overhead && length % 4 == 0 && bytes.has(length, at: offset)
            && bytes.u32(at: offset &+ length &- 4, order) == claimed
    }
}
