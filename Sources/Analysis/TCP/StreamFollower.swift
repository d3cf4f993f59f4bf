import Bytes
import Dissection

/// Follows all TCP streams of a capture: says which stream a segment belongs to and what is remarkable about it.
///
/// State without I/O: the same segments in the same order give the same answers, in the one pass and in every replay.
struct StreamFollower: Sendable {
    private(set) var table = StreamTable()
    private(set) var pool = UnacknowledgedPool()

    /// A segment's place: its stream, its sender, and the frame before it in the stream.
    struct Place: Sendable, BitwiseCopyable {
        let stream: Int
        let sender: Side
        let previous: UInt32
    }

    /// Takes the next segment.
    ///
    /// - Returns: where it belongs, and what the rules found.
    @inline(__always)
    mutating func take(
        _ segment: SegmentHeader, from: Endpoint, to: Endpoint, hash: UInt64
    ) -> (place: Place, analysis: SequenceAnalysis) {
        let stream: Int
        let sender: Side
        var isReuse = false
        if let found = table.find(from: from, to: to, hash: hash),
            !table[found.stream].endsBefore(segment, found.sender, pool, isReuse: &isReuse)
        {
            (stream, sender) = found
        } else {
            (stream, sender) = begin(segment, from, to, hash)
            if isReuse { table[stream].reusesPorts = true }
        }
        var previous = FrameRecord.none
        var analysis = table[stream].follow(segment, sender, &pool, previous: &previous)
        if isReuse { analysis.mark(.reusedPorts) }
        return (Place(stream: stream, sender: sender, previous: previous), analysis)
    }

    /// A SYN that does not repeat the one before it opens a new connection on the same ports (RFC 9293 §3.6.1); so does
    /// the first segment of all between two endpoints.
    @inline(never)
    private mutating func begin(
        _ segment: SegmentHeader, _ from: Endpoint, _ to: Endpoint, _ hash: UInt64
    ) -> (Int, Side) {
        // A SYN-ACK whose SYN was not captured still tells who was called.
        let isAnswer = segment.flags.contains(.synACK)
        let stream = TCPStream(
            from: isAnswer ? to : from, to: isAnswer ? from : to, frame: segment.frame, time: segment.time)
        return (table.add(stream, hash: hash), isAnswer ? .responder : .initiator)
    }

    /// The newest stream between two endpoints.
    func find(from: Endpoint, to: Endpoint, hash: UInt64) -> Int? {
        table.find(from: from, to: to, hash: hash)?.stream
    }

    mutating func note(_ message: TCPStream.ControlMessage, for stream: Int) {
        if table[stream].refusal == nil { table[stream].refusal = message }
    }
}

extension TCPStream {
    /// Whether a SYN opens a new connection rather than belonging to this one (RFC 9293 §3.6.1).
    ///
    /// - Parameter isReuse: set for every SYN that finds its side's numbers known already.
    @inline(__always)
    mutating func endsBefore(
        _ segment: SegmentHeader, _ sender: Side, _ pool: borrowing UnacknowledgedPool, isReuse: inout Bool
    ) -> Bool {
        guard segment.flags.contains(.syn) else { return false }
        return takeSYN(segment, sender, pool, isReuse: &isReuse)
    }

    @inline(never)
    private mutating func takeSYN(
        _ segment: SegmentHeader, _ sender: Side, _ pool: borrowing UnacknowledgedPool, isReuse: inout Bool
    ) -> Bool {
        guard sides[sender].sequence.knows.contains(.base) else { return false }
        let isSame = sides[sender].sequence.base == segment.sequence
        if !segment.flags.contains(.ack) {
            isReuse = !isSame
            // The same SYN again: numbers begin where everything seen was seen without a hole.
            if isSame { sides[sender].sequence.next = sides[sender].sequence.contiguous }
            return !isSame
        }
        if !isSame {
            isReuse = true
            sides[sender].sequence.base = segment.sequence
            sides[sender].sequence.unacknowledged.rebase(segment.sequence, pool)
        }
        return false
    }

