import Analysis
import CaptureFile
import Dissection
import Report
import TestSupport
import Testing

/// The packet list as frames come is the list of the whole capture, but for what nobody can know yet.
@Suite struct LiveListTests {
    private func whole(_ capture: Capture) -> [Substring] {
        let index = CaptureIndex(capture)
        var text: [UInt8] = []
        FrameScan(index).print(PacketList(PacketList.Options()), nil, { ApplicationTable(index, $0) }) { text += $0 }
        return String(decoding: text, as: UTF8.self).split(separator: "\n")
    }

    private func live(_ capture: Capture, turn: Int) -> [Substring] {
        var growing = GrowingIndex(turn: turn)
        var printing = LivePrinting(PacketList(PacketList.Options()))
        var text: [UInt8] = []
        growing.read(capture) { index in
            printing.take(index, at: index.frames.last?.time ?? 0) { text += $0 }
        }
        return String(decoding: text, as: UTF8.self).split(separator: "\n")
    }

    @Test(arguments: Fixtures.all, [1, 7, 1000])
    func `lines are those of the whole capture`(_ name: String, _ turn: Int) throws {
        guard let capture = try? Capture(paths: ["\(Fixtures.root)/\(name)"]) else { return }
        let (expected, found) = (whole(capture), live(capture, turn: turn))
        #expect(expected.count == found.count)
        let differing = zip(expected, found).filter { $0 != $1 }
        // What a data connection was agreed on for is lost in these, or comes late, and is found by what follows.
        let isLate = ["lost-control", "retransmission-client", "ring_00002", "snaplen-96"].contains {
            name.contains($0)
        }
        #expect(differing.allSatisfy { isLate && $0.0.contains("FTP-DATA") }, "\(differing)")
    }
}
