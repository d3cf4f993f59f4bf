@testable import Analysis
import Dissection
import Testing

/// The rules of ``SequenceRules`` that tell whether, and why, a segment was sent again.
@Suite struct AgeRulesTests {
    @Test func `old`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.isOld(input.segment.header, input.own) }
        let plain = RuleInput { ($0.segment.sequence, $0.segment.length, $0.own.next) = (400, 100, 500) }
        #expect(holds(plain))
        #expect(!holds(plain.but { ($0.segment.sequence, $0.own.next) = (.max - 5, 0) }))
        for sequence: UInt32 in [500, 501] { #expect(!holds(plain.but { $0.segment.sequence = sequence })) }
        // A byte before the number was a probe when more follows it, and is itself when nothing does.
        let probe = plain.but { $0.segment.sequence = 499 }
        #expect(!holds(probe))
        #expect(!holds(probe.but { $0.segment.length = 2 }))
        #expect(holds(probe.but { $0.segment.length = 1 }) && holds(probe.but { $0.segment.length = 0 }))
        #expect(holds(probe.but { $0.segment.sequence = 498 }))
        for (distance, expected): (UInt32, Bool) in [
            (1 << 31 - 1, true), (1 << 31, true), (1 << 31 + 1, false),
        ] {
            #expect(holds(plain.but { $0.segment.sequence = 500 &- distance }) == expected, "\(distance)")
        }
        #expect(holds(plain.but { ($0.segment.sequence, $0.own.next) = (0xFFFF_FFF0, 16) }))
        #expect(!holds(plain.but { ($0.segment.sequence, $0.own.next) = (16, 0xFFFF_FFF0) }))
    }

    @Test func `spurious retransmission`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isSpuriousRetransmission(input.segment.header, input.peer)
        }
        let plain = RuleInput { ($0.segment.sequence, $0.segment.length, $0.peer.acknowledged) = (400, 100, 500) }
        #expect(holds(plain))
        #expect(holds(plain.but { $0.segment.length = 99 }))
        #expect(!holds(plain.but { $0.segment.length = 101 }))
        #expect(!holds(plain.but { $0.segment.length = 0 }))
        #expect(!holds(plain.but { ($0.segment.sequence, $0.peer.acknowledged) = (0xFFFF_FF00, 0) }))
        for (distance, expected): (UInt32, Bool) in [
            (1 << 31 - 1, true), (1 << 31, true), (1 << 31 + 1, false),
        ] {
            #expect(holds(plain.but { $0.segment.sequence = 400 &- distance }) == expected, "\(distance)")
        }
        #expect(holds(plain.but { ($0.segment.sequence, $0.peer.acknowledged) = (0xFFFF_FFCE, 50) }))
        #expect(!holds(plain.but { ($0.segment.sequence, $0.peer.acknowledged) = (10, 0xFFFF_FFFF) }))
    }

    @Test func `fast retransmission`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isFastRetransmission(input.segment.header, input.peer)
        }
        let plain = RuleInput {
            ($0.segment.sequence, $0.segment.length, $0.segment.time) = (400, 100, 1_000_000_000)
            ($0.peer.acknowledged, $0.peer.duplicateACKs, $0.peer.lastTime) = (400, 2, 999_000_000)
        }
        #expect(holds(plain))
        for count: UInt32 in [0, 1] { #expect(!holds(plain.but { $0.peer.duplicateACKs = count })) }
        #expect(holds(plain.but { $0.peer.duplicateACKs = SequenceState.acknowledgedUnseen }))
        for number: UInt32 in [399, 401] { #expect(!holds(plain.but { $0.peer.acknowledged = number })) }
        // Below 20 ms; clocks that go back make the span endless.
        for (span, expected): (Int64, Bool) in [
            (0, true), (19_999_999, true), (20_000_000, false), (20_000_001, false), (-1, false), (.min, false),
        ] {
            let input = plain.but { $0.peer.lastTime = 1_000_000_000 &- span }
            #expect(holds(input) == expected, "\(span) ns")
        }
    }

    @Test func `out of order`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isOutOfOrder(
                input.segment.header, input.own, initialRoundTrip: input.initialRoundTrip)
        }
        func after(_ span: Int64, roundTrip: Int64 = 0) -> Bool { holds(Self.overtaken(span, roundTrip)) }
        // 3 ms while nobody knows the round trip; then the round trip.
        #expect(after(0) && after(2_999_999) && !after(3_000_000) && !after(3_000_001))
        #expect(after(49_999_999, roundTrip: 50_000_000) && !after(50_000_000, roundTrip: 50_000_000))
        #expect(after(999, roundTrip: 1000) && !after(2_999_999, roundTrip: 1000))
        #expect(after(0, roundTrip: 1) && !after(1, roundTrip: 1))
        // Clocks that go back: an endless span, and a round trip that nothing exceeds but such a span.
        #expect(!after(-1) && !after(-1, roundTrip: 50_000_000))
        #expect(after(3_600_000_000_000, roundTrip: -1) && !after(-1, roundTrip: -1) && after(-2, roundTrip: -1))
        // Ends where the newest segment ended: sent again.
        let newest = Self.overtaken(0, 0).but { $0.own.next = 500 }
        #expect(!holds(newest))
        for length: UInt32 in [99, 101] { #expect(holds(newest.but { $0.segment.length = length })) }
        // A FIN takes the number at its end.
        #expect(!holds(Self.overtaken(0, 0).but { ($0.segment.flags, $0.own.next) = ([.fin, .ack], 501) }))
        #expect(holds(Self.overtaken(0, 0).but { ($0.segment.flags, $0.own.next) = ([.fin, .ack], 500) }))
    }

    /// A segment of 100 bytes, 500 bytes before the highest number, `span` after the segment that brought that number.
    private static func overtaken(_ span: Int64, _ roundTrip: Int64) -> RuleInput {
        RuleInput {
            ($0.segment.sequence, $0.segment.length, $0.segment.time) = (400, 100, 7_000_000_000)
            ($0.own.next, $0.own.nextTime) = (900, 7_000_000_000 &- span)
            $0.initialRoundTrip = roundTrip
        }
    }
}
