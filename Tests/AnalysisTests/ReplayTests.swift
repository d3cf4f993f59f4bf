@testable import Analysis
import Bytes
import CaptureFile
import Dissection
import TestSupport
import Testing

/// The same capture, read and asked in several ways, says the same.
@Suite struct ReplayTests {
    private func capture(_ name: String) throws -> Capture { try Capture(paths: ["\(Fixtures.root)/\(name)"]) }

    @Test func `there are captures`() {
        #expect(Fixtures.all.count > 140)
    }

    @Test(arguments: Fixtures.all)
    func `a replay finds in every frame what the one pass found`(_ name: String) throws {
        let index = CaptureIndex(try capture(name))
        var replayed = [TCPAnalysis?](repeating: nil, count: index.frames.count)
        var found: [UInt32: TCPAnalysis.Flags] = [:]
        for stream in index.streams.indices {
            var (count, last) = (0, -1)
            index.replay(stream) { segment in
                #expect(Int(segment.frame) > last && index.frames[Int(segment.frame)].stream == stream)
                (count, last) = (count + 1, Int(segment.frame))
                replayed[last] = segment.analysis
                if !segment.analysis.flags.isEmpty { found[segment.frame] = segment.analysis.flags }
            }
            #expect(count == index.streams[stream].frames)
        }
        #expect(found == Dictionary(index.events.map { ($0.frame, $0.flags) }) { first, _ in first })
        #expect(index.events.count == found.count)
        #expect(zip(index.events, index.events.dropFirst()).allSatisfy { $0.frame < $1.frame })
        index.forEachFrame { frame, _, found in
            #expect(found.facts.tcp == replayed[Int(frame)])
            #expect(found.facts.stream.map { Int($0) } == index.frames[Int(frame)].stream)
        }
    }

    @Test(arguments: Fixtures.all)
    func `the chain of a stream has each of its frames once, in order`(_ name: String) throws {
        let index = CaptureIndex(try capture(name))
        var expected = [[UInt32]](repeating: [], count: index.streams.count)
        for frame in index.frames.indices {
            if let stream = index.frames[frame].stream { expected[stream].append(UInt32(frame)) }
        }
        for stream in index.streams.indices {
            var chain: [UInt32] = []
            index.forEachFrame(of: stream) { chain.append($0) }
            #expect(chain == expected[stream] && !chain.isEmpty)
            #expect(chain.first == index.streams[stream].firstFrame && chain.last == index.streams[stream].lastFrame)
            var limited: [UInt32] = []
            index.forEachFrame(of: stream, limit: 2) { limited.append($0) }
            #expect(limited == Array(chain.prefix(2)))
        }
    }

    /// Everything that reading gathers, as text.
    private func reading(_ capture: Capture, threadless: UInt64) -> [String] {
        var indexer = Indexer()
        var positions: [String] = []
        let intake = FrameBatches.read(capture, threadless: threadless) { batch in
            indexer.add(batch.items)
            positions.append("\(batch.items.count) \(batch.position)")
        }
        let kept = indexer.frames.map { "\($0)" } + indexer.streams.map { "\($0)" } + indexer.events.map { "\($0)" }
        return kept + positions + ["\(intake.protocolCounts) \(intake.problems) \(intake.position)"]
            + intake.datagrams.sorted { $0.key < $1.key }.map { "\($0)" }
    }

    @Test(arguments: Fixtures.all)
    func `two threads read what one reads`(_ name: String) throws {
        let capture = try capture(name)
        #expect(reading(capture, threadless: 0) == reading(capture, threadless: .max))
    }

    @Test func `two threads read more batches than may wait as one does`() throws {
        let builder = ConversationBuilder()
        let connection = Connection(builder, Talk.client, Talk.server)
        for number in 0..<12_000 {
            if number % 3 == 0 { connection.answer("reply") } else { connection.say("command") }
        }
        let index = try builder.index()
        let alone = reading(index.capture, threadless: .max)
        #expect(alone.count { $0.hasPrefix("1024 ") } == 11)
        #expect(reading(index.capture, threadless: 0) == alone)
    }
}
