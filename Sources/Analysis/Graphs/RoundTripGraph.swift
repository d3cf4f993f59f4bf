import Dissection

/// The time from a segment to its acknowledgment (`tcp.analysis.ack_rtt`), over time or over what was acknowledged.
struct RoundTripGraph: SegmentGraph {
    private let domain: GraphDomain
    private let side: Side
    private let abscissa: Graph.Abscissa
    private var roundTrips: PointColumns
    private var initial: (time: Int64, frame: UInt32)?

    init(_ domain: GraphDomain, _ side: Side, _ abscissa: Graph.Abscissa) {
        self.domain = domain
        self.side = side
        self.abscissa = abscissa
        roundTrips = PointColumns(domain)
    }

    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place) {
        if initial == nil, let time = segment.analysis.initialRoundTrip { initial = (time, segment.frame) }
        guard segment.sender != side, let roundTrip = segment.analysis.roundTrip, let number = place.acknowledged
        else { return }
        let x = abscissa == .time ? x : number
        roundTrips.add(GraphPoint(x: x, y: Double(roundTrip), frame: segment.frame))
    }

    func finish() -> Graph {
        let level = initial.map { GraphSeries(.initialRoundTrip, .level(Double($0.time), frame: $0.frame)) }
        return Graph(
            .rtt, abscissa: abscissa, domain: domain,
            series: (level.map { [$0] } ?? []) + [GraphSeries(.roundTrip, .dots(roundTrips.points))])
    }
}

/// How far the acknowledgments of one side's data reach.
struct SequenceExtent: SegmentGraph {
    private let side: Side
    private(set) var lower: Int64?
    private(set) var upper: Int64?

    init(_ side: Side) {
        self.side = side
    }

    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place) {
        guard segment.sender != side, segment.analysis.roundTrip != nil, let number = place.acknowledged else { return }
        lower = min(lower ?? number, number)
        upper = max(upper ?? number, number)
    }

    func finish() -> Graph { Graph(.rtt, domain: GraphDomain(lower ?? 0, upper ?? 1, columns: 1), series: []) }
}
