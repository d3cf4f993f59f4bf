import Analysis
import FTPProtocol
import Foundation
import Report
import TestSupport
import Testing

/// Every fixture's story, word for word. `WHARF_RECORD=1 swift test --filter Golden` writes them anew; they are read
/// before they are committed.
@Suite struct GoldenTests {
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: Fixtures.root + "/captures")) ?? []
        let captures = files.filter { $0.contains(".pcap") && !$0.hasPrefix("ring_") }
        let ring = files.filter { $0.hasPrefix("ring_") }.sorted().joined(separator: "+")
        return (captures + [ring]).sorted()
    }()

    /// Those that are told with every explanation, in both languages.
    static let explained = [
        "passive-download.pcap", "active-upload.pcap", "auth-tls12.pcap", "pasv-blocked.pcap", "fxp.pcap",
        "server-nat.pcap",
    ]

    @Test func `there are fixtures`() {
        #expect(Self.names.count > 100)
    }

    @Test(arguments: names)
    func `a story is told as it was`(name: String) throws {
        try check(name, TextStory.Options(), as: "\(name).txt")
    }

    @Test(arguments: explained, Language.allCases)
    func `a story is explained as it was`(name: String, language: Language) throws {
        var options = TextStory.Options()
        options.explains = true
        options.language = language
        try check(name, options, as: "\(name).explained.\(language).txt")
    }

    private func check(_ name: String, _ options: TextStory.Options, as golden: String) throws {
        var lines: [String] = []
        TextStory(try Fixtures.story(name), options) { lines.append($0) }.tell()
        let text = lines.joined(separator: "\n").replacing(Fixtures.root + "/captures/", with: "") + "\n"
        let path = "\(Fixtures.root)/stories/\(golden.replacing("+", with: "_"))"
        if ProcessInfo.processInfo.environment["WHARF_RECORD"] != nil {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try text == String(contentsOfFile: path, encoding: .utf8))
    }
}
