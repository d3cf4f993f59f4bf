import Bytes
import Dissection

extension SideState {
    /// Counts a segment of this side.
    @inline(__always)
    mutating func count(_ segment: SegmentHeader, _ analysis: SequenceAnalysis, _ parts: inout SideParts) {
        frames &+= 1
        frameBytes &+= UInt64(segment.frameLength)
        if !segment.isOrdinary { countLife(segment, analysis) }
        if !segment.flags.contains(.syn) { maximumWindow = max(maximumWindow, segment.window) }
        flags.formUnion(segment.flags)
        if analysis.flags.contains(.zeroWindow) { zeroWindows &+= 1 }
        if segment.length > 0 { countPayload(segment, analysis, &parts) }
    }

    @inline(__always)
    private mutating func countPayload(
        _ segment: SegmentHeader, _ analysis: SequenceAnalysis, _ parts: inout SideParts
    ) {
        let isNew =
            analysis.isInSequence && !analysis.flags.contains(.zeroWindowProbe)
            && (finFrame == FrameRecord.none || segment.flags.contains(.fin)) && segment.captured == segment.length
        let part = parts.payload(of: &self)
        parts[part].count(segment, analysis, isNew: isNew)
        // The other side had more than this before: what lies between may not be in the capture.
        if analysis.flags.contains(.spuriousRetransmission), parts[part].segments == 1 { isWhole = false }
        if !isNew { countRepetition(segment, analysis, part, &parts) }
    }

    @inline(never)
    private mutating func countRepetition(
        _ segment: SegmentHeader, _ analysis: SequenceAnalysis, _ part: UInt32, _ parts: inout SideParts
    ) {
        // What lies within the bytes that came in order is known; anything else takes a closer look (``DataFacts``).
        // A FIN before it took a number and was no byte.
        let isBehindFIN = finFrame != FrameRecord.none && finFrame != segment.frame
        let distance = analysis.distanceBack &- (isBehindFIN ? 1 : 0)
        let repetition = parts.repetition(of: part)
        let newBytes = parts[part].bytes &- UInt64(segment.length) &- parts.repetitions[Int(repetition)].bytes
        if UInt64(distance) > newBytes || segment.length > distance { isWhole = false }
        parts.count(segment, analysis, as: repetition)
    }

    @inline(never)
    private mutating func countLife(_ segment: SegmentHeader, _ analysis: SequenceAnalysis) {
        if segment.flags.contains(.fin) {
            // A FIN elsewhere than behind the bytes, or than the one before it, contradicts what was counted.
            let isAtEnd =
                finFrame == FrameRecord.none
                ? analysis.isInSequence : analysis.distanceBack == segment.length &+ 1
            if !isAtEnd { isWhole = false }
            if finFrame == FrameRecord.none { finFrame = segment.frame }
        }
        if segment.flags.contains(.rst), resetFrame == FrameRecord.none { resetFrame = segment.frame }
        guard segment.flags.contains(.syn) else { return }
        if !flags.contains(.syn) { synSequence = segment.sequence }
        synSegmentSize = segment.maximumSegmentSize
        synWindowScale = segment.windowScale
        synWindow = segment.window
    }

    /// Counts what the other side's segment acknowledged.
    @inline(__always)
    mutating func countAnswer(to analysis: SequenceAnalysis, _ parts: inout SideParts) {
        if let acknowledged = analysis.acknowledged, acknowledged.isRoundTrip {
            let span = analysis.segment.time - acknowledged.time
            // Where clocks went back there is nothing to measure.
            if span >= 0 { parts[parts.payload(of: &self)].roundTrip.add(span) }
        }
        if analysis.flags.contains(.ackLostSegment) { isWhole = false }
    }
}

/// What a side has that has sent data.
struct PayloadState: Sendable, BitwiseCopyable {
    /// On the wire, repetitions included.
    var bytes: UInt64 = 0
    /// From this side's segments to the ACKs of their ends.
    var roundTrip = SideFacts.RoundTrip()
    /// Frames with payload.
    var segments: UInt32 = 0
    /// Of the first frame with data, and of the last one with new data.
    var firstFrame = FrameRecord.none
    var lastFrame = FrameRecord.none
    /// Most bytes that were sent and not yet acknowledged.
    var maximumInFlight: UInt32 = 0
    var largestSegment: UInt32 = 0
    /// Index of the side's ``RepetitionState``; `FrameRecord.none` while everything came once and in order.
    var repetition = FrameRecord.none

    @inline(__always)
    fileprivate mutating func count(_ segment: SegmentHeader, _ analysis: SequenceAnalysis, isNew: Bool) {
        if segments == 0 { firstFrame = segment.frame }
        if isNew { lastFrame = segment.frame }
        segments &+= 1
        bytes &+= UInt64(segment.length)
        largestSegment = max(largestSegment, segment.length)
        maximumInFlight = max(maximumInFlight, analysis.bytesInFlight)
    }
}

/// What a side has whose bytes did not all come once and in order.
struct RepetitionState: Sendable, BitwiseCopyable {
    /// Of all segments that did not continue what came before.
    var bytes: UInt64 = 0
    /// Of those that were sent again, fast and spurious ones included.
    var retransmittedBytes: UInt64 = 0
    var retransmissions: UInt32 = 0
    var outOfOrder: UInt32 = 0
}

/// What only some sides have, of all streams, found by the indexes in their states.
struct SideParts: Sendable {
    private(set) var payloads = Chunks<PayloadState>()
    private(set) var repetitions = Chunks<RepetitionState>()

    /// The part of a side that sends data, made for its first one.
    @inline(__always)
    fileprivate mutating func payload(of side: inout SideState) -> UInt32 {
        if side.payload == FrameRecord.none {
            side.payload = UInt32(truncatingIfNeeded: payloads.count)
            payloads.append(PayloadState())
        }
        return side.payload
    }

    fileprivate subscript(payload: UInt32) -> PayloadState {
        @inline(__always) get { payloads[Int(payload)] }
        @inline(__always) _modify { yield &payloads[Int(payload)] }
    }

    fileprivate mutating func repetition(of payload: UInt32) -> UInt32 {
        if self[payload].repetition == FrameRecord.none {
            self[payload].repetition = UInt32(truncatingIfNeeded: repetitions.count)
            repetitions.append(RepetitionState())
        }
        return self[payload].repetition
    }

    fileprivate mutating func count(_ segment: SegmentHeader, _ analysis: SequenceAnalysis, as repetition: UInt32) {
        let index = Int(repetition)
        repetitions[index].bytes &+= UInt64(segment.length)
        if analysis.flags.isDisjoint(with: [.retransmission, .fastRetransmission, .spuriousRetransmission]) {
            if analysis.flags.contains(.outOfOrder) { repetitions[index].outOfOrder &+= 1 }
        } else {
            repetitions[index].retransmissions &+= 1
            repetitions[index].retransmittedBytes &+= UInt64(segment.length)
        }
    }

    @inline(__always)
    fileprivate func prefetch(_ payload: UInt32) {
        if payload != FrameRecord.none { payloads.prefetch(Int(payload)) }
    }
}

/// What following streams needs beside their states.
struct StreamParts: Sendable {
    var waiting = UnacknowledgedPool()
    var sides = SideParts()

    /// Asks the memory for what a side's segments count in and wait in.
    @inline(__always)
    func prefetch(_ side: SideState) {
        sides.prefetch(side.payload)
        side.sequence.unacknowledged.prefetch(in: waiting)
    }
}
