import Dissection

/// Sequence numbers over time, as in Stevens' TCP/IP Illustrated: one dot for each segment with data.
struct StevensGraph: SegmentGraph {
    private let domain: GraphDomain
    private let side: Side
    private var sequence: PointColumns

    init(_ domain: GraphDomain, _ side: Side) {
        self.domain = domain
        self.side = side
        sequence = PointColumns(domain)
    }

    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place) {
        guard segment.sender == side, segment.length > 0 else { return }
        sequence.add(GraphPoint(x: x, y: Double(place.start), frame: segment.frame))
    }

    func finish() -> Graph { Graph(.stevens, domain: domain, series: [GraphSeries(.sequence, .dots(sequence.points))]) }
}
