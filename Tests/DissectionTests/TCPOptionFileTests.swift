import Bytes
import CaptureFile
import Dissection
import Foundation
import Testing

/// The options of TCP as tshark 4.0.17 shows them, and headers that are not all there.
@Suite struct TCPOptionFileTests {
    private static func frames(_ name: String) throws -> [(bytes: [UInt8], length: UInt32)] {
        let capture = try Capture(paths: [TreeFileTests.folder.appending(path: name + ".pcap").path()])
        var reader = capture.makeReader()
        var frames: [(bytes: [UInt8], length: UInt32)] = []
        while let header = reader.next() {
            let bytes = capture.bytes(at: header.position, count: Int(header.capturedLength)).array
            frames.append((bytes, header.originalLength))
        }
        return frames
    }

    private static func columns(_ frame: [UInt8], _ length: UInt32) -> (name: String, info: String) {
        var facts = FrameFacts()
        (facts.frame.length, facts.frame.capturedLength) = (length, UInt32(frame.count))
        var (name, info): ([UInt8], [UInt8]) = ([], [])
        withBorrowed(FoundFrame(frame.walk(.ethernet, original: Int(length)), facts)) { found in
            let dissected = DissectedFrame(frame.bytes, copy found, .ethernet)
            dissected.appendProtocol(to: &name)
            dissected.appendInfo(to: &info)
        }
        return (String(decoding: name, as: UTF8.self), String(decoding: info, as: UTF8.self))
    }

    @Test func `options are tshark's`() throws {
        let text = try String(contentsOf: TreeFileTests.folder.appending(path: "tcp-options.txt"), encoding: .utf8)
        var expected: [(column: String, lines: [String])] = []
        for line in text.split(separator: "\n").map(String.init) {
            if line.hasPrefix("# ") {
                expected.append((String(line.dropFirst(2)), []))
            } else {
                expected[expected.count - 1].lines.append(line)
            }
        }
        let frames = try Self.frames("tcp-options")
        #expect(frames.count == expected.count)
        for (number, frame) in frames.enumerated() {
            #expect(Self.options(frame.bytes) == expected[number].lines, "frame \(number + 1)")
            let (name, info) = Self.columns(frame.bytes, frame.length)
            let place = info.range(of: "Len=0")?.upperBound ?? info.startIndex
            #expect(name + info[place...] == expected[number].column, "frame \(number + 1)")
        }
    }

    private static func options(_ frame: [UInt8]) -> [String] {
        var lines: [String] = []
        var isInside = false
        frame.forEachDetail(.ethernet, FrameFacts(), original: frame.count) { node, line, depth in
            guard let node else { return isInside = false }
            if node.depth == 1 { isInside = node.row.name == "tcp.options" }
            guard isInside, !node.row.isHidden, node.row.expertise == nil, !node.row.name.hasPrefix("_ws.expert")
            else { return }
            lines.append(String(repeating: "    ", count: depth) + (node.row.isGenerated ? "[\(line)]" : line))
        }
        return lines
    }

    @Test(arguments: [
        (5, "TCP", "50004 → 21000 [ACK] Seq=1 Ack=1 Win=1000, bogus TCP header length (16, must be at least 20)", ""),
        (7, "TCP", "50006 → 21000 [ACK] Seq=1 Ack=1 Win=1000[Malformed Packet]", "_ws.malformed"),
        (10, "IPv4", "[Packet size limited during capture]", "_ws.short"),
        (14, "TCP", "50013 → 21000[Packet size limited during capture]", "_ws.short"),
        (21, "TCP", "50020 → 21000[Packet size limited during capture]", "_ws.short"),
        (24, "TCP", "50023 → 21000 [ACK] Seq=1 Ack=1 Win=1000[Packet size limited during capture]", "_ws.short"),
        (
            29, "TCP", "50028 → 21000 [ACK] Seq=1 Ack=1 Win=1000 Len=6 MSS=1460[Packet size limited during capture]",
            "_ws.short"
        ),
        (52, "IPv4", "", ""), (53, "TCP", "50048 → 21[Malformed Packet]", "_ws.malformed"),
    ])
    func `headers that are not all there say so`(
        _ number: Int, _ name: String, _ info: String, _ damage: String
    ) throws {
        let (bytes, length) = try Self.frames("tcp-damaged")[number - 1]
        let columns = Self.columns(bytes, length)
        #expect(columns.name == name)
        #expect(columns.info == info)
        var facts = FrameFacts()
        facts.frame.length = length
        var present: UInt64 = 0
        withBorrowed(FoundFrame(bytes.walk(.ethernet, original: Int(length)), facts)) { found in
            present = DissectedFrame(bytes.bytes, copy found, .ethernet).present
        }
        #expect((present & ProtocolID.short.bit != 0) == (damage == "_ws.short"))
        #expect((present & ProtocolID.malformed.bit != 0) == (damage == "_ws.malformed"))
        #expect((present & ProtocolID.tcp.bit != 0) == (name == "TCP"))
        var lines: [String] = []
        bytes.forEachDetail(.ethernet, facts, original: Int(length)) { _, line, _ in lines.append(line) }
        #expect(
            lines.contains("[Packet size limited during capture: TCP truncated]") == (damage == "_ws.short"))
        #expect(lines.contains("[Malformed Packet: TCP]") == (damage == "_ws.malformed"))
        #expect(lines.contains { $0.hasPrefix("Bogus TCP header length (16") } == (number == 5))
    }

    @Test func `a reset says why`() throws {
        let frame = Frame.ethernet(0x0800, Frame.ipv4(6, Frame.tcp(Frame.text("Go away"), flags: 4)))
        #expect(frame.values("tcp.reset_cause") == ["Go away"])
        #expect(frame.values("tcp.payload") == [])
        #expect(Frame.user.values("tcp.reset_cause") == [])
        let bogus = try Self.frames("tcp-damaged")[4].bytes
        #expect(bogus.values("tcp.bogus_header_length") == ["1"])
        #expect(bogus.values("tcp.flags") == [])
    }

    @Test func `a segment that ends before its header does is short, one that the capture cut is not`() throws {
        let short = try Self.frames("tcp-damaged").enumerated().filter { _, frame in
            var isShort = false
            frame.bytes.forEachDetail(original: Int(frame.length)) { _, line, _ in
                if line.hasPrefix("Short segment. ") { isShort = true }
            }
            return isShort
        }
        // As tshark has it.
        #expect(short.map { $0.offset + 1 } == [7, 8, 9, 57, 58])
    }

    @Test func `the messages of DNS have sizes, each its own`() throws {
        let frames = try Self.frames("dns-tcp")
        #expect(frames.map { $0.bytes.values("tcp.pdu.size") } == [[], [], [], ["31"], ["244"], [], ["29", "29"]])
    }
}
