import Analysis

/// `-z conv,…`.
struct ConversationStatistic: Statistic {
    private let counter: ConversationTap
    private let firstTime: Int64
    /// Nil where the table of streams has told everything.
    let tap: (any FrameTap)?

    init(_ kind: StationKind, _ condition: FrameCondition?, _ source: StatisticsSource) {
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
        let width = counter.kind.hasPorts ? 26 : 20
        for row in counter.conversations {
            write(
                name(row.a).left(width) + " <-> " + name(row.b).left(width) + "  "
                    + traffic(row.received) + "  " + traffic(row.sent) + "  "
                    + traffic(Traffic(frames: row.frames, bytes: row.bytes)) + "  "
                    + Printf.seconds(row.start - firstTime).right(14) + "   "
                    + duration(row).right(12))
        }
        write(rule)
    }

    private func name(_ station: Station) -> String {
        counter.kind.hasPorts ? "\(station.address):\(station.port)" : station.address
    }

    private func traffic(_ traffic: Traffic) -> String {
        traffic.frames.right(6) + " " + Printf.size(traffic.bytes).left(9)
    }

    /// As the difference of two binary fractions, whose last digits decide how a half is rounded.
    private func duration(_ row: Conversation) -> String {
        Printf.fixed(Double(row.end - firstTime) / 1e9 - Double(row.start - firstTime) / 1e9, 4)
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
