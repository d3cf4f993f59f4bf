import Bytes

/// Several breeds of pcap share a magic number and differ in the length of their record headers. Which one a file is
/// shows when its first records are read as each of them: with the wrong length, the second header is packet data.
extension PcapLayout {
    /// Records that are tried; two are the least that tell lengths apart.
    private static var sample: Int { 3 }

    func mostPlausible(of candidates: [CaptureFormat.Variant], in bytes: Bytes) -> CaptureFormat.Variant {
        var best = (variant: candidates[0], doubts: Int.max)
        for variant in candidates where best.doubts > 0 {
            let found = doubts(about: variant, in: bytes)
            if found < best.doubts { best = (variant, found) }
        }
        return best.variant
    }

    /// How many things in the first records would be odd in a file of the breed `variant`.
    private func doubts(about variant: CaptureFormat.Variant, in bytes: Bytes) -> Int {
        var offset = variant.fileHeaderLength
        var doubts = 0
        for _ in 0..<Self.sample where offset < bytes.count {
            guard bytes.has(variant.recordHeaderLength, at: offset) else { return doubts + 1 }
            let captured = bytes.u32(at: offset + 8, order)
            let original = bytes.u32(at: offset + 12, order)
            if bytes.u32(at: offset + 4, order) >= 1_000_000 { doubts += 1 }
            if captured > original { doubts += 1 }
            if original > Self.longestFrame { doubts += 1 }
            if snapLength > 0, captured > snapLength { doubts += 1 }
            doubts += oddExtras(of: variant, in: bytes.slice(from: offset + 16))
            offset += variant.recordHeaderLength
            guard captured <= Self.longestFrame, bytes.has(Int(captured), at: offset) else { return doubts + 1 }
            offset += Int(captured)
        }
        return doubts
    }

    /// Doubts about the fields that a breed adds after the sixteenth byte of a record header.
    private func oddExtras(of variant: CaptureFormat.Variant, in extras: Bytes) -> Int {
        switch variant {
        case .patched, .patchedSuSE, .patchedFinal:
            // The Linux interface index, Ethernet protocol and packet type (PACKET_HOST to PACKET_OUTGOING).
            let index = extras.u32(at: 0, order)
            let proto = extras.u16(at: 4, order)
            let isProtocol = proto >= 0x600 || proto <= 0x17 || [0x60, 0x200, 0x400].contains(proto)
            return (index > 10_000 ? 1 : 0) + (isProtocol ? 0 : 1) + (extras.u8(at: 6) > 4 ? 1 : 0)
        case .nokia:
            // Four bytes nobody has explained; devices write one pattern, editcap writes zero.
            let value = extras.u32(at: 0, order)
            return value == 0 || value & 0x0FFF_00F0 == 0x0FBF_0000 ? 0 : 1
        default: return 0
        }
    }
}
