import Bytes
import CaptureFile
import Dissection

/// What a data connection's segments say about one transfer, in numbers. Times are nanoseconds since 1970, spans are
/// nanoseconds, counts of bytes are of payload.
package struct DataFacts: Sendable, Hashable {
    /// Bytes of the stream, each counted once: those in the capture and those that it is known to lack.
    package internal(set) var bytes: Int64 = 0
    /// Ranges of the byte stream that the capture lacks, counted from the first byte.
    package internal(set) var gaps: [Range<Int64>] = []
    package internal(set) var firstFrame: UInt32?
    package internal(set) var lastFrame: UInt32?
    package internal(set) var firstTime: Int64?
    package internal(set) var lastTime: Int64?
    package internal(set) var segments = 0
    /// Segments that were sent again, as ``SequenceRules`` tells them, and their bytes.
    package internal(set) var retransmissions = 0
    package internal(set) var retransmittedBytes: Int64 = 0
    /// Segments that arrived behind later ones.
    package internal(set) var outOfOrder = 0
    /// SYN to the first ACK of the opening side.
    package internal(set) var handshakeTime: Int64?
    /// From a segment to the ACK of its last byte, over segments seen once.
    package internal(set) var roundTrip: Spread?
    /// Most bytes that were sent and not yet acknowledged.
    package internal(set) var maximumInFlight: Int64 = 0
    /// Largest window that the receiver offered, scaled where the handshake was captured.
    package internal(set) var maximumWindow: Int64 = 0
    package internal(set) var zeroWindows = 0
    /// Largest payload of a segment; above the MSS it was cut up by the network card (TSO) or put together (GRO).
    package internal(set) var largestSegment = 0
    package internal(set) var maximumSegmentSize: UInt16?
    /// The first frame with RST, of either side.
    package internal(set) var resetFrame: UInt32?
    /// Whether the bytes are TLS records.
    package internal(set) var isEncrypted = false

    package struct Spread: Sendable, Hashable {
        package var minimum: Int64
        package var sum: Int64
        package var maximum: Int64
        package var count: Int64

        package var mean: Int64 { sum / max(1, count) }

        init(_ spans: SideFacts.RoundTrip) {
            (minimum, sum, maximum, count) = (spans.minimum, spans.sum, spans.maximum, Int64(spans.count))
        }
    }

    /// Bytes that are in the capture.
    package var captured: Int64 { bytes - missing }

    /// Bytes that the capture lacks.
    package var missing: Int64 { gaps.reduce(0) { $0 + Int64($1.count) } }

    /// From the first byte to the last.
    package var duration: Int64? {
        guard let firstTime, let lastTime else { return nil }
        return lastTime - firstTime
    }
}

extension CaptureIndex {
    /// What `sender` sent over a stream.
    ///
    /// Following the stream has counted nearly everything. Only where the capture lacks bytes, or has them in another
    /// order, the segments are put in order once more to say which.
    func dataFacts(of stream: Int, sender: Side) -> DataFacts {
        let record = streams[stream]
        let (own, peer) = (record.sides[sender], record.sides[sender.other])
        var facts = DataFacts()
        facts.handshakeTime = record.handshakeTime
        facts.maximumSegmentSize = peer.maximumSegmentSize
        facts.resetFrame = Side.allCases.map { record.sides[$0].resetFrame }.filter { $0 != FrameRecord.none }.min()
        facts.segments = Int(own.segments)
        facts.largestSegment = Int(own.largestSegment)
        facts.retransmissions = Int(own.retransmissions)
        facts.retransmittedBytes = Int64(clamping: own.retransmittedBytes)
        facts.outOfOrder = Int(own.outOfOrder)
        facts.maximumInFlight = Int64(own.maximumInFlight)
        facts.roundTrip = own.roundTrip.count > 0 ? DataFacts.Spread(own.roundTrip) : nil
        facts.zeroWindows = Int(peer.zeroWindows)
        facts.maximumWindow = max(
            Int64(peer.synWindow), Int64(peer.maximumWindow) << Int64(peer.windowShift))
        guard own.firstData != FrameRecord.none else {
            measureContent(of: stream, sender, &facts)
            return facts
        }
        facts.firstFrame = own.firstData
        facts.firstTime = frames[Int(own.firstData)].time
        facts.isEncrypted = beginsWithTLS(own.firstData)
        // Of frames that are gone only what following has counted is known.
        let isGone = !capture.hasBytes(at: frames[Int(own.firstData)].position)
        if isGone || own.isWhole && !record.isOutOfTime {
            facts.bytes = Int64(clamping: own.isWhole ? own.newBytes : own.payloadBytes &- own.retransmittedBytes)
            facts.lastFrame = own.lastData
            facts.lastTime = frames[Int(own.lastData)].time
        } else {
            measureContent(of: stream, sender, &facts)
        }
        return facts
    }

    /// Whether the payload of a frame begins with a TLS record.
    func beginsWithTLS(_ frame: UInt32) -> Bool {
        withFrame(frame) { bytes, layers in
            let payload = bytes.slice(from: Int(layers.payload.offset), count: Int(layers.payload.captured))
            return payload.count >= 5 && TLS.isRecordHeader(payload)
        }
    }

    /// Puts the segments of one side in order and adds what only that tells.
    func measureContent(of stream: Int, _ sender: Side, _ facts: inout DataFacts) {
        let segments = segments(of: stream)
        var assembler = StreamAssembler(segments, side: sender)
        var isFirst = true
        var seen = Coverage()
        for segment in segments where segment.sender == sender {
            assembler.push(segment) { piece in
                switch piece {
                case .bytes(let frame, _, let count, _):
                    if isFirst { facts.isEncrypted = beginsWithTLS(frame) }
                    isFirst = false
                    facts.bytes += Int64(count)
                case .gap(let count, _):
                    facts.gaps.append(facts.bytes..<facts.bytes + count)
                    facts.bytes += count
                }
            }
            guard segment.length > 0 else { continue }
            let range = segment.start..<segment.end
            if seen.overlap(with: range) < Int64(segment.length) {
                facts.lastFrame = segment.frame
                facts.lastTime = frames[Int(segment.frame)].time
            }
            if facts.firstTime == nil || seen.isEmpty {
                facts.firstFrame = segment.frame
                facts.firstTime = frames[Int(segment.frame)].time
            }
            seen.insert(range)
        }
        let missing = assembler.missingAtEnd(segments, side: sender)
        if missing > 0 {
            facts.gaps.append(facts.bytes..<facts.bytes + missing)
            facts.bytes += missing
        }
    }
}
