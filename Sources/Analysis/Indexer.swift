import Bytes
import Dissection

/// The second half of the one pass: takes what the walk found, frame after frame, and appends to the index what later
/// questions need.
struct Indexer: Sendable {
    private(set) var frames = Chunks<FrameRecord>()
    private(set) var events = Chunks<TCPEvent>()
    private var follower = StreamFollower()

    var streams: Streams { follower.streams }

    /// Segments of the last batch whose stream was last seen so long ago that the caches have forgotten it.
    private var coldSegments = 0
    private static let warm: UInt32 = 1 << 13

    mutating func add(_ items: [FrameItem]) {
        // Where many streams take turns, what comes soon is asked for now; elsewhere that would cost more than it saves.
        let isScattered = coldSegments * 8 > items.count
        coldSegments = 0
        for index in items.indices {
            if isScattered, index + 16 < items.count {
                follower.prefetch(items[index + 16].hash, items[index + 8].hash, items[index + 4].hash)
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
            if item.segment.frame &- place.previous > Self.warm { coldSegments += 1 }
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
