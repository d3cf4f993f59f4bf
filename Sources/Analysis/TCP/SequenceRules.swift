import Dissection

/// The rules by which a TCP segment is found remarkable, one function each, in the order in which they are asked.
///
/// They are Wireshark 4.0's, so that the flags mean what people know them to mean. `own` is what the direction of the
/// segment has shown before, `peer` the other direction. Sequence numbers compare modulo 2^32.
enum SequenceRules {
    /// One byte sent into a window that the peer has closed (RFC 9293 §3.8.6.1).
    static func isZeroWindowProbe(_ segment: SegmentHeader, _ own: SequenceState, _ peer: SequenceState) -> Bool {
        segment.length == 1 && segment.sequence == own.next && peer.window == 0
    }

    /// The sender has no room for another byte.
    static func isZeroWindow(_ segment: SegmentHeader) -> Bool {
        segment.window == 0 && segment.isOrdinary
    }

    /// Something before this segment was sent and is not in the capture.
    static func isBehindLostSegment(_ segment: SegmentHeader, _ own: SequenceState) -> Bool {
        own.next != 0 && Sequence32.isAfter(segment.sequence, own.next) && !segment.flags.contains(.rst)
    }

    /// Asks for a sign of life with a number that was acknowledged long ago (RFC 9293 §3.8.4).
    static func isKeepAlive(_ segment: SegmentHeader, _ own: SequenceState) -> Bool {
        segment.length <= 1 && segment.sequence == own.next &- 1 && segment.isOrdinary
    }

    /// Says nothing but that there is now another amount of room.
    static func isWindowUpdate(_ segment: SegmentHeader, _ own: SequenceState) -> Bool {
        segment.window != 0 && Int32(segment.window) != own.window && repeatsNumbers(segment, own)
    }

    /// Fills the peer's window to its last byte.
    static func isWindowFull(_ segment: SegmentHeader, _ own: SequenceState, _ peer: SequenceState) -> Bool {
        guard segment.length > 0, peer.windowScale != WindowScale.unknown, segment.isOrdinary else { return false }
        let shift = peer.knows.contains(.windowOfSYN) ? 0 : UInt32(max(0, peer.windowScale))
        return segment.sequence &+ segment.length == peer.acknowledged &+ UInt32(
            truncatingIfNeeded: max(0, peer.window)) << shift
    }

    /// Repeats the last acknowledgment in answer to a keep-alive.
    static func isKeepAliveACK(_ segment: SegmentHeader, _ own: SequenceState, _ peer: SequenceState) -> Bool {
        segment.window != 0 && Int32(segment.window) == own.window && repeatsNumbers(segment, own)
            && peer.lastFlags & UInt16(TCPAnalysis.Flags.keepAlive.rawValue) != 0
    }

    /// Repeats that the window is closed in answer to a probe.
    static func isZeroWindowProbeACK(_ segment: SegmentHeader, _ own: SequenceState, _ peer: SequenceState) -> Bool {
        segment.window == 0 && own.window == 0 && repeatsNumbers(segment, own)
            && peer.lastFlags & UInt16(TCPAnalysis.Flags.zeroWindowProbe.rawValue) != 0
    }

    /// Repeats the last acknowledgment for no other reason than that a segment arrived (RFC 5681 §2).
    static func isDuplicateACK(_ segment: SegmentHeader, _ own: SequenceState) -> Bool {
        segment.window != 0 && Int32(segment.window) == own.window && repeatsNumbers(segment, own)
    }

    /// Acknowledges more than was seen without a hole.
    static func acknowledgesUnseen(_ segment: SegmentHeader, _ peer: SequenceState) -> Bool {
        peer.contiguous != 0 && segment.flags.contains(.ack)
            && Sequence32.isAfter(segment.acknowledgment, peer.contiguous)
    }

    /// Of those, what is worth saying: where a later segment was seen, or else once until the peer acknowledges more.
    static func acknowledgesLostSegment(_ peer: SequenceState) -> Bool {
        hasHole(peer) || peer.duplicateACKs == 0
    }

    static func hasHole(_ state: SequenceState) -> Bool { Sequence32.isBefore(state.contiguous, state.next) }

    /// Whether the segment moves data, or takes a number, and begins before the highest number seen. A byte before that
    /// number was a probe or a keep-alive when more than this one byte follows.
    static func isOld(_ segment: SegmentHeader, _ own: SequenceState) -> Bool {
        own.next != 0 && Sequence32.isBefore(segment.sequence, own.next)
            && !(segment.length > 1 && segment.sequence == own.next &- 1)
    }

    /// Every byte of it has been acknowledged already.
    static func isSpuriousRetransmission(_ segment: SegmentHeader, _ peer: SequenceState) -> Bool {
        segment.length > 0 && peer.acknowledged != 0
            && (segment.sequence &+ segment.length == peer.acknowledged
                || Sequence32.isBefore(segment.sequence &+ segment.length, peer.acknowledged))
    }

    /// Answers duplicate acknowledgments at once (RFC 5681 §3.2). Two are enough: one may be missing from the capture.
    static func isFastRetransmission(_ segment: SegmentHeader, _ peer: SequenceState) -> Bool {
        peer.duplicateACKs >= 2 && peer.acknowledged == segment.sequence
            && span(segment.time, peer.lastTime) < fastRetransmissionTime
    }

    /// Comes so soon after later bytes that it was overtaken rather than sent again.
    static func isOutOfOrder(_ segment: SegmentHeader, _ own: SequenceState, initialRoundTrip: Int64) -> Bool {
        span(segment.time, own.nextTime) < UInt64(bitPattern: initialRoundTrip != 0 ? initialRoundTrip : usualRoundTrip)
            && own.next != segment.end
    }

    /// 20 ms.
    private static let fastRetransmissionTime: UInt64 = 20_000_000
    /// 3 ms, while the handshake has not told.
    private static let usualRoundTrip: Int64 = 3_000_000

    /// An empty segment with the numbers of the one before it.
    private static func repeatsNumbers(_ segment: SegmentHeader, _ own: SequenceState) -> Bool {
        segment.length == 0 && segment.sequence == own.next && segment.acknowledgment == own.acknowledged
            && segment.isOrdinary
    }

    /// Where clocks went back, the span is endless.
    private static func span(_ later: Int64, _ earlier: Int64) -> UInt64 { UInt64(bitPattern: later &- earlier) }
}
