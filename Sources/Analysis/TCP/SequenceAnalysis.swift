import Dissection

/// Puts one segment through the rules and takes it into the state of its stream.
///
/// The order of the steps is part of the rules: what an earlier one decides, a later one builds on.
struct SequenceAnalysis {
    let segment: SegmentHeader
    /// Nanoseconds; 0 while unknown.
    let initialRoundTrip: Int64
    private(set) var flags: TCPAnalysis.Flags = []
    /// Whether the segment begins where its side's bytes ended, and how far before that if not.
    private(set) var isInSequence = false
    private(set) var distanceBack: UInt32 = 0
    /// The segment whose end is acknowledged, and the one that a retransmission repeats.
    private(set) var acknowledged: UnacknowledgedQueue.Acknowledged?
    private(set) var retransmitted: (frame: UInt32, time: Int64)?
    /// Whether the bytes in flight were asked for and known; they are 0 where lying blocks make nonsense of them.
    private(set) var measuresFlight = false
    private(set) var bytesInFlight: UInt32 = 0
    private(set) var acknowledgesUnseen = false
    private(set) var bytesSincePush: UInt32 = 0
    private(set) var duplicateACKNumber: UInt32 = 0
    private(set) var duplicateACKFrame: UInt32 = 0

    @inline(__always)
    init(_ segment: SegmentHeader, initialRoundTrip: Int64) {
        self.segment = segment
        self.initialRoundTrip = initialRoundTrip
    }

    @inline(__always)
    mutating func run(_ own: inout SequenceState, _ peer: inout SequenceState, _ pool: inout UnacknowledgedPool) {
        setBases(&own, &peer)
        judgeNumbers(&own, peer)
        judgeAcknowledgment(&own, &peer)
        judgeAge(own, peer, pool)
        isInSequence = own.next == 0 || segment.sequence == own.next
        distanceBack = own.next &- segment.sequence
        remember(&own, &pool)
        acknowledged = peer.unacknowledged.acknowledge(segment.acknowledgment, base: peer.base, &pool)
        measureFlight(&own, peer, pool)
    }

    /// Adds what the connection knows and the numbers of the segment do not show.
    @inline(__always)
    mutating func mark(_ more: TCPAnalysis.Flags) { flags.formUnion(more) }

    /// Relative numbers count from the SYN; in the middle of a stream the first byte seen is byte 1.
    @inline(__always)
    private func setBases(_ own: inout SequenceState, _ peer: inout SequenceState) {
        if !own.knows.contains(.base) {
            own.base = segment.flags.contains(.syn) ? segment.sequence : segment.sequence &- 1
            own.knows.insert(.base)
        }
        guard segment.flags.contains(.ack) else { return }
        if !peer.knows.contains(.base) {
            peer.base = segment.acknowledgment &- 1
            peer.knows.insert(.base)
        }
        peer.knows.insert(.flight)
    }

    /// Everything up to the duplicate ACK. Three findings say all there is to say and end the search.
    @inline(__always)
    private mutating func judgeNumbers(_ own: inout SequenceState, _ peer: SequenceState) {
        if SequenceRules.isZeroWindowProbe(segment, own, peer) {
            flags.insert(.zeroWindowProbe)
            return
        }
        if SequenceRules.isZeroWindow(segment) { flags.insert(.zeroWindow) }
        if SequenceRules.isBehindLostSegment(segment, own) {
            flags.insert(.lostSegment)
            own.knows.remove(.flight)
        }
        if SequenceRules.isKeepAlive(segment, own) { flags.insert(.keepAlive) }
        if segment.length > 0 {
            if SequenceRules.isWindowFull(segment, own, peer) { flags.insert(.windowFull) }
            return
        }
        if SequenceRules.isWindowUpdate(segment, own) { flags.insert(.windowUpdate) }
        if SequenceRules.isKeepAliveACK(segment, own, peer) {
            flags.insert(.keepAliveACK)
        } else if SequenceRules.isZeroWindowProbeACK(segment, own, peer) {
            flags.insert(.zeroWindowProbeACK)
        } else if SequenceRules.isDuplicateACK(segment, own) {
            flags.insert(.duplicateACK)
            own.duplicateACKs = own.duplicateACKs == SequenceState.acknowledgedUnseen ? 1 : own.duplicateACKs + 1
            duplicateACKNumber = own.duplicateACKs
            duplicateACKFrame = own.originalACK
        }
    }

