import Bytes
package import Dissection

/// One TCP segment of a stream, as a question about the stream sees it: where it lies in the sequence space and in its
/// frame. 48 bytes.
package struct Segment: Sendable, BitwiseCopyable {
    package let frame: UInt32
    package let sender: Side
    package let flags: TCPFlags
    /// Of the first payload byte, counted from the stream's first (0), without wrapping at 2^32. Negative when the
    /// capture began in the middle and an earlier segment arrived late.
    package let start: Int64
    /// Of the payload on the wire, in bytes.
    package let length: UInt32
    /// How much of it the capture has.
    package let captured: UInt32
    /// Of the payload, from the start of the frame (or of the datagram that the frame completes).
    package let offset: UInt32
    /// The window as it stands in the header, unscaled.
    package let window: UInt16
    /// The first byte that the sender still expects from the other side, in the other side's count.
    package let acknowledged: Int64?

    package var end: Int64 { start + Int64(length) }
    package var capturedEnd: Int64 { start + Int64(captured) }
}

/// Sequence numbers of one side, unwrapped into 64 bits.
struct SequenceSpace: BitwiseCopyable {
    /// The number that counts as 0, and the last one placed.
    private var base: UInt32?
    private var last: Int64 = 0

    /// The first byte after a SYN counts as 0 (RFC 9293 §3.4: a SYN takes one number).
    mutating func begin(after syn: UInt32) {
        guard base == nil else { return }
        base = syn &+ 1
    }

    /// Places a number as close as possible to the last one: within 2^31 either way.
    mutating func place(_ sequence: UInt32) -> Int64 {
        guard let base else {
            base = sequence
            return 0
        }
        let expected = base &+ UInt32(truncatingIfNeeded: last)
        let position = last + Int64(Int32(bitPattern: sequence &- expected))
        last = position
        return position
    }
}

/// Places the segments of one stream, frame after frame, in the order of the frames.
struct SegmentPlacer {
    private var spaces = BySide(both: SequenceSpace())

    init(_ stream: TCPStream) {
        for side in Side.allCases {
            if let syn = stream.sides[side].initialSequence { spaces[side].begin(after: syn) }
        }
    }

    /// Nil for a frame whose TCP header cannot be read.
    mutating func place(_ frame: UInt32, in index: CaptureIndex) -> Segment? {
        let sender = index.frames[Int(frame)].sender
        return index.withFrame(frame) { bytes, layers in
            guard layers.has(.tcp) else { return nil }
            let tcp = Header<TCP>(bytes, layers[layers.transport])
            let flags = TCPFlags(rawValue: tcp[.flags])
            // Only what follows the SYN counts: data in the SYN itself (RFC 7413) comes first.
            let sequence = flags.contains(.syn) ? tcp[.sequence] &+ 1 : tcp[.sequence]
            return Segment(
                frame: frame, sender: sender, flags: flags, start: spaces[sender].place(sequence),
                length: layers.payload.length, captured: layers.payload.captured,
                offset: layers.payload.offset, window: tcp[.window],
                acknowledged: flags.contains(.ack) && !flags.contains(.rst)
                    ? spaces[sender.other].place(tcp[.acknowledgment]) : nil)
        }
    }
}

extension CaptureIndex {
    /// The segments of a stream in the order of their times, at most `limit` of them.
    ///
    /// That is the order of their frames, but for captures whose writer mixed up frames from several queues.
    package func segments(of stream: Int, limit: Int = .max) -> [Segment] {
        var placer = SegmentPlacer(streams[stream])
        var segments: [Segment] = []
        segments.reserveCapacity(
            min(limit, Int(streams[stream].sides.initiator.frames) + Int(streams[stream].sides.responder.frames)))
        forEachFrame(of: stream, limit: limit) { frame in
            if let segment = placer.place(frame, in: self) { segments.append(segment) }
        }
        let isInOrder = zip(segments, segments.dropFirst()).allSatisfy { time(of: $0) <= time(of: $1) }
        guard !isInOrder else { return segments }
        return segments.enumerated().sorted { (time(of: $0.1), $0.0) < (time(of: $1.1), $1.0) }.map(\.1)
    }

    private func time(of segment: Segment) -> Int64 { frames[Int(segment.frame)].time }
}
