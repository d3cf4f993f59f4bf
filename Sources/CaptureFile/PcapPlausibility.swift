import Bytes

/// Several breeds of pcap share a magic number and differ in the length of their record headers. Which one a file is
/// shows when its first records are read as each of them: with the wrong length, the second header is packet data.
extension PcapLayout {
    /// Records that are tried.
    private static var sample: Int { 4 }

    /// The breed whose chain of sound records is the longest; of equals the first, but one that ends where the file
    /// does beats one that does not. So damage in the first records does not make a rare breed of a common one.
    func mostPlausible(of candidates: [CaptureFormat.Variant], in bytes: Bytes) -> CaptureFormat.Variant {
        var best = (variant: candidates[0], score: -1)
        for variant in candidates {
            let score = soundness(as: variant, in: bytes)
            if score > best.score { best = (variant, score) }
        }
        return best.variant
    }

    /// Twice the number of sound records at the beginning, and one more when they are the whole file.
    private func soundness(as variant: CaptureFormat.Variant, in bytes: Bytes) -> Int {
        var offset = variant.fileHeaderLength
        for count in 0..<Self.sample {
            // Zeros are no record: such a file was not written to its end.
            if offset == bytes.count || isZeros(bytes, at: offset) { return 2 * count + 1 }
            let data = offset + variant.recordHeaderLength
            let captured = bytes.u32(at: offset + 8, order)
            guard isSound(bytes.slice(from: offset), as: variant), captured <= Self.longestFrame,
                bytes.has(Int(captured), at: data)
            else { return 2 * count }
            offset = data + Int(captured)
        }
        return 2 * Self.sample
    }

    private func isZeros(_ bytes: Bytes, at offset: Int) -> Bool {
        bytes.has(16, at: offset) && bytes.u64(at: offset) | bytes.u64(at: offset + 8) == 0
    }

    private func isSound(_ header: Bytes, as variant: CaptureFormat.Variant) -> Bool {
        let captured = header.u32(at: 8, order)
        let original = header.u32(at: 12, order)
        return header.has(variant.recordHeaderLength, at: 0) && header.u32(at: 4, order) < 1_000_000
            && captured <= original && original <= Self.longestFrame && (snapLength == 0 || captured <= snapLength)
            && hasSoundExtras(header.slice(from: 16), as: variant)
    }

    /// What a breed adds after the sixteenth byte of a record header.
    private func hasSoundExtras(_ extras: Bytes, as variant: CaptureFormat.Variant) -> Bool {
        switch variant {
        case .patched, .patchedSuSE, .patchedFinal:
            // The Linux interface index, Ethernet protocol and packet type (PACKET_HOST to PACKET_OUTGOING).
            let type = extras.u16(at: 4, order)
            let isProtocol = type >= 0x600 || type <= 0x17 || [0x60, 0x200, 0x400].contains(type)
            return extras.u32(at: 0, order) <= 10_000 && isProtocol && extras.u8(at: 6) <= 4
        case .nokia:
            // Four bytes nobody has explained; devices write one pattern, editcap writes zero.
            let value = extras.u32(at: 0, order)
            return value == 0 || value & 0x0FFF_00F0 == 0x0FBF_0000
        default: return true
        }
    }
}
