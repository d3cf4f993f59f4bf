@testable import Analysis
import Bytes
import Dissection
import TestSupport
import Testing

/// Streams made to cost as much as possible: they are followed to the end, and memory stays within the limits.
@Suite struct HostileStreamTests {
    private static let count: UInt32 = 20_000

    private func port(_ number: UInt32) -> Endpoint {
        Endpoint(IPAddress(v4: 0xC000_0200 + number >> 14), UInt16(truncatingIfNeeded: number & 0x3FFF))
    }

    @Test func `SYNs of many clients are one stream and one waiting segment each`() {
        var talk = Talk()
        for number in 0..<Self.count {
            _ = talk.take(SegmentDraft(flags: .syn, sequence: number), from: port(number), to: Talk.server)
        }
        #expect(talk.streams.count == Int(Self.count))
        #expect(talk.follower.parts.waiting.segments.count == Int(Self.count))
        // Each of them is still found.
        let taken = talk.take(
            SegmentDraft(flags: .synACK, acknowledgment: 12_346), from: Talk.server, to: port(12_345))
        #expect(taken.place.stream == 12_345 && taken.analysis.acknowledged?.frame == 12_345)
    }

    @Test func `endpoints made to collide do not`() {
        // What survives a weak hash: differences that a multiplication by a known number takes back.
        let inverse: UInt64 = {
            var value: UInt64 = 0xC2B2_AE3D_27D4_EB4F
            for _ in 0..<5 { value &*= 2 &- 0xC2B2_AE3D_27D4_EB4F &* value }
            return value
        }()
        let hash = PairHash()
        let server = Endpoint(IPAddress("2001:db8::1")!, 21)
        let hashes = (0..<4096 as Range<UInt64>).map { port in
            hash(Endpoint(IPAddress(high: port &* inverse, low: 7), UInt16(port)), server)
        }
        #expect(Set(hashes).count > 4000)
        let table = (0..<4096 as Range<UInt64>).map { Station(IPAddress(high: 0, low: $0 << 48), 0).hash }
        let shifted = (0..<4096 as Range<UInt64>).map { Station(IPAddress(high: 0, low: 0), UInt16($0)).hash }
        #expect(Set(table + shifted).count > 8000)
    }

    @Test func `streams of one hash are told apart, however many there are`() {
        var table = StreamTable()
        for number in 0..<3000 as Range<UInt32> {
            let stream = StreamState(from: port(number), to: Talk.server, frame: number, time: 0)
            #expect(table.add(stream, hash: 42) == Int(number))
        }
        for number in [0, 1, 1499, 2999] as [UInt32] {
            let found = table.find(from: Talk.server, to: port(number), hash: 42)
            #expect(found?.stream == Int(number) && found?.sender == .responder)
        }
        #expect(table.find(from: port(3000), to: Talk.server, hash: 42) == nil)
    }

    @Test func `SYNs on the same ports are one stream each`() {
        var talk = Talk()
        for number in 0..<Self.count { talk.client(.syn, number) }
        #expect(talk.streams.count == Int(Self.count))
        #expect(talk.follower.parts.waiting.segments.count <= Int(Self.count))
        #expect(talk.client(.ack, Self.count).place.stream == Int(Self.count) - 1)
    }

    @Test func `segments in reverse that nobody acknowledges fill the queue and no more`() {
        var talk = Talk()
        talk.handshake()
        for number in (0..<Self.count).reversed() {
            talk.client(.ack, 1 + number * 100, 1, length: 100)
        }
        let own = talk.state.sides.initiator.sequence
        #expect(own.unacknowledged.count == UnacknowledgedQueue.limit)
        #expect(talk.follower.parts.waiting.segments.count <= Int(UnacknowledgedQueue.limit) + 2)
        talk.server(.ack, 1, 1 + Self.count * 100)
        #expect(talk.state.sides.initiator.sequence.unacknowledged.count == 0)
    }

    @Test func `segments in reverse that are acknowledged one by one are followed to the end`() {
        var talk = Talk()
        talk.handshake()
        for number in (0..<1500 as Range<UInt32>).reversed() { talk.client(.ack, 1 + number * 100, 1, length: 100) }
        for number in 0..<1500 as Range<UInt32> {
            // The first segment that was sent ends last.
            let acknowledged = talk.server(.ack, 1, 101 + number * 100).analysis.acknowledged
            #expect(acknowledged?.frame == 3 + 1499 - number)
        }
        #expect(talk.state.sides.initiator.sequence.unacknowledged.count == 0)
        #expect(talk.follower.parts.waiting.segments.count <= 1502)
    }

    @Test func `overlaps that contradict each other are put in order`() throws {
        let builder = ConversationBuilder()
        var dice = SeededGenerator(seed: 7)
        for number in 0..<Self.count {
            let start = UInt32.random(in: 0..<50_000, using: &dice)
            builder.segment(
                Talk.client, Talk.server, .ack, sequence: UInt32.max - 20_000 &+ start, acknowledgment: 1,
                [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 40))
        }
        let index = try builder.index()
        #expect(index.streams.count == 1 && index.frames.count == Int(Self.count))
        var (bytes, missing) = (0, Int64(0))
        index.forEachPiece(of: 0, sender: .initiator) { piece in
            switch piece {
            case .bytes(let piece): bytes += piece.count
            case .gap(let count): missing += count
            }
        }
        #expect(bytes + Int(missing) <= 50_040 && bytes > 49_000)
        var segments = 0
        index.replay(0) { _ in segments += 1 }
        #expect(segments == Int(Self.count))
    }
}
