@testable import Analysis
import Dissection
import Testing

@Suite struct GraphStreamTests {
    /// A small download by the responder: loss, SACK, a closed window.
    private func conversation() -> GraphSegments {
        var made = GraphSegments()
        made.add(.initiator, at: 0, .syn, sequence: 0, acknowledgment: 0, window: 500)
        made.add(.responder, at: 10, [.syn, .ack], sequence: 0, window: 600)
        made.add(.initiator, at: 20, factor: 4) { $0.initialRoundTrip = 20_000_000 }
        made.add(.responder, at: 30, length: 100) { $0.bytesInFlight = 100 }
        made.add(.initiator, at: 40, acknowledgment: 101, factor: 4) { $0.roundTrip = 10_000_000 }
        made.add(.responder, at: 50, sequence: 201, length: 100, .lostSegment)
        made.add(.initiator, at: 60, acknowledgment: 101, factor: 4, sack: [(201, 301)], .duplicateACK)
        made.add(.responder, at: 70, sequence: 101, length: 100, .retransmission) { $0.bytesInFlight = 100 }
        made.add(.initiator, at: 80, acknowledgment: 301, window: 0, factor: 4, .zeroWindow)
        made.add(.responder, at: 90, sequence: 300, .keepAlive)
        made.add(.responder, at: 100, [.fin, .ack], sequence: 301)
        made.add(.initiator, at: 110, .rst, sequence: 0xFFF0_0000)
        return made
    }

    @Test func `tcptrace shows each segment between its ends, in its own kind`() throws {
        let graph = try conversation().graph(.tcptrace, .responder)
        #expect(graph.ranges(.segment).map(\.frame) == [3, 5])
        #expect(graph.ranges(.segment).map(\.lower) == [1, 201] && graph.ranges(.segment).map(\.upper) == [101, 301])
        #expect(graph.ranges(.retransmission) == [GraphRange(x: 70_000_000, lower: 101, upper: 201, frame: 7)])
        #expect(graph.ranges(.missing) == [GraphRange(x: 50_000_000, lower: 101, upper: 201, frame: 5)])
        #expect(graph.ranges(.sack) == [GraphRange(x: 60_000_000, lower: 201, upper: 301, frame: 6)])
    }

    @Test func `marks stand at the frames that they are about`() throws {
        let graph = try conversation().graph(.tcptrace, .responder)
        #expect(graph.ranges(.duplicateACK).map(\.frame) == [6])
        #expect(graph.ranges(.zeroWindow).map(\.frame) == [8])
        #expect(graph.ranges(.keepAlive).map(\.frame) == [9])
        #expect(graph.ranges(.syn).map(\.frame) == [1] && graph.ranges(.fin).map(\.frame) == [10])
        // A reset's number may be anything: the mark stands where the stream does.
        #expect(graph.ranges(.reset) == [GraphRange(x: 110_000_000, lower: 301, upper: 301, frame: 11)])
    }

    @Test func `the window line is the acknowledgment and the scaled window, but a SYN's is as it stands`() throws {
        let graph = try conversation().graph(.tcptrace, .responder)
        #expect(graph.points(.acknowledgment).map(\.y) == [1, 101, 101, 301])
        #expect(graph.points(.window).map(\.y) == [4001, 4101, 4101, 301])
        #expect(graph.points(.window).map(\.frame) == [2, 4, 6, 8])
        let window = try conversation().graph(.window, .responder)
        #expect(window.points(.window).map(\.y) == [500, 4000, 4000, 4000, 0])
        #expect(window.points(.bytesInFlight).map(\.frame) == [3, 7])
        #expect(window.ranges(.zeroWindow).map(\.frame) == [8])
    }

    @Test func `round trips stand at their acknowledgments`() throws {
        let overTime = try conversation().graph(.rtt, .responder)
        #expect(overTime.points(.roundTrip) == [GraphPoint(x: 40_000_000, y: 10_000_000, frame: 4)])
        let overSequence = try conversation().graph(.rtt, .responder, over: .sequence)
        #expect(overSequence.points(.roundTrip) == [GraphPoint(x: 101, y: 10_000_000, frame: 4)])
        guard case .level(let time, let frame)? = overTime.series.first?.content else {
            Issue.record("the handshake's round trip is missing")
            return
        }
        #expect(time == 20_000_000 && frame == 2)
    }

    @Test func `throughput counts what was sent, goodput what was newly acknowledged`() throws {
        let graph = try conversation().graph(.throughput, .responder, interval: 1_000_000_000)
        // One window holds it all: 300 bytes sent, 300 acknowledged.
        #expect(graph.points(.throughput).last?.y == 300 && graph.points(.goodput).last?.y == 300)
        #expect(graph.points(.segmentLength).map(\.frame) == [3, 5, 7])
    }

    @Test func `sequence numbers go on after 2^32 bytes, and one late segment does not turn them back`() throws {
        var made = GraphSegments()
        var next: UInt64 = 1
        for step in 0..<60 {
            made.add(.initiator, at: Int64(step), sequence: next, length: 200_000_000)
            next += 200_000_000
        }
        made.add(.initiator, at: 60, sequence: next - 400_000_000, length: 1, .retransmission)
        made.add(.responder, at: 61, acknowledgment: next)
        let graph = try made.graph(.tcptrace, columns: 62)
        #expect(graph.ranges(.segment).last?.upper == Double(next))
        #expect(graph.ranges(.retransmission).map(\.lower) == [Double(next - 400_000_000)])
        #expect(graph.ranges(.segment).map(\.lower) == graph.ranges(.segment).map(\.lower).sorted())
    }

    @Test(arguments: Graph.Kind.allCases.filter { $0 != .io })
    func `a stream without segments, or of one moment, makes a graph too`(kind: Graph.Kind) throws {
        #expect(try GraphSegments().graph(kind).series.isEmpty)
        var made = GraphSegments()
        made.add(.initiator, at: 0, length: 5)
        _ = try made.graph(kind, columns: 1)
    }

    @Test func `a graph of very many segments has no more elements than its width allows`() throws {
        var options = StreamGraphOptions(side: .initiator, columns: 200)
        options.interval = nil
        var made = GraphSegments()
        made.add(.initiator, at: 0, length: 1000, .retransmission)
        let one = made.segments[0]
        let count = 200_000
        let graph = try Graph.ofSegments(.tcptrace, from: 0, to: Int64(count), options) { body in
            for number in 0..<count {
                var analysis = one.analysis
                analysis.relativeSequence = UInt32(truncatingIfNeeded: (number &* 7919) % 1_000_000)
                body(
                    AnalysedSegment(
                        frame: UInt32(number), time: Int64(number), sender: .initiator, flags: .ack, sequence: 0,
                        acknowledgment: 0, window: 1, length: 1000, options: one.options, analysis: analysis))
            }
        }
        #expect(graph.ranges(.retransmission).count <= 4 * 200)
        #expect(graph.ranges(.retransmission).reduce(0) { $0 + Int($1.count) } == count)
    }
}
