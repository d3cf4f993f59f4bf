@testable import Analysis
import Bytes
import Dissection
import Testing

@Suite struct StreamFollowerTests {
    @Test func `the handshake ends with the initiator's ACK, whoever acknowledged before`() {
        // The server's banner overtakes the client's ACK.
        var talk = Talk()
        talk.client(.syn, 0)
        talk.server(.synACK, 0, 1, after: 2_000_000)
        talk.server(.ack, 1, 1, length: 20, after: 1_000_000)
        talk.client(.ack, 1, 21, after: 1_000_000)
        #expect(talk.streams[0].initialRoundTrip == 3_000_000 && talk.streams[0].handshakeTime == 4_000_000)
        // Refused at first, and then the same SYN again.
        talk = Talk()
        talk.client(.syn, 0)
        talk.server([.rst, .ack], 0, 1, after: 1_000_000)
        talk.client(.syn, 0, after: 1_000_000_000)
        talk.server(.synACK, 0, 1, after: 1_000_000)
        talk.client(.ack, 1, 1, after: 1_000_000)
        #expect(talk.streams[0].initialRoundTrip == 1_000_000 && talk.streams[0].handshakeTime == 2_000_000)
    }

    @Test func `frames of a stream form a chain, whoever sends them`() {
        var talk = Talk()
        let first = talk.client(.syn, 0).place
        #expect(first.stream == 0 && first.sender == .initiator && first.previous == FrameRecord.none)
        let second = talk.server(.synACK, 0, 1).place
        #expect(second.stream == 0 && second.sender == .responder && second.previous == 0)
        let third = talk.client(.ack, 1, 1).place
        #expect(third.stream == 0 && third.sender == .initiator && third.previous == 1)
        let other = talk.take(
            SegmentDraft(flags: .syn), from: Endpoint(Talk.client.address, 40001), to: Talk.server)
        #expect(other.place.stream == 1 && other.place.previous == FrameRecord.none)
        #expect(talk.server(.ack, 1, 1).place.previous == 2)
    }

    @Test func `a SYN-ACK alone tells who was called`() {
        var talk = Talk()
        #expect(talk.server(.synACK, 0, 1).place.sender == .responder)
        #expect(talk.streams[0].initiator == Talk.client && talk.streams[0].responder == Talk.server)
        #expect(talk.client(.ack, 1, 1).place.sender == .initiator)
    }

    @Test func `a SYN with another number begins a new stream on the same ports`() {
        var talk = Talk()
        talk.handshake()
        talk.clientBase += 1
        let again = talk.client(.syn, 0)
        #expect(again.place.stream == 1 && again.place.previous == FrameRecord.none)
        #expect(again.analysis.flags == [.reusedPorts, .syn])
        #expect(talk.streams[1].reusesPorts && !talk.streams[0].reusesPorts)
        // What follows belongs to the newest stream, whose state is fresh.
        let answer = talk.server(.synACK, 77, 1)
        #expect(answer.place.stream == 1 && answer.analysis.flags == .synACK)
        #expect(talk.streams[0].frames == 3 && talk.streams[0].lastFrame == 2)
    }

    @Test func `a SYN with the same number is sent again`() {
        var talk = Talk()
        talk.client(.syn, 0)
        let again = talk.client(.syn, 0, after: 1_000_000_000)
        #expect(again.place.stream == 0 && again.place.previous == 0)
        #expect(again.analysis.flags.isDisjoint(with: .reusedPorts))
        #expect(again.analysis.isInSequence == false)
        #expect(talk.streams.count == 1 && !talk.streams[0].reusesPorts)
    }

    @Test func `a SYN that fits a number known from an ACK alone is the same stream`() {
        var talk = Talk()
        talk.server(.ack, 1, 1)
        #expect(talk.client(.syn, 0).place.stream == 0)
        talk = Talk()
        talk.server(.ack, 1, 1)
        #expect(talk.client(.syn, 1).place.stream == 1)
    }

    @Test func `a SYN of the other side is no new stream`() {
        var talk = Talk()
        talk.client(.syn, 0)
        let crossing = talk.server(.syn, 0)
        #expect(crossing.place.stream == 0 && crossing.place.sender == .responder)
        #expect(crossing.analysis.flags == .syn)
    }

