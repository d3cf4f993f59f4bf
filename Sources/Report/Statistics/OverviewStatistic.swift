import Dissection
import Analysis
import CaptureFile
import FTPProtocol
import FoundationEssentials

/// What a capture is and holds, on one page.
struct OverviewStatistic: Statistic {
    private let options: StatisticCatalog.Options
    private let source: StatisticsSource
    private let facts: CaptureFacts
    private let hierarchy = HierarchyTap(hasNotes: false)
    private let expert: ExpertTap
    private let conversations = ConversationTap(.tcp)
    /// All of its parts see the frames in one walk.
    let tap: (any FrameTap)?

    private static let longest = 5

    init(_ source: StatisticsSource, _ options: StatisticCatalog.Options) {
        self.source = source
        self.options = options
        facts = CaptureFacts(source.index, source.selected?.found)
        expert = ExpertTap(source.index)
        if let condition = options.condition {
            tap = TapGroup([hierarchy, expert, conversations], condition)
        } else {
            conversations.take(streamsOf: source.index)
            tap = TapGroup([hierarchy, expert], nil)
        }
    }

    private func say(_ message: Message, _ arguments: String...) -> String {
        message.text(options.language, arguments)
    }

    func write(_ write: (String) -> Void) {
        write(say(.statisticsCapture))
        var capture = OwnTable([])
        for (name, value) in captureLines { capture.add([name, value]) }
        capture.write(write)
        write("")
        write(say(.statisticsProtocols))
        var protocols = OwnTable([], numbers: [1, 2])
        for row in hierarchy.rows {
            protocols.add([
                String.spaces(2 * row.depth) + row.name, Quantity.count(Int(clamping: row.traffic.frames)),
                Quantity.bytes(Int64(clamping: row.traffic.bytes)),
            ])
        }
        protocols.write(write)
        writeConversations(write)
        write("")
        write(say(.statisticsFindings))
        var findings = OwnTable([], numbers: [1])
        for (severity, found) in expert.bySeverity {
            for finding in found {
                findings.add([
                    severity.rawValue, Quantity.count(finding.frames.count), displayText(finding.kind.summary.utf8),
                ])
            }
        }
        if findings.rows.isEmpty { write("  " + say(.statisticsNoFindings)) }
        findings.write(write)
    }

    private func writeConversations(_ write: (String) -> Void) {
        let rows = conversations.conversations.prefix(Self.longest)
        guard !rows.isEmpty else { return }
        write("")
        write(say(.statisticsConversations))
        var table = OwnTable([], numbers: [1, 2, 3])
        for row in rows {
            table.add([
                "\(name(row.a)) ↔ \(name(row.b))", Quantity.count(Int(clamping: row.frames)),
                Quantity.bytes(Int64(clamping: row.bytes)), Quantity.span(row.end - row.start),
            ])
        }
        table.write(write)
    }

    private func name(_ station: Station) -> String {
        station.address.contains(":") ? "[\(station.address)]:\(station.port)" : "\(station.address):\(station.port)"
    }

    private var captureLines: [(String, String)] {
        let index = source.index
        let files = index.capture.files.map {
            "\(displayText($0.path.utf8)) (\($0.format), \(Quantity.bytes(Int64(clamping: $0.size))))"
        }
        var bytes = Quantity.bytes(Int64(clamping: facts.bytes))
        if facts.capturedBytes != facts.bytes {
            bytes += ", " + say(.statisticsCutFrames, Quantity.bytes(Int64(clamping: facts.capturedBytes)))
        }
        var lines = [
            (say(.statisticsFiles), files.joined(separator: ", ")), (say(.statisticsEncapsulation), encapsulations),
            (say(.statisticsFrames), Quantity.count(facts.frames)), (say(.statisticsBytes), bytes),
        ]
        if let start = facts.start, let end = facts.end {
            lines.append((say(.statisticsStart), Self.date(start)))
            lines.append((say(.statisticsEnd), Self.date(end)))
            let warning = facts.isInOrder ? "" : "   " + say(.statisticsNotInOrder)
            lines.append((say(.statisticsDuration), Quantity.span(facts.duration) + warning))
        }
        if let rate = facts.byteRate, let frames = facts.frameRate, let length = facts.averageLength {
            lines.append(
                (
                    say(.statisticsRate),
                    "\(Quantity.rate(rate)), \(Quantity.fixed(frames, 1))/s × \(Quantity.bytes(Int64(length.rounded())))"
                ))
        }
        return lines
    }

    private var encapsulations: String {
        var seen: [String] = []
        for interface in source.index.metadata.interfaces where !seen.contains(interface.linkType.description) {
            seen.append(interface.linkType.description)
        }
        return seen.joined(separator: ", ")
    }

    /// `2023-11-14 22:13:20.123456789 UTC`.
    private static func date(_ time: Int64) -> String {
        let (seconds, rest) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        let (whole, nanoseconds) = rest < 0 ? (seconds - 1, rest + 1_000_000_000) : (seconds, rest)
        let text = Date(timeIntervalSince1970: Double(whole)).ISO8601Format()
        return text.replacing("T", with: " ").replacing("Z", with: "") + "." + nanoseconds.zeros(9) + " UTC"
    }

    var document: any Encodable {
        OverviewDocument(
            frames: facts.frames, bytes: facts.bytes, capturedBytes: facts.capturedBytes, start: Seconds(facts.start),
            end: Seconds(facts.end), duration: Seconds(facts.duration), inOrder: facts.isInOrder,
            bytesPerSecond: facts.byteRate, framesPerSecond: facts.frameRate, averageLength: facts.averageLength,
            encapsulation: encapsulations)
    }
}

private struct OverviewDocument: Encodable {
    let frames: Int
    let bytes: UInt64
    let capturedBytes: UInt64
    let start: Seconds?
    let end: Seconds?
    let duration: Seconds
    let inOrder: Bool
    let bytesPerSecond: Double?
    let framesPerSecond: Double?
    let averageLength: Double?
    let encapsulation: String
}

/// Several taps as one.
private final class TapGroup: FrameTap {
    private let taps: [any FrameTap]
    let condition: (any FrameTest)?

    init(_ taps: [any FrameTap], _ condition: (any FrameTest)?) {
        self.condition = condition
        self.taps = taps
    }

    var needs: FrameNeeds { taps.reduce(into: []) { $0.formUnion($1.needs) } }

    func take(_ frame: borrowing DissectedFrame) {
        for tap in taps { tap.take(frame) }
    }
}