    /// Takes a segment of this stream into account.
    ///
    /// - Parameter previous: set to the frame before it in the stream.
    @inline(__always)
    mutating func follow(
        _ segment: SegmentHeader, _ sender: Side, _ pool: inout UnacknowledgedPool, previous: inout UInt32
    ) -> SequenceAnalysis {
        previous = lastFrame
        if segment.time < lastTime { isOutOfTime = true }
        lastFrame = segment.frame
        lastTime = segment.time
        var analysis = SequenceAnalysis(segment, initialRoundTrip: initialRoundTrip)
        // The two sides as they are: a side looked up by a variable would be copied out and back.
        switch sender {
        case .initiator:
            analysis.run(&sides.initiator.sequence, &sides.responder.sequence, &pool)
            sides.initiator.count(segment, analysis)
            sides.responder.countAnswer(to: analysis)
        case .responder:
            analysis.run(&sides.responder.sequence, &sides.initiator.sequence, &pool)
            sides.responder.count(segment, analysis)
            sides.initiator.countAnswer(to: analysis)
        }
        noteLife(segment, sender)
        if !segment.isOrdinary { analysis.mark(connectionFlags(segment, sender)) }
        if segment.windowScale >= 0 || segment.flags.contains(.syn) { noteWindowScale(segment, sender) }
        return analysis
    }

    /// What of the connection's life the capture has, and how long its handshake took. The first segment of a stream
    /// counts only if it is a SYN; an ACK with data is data.
    @inline(__always)
    private mutating func noteLife(_ segment: SegmentHeader, _ sender: Side) {
        let (isSYN, isACK) = (segment.flags.contains(.syn), segment.flags.contains(.ack))
        if isSYN, !isACK { lastSYNTime = segment.time }
        if frames == 1, !reusesPorts {
            if isSYN, !isACK { completeness = segment.length > 0 ? [.syn, .data] : .syn }
            return
        }
        if isSYN {
            if isACK { completeness.insert(.synACK) } else if frames == 1 { completeness.insert(.syn) }
        } else if isACK {
            completeness.insert(segment.length > 0 ? .data : .ack)
            if lastSYNTime != .min { noteHandshake(segment, sender) }
        }
        if isACK, segment.flags.contains(.fin) { completeness.insert(.fin) }
        if segment.flags.contains(.rst) { completeness.insert(.rst) }
    }

    @inline(__always)
    private mutating func noteHandshake(_ segment: SegmentHeader, _ sender: Side) {
        if initialRoundTrip == 0 { initialRoundTrip = segment.time - lastSYNTime }
        if handshakeSpan == .min, sender == .initiator, !segment.flags.contains(.rst) {
            handshakeSpan = segment.time - lastSYNTime
        }
    }

    /// What a SYN, FIN or RST does to the connection.
    @inline(never)
    private mutating func connectionFlags(_ segment: SegmentHeader, _ sender: Side) -> TCPAnalysis.Flags {
        var flags: TCPAnalysis.Flags = []
        if segment.flags.contains(.syn) {
            if segment.flags.contains(.ack) { flags.insert(.synACK) } else { flags.insert(.syn) }
            flags.formUnion(fastOpenFlags(segment, sender))
        }
        if segment.flags.contains(.fin) {
            flags.insert(.fin)
            // Whoever closes first is the active one, as often as it says so (RFC 9293 §3.6).
            let isPassive = closer == sender.other
            if closer == nil { closer = sender }
            flags.insert(isPassive ? .finPassive : .finActive)
        }
        if segment.flags.contains(.rst) { flags.insert(.reset) }
        return flags
    }

