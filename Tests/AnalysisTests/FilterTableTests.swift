@testable import Analysis
import CaptureFile
import DisplayFilter
import Dissection
import Foundation
import TestSupport
import Testing

/// Filters and the frames that they select, as tshark 4.0 answered once (scripts/make-filter-table).
@Suite struct FilterTableTests {
    private final class Collector: FrameTap {
        let condition: (any FrameTest)?
        private(set) var frames: [UInt32] = []

        private(set) var analyses: [TCPAnalysis?] = []
        let needs: FrameNeeds

        init(_ filter: DisplayFilter?, needs: FrameNeeds = []) {
            condition = filter
            self.needs = needs
        }

        func take(_ frame: borrowing DissectedFrame) {
            frames.append(frame.number)
            analyses.append(frame.facts.tcp)
        }
    }

    private static func rows(_ name: String) throws -> [(filter: String, answer: String)] {
        try String(contentsOfFile: "\(Fixtures.root)/filters/\(name)", encoding: .utf8).split(separator: "\n").map {
            line in
            let cells = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(cells[0]), cells.count > 1 ? String(cells[1]) : "")
        }
    }

    private static func ranges(_ frames: [UInt32]) -> String {
        var parts: [String] = []
        var index = 0
        while index < frames.count {
            var end = index
            while end + 1 < frames.count, frames[end + 1] == frames[end] + 1 { end += 1 }
            parts.append(end == index ? "\(frames[index])" : "\(frames[index])-\(frames[end])")
            index = end + 1
        }
        return parts.joined(separator: ",")
    }

    @Test func `filters select what tshark selects, and are refused where it refuses them`() throws {
        let rows = try Self.rows("table.tsv")
        #expect(rows.count >= 500)
        var taps: [(expected: String, filter: String, tap: Collector)] = []
        for (text, answer) in rows {
            do {
                taps.append((answer, text, Collector(try DisplayFilter(text))))
            } catch {
                #expect(answer == "error", "\(text): \(error)")
            }
        }
        let index = try CaptureIndex(Capture(paths: ["\(Fixtures.root)/filters/mixed.pcapng"]))
        FrameScan(index).run(taps.map(\.tap)) { ApplicationTable(index, $0) }
        for (expected, filter, tap) in taps {
            let got = Self.ranges(tap.frames)
            #expect(got == expected, "\(filter)")
        }
    }

    /// A filter alone is answered in stages, by the index first; one of many by a walk over everything.
    @Test(arguments: ["filters/mixed.pcapng", "captures/auth-tls12.pcap", "captures/retransmission-client.pcap"])
    func `a filter alone selects what it selects among others`(capture: String) throws {
        let filters = try Self.rows("table.tsv").compactMap { try? DisplayFilter($0.0) }
        let index = try CaptureIndex(Capture(paths: ["\(Fixtures.root)/\(capture)"]))
        let table = ApplicationTable(Story(index))
        let together = filters.map { Collector($0) }
        let everything = Collector(nil, needs: .everything)
        FrameScan(index).run(together + [everything]) { _ in table }
        for (number, filter) in filters.enumerated()
        where filter.requirement.findings != nil
            || number.isMultiple(of: filter.requirement.protocols.isEmpty ? 50 : 20)
        {
            for needs in [[], FrameNeeds.everything] {
                // Shown times depend on what is shown.
                guard !filter.needs.contains(.displayedTime) else { continue }
                let alone = Collector(filter, needs: needs)
                FrameScan(index).run([alone]) { _ in table }
                #expect(alone.frames == together[number].frames, "\(filter.text)")
                guard !needs.isEmpty else { continue }
                #expect(alone.analyses == alone.frames.map { everything.analyses[Int($0) - 1] }, "\(filter.text)")
            }
        }
    }

    /// What versions after 4.0 added to the language, each with a way of saying the same that 4.0 knows.
    @Test(arguments: [
        ("tcp xor ftp", "(tcp or ftp) and not (tcp and ftp)"), ("tcp ^^ udp", "(tcp or udp) and not (tcp and udp)"),
        ("20 < tcp.srcport and tcp.srcport < 1024", "tcp.srcport > 20 and tcp.srcport < 1024"),
        ("20 < tcp.srcport < 1024", "tcp.srcport > 20 and tcp.srcport < 1024"), ("tcp.flags bitand 2", "tcp.flags & 2"),
        ("tcp.flags.syn == true", "tcp.flags.syn == 1"), ("(tcp.len + 1) * 2 == 2", "{tcp.len + 1} * 2 == 2"),
        ("double(tcp.len) > 10.5", "tcp.len > 10"), ("@ip.src == c0:00:02:32", "ip.src == 192.0.2.50"),
        ("@tcp.port == 00:15", "tcp.port == 21"),
        ("@ftp.request.command == \"RETR\"", "ftp.request.command == \"RETR\""),
        ("tcp.payload[0:4] in {\"RETR\", \"PASS\"}", "tcp.payload[0:4] == \"RETR\" or tcp.payload[0:4] == \"PASS\""),
        ("(tcp.port) == 21", "tcp.port == 21"),
    ])
    func `what newer versions added selects the same as the long way round`(newer: String, older: String) throws {
        let taps = [Collector(try DisplayFilter(newer)), Collector(try DisplayFilter(older))]
        let index = try CaptureIndex(Capture(paths: ["\(Fixtures.root)/filters/mixed.pcapng"]))
        FrameScan(index).run(taps) { ApplicationTable(index, $0) }
        #expect(!taps[0].frames.isEmpty && taps[0].frames == taps[1].frames)
    }
}
