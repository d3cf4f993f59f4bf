import Bytes

/// Collects one stream's segments into a graph, in memory that depends on its width alone.
protocol SegmentGraph {
    /// - Parameter x: nanoseconds since the stream's first frame.
    mutating func add(_ segment: AnalysedSegment, at x: Int64, _ place: SequenceTrack.Place)
    func finish() -> Graph
}

extension SegmentGraph {
    /// Goes through a stream once.
    ///
    /// - Parameter segments: calls what it is given with every segment, in order.
    mutating func collect(from start: Int64, _ segments: ((AnalysedSegment) -> Void) -> Void) -> Graph {
        var track = SequenceTrack()
        segments { segment in
            let place = track.place(segment)
            add(segment, at: segment.time &- start, place)
        }
        return finish()
    }
}

/// What to graph of one stream, and how finely.
package struct StreamGraphOptions: Sendable {
    /// Whose data is looked at.
    package var side: Side
    /// How many columns of pixels the plot has.
    package var columns: Int
    package var abscissa = Graph.Abscissa.time
    /// The window that throughput is averaged over, in nanoseconds; nil chooses one.
    package var interval: Int64?
    /// Only these frames; nil for all.
    package var frames: FrameSet?

    package init(side: Side, columns: Int) {
        self.side = side
        self.columns = columns
    }
}

extension CaptureIndex {
    /// Graphs one direction of a stream.
    package func graph(_ kind: Graph.Kind, of stream: Int, _ options: StreamGraphOptions) throws(GraphError) -> Graph {
        let record = streams[stream]
        return try Graph.ofSegments(kind, from: record.firstTime, to: record.lastTime, options) { body in
            replay(stream) { if options.frames?.contains($0.frame) ?? true { body($0) } }
        }
    }

    /// The side that sent more.
    package func mainSender(of stream: Int) -> Side {
        let sides = streams[stream].sides
        return sides.responder.payloadBytes > sides.initiator.payloadBytes ? .responder : .initiator
    }
}

extension Graph {
    static func ofSegments(
        _ kind: Kind, from start: Int64, to end: Int64, _ options: StreamGraphOptions,
        _ segments: ((AnalysedSegment) -> Void) -> Void
    ) throws(GraphError) -> Graph {
        let domain = GraphDomain(0, end &- start, columns: options.columns)
        switch kind {
        case .io, .throughput:
            var graph = try ThroughputGraph(domain, options)
            return graph.collect(from: start, segments)
        case .stevens:
            var graph = StevensGraph(domain, options.side)
            return graph.collect(from: start, segments)
        case .tcptrace:
            var graph = TCPTraceGraph(domain, options.side)
            return graph.collect(from: start, segments)
        case .window:
            var graph = WindowGraph(domain, options.side)
            return graph.collect(from: start, segments)
        case .rtt:
            guard options.abscissa == .sequence else {
                var graph = RoundTripGraph(domain, options.side, .time)
                return graph.collect(from: start, segments)
            }
            // How far the numbers reach is known only after going through them.
            var extent = SequenceExtent(options.side)
            _ = extent.collect(from: start, segments)
            var graph = RoundTripGraph(
                GraphDomain(extent.lower ?? 0, extent.upper ?? 1, columns: options.columns), options.side, .sequence)
            return graph.collect(from: start, segments)
        }
    }
}

/// Why there is no graph.
package enum GraphError: Error, Hashable {
    /// So many intervals would be needed, and this length would do, in nanoseconds.
    case tooManyIntervals(Double, shortest: Int64)
}
