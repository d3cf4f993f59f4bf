@testable import Analysis
import FTPProtocol
import Foundation
@testable import Report
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct GraphSVGTests {
    private let layout = PlotLayout(width: 800, height: 400)

    private var graph: Graph {
        let domain = GraphDomain(0, 2_000_000_000, columns: layout.columns)
        return Graph(
            .tcptrace, domain: domain,
            series: [
                GraphSeries(.window, .steps([GraphPoint(x: 0, y: 90_000, frame: 1)])),
                GraphSeries(
                    .segment,
                    .bars([
                        GraphRange(x: 34_000_000, lower: 1449, upper: 2897, frame: 122),
                        GraphRange(x: 1_000_000_000, lower: 2897, upper: 9000, frame: 123, lastFrame: 129, count: 5),
                    ])),
                GraphSeries(.zeroWindow, .marks([GraphRange(x: 1_500_000_000, lower: 9000, upper: 9000, frame: 140)])),
                GraphSeries(.reset, .marks([])),
            ])
    }

    /// What a document says about its elements: frames and titles, of those that have any.
    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [String: Int] = [:]
        var frames: [String] = []
        var titles: [String] = []
        private var isTitle = false

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String] = [:]
        ) {
            elements[name, default: 0] += 1
            if let frame = attributes["data-frame"] { frames.append(frame) }
            isTitle = name == "title"
            if isTitle { titles.append("") }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            if isTitle { titles[titles.count - 1] += string }
        }

        func parser(
            _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
        ) { isTitle = false }
    }

    private func read(_ text: String) throws -> Reader {
        let reader = Reader()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = reader
        try #require(parser.parse(), "\(String(describing: parser.parserError)) in \(text.prefix(300))")
        return reader
    }

    @Test func `the document is XML that says of every element which frame it shows`() throws {
        let text = GraphSVG.text(of: graph, GraphCaption(subject: ["a.pcap"]), layout, .en)
        let reader = try read(text)
        #expect(reader.frames == ["2", "123", "124", "141"])
        #expect(reader.titles.contains("segment · frame 123 · 0.034000 s · seq 1449…2897"))
        #expect(reader.titles.contains("segment · frames 124 to 130, 5 in all · 1.000000 s · seq 2897…9000"))
        #expect(text.contains("data-last-frame=\"130\" data-count=\"5\""))
        #expect(reader.elements["script"] == nil && !text.contains("href"))
        #expect(text.contains("prefers-color-scheme:dark"))
    }

    @Test func `names from outside cannot break out of the text`() throws {
        let names = ["a<b>&\"c\".pcap", "</title><script>alert(1)</script>", "\u{0}\u{1B}\u{FFFE}x", "抓包.pcap"]
        let reader = try read(GraphSVG.text(of: graph, GraphCaption(subject: names), layout, .en))
        #expect(reader.elements["script"] == nil)
        #expect(reader.titles[0].contains("a<b>&\"c\".pcap") && reader.titles[0].contains("抓包.pcap"))
    }

    @Test func `a graph speaks Chinese from its title to its tips`() throws {
        let reader = try read(GraphSVG.text(of: graph, GraphCaption(subject: ["a.pcap"]), layout, .zh))
        #expect(reader.titles.contains("段 · 帧 123 · 0.034000 s · 序号 1449…2897"))
    }

    @Test func `a window far above the data may leave the graph, and the legend says so`() {
        let text = GraphSVG.text(of: graph, GraphCaption(subject: []), layout, .en)
        #expect(text.contains("receive window (in part above the graph)"))
    }

    @Test(arguments: Graph.Kind.allCases)
    func `a graph of nothing says so and is XML all the same`(kind: Graph.Kind) throws {
        let empty = Graph(kind, domain: GraphDomain(0, 0, columns: 10), series: [])
        let text = GraphSVG.text(of: empty, GraphCaption(subject: []), layout, .en)
        #expect(text.contains("nothing to show"))
        _ = try read(text)
    }

    @Test func `a million points make a document of bounded size, and none of the outliers is lost`() throws {
        let layout = PlotLayout(width: 1200, height: 640)
        var columns = PointColumns(GraphDomain(0, 1_000_000, columns: layout.columns))
        for number in 0..<UInt32(1_000_000) {
            let value = number == 654_321 ? 5e9 : Double(number &* 2_654_435_761 >> 12)
            columns.add(GraphPoint(x: Int64(number), y: value, frame: number))
        }
        let domain = GraphDomain(0, 1_000_000, columns: layout.columns)
        let graph = Graph(.stevens, domain: domain, series: [GraphSeries(.sequence, .dots(columns.points))])
        let text = GraphSVG.text(of: graph, GraphCaption(subject: []), layout, .en)
        #expect(text.utf8.count < 1_000_000)
        #expect(text.contains("data-frame=\"654322\""))
    }

    @Test(arguments: GraphSeries.Kind.allCases)
    func `every kind of series has a name of its own colour`(kind: GraphSeries.Kind) {
        let style = GraphStyle.of(kind)
        #expect(style.light != style.dark)
        #expect(GraphStyle.sheet([kind]).contains(style.dark))
    }

    @Test func `coordinates are short`() {
        #expect(SVGText.number(0) == "0" && SVGText.number(-0.04) == "0" && SVGText.number(-0.5) == "-0.5")
        #expect(SVGText.number(12.34) == "12.3" && SVGText.number(12.96) == "13" && SVGText.number(.nan) == "0")
    }
}

@Suite struct AxisScaleTests {
    struct Case: Sendable {
        let unit: AxisUnit
        let lower: Double
        let upper: Double
        let labels: [String]
        let unitLabel: String
    }

    static let cases = [
        Case(unit: .time, lower: 0, upper: 1e9, labels: ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"], unitLabel: "s"),
        Case(unit: .time, lower: 0, upper: 25e6, labels: ["0", "5", "10", "15", "20", "25"], unitLabel: "ms"),
        Case(
            unit: .time, lower: 0, upper: 300e9,
            labels: ["0:00:00", "0:01:00", "0:02:00", "0:03:00", "0:04:00", "0:05:00"], unitLabel: ""),
        Case(unit: .bytesPerSecond, lower: 0, upper: 5e6, labels: ["0", "1", "2", "3", "4", "5"], unitLabel: "MB/s"),
        Case(unit: .count, lower: 0, upper: 3, labels: ["0", "1", "2", "3"], unitLabel: ""),
        Case(
            unit: .bytes, lower: 5e9, upper: 5.000_004e9,
            labels: ["5.000000", "5.000001", "5.000002", "5.000003", "5.000004"], unitLabel: "GB"),
        Case(
            unit: .packetsPerSecond, lower: 0, upper: 50_000,
            labels: ["0", "10 000", "20 000", "30 000", "40 000", "50 000"], unitLabel: ""),
    ]

    @Test(arguments: cases)
    func `ticks stand at round values in the unit that fits`(test: Case) {
        let axis = AxisScale(test.unit, from: test.lower, to: test.upper, room: 6)
        #expect(axis.ticks.map { $0.label } == test.labels)
        #expect(axis.unitLabel == test.unitLabel)
    }

    @Test(arguments: [(0.0, 0.0), (0, .greatestFiniteMagnitude), (-5, -5), (9e18, 9.2e18), (1e-9, 2e-9)])
    func `no range makes more ticks than fit or traps`(lower: Double, upper: Double) {
        for unit: AxisUnit in [.time, .bytes, .bitsPerSecond, .count] {
            #expect(AxisScale(unit, from: lower, to: upper, room: 5, extends: true).ticks.count <= 100)
        }
    }
}
