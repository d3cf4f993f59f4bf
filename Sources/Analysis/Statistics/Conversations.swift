package import Dissection
import Bytes

/// What two stations said to each other.
package struct Conversation: Sendable, BitwiseCopyable {
    /// Who sent the first frame.
    package let a: Station
    package let b: Station
    /// TCP's stream number.
    package let stream: UInt32?
    package var sent = Traffic()
    package var received = Traffic()
    /// Nanoseconds since 1970 of the earliest and the latest frame.
    package var start: Int64
    package var end: Int64

    package var frames: UInt64 { sent.frames + received.frames }
    package var bytes: UInt64 { sent.bytes + received.bytes }

    init(_ a: Station, _ b: Station, stream: UInt32? = nil, at time: Int64) {
        self.a = a
        self.b = b
        self.stream = stream
        start = time
        end = time
    }

    mutating func count(_ length: UInt64, fromA: Bool, at time: Int64) {
        if fromA { sent.count(length) } else { received.count(length) }
        start = min(start, time)
        end = max(end, time)
    }
}

/// Frames and their bytes on the wire.
package struct Traffic: Sendable, BitwiseCopyable {
    package var frames: UInt64 = 0
    package var bytes: UInt64 = 0

    package init(frames: UInt64 = 0, bytes: UInt64 = 0) {
        self.frames = frames
        self.bytes = bytes
    }

    mutating func count(_ length: UInt64) {
        frames += 1
        bytes += length
    }
}

/// Finds the conversations of one kind. Those of TCP are its streams, so that a port that is used again begins a new one.
package final class ConversationTap: FrameTap {
    package let kind: StationKind
    package let condition: (any FrameTest)?
    private var rows: [Conversation] = []
    private var index = RowIndex()
    /// Where the rows stand already, as streams.
    private var capture: CaptureIndex?
    /// Row + 1 of each TCP stream.
    private var rowOfStream: [UInt32] = []

    package init(_ kind: StationKind, _ condition: (any FrameTest)? = nil) {
        self.kind = kind
        self.condition = condition
    }

    /// Takes all from the table of streams, without looking at a frame. Only TCP without a condition can do that.
    package func take(streamsOf capture: CaptureIndex) { self.capture = capture }

    package func take(_ frame: borrowing DissectedFrame) {
        let (length, time) = (frame.length, frame.time)
        if kind == .tcp {
            guard let stream = frame.facts.stream.map(Int.init) else { return }
            kind.forEachPair(in: frame) { from, to in
                let row = row(of: stream, from, to, time)
                rows[row].count(length, fromA: rows[row].a == from, at: time)
            }
            return
        }
        kind.forEachPair(in: frame) { from, to in
            let row = row(from, to, time)
            rows[row].count(length, fromA: rows[row].a == from, at: time)
        }
    }

    private func row(of stream: Int, _ from: Station, _ to: Station, _ time: Int64) -> Int {
        while rowOfStream.count <= stream { rowOfStream.append(0) }
        if rowOfStream[stream] == 0 {
            rows.append(Conversation(from, to, stream: UInt32(truncatingIfNeeded: stream), at: time))
            rowOfStream[stream] = UInt32(truncatingIfNeeded: rows.count)
        }
        return Int(rowOfStream[stream]) - 1
    }

    private func row(_ from: Station, _ to: Station, _ time: Int64) -> Int {
        // The same for both directions.
        let hash = from.hash &+ to.hash
        let known = index.find(hash) { row in
            (rows[row].a == from && rows[row].b == to) || (rows[row].a == to && rows[row].b == from)
        }
        if let known { return known }
        rows.append(Conversation(from, to, at: time))
        index.add(hash)
        return rows.count - 1
    }

    /// Those with the most frames first; among equals the one that began first.
    package var conversations: RankedRows<Conversation> {
        guard let capture else { return RankedRows(rows, by: \.frames) }
        return RankedRows(
            count: capture.streams.count, frames: { UInt64(capture.streams.state(of: $0).frames) },
            row: capture.conversation)
    }
}

extension CaptureIndex {
    /// A stream as a row of `conv,tcp`.
    fileprivate func conversation(_ number: Int) -> Conversation {
        let stream = streams.state(of: number)
        let first = frames[Int(stream.firstFrame)].sender
        var row = Conversation(
            Station(stream.endpoint(first)), Station(stream.endpoint(first.other)),
            stream: UInt32(truncatingIfNeeded: number), at: stream.firstTime)
        row.sent = Traffic(stream, first)
        row.received = Traffic(stream, first.other)
        row.end = max(row.start, stream.lastTime)
        if stream.life.contains(.isOutOfTime) {
            forEachFrame(of: number) { frame in
                let time = frames[Int(frame)].time
                row.start = min(row.start, time)
                row.end = max(row.end, time)
            }
        }
        return row
    }
}

extension Traffic {
    init(_ stream: StreamState, _ sender: Side) {
        self.init(frames: UInt64(stream.sides[sender].frames), bytes: stream.sides[sender].frameBytes)
    }
}