    /// RFC 7413 §4.1: data in a SYN with a cookie, acknowledged by the SYN-ACK or not.
    private mutating func fastOpenFlags(_ segment: SegmentHeader, _ sender: Side) -> TCPAnalysis.Flags {
        if !segment.flags.contains(.ack) {
            guard segment.hasFastOpenCookie else { return [] }
            if segment.length > 0 { offersFastOpenData = true }
            return .fastOpenSYN
        }
        if segment.acknowledgment &- sides[sender.other].sequence.base > 1 { return .fastOpenACK }
        return offersFastOpenData ? .fastOpenIgnored : []
    }

    /// The option counts wherever it stands; a SYN settles whether windows are scaled (RFC 7323 §2.2: only if both
    /// SYNs offered it).
    @inline(never)
    private mutating func noteWindowScale(_ segment: SegmentHeader, _ sender: Side) {
        if segment.windowScale >= 0 { sides[sender].sequence.windowScale = segment.windowScale }
        guard segment.flags.contains(.syn) else { return }
        if sides[sender].sequence.windowScale == WindowScale.unknown {
            sides.initiator.sequence.windowScale = WindowScale.unused
            sides.responder.sequence.windowScale = WindowScale.unused
        } else if segment.flags.contains(.ack), sides[sender.other].sequence.windowScale == WindowScale.unused {
            sides[sender].sequence.windowScale = WindowScale.unused
        }
    }
}

extension SideFacts {
    /// Counts a segment of this side.
    @inline(__always)
    fileprivate mutating func count(_ segment: SegmentHeader, _ analysis: SequenceAnalysis) {
        frames &+= 1
        frameBytes &+= UInt64(segment.frameLength)
        if !segment.isOrdinary { countLife(segment, analysis) }
        if !segment.flags.contains(.syn) { maximumWindow = max(maximumWindow, segment.window) }
        flags.formUnion(segment.flags)
        if analysis.flags.contains(.zeroWindow) { zeroWindows &+= 1 }
        guard segment.length > 0 else { return }
        segments &+= 1
        payloadBytes &+= UInt64(segment.length)
        largestSegment = max(largestSegment, segment.length)
        maximumInFlight = max(maximumInFlight, analysis.bytesInFlight)
        if firstData == FrameRecord.none {
            firstData = segment.frame
            // The other side had more than this before: what lies between may not be in the capture.
            if analysis.flags.contains(.spuriousRetransmission) { isWhole = false }
        }
        if analysis.isInSequence, !analysis.flags.contains(.zeroWindowProbe),
            finFrame == FrameRecord.none || segment.flags.contains(.fin),
            segment.captured == segment.length
        {
            newBytes &+= UInt64(segment.length)
            lastData = segment.frame
        } else {
            countRepetition(segment, analysis)
        }
    }

    @inline(never)
    private mutating func countRepetition(_ segment: SegmentHeader, _ analysis: SequenceAnalysis) {
        // What lies within the bytes that came in order is known; anything else takes a closer look (``DataFacts``).
        // A FIN before it took a number and was no byte.
        let isBehindFIN = finFrame != FrameRecord.none && finFrame != segment.frame
        let distance = analysis.distanceBack &- (isBehindFIN ? 1 : 0)
        if UInt64(distance) > newBytes || segment.length > distance { isWhole = false }
        if analysis.flags.isDisjoint(with: [.retransmission, .fastRetransmission, .spuriousRetransmission]) {
            if analysis.flags.contains(.outOfOrder) { outOfOrder &+= 1 }
        } else {
            retransmissions &+= 1
            retransmittedBytes &+= UInt64(segment.length)
        }
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
    fileprivate mutating func countAnswer(to analysis: SequenceAnalysis) {
        if let acknowledged = analysis.acknowledged, acknowledged.isRoundTrip {
            let span = analysis.segment.time - acknowledged.time
            // Where clocks went back there is nothing to measure.
            if span >= 0 { roundTrip.add(span) }
        }
        if analysis.flags.contains(.ackLostSegment) { isWhole = false }
    }
}
