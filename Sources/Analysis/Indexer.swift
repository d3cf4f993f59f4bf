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
        for index in items.indices { add(items[index]) }
    }

    @inline(__always)
    private mutating func add(_ item: FrameItem) {
        var record = item.record
        switch item.kind {
        case .segment:
            let (place, analysis) = follower.take(item.segment, from: item.source, to: item.destination)
            record.join(stream: place.stream, sender: place.sender, after: place.previous)
            if !analysis.flags.isEmpty {
                events.append(TCPEvent(frame: UInt32(truncatingIfNeeded: frames.count), flags: analysis.flags))
            }
        case .refusal(let isV6, let type, let code):
            if let stream = follower.find(from: item.source, to: item.destination) {
                let frame = UInt32(truncatingIfNeeded: frames.count)
                follower.note(.init(frame: frame, isV6: isV6, type: type, code: code), for: stream)
            }
        case .other: break
        }
        frames.append(record)
    }
}
