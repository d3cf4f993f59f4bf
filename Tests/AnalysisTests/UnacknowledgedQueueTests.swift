@testable import Analysis
import Testing

/// What ``UnacknowledgedQueue`` must do, said in the simplest way: a list that is gone through from the newest entry to
/// the oldest for every acknowledgment.
private struct PlainList {
    struct Entry {
        var sequence: UInt32
        let end: UInt32
        let frame: UInt32
    }

    /// Oldest first.
    private(set) var entries: [Entry] = []

    mutating func append(_ entry: Entry) {
        if entries.count < 10_000 { entries.append(entry) }
    }

    /// - Returns: the frame of the oldest entry whose end is acknowledged.
    mutating func acknowledge(_ number: UInt32) -> UInt32? {
        func isAfter(_ a: UInt32, _ b: UInt32) -> Bool { b &- a >= 1 << 31 }
        func isBefore(_ a: UInt32, _ b: UInt32) -> Bool { a &- b >= 1 << 31 }
        var match: UInt32?
        for index in entries.indices.reversed() {
            let entry = entries[index]
            if number == entry.end {
                match = entry.frame
                entries.remove(at: index)
            } else if isAfter(number, entry.sequence), isBefore(number, entry.end) {
                entries[index].sequence = number
            } else if !isAfter(entry.end, number) {
                entries.remove(at: index)
            }
        }
        return match
    }

    func span(base: UInt32) -> UInt32? {
        let (ends, starts) = (entries.map { $0.end &- base }, entries.map { $0.sequence &- base })
        guard let highest = ends.max(), let lowest = starts.min() else { return nil }
        return highest &- lowest
    }
}

/// A queue and the list that it must agree with, on the same random operations.
private struct Pair {
    var queue = UnacknowledgedQueue()
    var list = PlainList()
    var base: UInt32
    var next: UInt32

    init(base: UInt32) {
        self.base = base
        next = base &+ 1
    }

    /// Mostly the next bytes, as a sender has them; else a repetition, a jump ahead, or anything at all.
    mutating func append(_ frame: UInt32, _ pool: inout UnacknowledgedPool, _ dice: inout SeededGenerator) {
        let length = UInt32.random(in: 1...1460, using: &dice)
        let sequence: UInt32
        switch Int.random(in: 0..<40, using: &dice) {
        case 0..<30: sequence = next
        case 30..<33: sequence = next &- UInt32.random(in: 1...5000, using: &dice)
        case 33..<36: sequence = next &+ UInt32.random(in: 1...5000, using: &dice)
        case 36: sequence = list.entries.randomElement(using: &dice).map(\.sequence) ?? next
        case 37: sequence = next &+ 1 << 31
        case 38: sequence = base &- UInt32.random(in: 0...2, using: &dice)
        default: sequence = dice.next()
        }
        let end = sequence &+ length
        queue.append(
            .init(sequence: sequence, end: end, frame: frame, time: Int64(frame) * 10), base: base, &pool)
        list.append(.init(sequence: sequence, end: end, frame: frame))
        if Int.random(in: 0..<8, using: &dice) > 0 { next = end }
    }

    /// An edge of an entry, a number beside or half the sequence space away from one, or anything at all.
    func number(_ dice: inout SeededGenerator) -> UInt32 {
        guard let entry = list.entries.randomElement(using: &dice) else { return next }
        switch Int.random(in: 0..<16, using: &dice) {
        case 0..<5: return entry.end
        case 5: return entry.end &- 1
        case 6: return entry.end &+ 1
        case 7: return entry.sequence
        case 8: return entry.sequence &+ 1
        case 9: return entry.sequence &+ (entry.end &- entry.sequence) / 2
        case 10: return entry.end &+ 1 << 31
        case 11: return entry.sequence &+ 1 << 31
        case 12: return list.entries[0].sequence &+ UInt32.random(in: 0...2, using: &dice) &+ (1 << 31 - 1)
        case 13: return (list.entries.last?.end ?? 0) &+ UInt32.random(in: 0...2, using: &dice) &+ (1 << 31 - 1)
        case 14: return next
        default: return dice.next()
        }
    }

