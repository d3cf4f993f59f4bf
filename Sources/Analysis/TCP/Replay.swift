import CaptureFile
package import Bytes
package import Dissection

/// One segment of a stream with everything that following the stream says about it.
package struct AnalysedSegment: Sendable, BitwiseCopyable {
    package let frame: UInt32
    /// Nanoseconds since 1970.
    package let time: Int64
    package let sender: Side
    package let flags: TCPFlags
    /// As they stand in the header.
    package let sequence: UInt32
    package let acknowledgment: UInt32
    package let window: UInt16
    /// Of the payload on the wire, in bytes.
    package let length: UInt32
    package let options: TCPOptions
    package let analysis: TCPAnalysis
}

extension CaptureIndex {
    /// Follows one stream again and hands on each of its segments, in the order of the frames.
    package func replay(_ stream: Int, _ body: (AnalysedSegment) -> Void) {
        var state = StreamState(beginning: streams[stream])
        var parts = StreamParts()
        forEachFrame(of: stream) { index in
            let sender = frames[Int(index)].sender
            let flags = events.flags(of: index)
            withFrame(index) { bytes, layers in
                guard layers.has(.tcp) else { return }
                let header = Header<TCP>(bytes, layers[layers.transport])
                let segment = SegmentHeader(header.bytes, layers.payload, frame: index, frames[Int(index)])
                body(
                    AnalysedSegment(
                        frame: index, time: segment.time, sender: sender, flags: segment.flags,
                        sequence: segment.sequence, acknowledgment: segment.acknowledgment, window: segment.window,
                        length: segment.length, options: TCPOptions(header.bytes),
                        analysis: state.analyse(segment, sender, flags, &parts)))
            }
        }
    }

    /// Calls `body` with every frame of the capture, in order, and with what the frames before it tell about it.
    ///
    /// - Parameters:
    ///   - follows: whether the TCP streams are followed once more, which fills ``FrameFacts/tcp``.
    ///   - wanted: the only frames that `body` is called with; nil for all. What they do not need is not read.
    ///   - range: the only frames that are looked at; nil for all. Following needs all.
    package func forEachFrame(
        follows: Bool = true, wanted: FrameSelection? = nil, in range: Range<Int>? = nil,
        _ body: (UInt32, Bytes, inout FoundFrame) -> Void
    ) {
        var walk = FrameWalk()
        walk.forEachFrame(of: self, follows: follows, wanted: wanted, in: range ?? frames.indices, body)
    }
}

/// A walk over frames, which may be interrupted and go on when there are more.
struct FrameWalk {
    private var states = Chunks<StreamState>()
    private var parts = StreamParts()
    private var event = 0
    private var found = FoundFrame()

    /// As ``CaptureIndex/forEachFrame(follows:wanted:in:_:)``; following goes on where the last range ended.
    mutating func forEachFrame(
        of index: CaptureIndex, follows: Bool, wanted: FrameSelection?, in range: Range<Int>,
        _ body: (UInt32, Bytes, inout FoundFrame) -> Void
    ) {
        let (capture, frames) = (index.capture, index.frames)
        for number in range {
            let record = frames[number]
            let frame = UInt32(truncatingIfNeeded: number)
            let isWanted = wanted?.frames.contains(frame) ?? true
            if !isWanted {
                // The streams of wanted frames are followed from their beginnings to the last one.
                guard follows, let stream = record.stream, let wanted, wanted.isFollowed(stream, at: frame)
                else { continue }
            }
            found.facts.forget()
            found.facts.stream = record.stream.map { UInt32(truncatingIfNeeded: $0) }
            if record.completesDatagram, let datagram = index.datagrams[frame] {
                let put = datagram.bytes(in: capture)
                let bytes = put.bytes
                found.layers.walk(datagram: bytes, protocolNumber: datagram.protocolNumber)
                if follows { follow(record, frame, bytes, index) }
                if isWanted { body(frame, bytes, &found) }
            } else {
                let bytes = capture.bytes(at: record.position, count: record.capturedLength)
                found.layers.walk(bytes, index.link(of: record), originalLength: Int(record.originalLength))
                if follows { follow(record, frame, bytes, index) }
                if isWanted { body(frame, bytes, &found) }
            }
        }
    }

