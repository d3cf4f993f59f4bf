import Analysis
import Bytes
import CaptureFile
import Dissection
import Foundation
import TestSupport
import Testing

/// Values as tshark 4.0.17 has them for these captures, which were put together by hand.
@Suite struct TLSReassemblyTests {
    private final class Collector: FrameTap {
        let condition: (any FrameTest)? = nil
        let needs: FrameNeeds = [.application, .sequences]
        private let names: [String]
        var frames: [[String]] = []
        var summaries: [String] = []

        init(_ names: [String]) { self.names = names }

        func take(_ frame: borrowing DissectedFrame) {
            var cells: [String] = []
            for name in names {
                var values: [String] = []
                for entry in FieldHandle(name)?.entries ?? [] {
                    FieldHandle(name)?.forEachValue(of: entry, in: frame) { value, _ in
                        values.append(entry.row.plainText(of: value))
                    }
                }
                cells.append(values.joined(separator: ","))
            }
            frames.append(cells)
            var text: [UInt8] = []
            frame.appendProtocol(to: &text)
            text.append(" ")
            frame.appendInfo(to: &text)
            summaries.append(String(decoding: text, as: UTF8.self))
        }
    }

    private func collect(_ capture: String, _ names: String...) throws -> Collector {
        let index = CaptureIndex(try Capture(paths: ["\(Fixtures.root)/fields/\(capture).pcap"]))
        let tap = Collector(names)
        FrameScan(index).run([tap]) { ApplicationTable(index, $0) }
        return tap
    }

    @Test func `the frame that completes a record shows it, and earlier ones only what they give to it`() throws {
        let found = try collect("tls-segments", "tls.record.length", "tcp.segment", "tcp.reassembled.length")
        #expect(found.frames[5] == ["", "", ""])
        #expect(found.frames[6] == ["", "", ""])
        #expect(found.frames[7] == ["100,50", "6,7,8", "105"])
        #expect(found.frames[8] == ["60", "8,9", "65"])
        // A header that is itself in two pieces: the segment behind it counts whole.
        #expect(found.frames[10] == ["50", "10,11", "57"])
        #expect(found.frames[12] == ["60", "11,12,13", "95"])
    }

    /// Lines of the files: a frame, a field or `#` for the columns, and what tshark has there.
    @Test(arguments: ["tls-extensions", "tls-fragments", "tls-certificate"])
    func `handshakes say what tshark says`(_ capture: String) throws {
        let text = try String(contentsOfFile: "\(Fixtures.root)/fields/\(capture).tsv", encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        let names = Set(lines.map { String($0[1]) }).subtracting(["#"]).sorted()
        let index = CaptureIndex(try Capture(paths: ["\(Fixtures.root)/fields/\(capture).pcap"]))
        let tap = Collector(names)
        FrameScan(index).run([tap]) { ApplicationTable(index, $0) }
        for line in lines {
            let frame = try #require(Int(line[0])) - 1
            let found =
                names.firstIndex(of: String(line[1])).map { tap.frames[frame][$0] } ?? tap.summaries[frame]
            #expect(found == line[2], "frame \(line[0]), \(line[1])")
        }
        #expect(!lines.isEmpty)
    }

    @Test func `bytes of a record that is not whole are data of the segment`() throws {
        let found = try collect("tls-segments", "tcp.segment_data")
        let lengths = found.frames[5...13].map { $0[0].split(separator: ",").map { $0.count / 2 } }
        #expect(lengths == [[50], [30], [25, 10], [55], [3], [54], [2], [91], [75]])
    }

    @Test func `columns tell what the records of a frame are`() throws {
        let found = try collect("tls-records").summaries
        #expect(found[3] == "TLSv1 Client Hello")
        #expect(found[4] == "TLSv1.2 Server Hello, Server Hello Done")
        #expect(found[6] == "TLSv1.2 Alert (Level: Fatal, Description: Unknown CA)")
        #expect(found[8] == "TLSv1.2 Encrypted Handshake Message")
        #expect(found[9] == "TLSv1.2 Encrypted Alert")
        #expect(found[11] == "TLSv1.2 Heartbeat Request")
        #expect(found[14] == "TLSv1.2 Application Data, Ignored Unknown Record")
        #expect(found[16] == "TLSv1.2 Finished")
        let segments = try collect("tls-segments").summaries
        #expect(segments[5] == "TCP [TCP segment of a reassembled PDU]")
        #expect(segments[6].hasSuffix("Len=30 [TCP segment of a reassembled PDU]"))
        #expect(segments[7] == "TLSv1.2 Application Data, Application Data")
    }

    @Test func `hellos tell their fingerprints`() throws {
        let found = try collect("tls-records", "tls.handshake.ja3_full", "tls.handshake.ja3", "tls.handshake.ja3s_full")
        #expect(found.frames[3] == ["771,4865-49200,0-16,,", "cdd822203ac4e9c77de20a683709142b", ""])
        #expect(found.frames[4][2] == "771,49200,65281")
    }
}
