import Dissection
import Bytes

/// A piece of one side's byte stream, in sequence order.
package enum StreamPiece: Sendable, BitwiseCopyable {
    /// `count` bytes, `offset` bytes into the frame `frame`, seen complete in that frame; `deliveredBy` is the frame
    /// that made them readable, a later one when earlier bytes had to be waited for.
    case bytes(frame: UInt32, offset: UInt32, count: UInt32, deliveredBy: UInt32)
    /// Bytes that the capture does not have, known by what follows them.
    case gap(count: Int64, deliveredBy: UInt32)
}

/// Puts one side's segments into sequence order, one frame after another.
///
/// What was delivered stays: a repetition or a lying overlap changes nothing, as at a receiver (RFC 9293 §3.10.7.4). Of a
/// stream that is there the assembler knows beforehand which bytes will ever come (``Coverage``), so a hole is declared
/// in the very frame that shows it and never waited for in vain, and one that a later frame fills is waited for however
/// long it takes. Of one that is still coming somebody else decides when to wait no longer (``giveUp(before:)``).
package struct StreamAssembler: Sendable {
    private enum Foresight: Sendable {
        case all(Coverage)
        /// Nothing is known but that what lies before a position is lost, if it has not come.
        case none(lostBefore: Int64)
    }

    private var foresight: Foresight
    /// Whether the first byte's position is known.
    private var hasBegun = true
    /// Where the stream ends when the sender said so and the other side agreed; whatever lies behind is no part of it.
    private let end: Int64
    private var next: Int64
    /// Segments that came early, by start and then by arrival.
    private var waiting = MinHeap<Segment> { ($0.start, $0.frame) < ($1.start, $1.frame) }

    /// Segments of a stream that is still coming that wait for one before them, at most: no receiver's window is larger
    /// for a control connection.
    private static let waitingLimit = 1024

    package init(_ segments: [Segment], side: Side) {
        end = Self.end(of: segments, side: side)
        var coverage = Coverage()
        var hasSYN = false
        for segment in segments where segment.sender == side {
            if segment.flags.contains(.syn) { hasSYN = true }
            let stop = min(segment.capturedEnd, end)
            if segment.captured > 0, segment.start < stop { coverage.insert(segment.start..<stop) }
        }
        foresight = .all(coverage)
        next = hasSYN ? 0 : coverage.first?.lowerBound ?? 0
    }

    /// For a stream of which more is coming.
    ///
    /// - Parameter hasSYN: whether the stream's first byte is known; else it begins with the first one that comes.
    init(growing hasSYN: Bool) {
        foresight = .none(lostBefore: .min)
        end = .max
        next = 0
        hasBegun = hasSYN
    }

    /// The position of the FIN that the other side acknowledged, if any.
    private static func end(of segments: [Segment], side: Side) -> Int64 {
        let fins = segments.filter { $0.sender == side && $0.flags.contains(.fin) }
        guard !fins.isEmpty else { return .max }
        let ends = Set(fins.map(\.end))
        var acknowledged = Set<Int64>()
        for segment in segments where segment.sender != side {
            if let number = segment.acknowledged, ends.contains(number - 1) { acknowledged.insert(number - 1) }
        }
        return fins.first { acknowledged.contains($0.end) }?.end ?? .max
    }

    /// Takes the next segment of this side and hands on what became readable.
    package mutating func push(_ segment: Segment, into emit: (StreamPiece) -> Void) {
        guard segment.captured > 0 else { return }
        if !hasBegun {
            hasBegun = true
            next = segment.start
        }
        guard segment.capturedEnd > next, segment.start < end else { return }
        if segment.start > next, mustWait(for: segment.start) {
            waiting.insert(segment)
            if case .none = foresight, waiting.count > Self.waitingLimit, let first = waiting.first {
                giveUp(before: first.start, by: segment.frame, into: emit)
            }
            return
        }
        deliver(segment, by: segment.frame, emit)
        deliverWaiting(by: segment.frame, emit)
    }

    /// Waits no longer for bytes before `position`, and hands on what becomes readable by that.
    ///
    /// - Parameter frame: the frame that tells that they are lost.
    mutating func giveUp(before position: Int64, by frame: UInt32, into emit: (StreamPiece) -> Void) {
        guard case .none(let lost) = foresight, position > lost else { return }
        foresight = .none(lostBefore: position)
        deliverWaiting(by: frame, emit)
    }

    private mutating func deliverWaiting(by frame: UInt32, _ emit: (StreamPiece) -> Void) {
        while let first = waiting.first {
            if first.capturedEnd <= next {
                _ = waiting.removeFirst()
            } else if first.start <= next || !mustWait(for: first.start) {
                _ = waiting.removeFirst()
                deliver(first, by: frame, emit)
            } else {
                break
            }
        }
    }

    /// Whether some byte before `position` has not been delivered and is still going to come.
    package func isBehind(_ position: Int64) -> Bool {
        hasBegun && next < min(position, end) && mustWait(for: min(position, end))
    }

    /// Where the first segment lies that waits for one before it.
    var firstWaiting: Int64? { waiting.first?.start }

    private func mustWait(for start: Int64) -> Bool {
        switch foresight {
        case .all(let coverage): coverage.range(atOrAfter: next).map { $0.lowerBound < start } ?? false
        case .none(let lost): lost < start
        }
    }

    /// Where the next byte lies that is going to come, as far as that is known.
    private var nextKnown: Int64 {
        guard case .all(let coverage) = foresight else { return .max }
        return coverage.range(atOrAfter: next)?.lowerBound ?? .max
    }

    private mutating func deliver(_ segment: Segment, by frame: UInt32, _ emit: (StreamPiece) -> Void) {
        if segment.start > next {
            emit(.gap(count: segment.start - next, deliveredBy: frame))
            next = segment.start
        }
        let skipped = next - segment.start
        let stop = min(segment.capturedEnd, end)
        guard stop > next else { return }
        emit(
            .bytes(
                frame: segment.frame, offset: segment.offset + UInt32(skipped), count: UInt32(stop - next),
                deliveredBy: frame))
        next = stop
        // What the snap length cut off is gone, unless another frame has it.
        let lost = min(segment.end, end, nextKnown) - next
        if lost > 0 {
            emit(.gap(count: lost, deliveredBy: frame))
            next += lost
        }
    }

    /// How many bytes are missing behind the last one delivered: acknowledged by the other side, or carried by frames
    /// that the capture cut, but not in the capture.
    package func missingAtEnd(_ segments: [Segment], side: Side) -> Int64 {
        var last = next
        var fin: Int64?
        for segment in segments where segment.sender == side {
            if segment.flags.contains(.fin) { fin = segment.end }
            if segment.length > 0 { last = max(last, segment.end) }
        }
        for segment in segments where segment.sender != side {
            guard let acknowledged = segment.acknowledged else { continue }
            // A FIN takes one number and carries no byte; one that was not captured shows as a single byte too many.
            let isOfFIN = fin.map { acknowledged == $0 + 1 } ?? (acknowledged == last + 1)
            last = max(last, isOfFIN ? acknowledged - 1 : acknowledged)
        }
        return max(0, min(last, end) - next)
    }
}
