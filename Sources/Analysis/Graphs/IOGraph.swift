import Bytes

/// Packets, bytes or bits a second over time, and beside them what went wrong with TCP.
package enum RateUnit: String, Sendable, CaseIterable {
    case packets, bytes, bits
}

extension CaptureIndex {
    /// Graphs the rate of a capture or of some of its streams.
    ///
    /// - Parameter interval: in nanoseconds; nil takes the next handsome length from a two-hundredth of the time.
    /// - Returns: nil if the scope has no frame.
    package func ioGraph(
        _ scope: GraphScope, unit: RateUnit, columns: Int, interval: Int64? = nil
    ) throws(GraphError) -> Graph? {
        guard let span = span(of: scope) else { return nil }
        let duration = span.upperBound &- span.lowerBound
        let length = interval ?? (duration > 0 ? IntervalScale.nice(duration / 200) : IntervalScale.whenNoTimePasses)
        guard let table = try intervals(of: scope, length) else { return nil }
        var problems = ProblemCounts(table)
        forEachProblem(of: scope) { problems.add($0, $1, at: frames[Int($0)].time) }
        return table.graph(unit, columns: columns, problems)
    }
}

/// How often each interval has each problem: only of those that have it.
struct ProblemCounts {
    struct Count {
        var count: UInt32
        let first: UInt32
        var last: UInt32
    }

    private let start: Int64
    private let scale: IntervalScale
    private(set) var counts: [TCPProblem: [Int: Count]] = [:]

    init(_ table: IntervalTable) {
        start = table.start
        scale = table.scale
    }

    mutating func add(_ frame: UInt32, _ problem: TCPProblem, at time: Int64) {
        let number = scale.interval(at: time &- start)
        var count = counts[problem, default: [:]][number] ?? Count(count: 0, first: frame, last: frame)
        count.count += 1
        count.last = frame
        counts[problem, default: [:]][number] = count
    }
}

extension IntervalTable {
    func graph(_ unit: RateUnit, columns: Int, _ problems: ProblemCounts) -> Graph {
        let domain = GraphDomain(0, end &- start, columns: columns)
        var rate = PointColumns(domain)
        var frame = rows[0].firstFrame
        let perSecond = 1e9 / Double(interval)
        for (number, row) in rows.enumerated() {
            // A silent interval is shown by the frame before the silence.
            if row.firstFrame != FrameRecord.none { frame = row.firstFrame }
            let amount =
                switch unit {
                case .packets: Double(row.packets)
                case .bytes: Double(row.bytes)
                case .bits: Double(row.bytes) * 8
                }
            rate.add(GraphPoint(x: scale.start(of: number), y: amount * perSecond, frame: frame))
            if row.lastFrame != FrameRecord.none { frame = row.lastFrame }
        }
        let counts = TCPProblem.allCases.map { problem in
            var ranges = RangeColumns(domain)
            for (number, count) in problems.counts[problem, default: [:]].sorted(by: { $0.key < $1.key }) {
                ranges.add(
                    GraphRange(
                        x: scale.start(of: number), lower: 0, upper: Double(count.count), frame: count.first,
                        lastFrame: count.last, count: count.count))
            }
            return GraphSeries(problem.series, .counts(ranges.ranges))
        }
        return Graph(
            .io, domain: domain, series: [GraphSeries(.traffic, .steps(rate.points))] + counts, interval: interval)
    }
}