    @inline(__always)
    private mutating func judgeAcknowledgment(_ own: inout SequenceState, _ peer: inout SequenceState) {
        if segment.acknowledgment != own.acknowledged {
            own.originalACK = segment.frame
            own.duplicateACKs = 0
        }
        guard SequenceRules.acknowledgesUnseen(segment, peer) else { return }
        acknowledgesUnseen = true
        if SequenceRules.acknowledgesLostSegment(peer) { flags.insert(.ackLostSegment) }
        if SequenceRules.hasHole(peer) {
            peer.contiguous = peer.next
        } else {
            peer.duplicateACKs = SequenceState.acknowledgedUnseen
        }
    }

    /// Whether a segment that takes sequence numbers was sent before.
    @inline(__always)
    private mutating func judgeAge(
        _ own: SequenceState, _ peer: SequenceState, _ pool: borrowing UnacknowledgedPool
    ) {
        guard segment.length > 0 || !segment.flags.isDisjoint(with: .synFin), !flags.contains(.keepAlive) else {
            return
        }
        if SequenceRules.isSpuriousRetransmission(segment, peer) {
            flags.insert(.spuriousRetransmission)
            return
        }
        guard SequenceRules.isOld(segment, own) else { return }
        if SequenceRules.isFastRetransmission(segment, peer) {
            flags.insert(.fastRetransmission)
        } else if SequenceRules.isOutOfOrder(segment, own, initialRoundTrip: initialRoundTrip) {
            flags.insert(.outOfOrder)
        } else {
            flags.insert(.retransmission)
            // Most likely the oldest segment that waits; else the newest one of all.
            let oldest = own.unacknowledged.oldest(in: pool)
            retransmitted = oldest.map { ($0.frame, $0.time) } ?? (own.nextFrame, own.nextTime)
        }
    }

    @inline(__always)
    private func remember(_ own: inout SequenceState, _ pool: inout UnacknowledgedPool) {
        let isProbe = flags.contains(.zeroWindowProbe)
        let end = segment.end
        if end != segment.sequence {
            own.unacknowledged.append(
                .init(sequence: segment.sequence, end: end, frame: segment.frame, time: segment.time),
                base: own.base, &pool)
        }
        // A probe does not count before its acknowledgment does.
        if !isProbe, own.next == 0 || Sequence32.isAfter(end, own.next) {
            own.next = end
            own.nextFrame = segment.frame
            own.nextTime = segment.time
        }
        if !isProbe, own.contiguous == 0 || segment.sequence == own.contiguous {
            own.contiguous = own.next
        }
        if segment.flags.contains(.syn) {
            own.knows.insert(.windowOfSYN)
        } else if segment.flags.contains(.ack) {
            own.knows.remove(.windowOfSYN)
        }
        own.window = Int32(segment.window)
        own.acknowledged = segment.acknowledgment
        own.lastTime = segment.time
        own.lastFlags = UInt16(truncatingIfNeeded: flags.rawValue)
        own.sacked = segment.sackedBytes
    }

    @inline(__always)
    private mutating func measureFlight(
        _ own: inout SequenceState, _ peer: SequenceState, _ pool: borrowing UnacknowledgedPool
    ) {
        guard segment.length > 0, own.knows.contains(.flight), let span = own.unacknowledged.span(pool) else { return }
        measuresFlight = true
        let inFlight = span &- peer.sacked
        // Half of the sequence space and more is what lying blocks make.
        if inFlight > 0, inFlight < 2_000_000_000 {
            bytesInFlight = inFlight &- (segment.flags.isDisjoint(with: .synFin) ? 0 : 1)
        }
        own.pushed = own.knows.contains(.push) ? segment.length : own.pushed &+ segment.length
        if segment.flags.contains(.psh) { own.knows.insert(.push) } else { own.knows.remove(.push) }
        bytesSincePush = own.pushed
    }
}
