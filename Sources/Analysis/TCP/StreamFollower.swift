import Bytes
import Dissection

/// Follows all TCP streams of a capture: says which stream a segment belongs to and what is remarkable about it.
///
/// State without I/O: the same segments in the same order give the same answers, in the one pass and in every replay.
struct StreamFollower: Sendable {
    private(set) var table = StreamTable()
    private(set) var parts = StreamParts()
    private var refusals: [Int: TCPStream.ControlMessage] = [:]

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
        _ segment: SegmentHeader, from: Endpoint, to: Endpoint, hash: UInt32
    ) -> (place: Place, analysis: SequenceAnalysis) {
        let stream: Int
        let sender: Side
        var isReuse = false
        if let found = table.find(from: from, to: to, hash: hash),
            !segment.flags.contains(.syn)
                || !table[found.stream].endsBefore(segment, found.sender, &parts.waiting, isReuse: &isReuse)
        {
            (stream, sender) = found
        } else {
            (stream, sender) = begin(segment, from, to, hash)
            if isReuse { table[stream].life.insert(.reusesPorts) }
        }
        var previous = FrameRecord.none
        var analysis = table[stream].follow(segment, sender, &parts, previous: &previous)
        if isReuse { analysis.mark(.reusedPorts) }
        return (Place(stream: stream, sender: sender, previous: previous), analysis)
    }

    /// A SYN that does not repeat the one before it opens a new connection on the same ports (RFC 9293 §3.6.1); so does
    /// the first segment of all between two endpoints.
    @inline(never)
    private mutating func begin(
        _ segment: SegmentHeader, _ from: Endpoint, _ to: Endpoint, _ hash: UInt32
    ) -> (Int, Side) {
        // A SYN-ACK whose SYN was not captured still tells who was called.
        let isAnswer = segment.flags.contains(.synACK)
        let stream = StreamState(
            from: isAnswer ? to : from, to: isAnswer ? from : to, frame: segment.frame, time: segment.time)
        return (table.add(stream, hash: hash), isAnswer ? .responder : .initiator)
    }

    /// The streams so far.
    var streams: Streams { Streams(table.streams, parts.sides, refusals) }

    /// Asks the memory for what segments will need that come soon: what a farther one's hash leads to is asked for first.
    @inline(__always)
    func prefetch(_ far: UInt32, _ near: UInt32, _ nearest: UInt32) {
        table.prefetchSlot(far)
        if let stream = table.guess(near) { table.prefetch(stream) }
        if let stream = table.guess(nearest) {
            parts.prefetch(table[stream].sides.initiator)
            parts.prefetch(table[stream].sides.responder)
        }
    }

    /// The newest stream between two endpoints.
    func find(from: Endpoint, to: Endpoint, hash: UInt32) -> Int? {
        table.find(from: from, to: to, hash: hash)?.stream
    }

    /// Notes an ICMP error about a stream; the first one counts.
    mutating func note(_ message: TCPStream.ControlMessage, for stream: Int) {
        if refusals[stream] == nil { refusals[stream] = message }
    }
}

extension StreamState {
    /// Whether a SYN opens a new connection rather than belonging to this one (RFC 9293 §3.6.1).
    ///
    /// - Parameter isReuse: set when it begins with other numbers than its side had, whether or not that ends the stream.
    @inline(never)
    mutating func endsBefore(
        _ segment: SegmentHeader, _ sender: Side, _ waiting: inout UnacknowledgedPool, isReuse: inout Bool
    ) -> Bool {
        guard segment.flags.contains(.syn), sides[sender].sequence.knows.contains(.base) else { return false }
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
            sides[sender].sequence.unacknowledged.rebase(segment.sequence, &waiting)
        }
        return false
    }

    /// Takes a segment of this stream into account.
    ///
    /// - Parameter previous: set to the frame before it in the stream.
    @inline(__always)
    mutating func follow(
        _ segment: SegmentHeader, _ sender: Side, _ parts: inout StreamParts, previous: inout UInt32
    ) -> SequenceAnalysis {
        previous = lastFrame
        if segment.time < lastTime { life.insert(.isOutOfTime) }
        lastFrame = segment.frame
        lastTime = segment.time
        var analysis = SequenceAnalysis(segment, initialRoundTrip: initialRoundTrip)
        // The two sides as they are: a side looked up by a variable would be copied out and back.
        switch sender {
        case .initiator:
            analysis.run(&sides.initiator.sequence, &sides.responder.sequence, &parts.waiting)
            sides.initiator.count(segment, analysis, &parts.sides)
            sides.responder.countAnswer(to: analysis, &parts.sides)
        case .responder:
            analysis.run(&sides.responder.sequence, &sides.initiator.sequence, &parts.waiting)
            sides.responder.count(segment, analysis, &parts.sides)
            sides.initiator.countAnswer(to: analysis, &parts.sides)
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
        if isSYN, !isACK { noteSYN(at: segment.time) }
        if frames == 1, !life.contains(.reusesPorts) {
            if isSYN, !isACK { completeness = segment.length > 0 ? [.syn, .data] : .syn }
            return
        }
        if isSYN {
            if isACK { completeness.insert(.synACK) } else if frames == 1 { completeness.insert(.syn) }
        } else if isACK {
            completeness.insert(segment.length > 0 ? .data : .ack)
            noteACK(segment, sender)
        }
        if isACK, segment.flags.contains(.fin) { completeness.insert(.fin) }
        if segment.flags.contains(.rst) { completeness.insert(.rst) }
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
            if life.isDisjoint(with: [.closedByInitiator, .closedByResponder]) {
                life.insert(sender == .initiator ? .closedByInitiator : .closedByResponder)
            }
            let isPassive = life.contains(sender == .initiator ? .closedByResponder : .closedByInitiator)
            flags.insert(isPassive ? .finPassive : .finActive)
        }
        if segment.flags.contains(.rst) { flags.insert(.reset) }
        return flags
    }

    /// RFC 7413 §4.1: data in a SYN with a cookie, acknowledged by the SYN-ACK or not.
    private mutating func fastOpenFlags(_ segment: SegmentHeader, _ sender: Side) -> TCPAnalysis.Flags {
        if !segment.flags.contains(.ack) {
            guard segment.hasFastOpenCookie else { return [] }
            if segment.length > 0 { life.insert(.offersFastOpenData) }
            return .fastOpenSYN
        }
        if segment.acknowledgment &- sides[sender.other].sequence.base > 1 { return .fastOpenACK }
        return life.contains(.offersFastOpenData) ? .fastOpenIgnored : []
    }

    /// The option counts wherever it stands; a SYN settles whether windows are scaled (RFC 7323 §2.2: only if both
    /// SYNs offered it).
    @inline(never)
    private mutating func noteWindowScale(_ segment: SegmentHeader, _ sender: Side) {
        if segment.windowScale >= 0 { sides[sender].sequence.windowScale = segment.windowScale }
        guard segment.flags.contains(.syn), !segment.hasCutOptions else { return }
        if sides[sender].sequence.windowScale == WindowScale.unknown {
            sides.initiator.sequence.windowScale = WindowScale.unused
            sides.responder.sequence.windowScale = WindowScale.unused
        } else if segment.flags.contains(.ack), sides[sender.other].sequence.windowScale == WindowScale.unused {
            sides[sender].sequence.windowScale = WindowScale.unused
        }
    }
}
