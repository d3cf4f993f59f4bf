import Analysis
import CaptureFile
import DisplayFilter
import Dissection
import Foundation
import TestSupport
import Testing

@testable import Report

/// What a filter and a form ask for is found out in stages; that must show nowhere.
@Suite struct StagedPrintingTests {
    /// What may be asked before a frame is shown: nothing, findings, sequences, applications, sessions, exchanges.
    private static let filters = [
        "frame.number == 7", "frame.number > 20", "frame.number < 0", "frame.len > 100", "frame.time_delta > 0.001",
        "frame.time_delta_displayed > 0.0001", "frame.time_relative > 0.01", "frame.protocols contains \"ftp\"",
        "eth", "arp", "vlan", "ip", "ipv6", "ip.ttl < 65", "ip.flags.mf == 1 || ip.frag_offset > 0", "ip.fragments",
        "udp", "udp.stream == 0", "dns", "dns.flags.response == 1", "dns.time", "dns.retransmission", "!dns",
        "icmp", "icmpv6", "icmp.type == 3", "icmp.resp_to", "icmp.resp_in || icmpv6.resp_in", "icmp.no_resp",
        "arp.duplicate-address-detected",
        "tcp", "!tcp", "tcp.stream == 0", "tcp.stream > 1", "tcp.len > 0", "tcp.flags.reset == 1",
        "tcp.len > 0 && tcp.flags.reset == 1", "tcp.flags.syn == 1", "tcp.analysis.flags",
        "tcp.analysis.retransmission", "tcp.analysis.out_of_order || tcp.analysis.lost_segment",
        "!tcp.analysis.flags && tcp", "tcp.analysis.duplicate_ack", "tcp.analysis.bytes_in_flight > 1000",
        "tcp.analysis.ack_rtt", "tcp.time_delta > 0.0001", "tcp.completeness == 31", "tcp.window_size_value < 1000",
        "ftp", "ftp-data", "ftp || ftp-data", "ftp && tcp.len > 20", "ftp && tcp.analysis.flags",
        "ftp.request.command == \"RETR\"", "ftp.response.code == 227", "ftp.passive.port", "!ftp && tcp.len > 0",
        "ftp.session", "ftp.transfer == 1", "ftp.transfer.path contains \"a\"", "ftp.reply_time > 0", "ftp.user",
        "ftp-data.command", "ftp-data.setup-frame == 10", "tls", "tls.record", "tls.handshake.type == 1",
        "tls.app_data", "tls && ftp.session", "data", "data.len > 0", "_ws.expert", "_ws.malformed",
    ]

    /// Each asks for something else.
    private static let columns = [
        ["frame.number", "frame.time_delta", "ip.addr"],
        ["frame.number", "tcp.stream", "tcp.analysis.flags", "tcp.analysis.bytes_in_flight", "tcp.time_delta"],
        ["frame.protocols"],
        ["ftp", "ftp-data", "tls", "data"],
        ["ftp.request.command", "ftp.response.code", "ftp.transfer.path", "ftp.session", "ftp-data.setup-frame"],
        ["dns.time", "dns.retransmission", "dns.response_to", "icmp.resp_to", "icmp.resp_in", "icmpv6.resp_to"],
        ["_ws.col.Protocol"], ["_ws.col.Info"], ["_ws.expert"],
    ]

    private func printers() throws -> [(name: String, printer: any FramePrinter)] {
        var list = PacketList.Options()
        list.time = .epoch
        var tree = PacketDetails.Options()
        tree.summary = list
        return [("list", PacketList(list)), ("-V", PacketDetails(tree))]
            + (try Self.columns.map { ("-e \($0)", FieldLines(try FieldLines.columns($0))) })
    }

