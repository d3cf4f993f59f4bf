import Analysis

/// `-z endpoints,…`.
struct EndpointStatistic: Statistic {
    private let counter: EndpointTap
    /// Nil where the table of streams has told everything.
    let tap: (any FrameTap)?

    init(_ kind: StationKind, _ condition: FrameCondition?, _ source: StatisticsSource) {
        counter = EndpointTap(kind, condition)
        if kind == .tcp, condition == nil {
            counter.take(streamsOf: source.index)
            tap = nil
        } else {
            tap = counter
        }
    }

    func write(_ write: (String) -> Void) {
        let rule = String(repeating: "=", count: 80)
        write(rule)
        write("\(counter.kind.label) Endpoints")
        write("Filter:\(counter.condition?.text ?? "<No Filter>")")
        write(
            String.spaces(23) + (counter.kind.hasPorts ? "|  Port  |" : "")
                + "|  Packets  | |  Bytes  | | Tx Packets | | Tx Bytes | | Rx Packets | | Rx Bytes |")
        for row in counter.endpoints {
            let port = counter.kind.hasPorts ? "      " + row.station.port.right(5) + "     " : "      "
            write(
                row.station.address.left(20) + port + row.frames.right(6) + "     " + row.bytes.right(9)
                    + "     " + row.sent.frames.right(6) + "       " + row.sent.bytes.right(9) + "      "
                    + row.received.frames.right(6) + "       " + row.received.bytes.right(9) + "   ")
        }
        write(rule)
    }

    var document: any Encodable {
        counter.endpoints.map { row in
            EndpointTrafficDocument(
                address: row.station.address, port: counter.kind.hasPorts ? row.station.port : nil,
                frames: row.frames, bytes: row.bytes, framesSent: row.sent.frames, bytesSent: row.sent.bytes,
                framesReceived: row.received.frames, bytesReceived: row.received.bytes)
        }
    }
}

private struct EndpointTrafficDocument: Encodable {
    let address: String
    let port: UInt16?
    let frames: UInt64
    let bytes: UInt64
    let framesSent: UInt64
    let bytesSent: UInt64
    let framesReceived: UInt64
    let bytesReceived: UInt64
}
