import Bytes
import Dissection

/// The second half of the one pass: takes what the walk found, frame after frame, and appends to the index what later
/// questions need.
struct Indexer: Sendable {
    private(set) var frames = Chunks<FrameRecord>()
    private(set) var events = Chunks<TCPEvent>()
    private var follower = StreamFollower()

    var streams: Chunks<TCPStream> { follower.table.streams }

    mutating func add(_ items: [FrameItem]) {
        // A capture of many streams finds none of them in the caches: what comes soon is asked for now.
        let isWide = follower.table.streams.count > 128
        for index in items.indices {
            if isWide, index + 16 < items.count {
                follower.table.prefetchSlot(items[index + 16].hash)
                follower.table.prefetchStream(items[index + 8].hash)
            }
            add(items[index])
        }
    }

    @inline(__always)
    private mutating func add(_ item: FrameItem) {
        var record = item.record
        switch item.kind {
        case .segment:
            let (place, analysis) = follower.take(
                item.segment, from: item.source, to: item.destination, hash: item.hash)
            record.join(stream: place.stream, sender: place.sender, after: place.previous)
            if !analysis.flags.isEmpty {
                events.append(TCPEvent(frame: UInt32(truncatingIfNeeded: frames.count), flags: analysis.flags))
            }
        case .refusal(let isV6, let type, let code):
            if let stream = follower.find(from: item.source, to: item.destination, hash: item.hash) {
                let frame = UInt32(truncatingIfNeeded: frames.count)
                follower.note(.init(frame: frame, isV6: isV6, type: type, code: code), for: stream)
            }
        case .other: break
        }
        frames.append(record)
    }
}
