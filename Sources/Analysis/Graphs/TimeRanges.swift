import Bytes

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
        let first = ranges.partitioningIndex { $0.upperBound > span.lowerBound }
        return ranges[first...].prefix { $0.lowerBound < span.upperBound }
            .reduce(0) { $0 + Int64($1.clamped(to: span).count) }
    }
}