    @Test func `a SYN-ACK with another number stays in the stream and counts from its own`() {
        var talk = Talk()
        talk.handshake()
        talk.server(.ack, 1, 1, length: 10)
        talk.serverBase += 500
        let again = talk.server(.synACK, 0, 1)
        #expect(again.place.stream == 0 && again.analysis.flags.contains(.reusedPorts))
        #expect(talk.state.sides.responder.sequence.base == talk.serverBase && !talk.streams[0].reusesPorts)
        // The same one again is not remarkable.
        #expect(talk.server(.synACK, 0, 1).analysis.flags.isDisjoint(with: .reusedPorts))
    }

    @Test func `completeness grows with what is seen`() {
        var talk = Talk()
        func seen() -> UInt8 { talk.streams[talk.streams.count - 1].completeness.rawValue }
        talk.client(.syn, 0)
        #expect(seen() == 1)
        talk.server(.synACK, 0, 1)
        #expect(seen() == 3)
        talk.client(.ack, 1, 1)
        #expect(seen() == 7)
        talk.client(.ack, 1, 1, length: 5)
        #expect(seen() == 15)
        // FIN without ACK is none; with it, it is an ACK, too.
        talk.client(.fin, 6)
        #expect(seen() == 15)
        talk.client([.fin, .ack], 6, 1)
        #expect(seen() == 31)
        talk.server(.rst, 1)
        #expect(seen() == 63)
        // New ports begin with the SYN, whose data does not count; a first SYN's does.
        talk.clientBase += 9
        talk.client(.syn, 0, length: 3)
        #expect(seen() == 1)
        talk = Talk()
        talk.client(.syn, 0, length: 3)
        #expect(seen() == 9)
    }

    @Test(arguments: [TCPFlags.synACK, .ack, [.fin, .ack], .rst])
    func `a first segment that is no SYN counts for nothing`(_ flags: TCPFlags) {
        var talk = Talk()
        talk.client(flags, 0, 1, length: flags == .ack ? 10 : 0)
        #expect(talk.streams[0].completeness.isEmpty)
        talk.client([.rst, .ack], 1, 1)
        #expect(talk.streams[0].completeness == [.ack, .rst])
    }

    @Test func `the round trip counts from the last SYN to the first ACK without one`() {
        var talk = Talk()
        talk.client(.syn, 0)
        talk.client(.syn, 0, after: 1_000_000_000)
        talk.server(.synACK, 0, 1, after: 4_000_000)
        #expect(talk.streams[0].initialRoundTrip == 0 && talk.streams[0].handshakeTime == nil)
        talk.client(.ack, 1, 1, after: 3_000_000)
        #expect(talk.streams[0].initialRoundTrip == 7_000_000 && talk.streams[0].handshakeTime == 7_000_000)
        talk.client(.syn, 0)
        talk.client(.ack, 1, 1, after: 3_000_000)
        #expect(talk.streams[0].initialRoundTrip == 7_000_000)
    }

    @Test func `the round trip may be negative, and needs a SYN`() {
        var talk = Talk()
        talk.client(.syn, 0)
        talk.client(.ack, 1, 1, after: -5)
        #expect(talk.streams[0].initialRoundTrip == -5 && talk.streams[0].isOutOfTime)
        talk = Talk()
        talk.server(.synACK, 0, 1)
        talk.client(.ack, 1, 1)
        #expect(talk.streams[0].initialRoundTrip == 0 && talk.streams[0].handshakeTime == nil)
        // Where it is 0, the next ACK is asked.
        talk = Talk()
        talk.client(.syn, 0)
        talk.client(.ack, 1, 1, after: 0)
        talk.client(.ack, 1, 1, after: 8)
        #expect(talk.streams[0].initialRoundTrip == 8)
    }

    /// The option of the SYN, the one of the SYN-ACK (nil: a segment without it, -9: no such segment) and the shifts
    /// that result.
    @Test(
        arguments: [
            (7, 5, 7, 5), (7, nil, -2, -2), (nil, 5, -2, -2), (nil, nil, -2, -2), (-9, 5, -1, 5), (-9, nil, -2, -2),
            (7, -9, 7, -1), (nil, -9, -2, -2), (-9, -9, -1, -1), (15, 255, 14, 14), (0, 0, 0, 0),
        ] as [(Int?, Int?, Int8, Int8)])
    func `windows are scaled where both offered it`(_ syn: Int?, _ synACK: Int?, _ client: Int8, _ server: Int8) {
        func option(_ shift: Int?) -> [UInt8] { shift.map { SegmentDraft.windowScale(UInt8($0)) } ?? [] }
        var talk = Talk()
        if syn != -9 { talk.client(.syn, 0, options: option(syn)) }
        if synACK != -9 { talk.server(.synACK, 0, 1, options: option(synACK)) }
        // Who begins is the initiator, so the client is in all of them.
        talk.client(.ack, 1, 1)
        #expect(talk.state.sides.initiator.sequence.windowScale == client)
        #expect(talk.state.sides.responder.sequence.windowScale == server)
    }

