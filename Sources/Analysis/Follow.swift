import Bytes
import Dissection

extension CaptureIndex {
    /// Calls `body` with what both sides of a stream said, in the order in which they can have said it: each side in
    /// sequence order, and an answer behind what it acknowledges.
    ///
    /// A hole that a later frame fills is waited for; one that nothing fills is a piece of its own, also at the end,
    /// where the other side acknowledged more than the capture has.
    package func follow(_ stream: Int, _ body: (FollowPiece) -> Void) {
        let segments = segments(of: stream)
        var assemblers = BySide(
            StreamAssembler(segments, side: .initiator), StreamAssembler(segments, side: .responder))
        var queue = CausalQueue()
        func take(_ segment: Segment) {
            assemblers[segment.sender].push(segment) { piece in
                switch piece {
                case .bytes(let frame, let offset, let count, let shownBy):
                    body(
                        .bytes(
                            stream, segment.sender, frame: frame, offset: offset, count: Int64(count),
                            shownBy: shownBy))
                case .gap(let count, let shownBy): body(.gap(stream, segment.sender, count, shownBy: shownBy))
                }
            }
        }
        for segment in segments {
            queue.append(segment)
            while let next = queue.next(assemblers) { take(next) }
        }
        while let next = queue.removeFirst() { take(next) }
        for side in Side.allCases {
            let missing = assemblers[side].missingAtEnd(segments, side: side)
            if missing > 0 { body(.gap(stream, side, missing, shownBy: streams[stream].lastFrame)) }
        }
    }

    /// What was said on several streams, in the order of time; each stream for itself stays as ``follow(_:_:)`` has it.
    ///
    /// The pieces refer to the capture: 32 bytes each, however much they stand for.
    package func follow(together streams: [Int]) -> [FollowPiece] {
        var pieces: [FollowPiece] = []
        var times: [Int64] = []
        for stream in streams {
            var latest = Int64.min
            follow(stream) { piece in
                latest = max(latest, frames[Int(piece.shownBy)].time)
                pieces.append(piece)
                times.append(latest)
            }
        }
        guard streams.count > 1 else { return pieces }
        return pieces.indices.sorted { (times[$0], pieces[$0].shownBy, $0) < (times[$1], pieces[$1].shownBy, $1) }
            .map { pieces[$0] }
    }
}
