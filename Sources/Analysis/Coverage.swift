/// A set of byte positions as sorted, disjoint ranges.
package struct Coverage: Sendable, Hashable {
    package private(set) var ranges: [Range<Int64>] = []

    package init() {}

    /// The union of `ranges`, which may come in any order.
    package init(_ unsorted: [Range<Int64>]) {
        for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    package var isEmpty: Bool { ranges.isEmpty }
    package var count: Int64 { ranges.reduce(0) { $0 + Int64($1.count) } }

    /// Adds a range; amortised O(1) where ranges come in order.
    package mutating func insert(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, range.lowerBound < last.lowerBound {
            let low = firstIndex { $0.upperBound >= range.lowerBound }
            let high = firstIndex { $0.lowerBound > range.upperBound }
            var merged = range
            if low < high {
                merged = min(range.lowerBound, ranges[low].lowerBound)..<max(range.upperBound, ranges[high - 1].upperBound)
            }
            ranges.replaceSubrange(low..<high, with: CollectionOfOne(merged))
        } else {
            append(range)
        }
    }

    private mutating func append(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        if let last = ranges.last, range.lowerBound <= last.upperBound {
            ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else {
            ranges.append(range)
        }
    }

    /// The range that holds `position`, else the first one behind it.
    package func range(atOrAfter position: Int64) -> Range<Int64>? {
        let index = firstIndex { $0.upperBound > position }
        return index < ranges.count ? ranges[index] : nil
    }

    /// Whether every position of `range` is in the set.
    package func contains(_ range: Range<Int64>) -> Bool {
        guard !range.isEmpty, let found = self.range(atOrAfter: range.lowerBound) else { return range.isEmpty }
        return found.lowerBound <= range.lowerBound && found.upperBound >= range.upperBound
    }

    /// How many positions of `range` are in the set.
    package func overlap(with range: Range<Int64>) -> Int64 {
        var count: Int64 = 0
        var index = firstIndex { $0.upperBound > range.lowerBound }
        while index < ranges.count, ranges[index].lowerBound < range.upperBound {
            count += Int64(ranges[index].clamped(to: range).count)
            index += 1
        }
        return count
    }

    /// What is missing between the first position and `end`.
    package func holes(from start: Int64, to end: Int64) -> [Range<Int64>] {
        var holes: [Range<Int64>] = []
        var position = start
        for range in ranges where range.upperBound > start {
            if range.lowerBound >= end { break }
            if range.lowerBound > position { holes.append(position..<range.lowerBound) }
            position = max(position, range.upperBound)
        }
        if position < end { holes.append(position..<end) }
        return holes
    }

    private func firstIndex(where predicate: (Range<Int64>) -> Bool) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(ranges[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