    /// The text of each frame, and its index.
    private struct Frames: FramePrinter {
        let printer: any FramePrinter
        var needs: FrameNeeds { printer.needs }
        func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
            let start = page.text.count
            printer.append(frame, isFirst: isFirst, to: &page)
            let text = String(decoding: page.text[start...], as: UTF8.self)
            page.text.removeSubrange(start...)
            page.text += "\(frame.index)\u{1}\(text)\u{2}".utf8
        }
    }

    private func frames(
        _ index: CaptureIndex, _ printer: any FramePrinter, _ condition: DisplayFilter? = nil
    ) -> [(frame: UInt64, text: String)] {
        var text: [UInt8] = []
        FrameScan(index).print(Frames(printer: printer), condition) {
            ApplicationTable(index, $0)
        } to: {
            text += $0
        }
        return text.split(separator: 2).map { item in
            let parts = item.split(separator: 1, maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
            // What was displayed before is another frame with a filter.
            let lines = parts[1].split(separator: "\n", omittingEmptySubsequences: false)
            return (
                UInt64(parts[0]) ?? .max,
                lines.filter { !$0.contains("[Time delta from previous displayed frame") }.joined(separator: "\n")
            )
        }
    }

    /// The frames that a filter selects where everything that it asks is known of every frame.
    private func selected(_ filters: [DisplayFilter], in index: CaptureIndex) -> [FrameSet] {
        let numbers = filters.map { FrameNumbers($0) }
        // Several questions at once are asked of all frames; but one of the time between those that it selects, alone.
        let taps = numbers.filter { !($0.condition?.needs.contains(.displayedTime) ?? false) }
        FrameScan(index).run(taps) { ApplicationTable(index, $0) }
        for tap in numbers where tap.condition?.needs.contains(.displayedTime) ?? false {
            FrameScan(index).run([tap]) { ApplicationTable(index, $0) }
        }
        return numbers.map(\.found)
    }

    /// - Parameters:
    ///   - turn: each filter is asked with one form; another turn has other pairs.
    ///   - every: how many filters are passed over for one that is asked.
    private func compare(_ index: CaptureIndex, turn: Int, every step: Int = 1) throws {
        let filters = try stride(from: turn % step, to: Self.filters.count, by: step).map {
            try DisplayFilter(Self.filters[$0])
        }
        let selected = selected(filters, in: index)
        for (place, (form, printer)) in try printers().enumerated() {
            let all = frames(index, printer)
            for number in filters.indices where (number + turn) % (Self.columns.count + 2) == place {
                let expected = all.filter { selected[number].contains($0.frame) }
                let found = frames(index, printer, filters[number])
                #expect(expected.map(\.frame) == found.map(\.frame), "\(form), \(filters[number].text)")
                let different = zip(expected, found).first { $0.text != $1.text }
                #expect(different?.0.text == different?.1.text, "\(form), \(filters[number].text)")
            }
        }
    }

    @Test(arguments: Array(captures.enumerated()).map { Numbered(turn: $0, path: $1) })
    func `a selected frame reads like the same frame among all`(_ capture: Numbered) throws {
        try compare(
            CaptureIndex(try Capture(paths: ["\(Fixtures.root)/\(capture.path)"])), turn: capture.turn, every: 4)
    }

    struct Numbered: Sendable, CustomTestStringConvertible {
        let turn: Int
        let path: String
        var testDescription: String { path }
    }

    private static let captures: [String] =
        Fixtures.all
        + ((try? FileManager.default.contentsOfDirectory(atPath: "\(Fixtures.root)/fields")) ?? [])
        .filter { $0.hasSuffix(".pcap") }.sorted().map { "fields/\($0)" }

    /// Captures of many frames take other ways, on several threads.
    @Test(arguments: [0, 5])
    func `selected frames of a long capture read like the same frames among all`(_ turn: Int) throws {
        // FTP, and what exchanges are made of.
        let topics = [
            "many-small-files-up", "segmented", "auth-tls12", "fragments-ipv4", "list-vsftpd", "resume-download",
        ]
        let index = CaptureIndex(
            try Capture(
                paths: topics.map { "\(Fixtures.root)/captures/\($0).pcap" }
                    + ["dns-everyday", "icmp", "arp", "tls-fragments"].map { "\(Fixtures.root)/fields/\($0).pcap" }))
        #expect(index.frames.count > 1024)
        try compare(index, turn: turn)
    }

    /// Rows are never given back.
    @Test func `printing makes no rows`() throws {
        var tree = PacketDetails.Options()
        tree.summary = PacketList.Options()
        let printer = PacketDetails(tree)
        let indices = try Self.captures.map { CaptureIndex(try Capture(paths: ["\(Fixtures.root)/\($0)"])) }
        // Tables are made when they are asked for first, by other tests too.
        for _ in 0..<5 {
            let before = FieldRow.count
            for index in indices {
                FrameScan(index).print(printer, nil) {
                    ApplicationTable(index, $0)
                } to: { _ in
                }
            }
            if FieldRow.count == before { return }
        }
        Issue.record("each time rows were made anew")
    }
}
