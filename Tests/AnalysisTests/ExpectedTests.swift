import Analysis
import FTPProtocol
import Foundation
import TestSupport
import Testing

/// What the captures hold is known from the files that were sent (Tests/Fixtures/captures/expected.tsv); the story must
/// say just that.
@Suite struct ExpectedTests {
    struct Expectation: Sendable, CustomTestStringConvertible {
        let capture: String
        var sessions: Int?
        var transfers: [[String]] = []
        /// Files put together of several transfers: direction, path, bytes, MD5.
        var files: [[String]] = []
        /// Path, offset, bytes that are not in the capture.
        var missing: [[String]] = []

        var testDescription: String { capture }
    }

    static let all: [Expectation] = {
        let text = (try? String(contentsOfFile: Fixtures.root + "/captures/expected.tsv", encoding: .utf8)) ?? ""
        var order: [String] = []
        var found: [String: Expectation] = [:]
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t").map(String.init)
            let isMark = ["#whole", "#missing"].contains(fields[0])
            guard fields.count >= 3, isMark || !line.hasPrefix("#") else { continue }
            let name = isMark ? fields[1] : fields[0]
            if found[name] == nil {
                order.append(name)
                found[name] = Expectation(capture: name)
            }
            switch (fields[0], fields[1]) {
            case ("#whole", _): found[name]?.files.append(Array(fields[2...]))
            case ("#missing", _): found[name]?.missing.append(Array(fields[2...]))
            case (_, "sessions"): found[name]?.sessions = Int(fields[2])
            default: found[name]?.transfers.append(Array(fields[1...]))
            }
        }
        return order.compactMap { found[$0] }
    }()

    /// Captures that do not hold what would tell a path: only one direction, or too few bytes of each frame.
    static let pathless: Set<String> = ["one-direction-server.pcap"]
    /// Nothing of what was said fits the snap length: there is a session, and no more can be known.
    static let unreadable: Set<String> = ["snaplen-68.pcap"]

    @Test func `the table of expectations is there`() {
        #expect(Self.all.count > 100)
    }

    @Test(arguments: all)
    func `a story says what was sent`(_ expected: Expectation) throws {
        let story = try Fixtures.story(expected.capture)
        if let sessions = expected.sessions { #expect(story.sessions.count == sessions) }
        guard !Self.unreadable.contains(expected.capture) else { return }

        var told = story.transfers.map { facts(of: $0, in: story) }
        for line in expected.transfers {
            let index = told.firstIndex { matches($0, line, ignoringPath: Self.pathless.contains(expected.capture)) }
            #expect(index != nil, "\(line) is not among \(told)")
            if let index { told.remove(at: index) }
        }
        // Listings and refused commands are not in the table; every other transfer is.
        let isComplete = expected.files.isEmpty || expected.capture != "segmented.pcap"
        let extra = told.filter { $0[0] != "list" && $0[4] != "refused" && isComplete && !isOneDirection(expected) }
        #expect(extra.isEmpty)

        for line in expected.files {
            let file = story.files.first { $0.isWhole && displayText($0.path) == line[1] }
            #expect(file.flatMap { story.digests(of: $0)?.md5 } == line[3])
        }
        for line in expected.missing {
            let gaps = story.transfers.filter { displayText($0.path) == line[0] }.flatMap { $0.data?.gaps ?? [] }
            let wanted = try #require(Int64(line[1]))..<#require(Int64(line[1])) + #require(Int64(line[2]))
            #expect(Coverage(gaps).contains(wanted))
        }
    }

    private func isOneDirection(_ expected: Expectation) -> Bool { expected.capture.hasPrefix("one-direction") }

    private func facts(of transfer: Transfer, in story: Story) -> [String] {
        let direction =
            switch transfer.kind {
            case .download: "down"
            case .upload: "up"
            case .listing: "list"
            }
        var maker = DigestMaker()
        let end = story.readContent(of: transfer) { piece in
            if case .bytes(let bytes) = piece { maker.update(bytes) }
        }
        return [
            direction, displayText(transfer.path), "\(transfer.data?.bytes ?? 0)",
            end.isWhole ? maker.finish().md5 : "-",
            "\(transfer.state)",
        ]
    }

    private func matches(_ told: [String], _ line: [String], ignoringPath: Bool) -> Bool {
        zip(told, line).enumerated().allSatisfy { column, pair in
            pair.1 == "-" || pair.0 == pair.1 || (column == 1 && ignoringPath)
        }
    }
}
