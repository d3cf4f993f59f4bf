@testable import Analysis
import Dissection
import Testing

/// What the rules make of a segment together: which of them come first, and what they leave behind for the next segment.
@Suite struct SequenceAnalysisTests {
    private func talk() -> Talk {
        var talk = Talk()
        talk.handshake()
        return talk
    }

    @Test func `an undisturbed exchange is not remarkable`() {
        var talk = talk()
        #expect(talk.client(.ack, 1, 1, length: 100).analysis.flags.isEmpty)
        #expect(talk.server(.ack, 1, 101, length: 50).analysis.flags.isEmpty)
        #expect(talk.client(.ack, 101, 51).analysis.flags.isEmpty)
    }

    @Test func `a probe leaves the numbers where they were`() {
        var talk = talk()
        #expect(talk.server(.ack, 1, 1, window: 0).analysis.flags == .zeroWindow)
        for _ in 0..<2 {
            #expect(talk.client(.ack, 1, 1, length: 1).analysis.flags == .zeroWindowProbe)
            #expect(talk.server(.ack, 1, 1, window: 0).analysis.flags == [.zeroWindow, .zeroWindowProbeACK])
        }
        #expect(talk.server(.ack, 1, 1, window: 9000).analysis.flags == .windowUpdate)
        #expect(talk.client(.ack, 1, 1, length: 100).analysis.flags.isEmpty)
    }

    @Test func `a probe whose byte was taken lets its bytes be acknowledged, once as unseen`() {
        var talk = talk()
        talk.server(.ack, 1, 1, window: 0)
        talk.client(.ack, 1, 1, length: 1)
        let taken = talk.server(.ack, 1, 2, window: 0).analysis
        #expect(taken.flags == [.zeroWindow, .ackLostSegment] && taken.acknowledged?.frame == 4)
        #expect(talk.server(.ack, 1, 2, window: 9000).analysis.flags == .windowUpdate)
        #expect(talk.client(.ack, 2, 1, length: 10).analysis.flags == .lostSegment)
    }

    @Test func `a keep-alive is neither old nor spurious, and its answer no duplicate`() {
        var talk = talk()
        talk.client(.ack, 1, 1, length: 100)
        talk.server(.ack, 1, 101)
        #expect(talk.client(.ack, 100, 1).analysis.flags == .keepAlive)
        #expect(talk.server(.ack, 1, 101).analysis.flags == .keepAliveACK)
        #expect(talk.client(.ack, 100, 1, length: 1).analysis.flags == .keepAlive)
        #expect(talk.server(.ack, 1, 101).analysis.flags == .keepAliveACK)
        #expect(talk.server(.ack, 1, 101).analysis.flags == .keepAliveACK)
        talk.client(.ack, 101, 1, length: 10)
        #expect(talk.server(.ack, 1, 101).analysis.flags == .duplicateACK)
    }

    @Test func `duplicate ACKs are counted from the first, and anew when the number moves`() {
        var talk = talk()
        talk.client(.ack, 1, 1, length: 100)
        let original = talk.server(.ack, 1, 1)
        #expect(original.analysis.flags == .duplicateACK && original.analysis.duplicateACKFrame == 1)
        for count: UInt32 in 2...4 {
            let analysis = talk.server(.ack, 1, 1).analysis
            #expect(analysis.duplicateACKNumber == count && analysis.duplicateACKFrame == 1)
        }
        #expect(talk.server(.ack, 1, 101).analysis.flags.isEmpty)
        let next = talk.server(.ack, 1, 101).analysis
        #expect(next.duplicateACKNumber == 1 && next.duplicateACKFrame == 8)
    }

    @Test func `duplicate ACKs are counted from the first after the other side acknowledged what nobody saw`() {
        var talk = talk()
        #expect(talk.server(.ack, 1, 500).analysis.flags == .ackLostSegment)
        for count: UInt32 in 1...2 {
            let analysis = talk.client(.ack, 1, 1).analysis
            #expect(analysis.flags == .duplicateACK && analysis.duplicateACKNumber == count)
        }
    }

    @Test func `of the reasons to send again, the most certain one counts`() {
        var talk = talk()
        for start: UInt32 in [1, 101, 201] { talk.client(.ack, start, 1, length: 100) }
        talk.server(.ack, 1, 101)
        talk.server(.ack, 1, 101)
        talk.server(.ack, 1, 101)
        // Acknowledged already, though duplicate ACKs ask for what follows.
        #expect(talk.client(.ack, 1, 1, length: 100).analysis.flags == .spuriousRetransmission)
        #expect(talk.client(.ack, 101, 1, length: 100).analysis.flags == .fastRetransmission)
        // Not asked for, and within the round trip of 10 ms.
        #expect(talk.client(.ack, 151, 1, length: 100).analysis.flags == .outOfOrder)
        let late = talk.client(.ack, 101, 1, length: 100, after: 20_000_000).analysis
        #expect(late.flags == .retransmission)
        #expect(late.retransmitted?.frame == 4)
    }

