import Bytes
import Dissection

extension CaptureIndex {
    /// Calls `body` with the chunks of a stream as Wireshark's Follow TCP Stream cuts and orders them.
    ///
    /// Frames are taken in the order of the file. A chunk is what one frame added to its side's bytes; what came early
    /// is shown when the bytes before it have come, and a hole when the other side acknowledged what lies behind it.
    /// Unlike there, no byte is lost: a hole that a later frame fills is waited for, what nobody acknowledged is shown
    /// at the end, and bytes that came before the first seen frame's are shown before them.
    package func forEachChunk(of stream: Int, _ body: (FollowPiece) -> Void) {
        var segments = segments(of: stream)
        if !zip(segments, segments.dropFirst()).allSatisfy({ $0.frame < $1.frame }) {
            segments.sort { $0.frame < $1.frame }
        }
        var sides = BySide(
            ChunkAssembler(segments, stream, .initiator), ChunkAssembler(segments, stream, .responder))
        for segment in segments {
            let other = segment.sender.other
            if let held = sides[other].held, let acknowledged = acknowledgment(of: segment, near: held) {
                sides[other].acknowledge(acknowledged, by: segment.frame, body)
            }
            sides[segment.sender].push(segment, body)
        }
        for side in Side.allCases { sides[side].finish(body) }
    }

    /// The acknowledgment of a segment. That of an RST counts here as well, which ``Segment`` keeps silent about: it is
    /// placed by the sequence number of a segment of the other side that waits.
    private func acknowledgment(of segment: Segment, near held: Segment) -> Int64? {
        guard segment.flags.contains(.rst), segment.flags.contains(.ack) else { return segment.acknowledged }
        let number = withFrame(segment.frame) { bytes, layers in
            layers.has(.tcp) ? Header<TCP>(bytes, layers[layers.transport])[.acknowledgment] : nil
        }
        let sequence = withFrame(held.frame) { bytes, layers in
            layers.has(.tcp) ? Header<TCP>(bytes, layers[layers.transport])[.sequence] : nil
        }
        guard let number, let sequence else { return nil }
        let start = held.flags.contains(.syn) ? sequence &+ 1 : sequence
        return held.start + Int64(Int32(bitPattern: number &- start))
    }
}

/// One side's chunks; see ``CaptureIndex/forEachChunk(of:_:)``.
private struct ChunkAssembler {
    private let stream: Int
    private let side: Side
    /// Which positions will ever come: a hole in them is one for good.
    private let coverage: Coverage
    private var next: Int64
    /// Segments that came early, by where they begin.
    private var waiting = MinHeap<Segment> { ($0.start, $0.frame) < ($1.start, $1.frame) }
    /// Those of them that touch what was delivered; the one that came first goes first.
    private var ready = MinHeap<Segment> { $0.frame < $1.frame }

    init(_ segments: [Segment], _ stream: Int, _ side: Side) {
        self.stream = stream
        self.side = side
        let own = segments.filter { $0.sender == side }
        coverage = Coverage(own.compactMap { $0.captured > 0 ? $0.start..<$0.capturedEnd : nil })
        let hasSYN = own.contains { $0.flags.contains(.syn) }
        let first = min(own.first?.start ?? 0, coverage.first?.lowerBound ?? .max)
        next = hasSYN ? 0 : first
    }

    /// The first segment that waits for bytes before it, if any.
    var held: Segment? { waiting.first }

    mutating func push(_ segment: Segment, _ emit: (FollowPiece) -> Void) {
        guard segment.captured > 0, segment.end > next else { return }
        guard segment.start <= next else { return waiting.insert(segment) }
        guard segment.capturedEnd > next else { return }
        deliver(segment, emit)
        // What the snap length cut off is passed over without a word.
        next = segment.end
        settle(emit)
    }

    /// The other side has everything before `position`; what lies before it and is not in the capture never comes.
    mutating func acknowledge(_ position: Int64, by frame: UInt32, _ emit: (FollowPiece) -> Void) {
        while let held, held.start < position, !comesLater(before: held.start) {
            skip(to: held, shownBy: frame, emit)
        }
    }

    /// Shows what nobody acknowledged.
    mutating func finish(_ emit: (FollowPiece) -> Void) {
        while let held { skip(to: held, shownBy: held.frame, emit) }
    }

    private func comesLater(before position: Int64) -> Bool {
        coverage.range(atOrAfter: next).map { $0.lowerBound < position } ?? false
    }

    private mutating func skip(to held: Segment, shownBy frame: UInt32, _ emit: (FollowPiece) -> Void) {
        emit(.gap(stream, side, held.start - next, shownBy: frame))
        next = held.start
        settle(emit)
    }

    /// Delivers whatever fits by now.
    private mutating func settle(_ emit: (FollowPiece) -> Void) {
        while true {
            while let first = waiting.first, first.start <= next, let fitting = waiting.removeFirst() {
                ready.insert(fitting)
            }
            guard let segment = ready.removeFirst() else { return }
            guard segment.capturedEnd > next else { continue }
            deliver(segment, emit)
            next = segment.capturedEnd
        }
    }

    /// Hands on what of a segment lies behind the bytes that were delivered.
    private func deliver(_ segment: Segment, _ emit: (FollowPiece) -> Void) {
        let skipped = next - segment.start
        emit(
            .bytes(
                stream, side, frame: segment.frame, offset: segment.offset + UInt32(skipped),
                count: segment.capturedEnd - next, shownBy: segment.frame))
    }
}
