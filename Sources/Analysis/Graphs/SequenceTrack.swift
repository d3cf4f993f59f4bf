import Dissection

/// Places the segments of both directions on axes of 64 bits: relative numbers as `tcp.seq` and `tcp.ack` have them, but
/// without beginning anew after 2^32 bytes.
struct SequenceTrack: Sendable {
    private var last: BySide<Int64> = BySide(both: 0)

    struct Place: BitwiseCopyable {
        /// Of the first byte, and after the last one; SYN and FIN count (RFC 9293 §3.4).
        let start: Int64
        let end: Int64
        /// In the other side's numbers; nil without ACK.
        let acknowledged: Int64?
    }

    mutating func place(_ segment: AnalysedSegment) -> Place {
        let start = place(segment.analysis.relativeSequence, segment.sender)
        let marks = (segment.flags.contains(.syn) ? 1 : 0) + (segment.flags.contains(.fin) ? 1 : 0)
        let hasACK = segment.flags.contains(.ack)
        return Place(
            start: start, end: start + Int64(segment.length) + Int64(marks),
            acknowledged: hasACK ? place(segment.analysis.relativeAcknowledgment, segment.sender.other) : nil)
    }

    /// The end of a SACK block (RFC 2018 §3), near the acknowledgment that it came with.
    static func place(_ raw: UInt32, beside segment: AnalysedSegment, _ acknowledged: Int64) -> Int64 {
        acknowledged + Int64(Int32(bitPattern: raw &- segment.acknowledgment))
    }

    /// As close as possible to the side's last one: within 2^31 either way.
    private mutating func place(_ relative: UInt32, _ side: Side) -> Int64 {
        let step = Int32(bitPattern: relative &- UInt32(truncatingIfNeeded: last[side]))
        last[side] += Int64(step)
        return last[side]
    }
}

extension AnalysedSegment {
    /// The window in bytes; RFC 7323 §2.2: that of a SYN is never scaled. Where the handshake was not seen the factor is
    /// not known, and the number in the header is all there is.
    var scaledWindow: Int64 {
        flags.contains(.syn) ? Int64(window) : Int64(window) * Int64(max(1, analysis.windowFactor))
    }
}
