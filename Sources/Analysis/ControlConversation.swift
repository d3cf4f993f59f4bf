import Bytes
package import Dissection
package import FTPProtocol

/// What happens on a control connection, in the order in which it could be known.
package enum ControlEvent: Sendable {
    /// A line from one side; its `start` and `end` are frame indexes.
    case line(ControlLine, from: Side)
    /// Bytes that the capture lacks.
    case gap(Int64, from: Side, frame: UInt32)
    /// The side's bytes are TLS records from here on.
    case encrypted(from: Side, frame: UInt32)
    /// The side's bytes are text again (RFC 4217 §12.3, CCC).
    case clear(from: Side, frame: UInt32)
}

/// A control connection read as lines: both sides assembled, Telnet removed, TLS noticed.
package struct ControlConversation: Sendable {
    private var assemblers: BySide<StreamAssembler>
    private var queue = CausalQueue()
    private var text = ControlText()
    /// By each side, in the other side's count.
    private var acknowledged = BySide(both: Int64.min)
    /// Of a stream of which more is coming.
    private var waits: BySide<Wait?> = BySide(both: nil)

    package var tls: TLSFacts { text.tls }

    /// Reads a whole stream, or its first `frames` frames.
    package init(_ stream: Int, in index: CaptureIndex, frames limit: Int = .max, into emit: (ControlEvent) -> Void) {
        let segments = index.segments(of: stream, limit: limit)
        assemblers = BySide(StreamAssembler(segments, side: .initiator), StreamAssembler(segments, side: .responder))
        for segment in segments { push(segment, in: index, into: emit) }
        finish(in: index, into: emit)
    }

    /// Begins to read a stream of which more is coming; its segments are pushed one by one.
    init(growing stream: TCPStream) {
        assemblers = BySide(
            StreamAssembler(growing: stream.sides.initiator.initialSequence != nil),
            StreamAssembler(growing: stream.sides.responder.initialSequence != nil))
    }

    /// Takes the next segment.
    mutating func push(_ segment: Segment, in index: CaptureIndex, into emit: (ControlEvent) -> Void) {
        if let position = segment.acknowledged {
            acknowledged[segment.sender] = max(acknowledged[segment.sender], position)
        }
        // Nearly every segment comes when it may be read.
        if queue.isEmpty, !CausalQueue.mustWait(segment, assemblers) { return read(segment, in: index, emit) }
        queue.append(segment)
        readQueue(in: index, emit)
    }

    /// Says that nothing more comes.
    mutating func finish(in index: CaptureIndex, into emit: (ControlEvent) -> Void) {
        while let next = queue.removeFirst() { read(next, in: index, emit) }
        text.finish(emit)
    }

    private mutating func readQueue(in index: CaptureIndex, _ emit: (ControlEvent) -> Void) {
        while let next = queue.next(assemblers) { read(next, in: index, emit) }
    }

    private mutating func read(_ segment: Segment, in index: CaptureIndex, _ emit: (ControlEvent) -> Void) {
        guard segment.captured > 0 else { return }
        Self.push(segment, into: &assemblers[segment.sender], &text, in: index, emit)
    }

    private static func push(
        _ segment: Segment, into assembler: inout StreamAssembler, _ text: inout ControlText, in index: CaptureIndex,
        _ emit: (ControlEvent) -> Void
    ) {
        assembler.push(segment) { text.take($0, from: segment.sender, in: index, emit) }
    }

    // MARK: - Bytes that do not come

    /// Whether a side's bytes are waited for, up to which position and since when, in nanoseconds since 1970.
    private struct Wait {
        let position: Int64
        let begin: Int64
        let patience: Int64
    }

    /// The other side has these bytes: frames that are merely captured in another order follow at once.
    private static let patienceWithAcknowledged: Int64 = 1_000_000_000
    /// Nobody said that they arrived: they are sent again after a time-out, which doubles from a second on (RFC 6298 §2).
    private static let patience: Int64 = 15_000_000_000

    /// Looks for bytes that a stream of which more is coming lacks, and waits no longer for those that were long due.
    ///
    /// - Parameters:
    ///   - time: now, in nanoseconds since 1970.
    ///   - frame: the last one that has come.
    mutating func giveUp(
        at time: Int64, frame: UInt32, in index: CaptureIndex, into emit: (ControlEvent) -> Void
    ) {
        for side in Side.allCases {
            let isAcknowledged = assemblers[side].isBehind(acknowledged[side.other])
            guard let position = isAcknowledged ? acknowledged[side.other] : assemblers[side].firstWaiting else {
                waits[side] = nil
                continue
            }
            let wait =
                waits[side].flatMap { assemblers[side].isBehind($0.position) ? $0 : nil }
                ?? Wait(
                    position: position, begin: time,
                    patience: isAcknowledged ? Self.patienceWithAcknowledged : Self.patience)
            waits[side] = wait
            guard time - wait.begin >= wait.patience else { continue }
            waits[side] = nil
            giveUp(before: wait.position, of: side, by: frame, in: index, emit)
        }
    }

    /// Waits for nothing any more: the capture is over. Hole by hole, so that what one side said to the other keeps its
    /// place.
    mutating func giveUpAll(frame: UInt32, in index: CaptureIndex, into emit: (ControlEvent) -> Void) {
        while let next = queue.first, let acknowledged = next.acknowledged {
            giveUp(before: acknowledged, of: next.sender.other, by: frame, in: index, emit)
        }
        for side in Side.allCases {
            while let position = assemblers[side].firstWaiting {
                giveUp(before: position, of: side, by: frame, in: index, emit)
            }
        }
    }

    private mutating func giveUp(
        before position: Int64, of side: Side, by frame: UInt32, in index: CaptureIndex,
        _ emit: (ControlEvent) -> Void
    ) {
        var pieces: [StreamPiece] = []
        assemblers[side].giveUp(before: position, by: frame) { pieces.append($0) }
        for piece in pieces { text.take(piece, from: side, in: index, emit) }
        readQueue(in: index, emit)
    }
}