    @Test func `a retransmission of what nothing waits for counts from the newest segment`() {
        var talk = talk()
        talk.client(.ack, 1, 1, length: 100)
        talk.server(.ack, 1, 101)
        let again = talk.client([.fin, .ack], 50, 1, after: 50_000_000).analysis
        #expect(again.flags.judgments == .retransmission && again.retransmitted?.frame == 3)
    }

    @Test func `a hole is told once, and its acknowledgment, too`() {
        var talk = talk()
        #expect(talk.client(.ack, 101, 1, length: 100).analysis.flags == .lostSegment)
        #expect(talk.client(.ack, 201, 1, length: 100).analysis.flags.isEmpty)
        #expect(talk.server(.ack, 1, 201).analysis.flags == .ackLostSegment)
        #expect(talk.server(.ack, 1, 301).analysis.flags.isEmpty)
        // Beyond everything seen: once, until the other side acknowledges more.
        #expect(talk.server(.ack, 1, 401).analysis.flags == .ackLostSegment)
        #expect(talk.server(.ack, 1, 402).analysis.flags.isEmpty)
        talk.server(.ack, 1, 402, length: 10)
        talk.client(.ack, 301, 11, length: 1)
        #expect(talk.server(.ack, 11, 403).analysis.flags == .ackLostSegment)
    }

    @Test func `bytes in flight count from the lowest to the highest number that waits`() {
        var talk = talk()
        #expect(talk.client(.ack, 1, 1, length: 100).analysis.bytesInFlight == 100)
        #expect(talk.client(.ack, 101, 1, length: 100).analysis.bytesInFlight == 200)
        talk.server(.ack, 1, 51)
        #expect(talk.client([.fin, .ack], 201, 1, length: 100).analysis.bytesInFlight == 250)
        // A hole makes them a guess, until the other side acknowledges something.
        #expect(!talk.client(.ack, 401, 1, length: 10).analysis.measuresFlight)
        talk.server(.ack, 1, 101)
        #expect(talk.client(.ack, 411, 1, length: 10).analysis.bytesInFlight == 320)
    }

    @Test func `three SACK blocks of the last segment are not in flight`() {
        var talk = talk()
        for start: UInt32 in [1, 101, 201, 301] { talk.client(.ack, start, 1, length: 100) }
        let base = talk.clientBase
        let blocks = [101, 151, 201, 251].map { (base + $0, base + $0 + 10) }
        talk.server(.ack, 1, 1, options: SegmentDraft.sack(blocks))
        #expect(talk.client(.ack, 401, 1, length: 100).analysis.bytesInFlight == 470)
        talk.server(.ack, 1, 1)
        #expect(talk.client(.ack, 501, 1, length: 100).analysis.bytesInFlight == 600)
        // Blocks that lie about more than is in flight make nonsense, which is not told.
        talk.server(.ack, 1, 1, options: SegmentDraft.sack([(base, base + 5000)]))
        let lied = talk.client(.ack, 601, 1, length: 100).analysis
        #expect(lied.measuresFlight && lied.bytesInFlight == 0)
    }

    @Test func `bytes since the last PSH begin anew behind it`() {
        var talk = talk()
        #expect(talk.client(.ack, 1, 1, length: 100).analysis.bytesSincePush == 100)
        #expect(talk.client([.ack, .psh], 101, 1, length: 100).analysis.bytesSincePush == 200)
        #expect(talk.client(.ack, 201, 1, length: 30).analysis.bytesSincePush == 30)
        #expect(talk.client(.ack, 231, 1, length: 10).analysis.bytesSincePush == 40)
    }

    @Test func `everything works across 2^32`() {
        var talk = Talk()
        (talk.clientBase, talk.serverBase) = (UInt32.max - 149, UInt32.max - 49)
        talk.handshake()
        for start: UInt32 in [1, 101, 201] {
            let analysis = talk.client(.ack, start, 1, length: 100).analysis
            #expect(analysis.flags.isEmpty && analysis.isInSequence && analysis.bytesInFlight == start + 99)
        }
        let answer = talk.server(.ack, 1, 201, length: 100).analysis
        #expect(answer.flags.isEmpty && answer.acknowledged?.frame == 4)
        #expect(talk.client(.ack, 101, 1, length: 100).analysis.flags == .spuriousRetransmission)
        // What was sent again for nothing waits, too: 101 up to 311.
        #expect(talk.client(.ack, 301, 101, length: 10).analysis.bytesInFlight == 210)
    }
}
