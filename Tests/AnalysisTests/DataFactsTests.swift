@testable import Analysis
import Bytes
import CaptureFile
import TestSupport
import Testing

/// What following a stream has counted is what putting its segments in order shows.
@Suite struct DataFactsTests {
    /// Compares the two for every side that was counted without another look, and says how many there were.
    private func check(_ index: CaptureIndex) -> Int {
        var count = 0
        for stream in index.streams.indices where !index.streams[stream].isOutOfTime {
            for side in Side.allCases {
                let own = index.streams[stream].sides[side]
                guard own.isWhole, own.firstData != FrameRecord.none else { continue }
                count += 1
                let counted = index.dataFacts(of: stream, sender: side)
                var measured = DataFacts()
                index.measureContent(of: stream, side, &measured)
                #expect(counted.bytes == measured.bytes, "stream \(stream), \(side)")
                #expect(counted.gaps == measured.gaps && counted.gaps.isEmpty, "stream \(stream), \(side)")
                #expect(counted.firstFrame == measured.firstFrame, "stream \(stream), \(side)")
                #expect(counted.firstTime == measured.firstTime)
                #expect(counted.lastFrame == measured.lastFrame, "stream \(stream), \(side)")
                #expect(counted.lastTime == measured.lastTime)
                #expect(counted.isEncrypted == measured.isEncrypted)
            }
        }
        return count
    }

    @Test func `in all captures`() throws {
        var count = 0
        for name in Fixtures.all { count += check(CaptureIndex(try Capture(paths: ["\(Fixtures.root)/\(name)"]))) }
        #expect(count > 400)
    }

    /// Connections whose segments are repeated, cut anew, overlapped, swapped and lost at random.
    @Test(arguments: [1, 5, 6, 79, 101, 120] as [UInt64])
    func `in made-up connections`(_ seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        let builder = ConversationBuilder()
        for port in 0..<150 as Range<UInt16> {
            let client = Endpoint(Talk.client.address, 20_000 + port)
            let base: UInt32 = Bool.random(using: &dice) ? UInt32.max - 200 : dice.next()
            let connection = Connection(
                builder, client, Talk.server, clientSequence: base, handshake: Int.random(in: 0..<4, using: &dice) > 0)
            let start = connection.clientSequence
            for _ in 0..<Int.random(in: 1..<12, using: &dice) {
                let length = Int.random(in: 1...30, using: &dice)
                switch Int.random(in: 0..<20, using: &dice) {
                case 0..<12: connection.send([UInt8](repeating: 65, count: length))
                case 12..<16:
                    let sent = connection.clientSequence &- start
                    let back = min(sent, UInt32.random(in: 0...40, using: &dice))
                    builder.segment(
                        client, Talk.server, .ack, sequence: connection.clientSequence &- back, acknowledgment: 5000,
                        [UInt8](repeating: 66, count: length))
                case 16: connection.clientSequence &+= UInt32(length)
                case 17:
                    builder.segment(
                        Talk.server, client, .ack, sequence: connection.serverSequence,
                        acknowledgment: connection.clientSequence)
                case 18:
                    builder.segment(
                        client, Talk.server, .syn, sequence: base, acknowledgment: 0)
                default: connection.close()
                }
            }
        }
        #expect(check(try builder.index()) > 40)
    }
}