    @Test func `a window is full by its scale, but right after the SYN`() {
        var talk = Talk()
        talk.client(.syn, 0, options: SegmentDraft.windowScale(1))
        talk.server(.synACK, 0, 1, window: 100, options: SegmentDraft.windowScale(3))
        talk.client(.ack, 1, 1)
        #expect(talk.client(.ack, 1, 1, length: 100).analysis.flags == .windowFull)
        talk.server(.ack, 1, 101, window: 100)
        #expect(talk.client(.ack, 101, 1, length: 100).analysis.flags.isEmpty)
        #expect(talk.client(.ack, 201, 1, length: 700).analysis.flags == .windowFull)
    }

    @Test func `who closes first is active, as often as it says so`() {
        var talk = Talk()
        talk.handshake()
        #expect(talk.server([.fin, .ack], 1, 1).analysis.flags == [.fin, .finActive])
        #expect(talk.client([.fin, .ack], 1, 2).analysis.flags == [.fin, .finPassive])
        #expect(talk.server([.fin, .ack], 1, 2).analysis.flags.contains(.finActive))
        #expect(talk.client([.fin, .ack], 1, 2).analysis.flags.contains(.finPassive))
        #expect(talk.client(.rst, 2).analysis.flags.contains(.reset))
    }

    @Test func `fast open is offered with a cookie, and its data taken or ignored`() {
        let cookie = SegmentDraft.fastOpen([1, 2, 3, 4])
        var talk = Talk()
        #expect(talk.client(.syn, 0, length: 50, options: cookie).analysis.flags == [.syn, .fastOpenSYN])
        #expect(talk.server(.synACK, 0, 51).analysis.flags == [.synACK, .fastOpenACK])
        talk = Talk()
        talk.client(.syn, 0, length: 50, options: cookie)
        #expect(talk.server(.synACK, 0, 1).analysis.flags == [.synACK, .fastOpenIgnored])
        // A cookie without data, the request for a cookie, and data without either offer nothing.
        talk = Talk()
        #expect(talk.client(.syn, 0, options: cookie).analysis.flags == [.syn, .fastOpenSYN])
        #expect(talk.server(.synACK, 0, 1).analysis.flags == .synACK)
        for options in [SegmentDraft.fastOpen(), []] {
            talk = Talk()
            #expect(talk.client(.syn, 0, length: 50, options: options).analysis.flags == .syn)
            #expect(talk.server(.synACK, 0, 1).analysis.flags == .synACK)
        }
    }

    /// Whether the client's bytes are known to be whole after its first hundred and what `more` adds.
    private func isWhole(_ more: (inout Talk) -> Void) -> Bool {
        var talk = Talk()
        talk.handshake()
        talk.client(.ack, 1, 1, length: 100)
        more(&talk)
        return talk.streams[0].sides.initiator.isWhole
    }

    @Test func `a side is whole while nothing is missing and nothing contradicts`() {
        #expect(isWhole { $0.client([.fin, .ack], 101, 1) })
        #expect(isWhole { $0.client(.ack, 51, 1, length: 50) })
        #expect(!isWhole { $0.client(.ack, 51, 1, length: 51) })
        #expect(!isWhole { $0.client(.ack, 201, 1, length: 10) })
        #expect(!isWhole { $0.server(.ack, 1, 102) })
    }

    @Test func `a FIN stands behind the last byte, however often it is sent`() {
        let close = { (talk: inout Talk) in _ = talk.client([.fin, .ack], 101, 1) }
        #expect(
            isWhole {
                close(&$0); close(&$0)
            })
        #expect(
            isWhole {
                close(&$0); $0.client([.fin, .ack], 51, 1, length: 50)
            })
        #expect(!isWhole { $0.client([.fin, .ack], 51, 1) })
        #expect(!isWhole { $0.client([.fin, .ack], 111, 1) })
        #expect(
            !isWhole {
                close(&$0); $0.client([.fin, .ack], 51, 1)
            })
        #expect(
            !isWhole {
                close(&$0); $0.client([.fin, .ack], 102, 1)
            })
        // What lies behind it takes a closer look, be it in place of its number.
        #expect(
            !isWhole {
                close(&$0); $0.client(.ack, 101, 1, length: 1)
            })
    }
}
