import Dissection

/// What the receiver had room for, and what was on its way to it.
struct WindowGraph: SegmentGraph {
    private let domain: GraphDomain
    private let side: Side
    private var window: PointColumns
    private var flight: PointColumns
    private var zeroWindows: RangeColumns
    private var fullWindows: RangeColumns

    init(_ domain: GraphDomain, _ side: Side) {
        self.domain = domain
        self.side = side
        window = PointColumns(domain)
        flight = PointColumns(domain)
        zeroWindows = RangeColumns(domain)
        fullWindows = RangeColumns(domain)
    }

    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place) {
        let flags = segment.analysis.flags
        if segment.sender == side {
            guard let bytes = segment.analysis.bytesInFlight.map(Double.init) else { return }
            flight.add(GraphPoint(x: x, y: bytes, frame: segment.frame))
            if flags.contains(.windowFull) {
                fullWindows.add(GraphRange(x: x, lower: bytes, upper: bytes, frame: segment.frame))
            }
        } else if !segment.flags.contains(.rst) {
            window.add(GraphPoint(x: x, y: Double(segment.scaledWindow), frame: segment.frame))
            if !flags.isDisjoint(with: [.zeroWindow, .zeroWindowProbeACK]) {
                zeroWindows.add(GraphRange(x: x, lower: 0, upper: 0, frame: segment.frame))
            }
        }
    }

    func finish() -> Graph {
        Graph(
            .window, domain: domain,
            series: [
                GraphSeries(.window, .steps(window.points)), GraphSeries(.bytesInFlight, .steps(flight.points)),
                GraphSeries(.windowFull, .marks(fullWindows.ranges)),
                GraphSeries(.zeroWindow, .marks(zeroWindows.ranges)),
            ])
    }
}
