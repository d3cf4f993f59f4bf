package import Analysis
import FTPProtocol

/// A graph with its axes and words: all that drawing needs to know.
struct Plot {
    struct Layer {
        let series: GraphSeries
        let label: String
        let isOnRight: Bool

        var isMarks: Bool { if case .marks = series.content { true } else { false } }
    }

    let title: String
    let subtitle: String
    let x: AxisScale
    let left: AxisScale
    let right: AxisScale?
    let xLabel: String
    let leftLabel: String
    let rightLabel: String
    let layers: [Layer]
}

/// What a graph is of, as people are told.
package struct GraphCaption: Sendable {
    /// What stands below the title: file, stream, endpoints.
    package let subject: [String]
    package let rateUnit: RateUnit

    package init(subject: [String], rateUnit: RateUnit = .bytes) {
        self.subject = subject
        self.rateUnit = rateUnit
    }
}

/// Gives a graph its axes and words.
struct PlotBuilder {
    let graph: Graph
    let caption: GraphCaption
    let phrases: Phrases
    let layout: PlotLayout

    func plot() -> Plot {
        let ranges = (left: range(isRight: false), right: range(isRight: true))
        let x = AxisScale(
            graph.abscissa == .time ? .time : .bytes, from: Double(graph.domain.lower), to: Double(graph.domain.upper),
            room: max(2, Int(layout.plotWidth) / 90))
        let room = max(2, Int(layout.height) / 70)
        let left = AxisScale(leftUnit, from: ranges.left.lower, to: ranges.left.upper, room: room, extends: true)
        let hasRight = graph.series.contains { Self.isOnRight($0.kind, in: graph.kind) }
        let right =
            hasRight
            ? AxisScale(rightUnit, from: 0, to: ranges.right.upper, room: room, extends: true) : nil
        var subtitle = caption.subject
        if let interval = graph.interval {
            subtitle.append(phrases.say(graph.kind == .io ? .graphInterval : .graphMean, Quantity.span(interval)))
        }
        return Plot(
            title: phrases.say(title), subtitle: subtitle.joined(separator: " · "), x: x, left: left, right: right,
            xLabel: named(graph.abscissa == .time ? .graphTimeAxis : .graphAcknowledgedAxis, x),
            leftLabel: named(leftName, left),
            rightLabel: right.map { named(graph.kind == .io ? .graphCountAxis : .graphLengthAxis, $0) } ?? "",
            layers: graph.series.map { layer($0, left) })
    }

    private func layer(_ series: GraphSeries, _ left: AxisScale) -> Plot.Layer {
        let name = phrases.say(GraphStyle.of(series.kind).name)
        let isAbove = graph.kind == .tcptrace && series.kind == .window && series.extent.upper > left.upper
        return Plot.Layer(
            series: series, label: isAbove ? phrases.say(.graphPartlyAbove, name) : name,
            isOnRight: Self.isOnRight(series.kind, in: graph.kind))
    }

    private func named(_ message: Message, _ axis: AxisScale) -> String {
        axis.unitLabel.isEmpty ? phrases.say(message) : phrases.say(.graphAxis, phrases.say(message), axis.unitLabel)
    }

    private static func isOnRight(_ kind: GraphSeries.Kind, in graph: Graph.Kind) -> Bool {
        graph == .io ? kind != .traffic : kind == .segmentLength
    }

    private var title: Message {
        switch graph.kind {
        case .io: .graphIO
        case .throughput: .graphThroughput
        case .stevens: .graphStevens
        case .tcptrace: .graphTCPTrace
        case .rtt: .graphRoundTrip
        case .window: .graphWindow
        }
    }

    private var leftName: Message {
        switch graph.kind {
        case .io: caption.rateUnit == .packets ? .graphPacketRateAxis : .graphRateAxis
        case .throughput: .graphRateAxis
        case .stevens, .tcptrace: .graphSequenceAxis
        case .rtt: .graphRoundTripAxis
        case .window: .graphBytesAxis
        }
    }

    private var leftUnit: AxisUnit {
        switch graph.kind {
        case .io:
            switch caption.rateUnit {
            case .packets: .packetsPerSecond
            case .bytes: .bytesPerSecond
            case .bits: .bitsPerSecond
            }
        case .throughput: .bytesPerSecond
        case .stevens, .tcptrace, .window: .bytes
        case .rtt: .time
        }
    }

    private var rightUnit: AxisUnit { graph.kind == .io ? .count : .bytes }

    /// The values that an axis has to show: from 0 on, but for sequence numbers that begin far from it.
    private func range(isRight: Bool) -> (lower: Double, upper: Double) {
        let chosen = graph.series.filter { Self.isOnRight($0.kind, in: graph.kind) == isRight }
        var extent = GraphSeries.Extent()
        for series in chosen where graph.kind != .tcptrace || series.kind != .window { extent.add(series.extent) }
        if extent.isEmpty { chosen.forEach { extent.add($0.extent) } }
        guard !extent.isEmpty else { return (0, 1) }
        let span = max(extent.upper - extent.lower, 1)
        if graph.kind == .tcptrace, let window = chosen.first(where: { $0.kind == .window }) {
            // A window much larger than what was sent would press that flat: it may leave the graph at the top.
            extent.add(min(window.extent.upper, extent.upper + span / 2))
        }
        // A single event is one of many that could be: it does not fill the height.
        if isRight, graph.kind == .io { return (0, max(5, extent.upper * 1.1)) }
        let isFar = (graph.kind == .tcptrace || graph.kind == .stevens) && extent.lower > span / 4
        return (isFar ? extent.lower : min(0, extent.lower), extent.upper > 0 ? extent.upper : 1)
    }
}

extension GraphSeries {
    /// The lowest and the highest value.
    struct Extent {
        var lower = Double.infinity
        var upper = -Double.infinity

        var isEmpty: Bool { lower > upper }

        mutating func add(_ value: Double) {
            lower = min(lower, value)
            upper = max(upper, value)
        }

        mutating func add(_ other: Extent) {
            lower = min(lower, other.lower)
            upper = max(upper, other.upper)
        }
    }

    var extent: Extent {
        var extent = Extent()
        switch content {
        case .line(let points), .steps(let points), .dots(let points): points.forEach { extent.add($0.y) }
        case .bars(let ranges), .marks(let ranges), .counts(let ranges):
            for range in ranges {
                extent.add(range.lower)
                extent.add(range.upper)
            }
        case .level(let value, _): extent.add(value)
        }
        return extent
    }
}
