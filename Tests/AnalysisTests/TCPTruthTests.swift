import Analysis
import Bytes
import CaptureFile
import Dissection
import Foundation
import TestSupport
import Testing

/// What is true of small captures of single TCP situations is written down beside them
/// (Tests/Fixtures/analysis/truth.tsv); replays and fields must say just that.
@Suite struct TCPTruthTests {
    struct Fact: Sendable {
        let frame: Int
        let field: String
        let value: String
    }

    struct Situation: Sendable, CustomTestStringConvertible {
        let name: String
        var facts: [Fact] = []

        var testDescription: String { name }
    }

    static let situations: [Situation] = {
        let text = (try? String(contentsOfFile: Fixtures.root + "/analysis/truth.tsv", encoding: .utf8)) ?? ""
        var situations: [Situation] = []
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t").map(String.init)
            guard columns.count == 4, let frame = Int(columns[1]) else { continue }
            if situations.last?.name != columns[0] { situations.append(Situation(name: columns[0])) }
            situations[situations.count - 1].facts.append(Fact(frame: frame, field: columns[2], value: columns[3]))
        }
        return situations
    }()

    /// The names of the flags in truth.tsv.
    static let names: [(TCPAnalysis.Flags, String)] = [
        (.zeroWindowProbe, "zero_window_probe"), (.zeroWindow, "zero_window"), (.lostSegment, "lost_segment"),
        (.keepAlive, "keep_alive"), (.windowUpdate, "window_update"), (.windowFull, "window_full"),
        (.keepAliveACK, "keep_alive_ack"), (.zeroWindowProbeACK, "zero_window_probe_ack"),
        (.duplicateACK, "duplicate_ack"), (.ackLostSegment, "ack_lost_segment"),
        (.spuriousRetransmission, "spurious_retransmission"), (.fastRetransmission, "fast_retransmission"),
        (.outOfOrder, "out_of_order"), (.retransmission, "retransmission"), (.reusedPorts, "reused_ports"),
    ]

    @Test func `the table of facts is there`() {
        #expect(Self.situations.count == 28)
        #expect(Self.situations.reduce(0) { $0 + $1.facts.count } == 446)
    }

    @Test(arguments: situations)
    func `what is true of a capture is said of it`(_ situation: Situation) throws {
        let index = CaptureIndex(try Capture(paths: ["\(Fixtures.root)/analysis/\(situation.name).pcap"]))
        var flags: [Int: String] = [:]
        for stream in index.streams.indices {
            index.replay(stream) { flags[Int($0.frame) + 1] = text(of: $0.analysis.flags) }
        }
        let wanted = Dictionary(grouping: situation.facts) { $0.frame }
        index.forEachFrame { frame, bytes, found in
            for fact in wanted[Int(frame) + 1] ?? [] where fact.field != "flags" {
                let said = values(of: fact.field, bytes, found)
                #expect(said == fact.value, "frame \(fact.frame), \(fact.field)")
            }
        }
        for fact in situation.facts where fact.field == "flags" {
            #expect(flags[fact.frame] == fact.value, "frame \(fact.frame)")
        }
        #expect(situation.facts.allSatisfy { index.frames.indices.contains($0.frame - 1) })
    }

    private func text(of flags: TCPAnalysis.Flags) -> String {
        let names = Self.names.filter { flags.contains($0.0) }.map(\.1).sorted()
        return names.isEmpty ? "-" : names.joined(separator: ",")
    }

    private func values(of name: String, _ bytes: Bytes, _ found: FoundFrame) -> String {
        var values: [String] = []
        withBorrowed(found) { found in
            let layers = found.value.layers
            for slot in 0..<layers.count {
                for entry in Registry.rows(named: name) where entry.layer.id == layers[slot].id {
                    entry.row.forEachValue(in: FieldInput(bytes, copy found, slot)) { value, _ in
                        switch value {
                        case .number(let number): values.append(String(number))
                        case .integer(let number): values.append(String(number))
                        case .span(let span): values.append(FieldRow.seconds(span))
                        case .presence: values.append("yes")
                        default: values.append("\(value)")
                        }
                    }
                }
            }
        }
        return values.isEmpty ? "-" : values.joined(separator: ",")
    }
}
