import Analysis
import ArgumentParser
import Bytes
import FTPProtocol
import Report
import SystemPackage

extension Analysis.Graph.Kind: ExpressibleByArgument {}
extension Analysis.Graph.Abscissa: ExpressibleByArgument {}
extension RateUnit: ExpressibleByArgument {}

struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph", abstract: "Draw a graph of a capture or of one TCP stream as SVG.",
        discussion: """
            Kinds: io (rate of a capture, and what goes wrong with TCP), throughput, stevens and tcptrace (sequence \
            numbers over time), rtt (round trips), window (receive window and bytes in flight). All but io show one \
            direction of one stream: the one chosen, else that with the most data. Every point of a graph tells its \
            frame when the pointer is on it, and in data-frame.
            With io --dips the slow intervals are told in words instead: those below half of the typical rate. \
            Typical is what half of all bytes moved at, or faster. Without --interval an interval is a hundredth of \
            the time, but at least ten frames and two round trips long.
            With -Y only frames that the filter selects are counted and drawn; unless one is chosen, the stream is \
            that with the most data among those that have such a frame.
            """)

    enum SideChoice: String, ExpressibleByArgument, CaseIterable { case a, b }

    @Argument(help: "What to draw: io, throughput, stevens, tcptrace, rtt or window.")
    var kind: Analysis.Graph.Kind

    @Argument(help: "Capture files, or - for standard input.")
    var files: [String]

    @OptionGroup var scope: GraphScopeOptions

    @Option(help: "Whose data: a is the side that opened the connection, b the other one (default: who sent more).")
    var side: SideChoice?

    @Option(help: "What io counts: packets, bytes or bits.")
    var unit = RateUnit.bytes

    @Option(help: "What rtt is drawn over: time or sequence.")
    var over = Analysis.Graph.Abscissa.time

    @Option(help: "Seconds of an interval of io, and of the window of throughput (default: from the duration).")
    var interval: Double?

    @Flag(help: "Tell the dips of io's rate and what went on in them, instead of drawing.")
    var dips = false

    @Flag(help: "With --dips: as JSON.")
    var json = false

    @Option(name: .shortAndLong, help: "The SVG file to write, or - for standard output.")
    var output = "-"

    @Option(help: "In pixels, 400 to 16000.")
    var width = 1200

    @Option(help: "In pixels, 260 to 16000.")
    var height = 640

    @OptionGroup var filter: FilterOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let interval, !(interval >= 1e-9 && interval <= 1e9) {
            throw ValidationError("--interval is in seconds, above 0: \(interval)")
        }
        if dips, kind != .io { throw ValidationError(Message.graphOnlyIO.text(common.language, ["dips"])) }
        if json, !dips { throw ValidationError("--json goes with --dips") }
        for (name, value, least) in [("width", width, 400), ("height", height, 260)]
        where !(least...PlotLayout.largest).contains(value) {
            throw ValidationError("--\(name) is from \(least) to \(PlotLayout.largest) pixels: \(value)")
        }
    }

    func run() throws {
        let condition = try filter.condition()
        let index = try readIndex(files, common.language)
        let selected = condition?.selected(in: index)
        do {
            if dips { return try tellDips(index, selected) }
            let layout = PlotLayout(width: width, height: height)
            let (graph, subject) = try kind == .io ? ofRate(index, selected, layout) : ofStream(index, selected, layout)
            try write(
                GraphSVG.text(
                    of: graph, GraphCaption(subject: [fileNames] + subject, rateUnit: unit), layout, common.language))
        } catch GraphError.tooManyIntervals(let count, let shortest) {
            try fail(
                .graphTooManyIntervals,
                ["\(interval ?? 0) s", String(Int64(min(count, 9e18))), "--interval \(Double(shortest) / 1e9)"])
        }
    }

    private func ofRate(
        _ index: CaptureIndex, _ selected: FrameNumbers?, _ layout: PlotLayout
    ) throws -> (Analysis.Graph, [String]) {
        var (chosen, subject) = try scope.rateScope(index, common.language)
        chosen.frames = selected?.found
        if selected != nil, let filter = filter.filter { subject.append(displayText(filter.utf8)) }
        guard let graph = try index.ioGraph(chosen, unit: unit, columns: layout.columns, interval: nanoseconds) else {
            try fail(.graphNoFrames, [fileNames])
        }
        return (graph, subject)
    }

    private func ofStream(
        _ index: CaptureIndex, _ selected: FrameNumbers?, _ layout: PlotLayout
    ) throws -> (Analysis.Graph, [String]) {
        guard let (stream, sender) = try scope.stream(index, common.language, among: selected?.streams) else {
            try fail(.graphNoStream, [fileNames])
        }
        let side = side.map { $0 == .a ? Side.initiator : .responder } ?? sender ?? index.mainSender(of: stream)
        var options = StreamGraphOptions(side: side, columns: layout.columns)
        options.abscissa = over
        options.interval = nanoseconds
        options.frames = selected?.found
        let record = index.streams[stream]
        return (
            try index.graph(kind, of: stream, options),
            [
                Message.graphStream.text(common.language, ["\(stream)"]),
                "\(record.endpoint(side)) → \(record.endpoint(side.other))",
            ]
        )
    }

    private func tellDips(_ index: CaptureIndex, _ selected: FrameNumbers?) throws {
        var (chosen, _) = try scope.rateScope(index, common.language)
        chosen.frames = selected?.found
        let story = Story(index)
        guard let found = try DipExplainer(story, chosen).dips(interval: nanoseconds) else {
            try fail(.graphNoFrames, [fileNames])
        }
        let destination = Output(.standardOutput)
        if json {
            try destination.write(line: DipDocument.text(of: found, story, chosen))
        } else {
            let style = Style(hasColour: common.hasColour(destination))
            DipText(found, story, chosen, common.language, style).tell { destination.append(line: $0) }
        }
        try destination.flush()
    }

    private func write(_ text: String) throws {
        guard output != "-" else {
            let destination = Output(.standardOutput)
            try destination.write(line: text)
            return try destination.flush()
        }
        do {
            let file = try FileDescriptor.open(
                FilePath(output), .writeOnly, options: [.create, .truncate],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try file.closeAfter { _ = try file.writeAll((text + "\n").utf8) }
        } catch {
            warn("\(displayText(output.utf8)): the graph cannot be written: \(error)")
            throw ExitCode.failure
        }
    }

    private var nanoseconds: Int64? { interval.map { Int64(($0 * 1e9).rounded()) } }

    private var fileNames: String {
        files.map { displayText((FilePath($0).lastComponent?.string ?? $0).utf8) }.joined(separator: ", ")
    }

    private func fail(_ message: Message, _ arguments: [String]) throws -> Never {
        warn(message.text(common.language, arguments))
        throw ExitCode.failure
    }
}
