import Dissection

/// How fast one side's data moved: what was sent (throughput) and what arrived for the first time (goodput: what was newly
/// acknowledged), each the mean of the window of time that ends at the point; and the lengths of the segments.
struct ThroughputGraph: SegmentGraph {
    /// The window slides on by this part of itself.
    private static let slices = 8

    private let domain: GraphDomain
    private let side: Side
    private let window: Int64
    private let scale: IntervalScale
    private var buckets: [Bucket]
    private var lengths: PointColumns
    private var acknowledged: Int64?

    private struct Bucket: BitwiseCopyable {
        var sent: UInt64 = 0
        var acknowledged: UInt64 = 0
        var frame = FrameRecord.none
    }

    init(_ domain: GraphDomain, _ options: StreamGraphOptions) throws(GraphError) {
        self.domain = domain
        side = options.side
        window = max(Int64(Self.slices), options.interval ?? IntervalScale.nice(domain.upper / 50))
        scale = try IntervalScale(span: domain.upper, interval: window / Int64(Self.slices))
        buckets = Array(repeating: Bucket(), count: scale.count)
        lengths = PointColumns(domain)
    }

    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place) {
        let number = scale.interval(at: x)
        if buckets[number].frame == FrameRecord.none { buckets[number].frame = segment.frame }
        if segment.sender == side {
            guard segment.length > 0 else { return }
            buckets[number].sent += UInt64(segment.length)
            lengths.add(GraphPoint(x: x, y: Double(segment.length), frame: segment.frame))
            if acknowledged == nil { acknowledged = place.start }
        } else if let next = place.acknowledged, let before = acknowledged, next > before,
            !segment.flags.contains(.rst)
        {
            buckets[number].acknowledged += UInt64(next - before)
            acknowledged = next
        }
    }

    func finish() -> Graph {
        var sent = PointColumns(domain)
        var received = PointColumns(domain)
        var sums = (sent: UInt64(0), acknowledged: UInt64(0))
        var frame: UInt32?
        for number in buckets.indices {
            sums.sent += buckets[number].sent
            sums.acknowledged += buckets[number].acknowledged
            if number >= Self.slices {
                sums.sent -= buckets[number - Self.slices].sent
                sums.acknowledged -= buckets[number - Self.slices].acknowledged
            }
            if buckets[number].frame != FrameRecord.none { frame = buckets[number].frame }
            guard let frame else { continue }
            let x = min(domain.upper, scale.start(of: number + 1))
            let perSecond = 1e9 / Double(scale.interval * Int64(Self.slices))
            sent.add(GraphPoint(x: x, y: Double(sums.sent) * perSecond, frame: frame))
            received.add(GraphPoint(x: x, y: Double(sums.acknowledged) * perSecond, frame: frame))
        }
        return Graph(
            .throughput, domain: domain,
            series: [
                GraphSeries(.segmentLength, .dots(lengths.points)), GraphSeries(.throughput, .line(sent.points)),
                GraphSeries(.goodput, .line(received.points)),
            ], interval: window)
    }
}
