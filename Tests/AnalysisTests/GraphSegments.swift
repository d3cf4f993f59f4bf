@testable import Analysis
import Bytes
import Dissection

/// Makes analysed segments by hand, so that a test of a graph can say exactly what is in them.
struct GraphSegments {
    private(set) var segments: [AnalysedSegment] = []

    /// - Parameter time: in milliseconds from the stream's start.
    mutating func add(
        _ sender: Side, at time: Int64, _ flags: TCPFlags = .ack, sequence: UInt64 = 1, length: UInt32 = 0,
        acknowledgment: UInt64 = 1, window: UInt16 = 1000, factor: Int32 = 1, sack: [(UInt32, UInt32)] = [],
        _ findings: TCPAnalysis.Flags = [], change: (inout TCPAnalysis) -> Void = { _ in }
    ) {
        var analysis = TCPAnalysis()
        analysis.flags = findings
        analysis.relativeSequence = UInt32(truncatingIfNeeded: sequence)
        analysis.relativeAcknowledgment = UInt32(truncatingIfNeeded: acknowledgment)
        analysis.windowFactor = factor
        change(&analysis)
        segments.append(
            AnalysedSegment(
                frame: UInt32(segments.count), time: time * 1_000_000, sender: sender, flags: flags,
                sequence: analysis.relativeSequence, acknowledgment: analysis.relativeAcknowledgment, window: window,
                length: length, options: Self.options(sack), analysis: analysis))
    }

    private static func options(_ blocks: [(UInt32, UInt32)]) -> TCPOptions {
        var header = [UInt8](repeating: 0, count: 20)
        if !blocks.isEmpty {
            header += [1, 1, 5, UInt8(2 + 8 * blocks.count)]
            for (left, right) in blocks {
                for value in [left, right] {
                    for shift in [24, 16, 8, 0] { header.append(UInt8(truncatingIfNeeded: value >> UInt32(shift))) }
                }
            }
        }
        header[12] = UInt8(header.count / 4) << 4
        return TCPOptions(header.bytes)
    }

    func graph(
        _ kind: Graph.Kind, _ side: Side = .initiator, columns: Int = 100, over abscissa: Graph.Abscissa = .time,
        interval: Int64? = nil
    ) throws -> Graph {
        var options = StreamGraphOptions(side: side, columns: columns)
        options.abscissa = abscissa
        options.interval = interval
        return try Graph.ofSegments(kind, from: 0, to: segments.last?.time ?? 0, options) { segments.forEach($0) }
    }
}

extension Graph {
    func points(_ kind: GraphSeries.Kind) -> [GraphPoint] {
        for series in series where series.kind == kind {
            switch series.content {
            case .line(let points), .steps(let points), .dots(let points): return points
            default: break
            }
        }
        return []
    }

    func ranges(_ kind: GraphSeries.Kind) -> [GraphRange] {
        for series in series where series.kind == kind {
            switch series.content {
            case .bars(let ranges), .marks(let ranges), .counts(let ranges): return ranges
            default: break
            }
        }
        return []
    }
}
