@testable import Analysis
import Dissection
import Testing

/// What a rule looks at. A test takes one that a rule holds for and changes one thing at a time.
struct RuleInput {
    var segment = SegmentDraft()
    var own = SequenceState()
    var peer = SequenceState()
    var initialRoundTrip: Int64 = 0

    init(_ set: (inout RuleInput) -> Void) { set(&self) }

    func but(_ change: (inout RuleInput) -> Void) -> RuleInput {
        var copy = self
        change(&copy)
        return copy
    }
}

/// SYN, FIN and RST: what makes a segment other than an ordinary one.
private let extraordinary: [TCPFlags] = [.syn, .fin, .rst]

/// Every rule of ``SequenceRules``: where it holds, that each of its conditions is needed, and its edges.
@Suite struct SequenceRulesTests {
    @Test func `zero window probe`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isZeroWindowProbe(input.segment.header, input.own, input.peer)
        }
        let plain = RuleInput {
            ($0.segment.sequence, $0.segment.length) = (500, 1)
            ($0.own.next, $0.peer.window) = (500, 0)
        }
        #expect(holds(plain))
        for length: UInt32 in [0, 2, 65536] { #expect(!holds(plain.but { $0.segment.length = length })) }
        for sequence: UInt32 in [499, 501] { #expect(!holds(plain.but { $0.segment.sequence = sequence })) }
        for window: Int32 in [1, -1, 65535] { #expect(!holds(plain.but { $0.peer.window = window })) }
        // A FIN may carry the byte.
        #expect(holds(plain.but { $0.segment.flags = [.fin, .ack] }))
    }

    @Test func `zero window`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.isZeroWindow(input.segment.header) }
        let plain = RuleInput { $0.segment.window = 0 }
        #expect(holds(plain))
        #expect(!holds(plain.but { $0.segment.window = 1 }))
        for flag in extraordinary { #expect(!holds(plain.but { $0.segment.flags = [flag, .ack] })) }
    }

    @Test func `behind a lost segment`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isBehindLostSegment(input.segment.header, input.own)
        }
        let plain = RuleInput { ($0.segment.sequence, $0.own.next) = (600, 500) }
        #expect(holds(plain))
        #expect(!holds(plain.but { $0.own.next = 0 }))
        #expect(!holds(plain.but { $0.segment.flags = [.rst, .ack] }))
        #expect(holds(plain.but { $0.segment.flags = [.fin, .ack] }) && holds(plain.but { $0.segment.flags = .syn }))
        // Just at, just behind, half the sequence space behind, and one further, which is before.
        for (distance, expected): (UInt32, Bool) in [
            (0, false), (1, true), (.max, false), (1 << 31 - 1, true), (1 << 31, true), (1 << 31 + 1, false),
        ] {
            #expect(holds(plain.but { $0.segment.sequence = 500 &+ distance }) == expected, "\(distance)")
        }
        let wrapped = plain.but { ($0.segment.sequence, $0.own.next) = (5, 0xFFFF_FFFB) }
        #expect(holds(wrapped))
        #expect(!holds(wrapped.but { ($0.segment.sequence, $0.own.next) = (0xFFFF_FFFB, 5) }))
    }

    @Test func `keep-alive`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.isKeepAlive(input.segment.header, input.own) }
        let plain = RuleInput { ($0.segment.sequence, $0.own.next) = (499, 500) }
        #expect(holds(plain))
        #expect(holds(plain.but { $0.segment.length = 1 }))
        #expect(!holds(plain.but { $0.segment.length = 2 }))
        for sequence: UInt32 in [498, 500] { #expect(!holds(plain.but { $0.segment.sequence = sequence })) }
        for flag in extraordinary { #expect(!holds(plain.but { $0.segment.flags = [flag, .ack] })) }
        // The number before 0, whether 0 is a number or stands for unknown.
        #expect(holds(plain.but { ($0.segment.sequence, $0.own.next) = (.max, 0) }))
    }

    /// The conditions that window update, the answers to probes and keep-alives, and duplicate ACKs share.
    private func expectToNeedRepeatedNumbers(_ plain: RuleInput, _ holds: (RuleInput) -> Bool) {
        #expect(holds(plain))
        #expect(!holds(plain.but { $0.segment.length = 1 }))
        for sequence: UInt32 in [499, 501] { #expect(!holds(plain.but { $0.segment.sequence = sequence })) }
        for number: UInt32 in [899, 901] { #expect(!holds(plain.but { $0.segment.acknowledgment = number })) }
        for flag in extraordinary { #expect(!holds(plain.but { $0.segment.flags = [flag, .ack] })) }
        // The field counts, whether ACK says it is valid or not.
        #expect(holds(plain.but { $0.segment.flags = [] }))
    }

    private static let repeated = RuleInput {
        ($0.segment.sequence, $0.segment.acknowledgment, $0.segment.window) = (500, 900, 1000)
        ($0.own.next, $0.own.acknowledged, $0.own.window) = (500, 900, 1000)
    }

    @Test func `window update`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.isWindowUpdate(input.segment.header, input.own) }
        let plain = Self.repeated.but { $0.segment.window = 2000 }
        expectToNeedRepeatedNumbers(plain, holds)
        #expect(!holds(plain.but { $0.segment.window = 1000 }))
        #expect(!holds(plain.but { $0.segment.window = 0 }))
        #expect(holds(plain.but { $0.segment.window = 1 }))
        // No window before is another window, even than the largest.
        #expect(holds(plain.but { ($0.segment.window, $0.own.window) = (.max, -1) }))
    }

    @Test func `duplicate ACK`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.isDuplicateACK(input.segment.header, input.own) }
        expectToNeedRepeatedNumbers(Self.repeated, holds)
        #expect(!holds(Self.repeated.but { $0.segment.window = 999 }))
        #expect(!holds(Self.repeated.but { ($0.segment.window, $0.own.window) = (0, 0) }))
    }

    @Test func `keep-alive ACK`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isKeepAliveACK(input.segment.header, input.own, input.peer)
        }
        let plain = Self.repeated.but { $0.peer.lastFlags = UInt16(TCPAnalysis.Flags.keepAlive.rawValue) }
        expectToNeedRepeatedNumbers(plain, holds)
        #expect(!holds(plain.but { $0.segment.window = 999 }))
        #expect(!holds(plain.but { ($0.segment.window, $0.own.window) = (0, 0) }))
        #expect(!holds(plain.but { $0.peer.lastFlags = 0 }))
        #expect(!holds(plain.but { $0.peer.lastFlags = ~$0.peer.lastFlags }))
        #expect(holds(plain.but { $0.peer.lastFlags = .max }))
    }

    @Test func `zero window probe ACK`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isZeroWindowProbeACK(input.segment.header, input.own, input.peer)
        }
        let plain = Self.repeated.but {
            ($0.segment.window, $0.own.window) = (0, 0)
            $0.peer.lastFlags = UInt16(TCPAnalysis.Flags.zeroWindowProbe.rawValue)
        }
        expectToNeedRepeatedNumbers(plain, holds)
        #expect(!holds(plain.but { $0.segment.window = 1 }))
        #expect(!holds(plain.but { $0.own.window = 1 }))
        #expect(!holds(plain.but { ($0.segment.window, $0.own.window) = (7, 7) }))
        #expect(!holds(plain.but { $0.peer.lastFlags = 0 }))
        #expect(!holds(plain.but { $0.peer.lastFlags = ~$0.peer.lastFlags }))
    }

    @Test func `window full`() {
        func holds(_ input: RuleInput) -> Bool {
            SequenceRules.isWindowFull(input.segment.header, input.own, input.peer)
        }
        // 100 bytes up to 900 + 400.
        let plain = RuleInput {
            ($0.segment.sequence, $0.segment.length) = (1200, 100)
            ($0.peer.acknowledged, $0.peer.window, $0.peer.windowScale) = (900, 100, 2)
        }
        #expect(holds(plain))
        for length: UInt32 in [99, 101] { #expect(!holds(plain.but { $0.segment.length = length })) }
        #expect(!holds(plain.but { ($0.segment.sequence, $0.segment.length) = (1300, 0) }))
        #expect(!holds(plain.but { $0.peer.windowScale = WindowScale.unknown }))
        #expect(!holds(plain.but { $0.peer.windowScale = 1 }))
        for flag in extraordinary { #expect(!holds(plain.but { $0.segment.flags = [flag, .ack] })) }
        // Unscaled: where scaling is not in use, and right after the SYN.
        let unscaled = plain.but { $0.peer.window = 400 }
        #expect(!holds(unscaled))
        #expect(holds(unscaled.but { $0.peer.windowScale = WindowScale.unused }))
        #expect(!holds(unscaled.but { $0.peer.windowScale = WindowScale.unknown }))
        #expect(holds(unscaled.but { $0.peer.knows.insert(.windowOfSYN) }))
        // Across 2^32, and the largest window that there is.
        #expect(holds(plain.but { ($0.segment.sequence, $0.peer.acknowledged) = (0xFFFF_FFFF, 0xFFFF_FED3) }))
        #expect(
            holds(
                plain.but {
                    ($0.peer.window, $0.peer.windowScale) = (65535, 14)
                    $0.segment.sequence = 900 + 65535 << 14 - 100
                }))
    }

    @Test func `acknowledges what was not seen`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.acknowledgesUnseen(input.segment.header, input.peer) }
        let plain = RuleInput { ($0.segment.acknowledgment, $0.peer.contiguous) = (901, 900) }
        #expect(holds(plain))
        #expect(!holds(plain.but { $0.peer.contiguous = 0 }))
        #expect(!holds(plain.but { $0.segment.flags = .psh }))
        for (distance, expected): (UInt32, Bool) in [
            (0, false), (.max, false), (1 << 31 - 1, true), (1 << 31, true), (1 << 31 + 1, false),
        ] {
            #expect(holds(plain.but { $0.segment.acknowledgment = 900 &+ distance }) == expected, "\(distance)")
        }
        #expect(holds(plain.but { ($0.segment.acknowledgment, $0.peer.contiguous) = (1, .max) }))
    }

    @Test func `a hole lies between what was seen without one and the highest number`() {
        func holds(_ contiguous: UInt32, _ next: UInt32) -> Bool {
            SequenceRules.hasHole(RuleInput { ($0.peer.contiguous, $0.peer.next) = (contiguous, next) }.peer)
        }
        #expect(holds(900, 901) && !holds(900, 900) && !holds(901, 900))
        #expect(holds(.max, 0) && !holds(0, .max))
        #expect(holds(900, 900 + 1 << 31) && holds(900, 900 + 1 << 31 - 1) && !holds(900, 901 + 1 << 31))
    }

    @Test func `acknowledges a lost segment`() {
        func holds(_ input: RuleInput) -> Bool { SequenceRules.acknowledgesLostSegment(input.peer) }
        let hole = RuleInput { ($0.peer.contiguous, $0.peer.next, $0.peer.duplicateACKs) = (900, 950, 1) }
        #expect(holds(hole))
        #expect(!holds(hole.but { $0.peer.next = 900 }))
        #expect(holds(hole.but { ($0.peer.next, $0.peer.duplicateACKs) = (900, 0) }))
        #expect(!holds(hole.but { ($0.peer.next, $0.peer.duplicateACKs) = (900, SequenceState.acknowledgedUnseen) }))
    }
}
