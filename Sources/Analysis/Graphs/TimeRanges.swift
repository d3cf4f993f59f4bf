/// Spans of time put together into their union.
struct TimeRanges: Sendable {
    /// In ascending order, none touching another.
    private let ranges: [Range<Int64>]

    init(_ spans: [Range<Int64>]) {
        var union: [Range<Int64>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
            if let last = union.last, last.upperBound >= span.lowerBound {
                union[union.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                union.append(span)
            }
        }
        ranges = union
    }

    /// How much of `span` they cover.
    func overlap(with span: Range<Int64>) -> Int64 {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound <= span.lowerBound { low = middle + 1 } else { high = middle }
        }
        var sum: Int64 = 0
        while low < ranges.count, ranges[low].lowerBound < span.upperBound {
            sum += Int64(ranges[low].clamped(to: span).count)
            low += 1
        }
        return sum
    }
}
