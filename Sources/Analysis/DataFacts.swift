import Bytes
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
    /// Segments all of whose bytes had been seen before, and their bytes.
    package internal(set) var retransmissions = 0
    package internal(set) var retransmittedBytes: Int64 = 0
    /// Segments that arrived behind later ones and filled a hole.
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

        init(_ first: Int64) {
            (minimum, sum, maximum, count) = (first, first, first, 1)
        }

        mutating func add(_ value: Int64) {
            minimum = min(minimum, value)
            maximum = max(maximum, value)
            let (total, overflow) = sum.addingReportingOverflow(value)
            sum = overflow ? .max : total
            count += 1
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
    /// Measures what `sender` sent over a stream, in all or in its first `limit` frames.
    func dataFacts(of stream: Int, sender: Side, limit: Int = .max) -> DataFacts {
        let record = streams[stream]
        let segments = segments(of: stream, limit: limit)
        var facts = DataFacts()
        facts.handshakeTime = record.handshakeTime
        facts.maximumSegmentSize = record.sides[sender.other].maximumSegmentSize
        let resets = Side.allCases.map { record.sides[$0].resetFrame }.filter { $0 != FrameRecord.none }
        facts.resetFrame = resets.min()

        var meter = FlightMeter(windowShift: windowShift(of: record, receiver: sender.other))
        for segment in segments {
            if segment.sender == sender {
                meter.send(segment, at: frames[Int(segment.frame)].time, &facts)
            } else {
                meter.acknowledge(segment, at: frames[Int(segment.frame)].time, &facts)
            }
        }
        measureContent(segments, sender, &facts)
        return facts
    }

    /// RFC 7323 §2.2: scaling holds only if both SYNs offered it. One that was not captured is taken to have done so.
    private func windowShift(of record: TCPStream, receiver: Side) -> UInt8 {
        let sender = record.sides[receiver.other]
        guard sender.windowScale != nil || sender.initialSequence == nil else { return 0 }
        return record.sides[receiver].windowScale ?? 0
    }

    private func measureContent(_ segments: [Segment], _ sender: Side, _ facts: inout DataFacts) {
        var assembler = StreamAssembler(segments, side: sender)
        for segment in segments where segment.sender == sender {
            assembler.push(segment) { piece in
                switch piece {
                case .bytes(let frame, let offset, let count, _):
                    if facts.bytes == 0 {
                        facts.isEncrypted = withFrame(frame) { bytes, _ in
                            count >= 5 && TLS.isRecordHeader(bytes.slice(from: Int(offset), count: Int(count)))
                        }
                    }
                    facts.bytes += Int64(count)
                case .gap(let count, _):
                    facts.gaps.append(facts.bytes..<facts.bytes + count)
                    facts.bytes += count
                }
            }
        }
        let missing = assembler.missingAtEnd(segments, side: sender)
        if missing > 0 {
            facts.gaps.append(facts.bytes..<facts.bytes + missing)
            facts.bytes += missing
        }
    }
}

/// Measures flight, window and round trip from the segments of both directions, in order.
private struct FlightMeter {
    let windowShift: UInt8
    private var seen = Coverage()
    private var highest: Int64 = 0
    private var acknowledged: Int64 = 0
    private var isFirst = true
    /// Behind a hole in the capture nobody knows what is in flight before an acknowledgment has passed it.
    private var unknownUntil = Int64.min
    /// Ends and times of segments that wait for their first ACK, oldest first.
    private var pending: [(end: Int64, time: Int64)] = []
    private var pendingStart = 0

    init(windowShift: UInt8) {
        self.windowShift = windowShift
    }

    mutating func send(_ segment: Segment, at time: Int64, _ facts: inout DataFacts) {
        guard segment.length > 0 else { return }
        if isFirst {
            isFirst = false
            acknowledged = max(acknowledged, segment.start)
            highest = segment.start
            facts.firstFrame = segment.frame
            facts.firstTime = time
        }
        facts.segments += 1
        facts.largestSegment = max(facts.largestSegment, Int(segment.length))
        let range = segment.start..<segment.end
        let known = seen.overlap(with: range)
        seen.insert(range)
        if known == Int64(range.count) {
            // A single byte just before the next is how a keep-alive looks (RFC 1122 §4.2.3.6).
            guard segment.length > 1 || segment.start != highest - 1 else { return }
            facts.retransmissions += 1
            facts.retransmittedBytes += known
            // Karn: what was sent twice says nothing about the round trip.
            pending.removeSubrange(pendingStart...)
        } else if segment.start < highest {
            facts.outOfOrder += 1
        } else {
            pending.append((segment.end, time))
        }
        if known < Int64(range.count) {
            facts.lastFrame = segment.frame
            facts.lastTime = time
        }
        if segment.start > highest { unknownUntil = segment.start }
        highest = max(highest, segment.end)
        if acknowledged >= unknownUntil { facts.maximumInFlight = max(facts.maximumInFlight, highest - acknowledged) }
    }

    mutating func acknowledge(_ segment: Segment, at time: Int64, _ facts: inout DataFacts) {
        guard let number = segment.acknowledged else { return }
        let shift = segment.flags.contains(.syn) ? 0 : windowShift
        facts.maximumWindow = max(facts.maximumWindow, Int64(segment.window) << Int64(shift))
        if segment.window == 0, segment.flags.isDisjoint(with: [.syn, .fin, .rst]) { facts.zeroWindows += 1 }
        guard number > acknowledged, number <= highest + 1 else { return }
        acknowledged = min(number, highest)
        while pendingStart < pending.count, pending[pendingStart].end <= number {
            if pending[pendingStart].end == number {
                let span = time - pending[pendingStart].time
                if facts.roundTrip == nil { facts.roundTrip = .init(span) } else { facts.roundTrip?.add(span) }
            }
            pendingStart += 1
        }
        if pendingStart > 1024 {
            pending.removeSubrange(..<pendingStart)
            pendingStart = 0
        }
    }
}
