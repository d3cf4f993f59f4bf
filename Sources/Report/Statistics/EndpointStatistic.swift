import Dissection
import Bytes
import Analysis

/// `-z endpoints,…`.
struct EndpointStatistic: Statistic {
    private let counter: EndpointTap
    /// Nil where the table of streams has told everything.
    let tap: (any FrameTap)?

    init(_ kind: StationKind, _ condition: (any FrameTest)?, _ source: StatisticsSource) {
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
        var line: [UInt8] = []
        for row in counter.endpoints {
            line.removeAll(keepingCapacity: true)
            append(row, to: &line)
            write(String(decoding: line, as: UTF8.self))
        }
        write(rule)
    }

    private func append(_ row: StationTraffic, to line: inout [UInt8]) {
        line.append(row.station, hasPort: false)
        line.pad(from: 0, to: 20)
        line.append("      ")
        if counter.kind.hasPorts {
            line.append(decimal: UInt64(row.station.port), width: 5)
            line.append("     ")
        }
        line.append(decimal: row.frames, width: 6)
        line.append("     ")
        line.append(decimal: row.bytes, width: 9)
        line.append("     ")
        line.append(decimal: row.sent.frames, width: 6)
        line.append("       ")
        line.append(decimal: row.sent.bytes, width: 9)
        line.append("      ")
        line.append(decimal: row.received.frames, width: 6)
        line.append("       ")
        line.append(decimal: row.received.bytes, width: 9)
        line.append("   ")
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