    func agrees(_ pool: borrowing UnacknowledgedPool) -> Bool {
        Int(queue.count) == list.entries.count && queue.span(pool) == list.span(base: base)
            && queue.oldest(in: pool)?.frame == list.entries.first?.frame
            && queue.oldest(in: pool)?.sequence == list.entries.first?.sequence
    }
}

@Suite struct UnacknowledgedQueueTests {
    @Test(arguments: 0..<12 as Range<UInt64>)
    func `a queue answers as a list that is gone through would`(_ seed: UInt64) {
        var dice = SeededGenerator(seed: seed)
        var pool = UnacknowledgedPool()
        // Two of them in one pool must not get in each other's way; some begin just before 2^32.
        var pairs = (0..<2).map { _ in
            Pair(base: Bool.random(using: &dice) ? UInt32.max - .random(in: 0...9000, using: &dice) : dice.next())
        }
        for step in 0..<2500 as Range<UInt32> {
            let side = Int.random(in: 0..<2, using: &dice)
            switch Int.random(in: 0..<200, using: &dice) {
            case 0:
                pairs[side].base = dice.next()
                pairs[side].queue.rebase(pairs[side].base, &pool)
            case 1..<100: pairs[side].append(step, &pool, &dice)
            default:
                let number = pairs[side].number(&dice)
                let match = pairs[side].queue.acknowledge(number, base: pairs[side].base, &pool)
                let expected = pairs[side].list.acknowledge(number)
                guard match?.frame == expected, match?.time == expected.map({ Int64($0) * 10 }) else {
                    Issue.record("step \(step): acknowledging \(number) found \(String(describing: match))")
                    return
                }
            }
            guard pairs.allSatisfy({ $0.agrees(pool) }) else {
                Issue.record("step \(step): the two differ")
                return
            }
        }
        // What was freed is used again.
        #expect(pool.segments.count < 300)
    }

    @Test func `a queue holds ten thousand segments and no more`() {
        var pool = UnacknowledgedPool()
        var queue = UnacknowledgedQueue()
        for frame in 0..<10_005 as Range<UInt32> {
            let sequence = UInt32.max - 50_000 &+ frame &* 10
            queue.append(
                .init(sequence: sequence, end: sequence &+ 10, frame: frame, time: 0), base: .max - 50_000, &pool)
        }
        #expect(queue.count == 10_000 && pool.segments.count == 10_000)
        #expect(queue.span(pool) == 100_000)
        // The end of the last one that found room, not of the last one sent.
        #expect(queue.acknowledge(.max - 50_000 &+ 100_050, base: .max - 50_000, &pool) == nil)
        #expect(queue.count == 0 && queue.span(pool) == nil)
        queue.append(.init(sequence: 1, end: 2, frame: 7, time: 0), base: 0, &pool)
        #expect(queue.count == 1 && pool.segments.count == 10_000)
        #expect(queue.acknowledge(2, base: 0, &pool)?.frame == 7)
    }

    /// Appends segments, given by sequence number and length, and acknowledges a number.
    private func acknowledge(_ number: UInt32, _ sent: [(UInt32, UInt32)]) -> UnacknowledgedQueue.Acknowledged? {
        var pool = UnacknowledgedPool()
        var queue = UnacknowledgedQueue()
        for (frame, (sequence, length)) in sent.enumerated() {
            queue.append(
                .init(sequence: sequence, end: sequence &+ length, frame: UInt32(frame), time: 0), base: 0, &pool)
        }
        return queue.acknowledge(number, base: 0, &pool)
    }

    @Test func `of several segments with the acknowledged end, the oldest was meant`() {
        #expect(acknowledge(300, [(100, 200), (200, 100), (100, 200)])?.frame == 0)
        #expect(acknowledge(300, [(100, 100), (200, 100), (300, 50)])?.frame == 1)
        #expect(acknowledge(250, [(100, 200)]) == nil)
    }

    @Test func `only data that was sent once measures a round trip`() {
        #expect(acknowledge(200, [(100, 100)])?.isRoundTrip == true)
        #expect(acknowledge(200, [(100, 100), (100, 100)])?.isRoundTrip == false)
        #expect(acknowledge(300, [(100, 100), (200, 100), (100, 100)])?.isRoundTrip == false)
        // A SYN, a FIN, a probe.
        #expect(acknowledge(101, [(100, 1)])?.isRoundTrip == false)
    }
}
