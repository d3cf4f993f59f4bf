import FoundationEssentials
import TestSupport
import Testing

/// Every form in which `wharf read` prints frames, to the byte as tshark prints them (scripts/make-printed).
@Suite struct PrintedFormTests {
    static let options: [String: [String]] = [
        "list": [], "tabs": ["-T", "tabs"], "tree": ["-V"], "bytes": ["-x"], "one": ["-O", "tcp"],
        "both": ["-V", "-P"], "psml": ["-T", "psml"], "pdml": ["-T", "pdml"], "json": ["-T", "json"],
        "ek": ["-T", "ek"], "chosen": ["-T", "json", "-j", "frame tcp"],
        "whole": ["-T", "json", "-J", "ip tcp"], "filtered": ["-T", "pdml", "-j", "tcp tcp.flags"],
        "fields": ["-T", "fields", "-E", "separator=;", "-e", "tcp.srcport", "-e", "http.host", "-e", "ip.src"],
    ]

    static let files = ((try? FileManager.default.contentsOfDirectory(atPath: "\(Fixtures.root)/printed")) ?? [])
        .sorted()

    @Test func `there is something to compare with`() {
        #expect(Self.files.count >= 18)
    }

    @Test(arguments: files)
    func `frames are printed as tshark prints them`(file: String) throws {
        let parts = file.split(separator: ".").map(String.init)
        let options = try #require(Self.options[parts[1]])
        let run = try wharf(
            ["read", "-n", "-r", "\(Fixtures.root)/captures/\(parts[0]).pcap"] + options, environment: ["TZ": "UTC"])
        let expected = try String(contentsOfFile: "\(Fixtures.root)/printed/\(file)", encoding: .utf8)
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.contains("creator=\"wharf\"") }
        let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == wanted.count)
        for (number, (line, want)) in zip(lines, wanted).enumerated() where line != want {
            Issue.record("line \(number + 1): \(line)\nfor \(want)")
            break
        }
    }
}