    @inline(__always)
    private mutating func follow(_ record: FrameRecord, _ frame: UInt32, _ bytes: Bytes, _ index: CaptureIndex) {
        guard let stream = record.stream, found.layers.has(.tcp) else { return }
        // Streams are numbered in the order of their first frames.
        // Those that nobody wants are passed over.
        while stream >= states.count { states.append(StreamState(beginning: index.streams[states.count])) }
        let header = Header<TCP>(bytes, found.layers[found.layers.transport])
        let segment = SegmentHeader(header.bytes, found.layers.payload, frame: frame, record)
        var flags: TCPAnalysis.Flags = []
        while event < index.events.count, index.events[event].frame < frame { event += 1 }
        if event < index.events.count, index.events[event].frame == frame {
            flags = index.events[event].flags
            event += 1
        }
        found.facts.tcp = states[stream].analyse(segment, record.sender, flags, &parts)
    }
}

extension SegmentHeader {
    init(_ header: Bytes, _ payload: PayloadRange, frame: UInt32, _ record: FrameRecord) {
        self.init(header, payload, frame: frame, length: record.originalLength, time: record.time)
    }
}

extension StreamState {
    /// The stream as it was before its first segment.
    init(beginning stream: TCPStream) {
        self.init(from: stream.initiator, to: stream.responder, frame: stream.firstFrame, time: stream.firstTime)
        if stream.reusesPorts { life.insert(.reusesPorts) }
    }

    /// Takes a segment and describes it.
    ///
    /// - Parameter found: the flags that the one pass found for the frame: what a SYN says about its ports is decided
    ///   between streams.
    mutating func analyse(
        _ segment: SegmentHeader, _ sender: Side, _ found: TCPAnalysis.Flags, _ parts: inout StreamParts
    ) -> TCPAnalysis {
        var analysis = TCPAnalysis()
        let before = (time: lastTime, completeness: completeness, scale: windowScale(of: sender))
        var isReuse = false
        _ = endsBefore(segment, sender, &parts.waiting, isReuse: &isReuse)
        var previous = FrameRecord.none
        let finding = follow(segment, sender, &parts, previous: &previous)
        let own = base(of: sender)
        let other = base(of: sender.other)
        analysis.flags = finding.flags.union(found)
        // A port that is used again makes its SYN count before it is counted.
        analysis.completeness = (life.contains(.reusesPorts) && frames == 1 ? .syn : before.completeness).rawValue
        analysis.windowFactor = before.scale < 0 ? Int32(before.scale) : 1 << Int32(before.scale)
        analysis.relativeSequence = segment.sequence &- own
        analysis.relativeAcknowledgment =
            segment.flags.contains(.ack)
            ? segment.acknowledgment &- other : segment.acknowledgment
        analysis.acknowledgmentBase = other
        analysis.relativeNext = segment.end &- own
        analysis.timeSinceFirst = segment.time - firstTime
        analysis.timeSincePrevious = segment.time - before.time
        describe(finding, &analysis)
        return analysis
    }

    // Each side as it lies: one looked up by a variable would be copied out.
    private func base(of side: Side) -> UInt32 {
        side == .initiator ? sides.initiator.sequence.base : sides.responder.sequence.base
    }

    private func windowScale(of side: Side) -> Int8 {
        side == .initiator ? sides.initiator.sequence.windowScale : sides.responder.sequence.windowScale
    }

    private func describe(_ finding: SequenceAnalysis, _ analysis: inout TCPAnalysis) {
        if let acknowledged = finding.acknowledged {
            analysis.acknowledgedFrame = acknowledged.frame
            let span = finding.segment.time - acknowledged.time
            analysis.roundTrip = span == 0 ? nil : span
        }
        if finding.bytesInFlight > 0 {
            analysis.bytesInFlight = finding.bytesInFlight
            analysis.bytesSincePush = finding.bytesSincePush
        }
        if let base = finding.retransmitted {
            let span = finding.segment.time - base.time
            if span != 0 { (analysis.retransmissionBase, analysis.retransmissionTimeout) = (base.frame, span) }
        }
        if finding.flags.contains(.duplicateACK) {
            analysis.duplicateACKNumber = finding.duplicateACKNumber
            analysis.duplicateACKFrame = finding.duplicateACKFrame
        }
        // Wireshark says it in the frames that it has something to say about.
        let isRemarkable =
            !analysis.flags.isDisjoint(with: .ofSequences) || finding.acknowledged != nil || finding.measuresFlight
            || finding.acknowledgesUnseen
        analysis.isRemarkable = isRemarkable
        if isRemarkable, initialRoundTrip != 0 { analysis.initialRoundTrip = initialRoundTrip }
    }
}
