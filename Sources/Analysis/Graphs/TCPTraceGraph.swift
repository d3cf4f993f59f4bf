import Dissection

/// Sequence numbers over time, as tcptrace draws them: what was sent between what was acknowledged and what the receiver
/// had room for.
struct TCPTraceGraph: SegmentGraph {
    private typealias Kind = GraphSeries.Kind

    private let domain: GraphDomain
    private let side: Side
    private var acknowledgment: PointColumns
    private var window: PointColumns
    private var ranges: [GraphSeries.Kind: RangeColumns] = [:]
    /// The highest end so far, from which what is missing is counted.
    private var next: Int64?
    private var acknowledged: Int64?

    /// In the order in which they are drawn, what matters most on top.
    private static let bars: [Kind] = [
        .segment, .sack, .missing, .outOfOrder, .spuriousRetransmission, .fastRetransmission, .retransmission,
    ]
    private static let marks: [Kind] = [
        .duplicateACK, .keepAlive, .windowFull, .zeroWindow, .lostSegment, .syn, .fin, .reset,
    ]

    init(_ domain: GraphDomain, _ side: Side) {
        self.domain = domain
        self.side = side
        acknowledgment = PointColumns(domain)
        window = PointColumns(domain)
    }

    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place) {
        if segment.sender == side {
            addSent(segment, x, place)
        } else if let acknowledged = place.acknowledged, !segment.flags.contains(.rst) {
            addAcknowledgment(segment, x, acknowledged)
        }
        if segment.flags.contains(.rst) {
            // A reset's own number may lie anywhere, even at 0 (RFC 9293 §3.10.7.1): it is marked where the stream stands.
            mark(.reset, segment, x, segment.sender == side ? next ?? place.start : acknowledged ?? next ?? 0)
        }
    }

    private mutating func addSent(_ segment: AnalysedSegment, _ x: Int64, _ place: SequenceTrack.Place) {
        guard !segment.flags.contains(.rst) else { return }
        let flags = segment.analysis.flags
        if flags.contains(.lostSegment), let next, next < place.start {
            add(.missing, segment, x, next, place.start)
            mark(.lostSegment, segment, x, next)
        }
        if segment.length > 0 { add(barKind(flags), segment, x, place.start, place.end) }
        if segment.flags.contains(.syn) { mark(.syn, segment, x, place.start) }
        if segment.flags.contains(.fin) { mark(.fin, segment, x, place.end) }
        if !flags.isDisjoint(with: [.keepAlive, .zeroWindowProbe]) { mark(.keepAlive, segment, x, place.start) }
        if flags.contains(.windowFull) { mark(.windowFull, segment, x, place.end) }
        next = max(next ?? place.end, place.end)
    }

    private func barKind(_ flags: TCPAnalysis.Flags) -> Kind {
        if flags.contains(.spuriousRetransmission) { return .spuriousRetransmission }
        if flags.contains(.fastRetransmission) { return .fastRetransmission }
        if flags.contains(.retransmission) { return .retransmission }
        return flags.contains(.outOfOrder) ? .outOfOrder : .segment
    }

    private mutating func addAcknowledgment(_ segment: AnalysedSegment, _ x: Int64, _ number: Int64) {
        acknowledged = max(acknowledged ?? number, number)
        acknowledgment.add(GraphPoint(x: x, y: Double(number), frame: segment.frame))
        window.add(GraphPoint(x: x, y: Double(number + segment.scaledWindow), frame: segment.frame))
        for block in 0..<segment.options.sackCount {
            let edges = segment.options.sackBlocks[block]
            let left = SequenceTrack.place(edges.left, beside: segment, number)
            let right = SequenceTrack.place(edges.right, beside: segment, number)
            if left < right { add(.sack, segment, x, left, right) }
        }
        if segment.analysis.flags.contains(.duplicateACK) { mark(.duplicateACK, segment, x, number) }
        if !segment.analysis.flags.isDisjoint(with: [.zeroWindow, .zeroWindowProbeACK]) {
            mark(.zeroWindow, segment, x, number)
        }
    }

    private mutating func mark(_ kind: Kind, _ segment: AnalysedSegment, _ x: Int64, _ at: Int64) {
        add(kind, segment, x, at, at)
    }

    private mutating func add(_ kind: Kind, _ segment: AnalysedSegment, _ x: Int64, _ lower: Int64, _ upper: Int64) {
        ranges[kind, default: RangeColumns(domain)].add(
            GraphRange(x: x, lower: Double(lower), upper: Double(upper), frame: segment.frame))
    }

    func finish() -> Graph {
        let lines = [
            GraphSeries(.window, .steps(window.points)), GraphSeries(.acknowledgment, .steps(acknowledgment.points)),
        ]
        let bars = Self.bars.map { GraphSeries($0, .bars(ranges[$0]?.ranges ?? [])) }
        let marks = Self.marks.map { GraphSeries($0, .marks(ranges[$0]?.ranges ?? [])) }
        return Graph(.tcptrace, domain: domain, series: lines + bars + marks)
    }
}
