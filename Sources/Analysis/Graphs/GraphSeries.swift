/// One point of a graph and the frame that it comes from.
package struct GraphPoint: Sendable, Hashable, BitwiseCopyable {
    /// Nanoseconds since the graph's start, or a sequence number.
    package let x: Int64
    package let y: Double
    /// Its index, counted from 0.
    package let frame: UInt32

    package init(x: Int64, y: Double, frame: UInt32) {
        self.x = x
        self.y = y
        self.frame = frame
    }
}

/// A vertical bar of a graph, or a mark where both ends are the same; it may stand for several that one column of pixels
/// could not show apart.
package struct GraphRange: Sendable, Hashable, BitwiseCopyable {
    package internal(set) var x: Int64
    package internal(set) var lower: Double
    package internal(set) var upper: Double
    /// The first and the last frame that it stands for.
    package internal(set) var frame: UInt32
    package internal(set) var lastFrame: UInt32
    package internal(set) var count: UInt32

    package init(x: Int64, lower: Double, upper: Double, frame: UInt32) {
        self.init(x: x, lower: lower, upper: upper, frame: frame, lastFrame: frame, count: 1)
    }

    package init(x: Int64, lower: Double, upper: Double, frame: UInt32, lastFrame: UInt32, count: UInt32) {
        self.x = x
        self.lower = lower
        self.upper = upper
        self.frame = frame
        self.lastFrame = lastFrame
        self.count = count
    }
}

/// One curve, or one kind of bar or mark, thinned out to what the graph's width can show.
package struct GraphSeries: Sendable {
    /// What it shows; its colour, its words and its unit follow from that.
    package enum Kind: Sendable, Hashable, CaseIterable {
        case traffic
        case throughput, goodput, segmentLength
        case sequence, segment, acknowledgment, window, sack, missing
        case roundTrip, initialRoundTrip
        case bytesInFlight
        case retransmission, fastRetransmission, spuriousRetransmission, outOfOrder, lostSegment
        case duplicateACK, zeroWindow, windowFull, keepAlive, syn, fin, reset
    }

    package enum Content: Sendable {
        /// Joined by straight lines, by steps, or by nothing.
        case line([GraphPoint])
        case steps([GraphPoint])
        case dots([GraphPoint])
        case bars([GraphRange])
        case marks([GraphRange])
        /// Bars from 0 up to a count, one for each kind beside the other.
        case counts([GraphRange])
        /// One value for the whole width.
        case level(Double, frame: UInt32)
    }

    package let kind: Kind
    package let content: Content

    package init(_ kind: Kind, _ content: Content) {
        self.kind = kind
        self.content = content
    }

    package var isEmpty: Bool {
        switch content {
        case .line(let points), .steps(let points), .dots(let points): points.isEmpty
        case .bars(let ranges), .marks(let ranges), .counts(let ranges): ranges.isEmpty
        case .level: false
        }
    }
}

/// What a graph shows, ready to be drawn.
package struct Graph: Sendable {
    package enum Kind: String, Sendable, CaseIterable { case io, throughput, stevens, tcptrace, rtt, window }
    /// What the horizontal axis counts.
    package enum Abscissa: String, Sendable, CaseIterable { case time, sequence }

    package let kind: Kind
    package let abscissa: Abscissa
    package let domain: GraphDomain
    /// In the order in which they are drawn; without those that have nothing to show.
    package let series: [GraphSeries]
    /// Of an interval of the IO graph, or of the window that throughput is averaged over.
    package let interval: Int64?

    package init(
        _ kind: Kind, abscissa: Abscissa = .time, domain: GraphDomain, series: [GraphSeries], interval: Int64? = nil
    ) {
        self.kind = kind
        self.abscissa = abscissa
        self.domain = domain
        self.series = series.filter { !$0.isEmpty }
        self.interval = interval
    }
}
