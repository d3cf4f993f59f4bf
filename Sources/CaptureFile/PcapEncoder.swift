import Bytes

/// Builds the two headers of a pcap file, version 2.4, in little-endian order (draft-ietf-opsawg-pcap).
struct PcapEncoder: Sendable {
    let countsNanoseconds: Bool
    private(set) var header: [UInt8] = []

    init(countsNanoseconds: Bool) {
        self.countsNanoseconds = countsNanoseconds
    }

    /// What tcpdump writes when frames are kept whole; 0 would make it drop everything on reading.
    private static let unlimitedSnapLength: UInt32 = 262_144

    mutating func encodeFile(of interface: CaptureInterface) {
        var network = UInt32(interface.linkType.rawValue)
        if let fcsLength = interface.fcsLength { network |= 0x0400_0000 | UInt32(fcsLength / 2 & 0xF) << 28 }
        header.removeAll(keepingCapacity: true)
        header.appendLittleEndian(countsNanoseconds ? 0xA1B2_3C4D : 0xA1B2_C3D4 as UInt32)
        header.appendLittleEndian(2 as UInt16)
        header.appendLittleEndian(4 as UInt16)
        header.appendLittleEndian(0 as UInt64)
        header.appendLittleEndian(interface.snapLength == 0 ? Self.unlimitedSnapLength : interface.snapLength)
        header.appendLittleEndian(network)
    }

    /// What stands before a frame's bytes. A time outside the years 1970 to 2106, which 32 bits of seconds hold, is clamped.
    func head(of frame: FrameHeader, captured: UInt32) -> InlineArray<4, UInt32> {
        let time = max(0, frame.time)
        let fraction = UInt32(time % 1_000_000_000) / (countsNanoseconds ? 1 : 1000)
        return [
            UInt32(clamping: time / 1_000_000_000).littleEndian, fraction.littleEndian, captured.littleEndian,
            frame.originalLength.littleEndian,
        ]
    }
}
