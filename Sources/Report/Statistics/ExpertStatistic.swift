import Dissection
import Dissection
import Analysis
import FTPProtocol

/// `-z expert`.
struct ExpertStatistic: Statistic {
    private let counter: ExpertTap
    /// Whether the frames of each finding are listed, which tshark does not do.
    private let listsFrames: Bool
    private let language: Language
    var tap: (any FrameTap)? { counter }

    /// - Parameter language: of the findings; that of tshark's own table is English.
    init(
        _ lowest: Severity, _ condition: (any FrameTest)?, listsFrames: Bool, _ language: Language,
        _ source: StatisticsSource
    ) {
        counter = ExpertTap(source.index, lowest: lowest, condition)
        self.listsFrames = listsFrames
        self.language = language
    }

    /// More of them help nobody on a terminal; JSON has all.
    private static let listedFrames = 20

    func write(_ write: (String) -> Void) {
        for (severity, findings) in counter.bySeverity {
            write("")
            write("\(severity.heading(language)) (\(findings.reduce(0) { $0 + $1.frames.count }))")
            write("=============")
            write("   Frequency      Group           Protocol  Summary")
            for finding in findings {
                write(
                    finding.frames.count.right(12) + " " + finding.kind.group.rawValue.right(10) + " "
                        + finding.kind.layer.right(18) + "  " + displayText(finding.kind.text(language).utf8))
                guard listsFrames else { continue }
                let frames = finding.frames.prefix(Self.listedFrames).map { "\($0 + 1)" }.joined(separator: ", ")
                write(.spaces(13) + "# " + frames + (finding.frames.count > Self.listedFrames ? ", …" : ""))
            }
        }
    }

    var document: any Encodable {
        counter.bySeverity.flatMap { severity, findings in
            findings.map {
                ExpertDocument(
                    severity: severity.rawValue, group: $0.kind.group.rawValue.lowercased(),
                    protocol: $0.kind.layer, summary: displayText($0.kind.summary.utf8), count: $0.frames.count,
                    frames: $0.frames.map { $0 + 1 })
            }
        }
    }
}

private struct ExpertDocument: Encodable {
    let severity: String
    let group: String
    let `protocol`: String
    let summary: String
    let count: Int
    let frames: [UInt32]
}
