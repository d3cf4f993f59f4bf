/// A time in which a rate was clearly below what it typically was.
package struct RateDip: Sendable {
    /// Nanoseconds since 1970; the end is the beginning of the first interval that is not slow, or the end of everything.
    package let start: Int64
    package let end: Int64
    /// The first and the last frame in it; nil if it has none.
    package let firstFrame: UInt32?
    package let lastFrame: UInt32?
    /// The last frame before it and the first one after it: what it began with and what ended it.
    package let frameBefore: UInt32?
    package let frameAfter: UInt32?
    /// In bytes a second, of whole frames.
    package let rate: Double
    package internal(set) var evidence = DipEvidence()

    package var duration: Int64 { end &- start }
}

/// The dips of a rate, and what they were measured against.
package struct RateDips: Sendable {
    /// Of one interval, in nanoseconds.
    package let interval: Int64
    /// In bytes a second: half of all bytes moved in intervals at least this fast.
    package let typical: Double
    /// Nanoseconds since 1970: from the first to the last interval that reaches half the typical rate. What comes before
    /// and after is beginning and end, not a dip, unless something was still under way then.
    package let activeStart: Int64
    package internal(set) var activeEnd: Int64
    /// The end of the last interval that reaches half the typical rate.
    let fastEnd: Int64
    package internal(set) var dips: [RateDip]
}

extension IntervalTable {
    /// Finds the dips: neighbouring intervals of the active time, each of them below half of the typical rate; nil where
    /// nothing moved.
    ///
    /// - Parameter busyUntil: nanoseconds since 1970; up to here something was under way, however slow. A rate that never
    ///   came back is a dip, too, if it kept away for longer than the interval in which everything ends.
    package func dips(busyUntil: Int64? = nil) -> RateDips? {
        let typical = typicalBytes()
        guard let first = rows.firstIndex(where: { Double($0.bytes) >= typical / 2 }),
            let last = rows.lastIndex(where: { Double($0.bytes) >= typical / 2 }), typical > 0
        else { return nil }
        let busy = busyUntil.map { scale.interval(at: $0 &- start) } ?? last
        let active = first...(busy - last > 2 ? busy : last)
        var dips: [RateDip] = []
        var number = active.lowerBound
        while number <= active.upperBound {
            guard Double(rows[number].bytes) < typical / 2 else {
                number += 1
                continue
            }
            let begin = number
            while number <= active.upperBound, Double(rows[number].bytes) < typical / 2 { number += 1 }
            dips.append(dip(begin..<number))
        }
        let perSecond = 1e9 / Double(interval)
        return RateDips(
            interval: interval, typical: typical * perSecond, activeStart: time(of: active.lowerBound),
            activeEnd: min(end, time(of: active.upperBound + 1)), fastEnd: min(end, time(of: last + 1)), dips: dips)
    }

    /// Saturates: an interval may end past what can be counted.
    private func time(of number: Int) -> Int64 {
        let (time, overflow) = start.addingReportingOverflow(scale.start(of: number))
        return overflow ? .max : time
    }

    private func dip(_ range: Range<Int>) -> RateDip {
        let part = rows[range]
        let bytes = part.reduce(0.0) { $0 + Double($1.bytes) }
        let (start, end) = (time(of: range.lowerBound), min(end, time(of: range.upperBound)))
        let after = rows[range.upperBound...].first { $0.packets > 0 }
        return RateDip(
            start: start, end: end,
            firstFrame: part.first { $0.packets > 0 }?.firstFrame, lastFrame: part.last { $0.packets > 0 }?.lastFrame,
            frameBefore: range.lowerBound > 0 ? rows[range.lowerBound - 1].lastFrame : nil,
            frameAfter: after?.firstFrame, rate: bytes * 1e9 / Double(max(1, end &- start)))
    }

    /// The median of the bytes, not of the intervals: half of all bytes moved in intervals at least this fast. However
    /// long a stall lasts, it moves next to nothing and does not pull its own measure down.
    private func typicalBytes() -> Double {
        let sorted = rows.map(\.bytes).sorted(by: >)
        var rest = sorted.reduce(0.0) { $0 + Double($1) } / 2
        for bytes in sorted {
            rest -= Double(bytes)
            if rest <= 0 { return Double(bytes) }
        }
        return 0
    }
}
