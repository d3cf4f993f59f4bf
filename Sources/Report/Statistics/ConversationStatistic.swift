import Dissection
import Bytes
import Analysis

/// `-z conv,…`.
struct ConversationStatistic: Statistic {
    private let counter: ConversationTap
    private let firstTime: Int64
    /// Nil where the table of streams has told everything.
    let tap: (any FrameTap)?

    init(_ kind: StationKind, _ condition: (any FrameTest)?, _ source: StatisticsSource) {
        counter = ConversationTap(kind, condition)
        firstTime = source.firstTime
        if kind == .tcp, condition == nil {
            counter.take(streamsOf: source.index)
            tap = nil
        } else {
            tap = counter
        }
    }

    func write(_ write: (String) -> Void) {
        let rule = String(repeating: "=", count: 80)
        let margin = String.spaces(counter.kind.hasPorts ? 59 : 47)
        write(rule)
        write("\(counter.kind.label) Conversations")
        write("Filter:\(counter.condition?.text ?? "<No Filter>")")
        write(margin + "|       <-      | |       ->      | |     Total     |    Relative    |   Duration   |")
        write(margin + "| Frames  Bytes | | Frames  Bytes | | Frames  Bytes |      Start     |              |")
        var line: [UInt8] = []
        let rows = counter.conversations
        for rank in rows.indices {
            line.removeAll(keepingCapacity: true)
            append(rows[rank], to: &line)
            write(String(decoding: line, as: UTF8.self))
        }
        write(rule)
    }

    private func append(_ row: Conversation, to line: inout [UInt8]) {
        let hasPorts = counter.kind.hasPorts
        let width = hasPorts ? 26 : 20
        line.append(row.a, hasPort: hasPorts)
        line.pad(from: 0, to: width)
        line.append(" <-> ")
        let start = line.count
        line.append(row.b, hasPort: hasPorts)
        line.pad(from: start, to: width)
        for traffic in [row.received, row.sent, Traffic(frames: row.frames, bytes: row.bytes)] {
            line.append("  ")
            line.append(decimal: traffic.frames, width: 6)
            line.append(" ")
            let start = line.count
            line.append(size: traffic.bytes)
            line.pad(from: start, to: 9)
        }
        line.append("  ")
        let time = line.count
        line.append(seconds: row.start - firstTime)
        line.alignRight(from: time, to: 14)
        line.append("   ")
        let duration = line.count
        // As the difference of two binary fractions, whose last digits decide how a half is rounded.
        line.append(fixed: Double(row.end - firstTime) / 1e9 - Double(row.start - firstTime) / 1e9, 4)
        line.alignRight(from: duration, to: 12)
    }

    var document: any Encodable {
        counter.conversations.map { row in
            ConversationDocument(
                addressA: row.a.address, portA: counter.kind.hasPorts ? row.a.port : nil, addressB: row.b.address,
                portB: counter.kind.hasPorts ? row.b.port : nil, stream: row.stream, framesAToB: row.sent.frames,
                bytesAToB: row.sent.bytes, framesBToA: row.received.frames, bytesBToA: row.received.bytes,
                start: Seconds(row.start - firstTime), duration: Seconds(row.end - row.start))
        }
    }
}

private struct ConversationDocument: Encodable {
    let addressA: String
    let portA: UInt16?
    let addressB: String
    let portB: UInt16?
    let stream: UInt32?
    let framesAToB: UInt64
    let bytesAToB: UInt64
    let framesBToA: UInt64
    let bytesBToA: UInt64
    /// Seconds since the capture's first frame.
    let start: Seconds
    let duration: Seconds
}
