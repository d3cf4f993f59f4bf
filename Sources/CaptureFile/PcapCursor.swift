import Bytes

/// What a format reader found at its place in the file.
enum Step {
    case frame(FrameHeader)
    /// Something odd at a byte of the file; reading goes on after it.
    case notice(CaptureCode, at: Int)
    /// Nothing can be read from this byte on.
    case damage(CaptureCode, at: Int)
    case end
}

/// Walks the records of one pcap file.
struct PcapCursor: Sendable, BitwiseCopyable {
    private let order: ByteOrder
    private let lengths: PcapLayout.LengthOrder
    private let headerLength: Int
    private let fractionUnit: Int64
    /// Of the file's first byte in the capture's address space.
    private let base: UInt64
    private let interface: UInt16
    private(set) var offset: Int

    init(_ layout: PcapLayout, base: UInt64, interface: UInt16) {
        order = layout.order
        lengths = layout.lengths
        headerLength = layout.variant.recordHeaderLength
        fractionUnit = layout.fractionUnit
        offset = layout.variant.fileHeaderLength
        self.base = base
        self.interface = interface
    }

    mutating func next(in bytes: Bytes) -> Step {
        guard bytes.has(headerLength, at: offset) else {
            let present = bytes.count - offset
            return present <= 0 ? .end : .damage(.recordHeaderCut(needed: headerLength, present: present), at: offset)
        }
        // At most 2^32 · 10^9 + 2^32 · 10^3, which is less than 2^63; a fraction of more than a second is carried.
        let seconds = Int64(bytes.u32(at: offset, order))
        let time = seconds &* 1_000_000_000 &+ Int64(bytes.u32(at: offset &+ 4, order)) &* fractionUnit
        var captured = bytes.u32(at: offset &+ 8, order)
        var original = bytes.u32(at: offset &+ 12, order)
        if lengths == .originalFirst || (lengths == .smallerIsCaptured && captured > original) {
            swap(&captured, &original)
        }
        let start = offset &+ headerLength
        if captured | original == 0, time == 0 {
            // What a crash or a full disk leaves of a file is often zeros, and a few kilobytes of gzip make billions.
            return .damage(.recordOfZeros, at: offset)
        }
        guard captured <= PcapLayout.longestFrame else {
            return .damage(.recordTooLong(claimed: captured), at: start)
        }
        guard bytes.has(Int(captured), at: start) else {
            return .damage(.recordCut(claimed: captured, present: bytes.count - start), at: start)
        }
        offset = start &+ Int(captured)
        return .frame(
            FrameHeader(
                position: base &+ UInt64(start), time: time, capturedLength: captured, originalLength: original,
                interface: interface))
    }
}
