package import Dissection
import Bytes

/// What one station sent and received.
package struct StationTraffic: Sendable, BitwiseCopyable {
    package let station: Station
    package var sent = Traffic()
    package var received = Traffic()

    package var frames: UInt64 { sent.frames + received.frames }
    package var bytes: UInt64 { sent.bytes + received.bytes }
}

/// Counts the traffic of every station of one kind.
package final class EndpointTap: FrameTap {
    package let kind: StationKind
    package let condition: (any FrameTest)?
    private var rows: [StationTraffic] = []
    private var index = RowIndex()

    package init(_ kind: StationKind, _ condition: (any FrameTest)? = nil) {
        self.kind = kind
        self.condition = condition
    }

    /// Takes all from the table of streams, without looking at a frame. Only TCP without a condition can do that.
    package func take(streamsOf capture: CaptureIndex) {
        for number in capture.streams.indices {
            let stream = capture.streams.state(of: number)
            let first = capture.frames[Int(stream.firstFrame)].sender
            for side in [first, first.other] {
                let row = row(Station(stream.endpoint(side)))
                rows[row].sent.add(Traffic(stream, side))
                rows[row].received.add(Traffic(stream, side.other))
            }
        }
    }

    package func take(_ frame: borrowing DissectedFrame) {
        let length = frame.length
        kind.forEachPair(in: frame) { from, to in
            rows[row(from)].sent.count(length)
            rows[row(to)].received.count(length)
        }
    }

    private func row(_ station: Station) -> Int {
        let hash = station.hash
        if let known = index.find(hash, { rows[$0].station == station }) { return known }
        rows.append(StationTraffic(station: station))
        index.add(hash)
        return rows.count - 1
    }

    /// Those with the most frames first; among equals the one that was seen first.
    package var endpoints: RankedRows<StationTraffic> { RankedRows(rows, by: \.frames) }
}

extension Traffic {
    fileprivate mutating func add(_ other: Traffic) {
        frames += other.frames
        bytes += other.bytes
    }
}
