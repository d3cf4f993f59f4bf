import Bytes

/// A set of byte positions as sorted, disjoint ranges.
///
/// They are kept in chunks, so that inserting far from the end moves one chunk and not all ranges: hostile captures hold
/// millions of segments in the worst order.
package struct Coverage: Sendable, Hashable {
    /// None of them empty; ranges and chunks in order.
    private var chunks: [[Range<Int64>]] = []

    private static let longestChunk = 1024

    package init() {}

    /// The union of `ranges`, which may come in any order.
    package init(_ unsorted: [Range<Int64>]) {
        for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    package static func == (left: Coverage, right: Coverage) -> Bool { left.ranges == right.ranges }
    package func hash(into hasher: inout Hasher) { hasher.combine(ranges) }

    package var ranges: [Range<Int64>] { Array(chunks.joined()) }
    package var isEmpty: Bool { chunks.isEmpty }
    package var count: Int64 { chunks.joined().reduce(0) { $0 + Int64($1.count) } }
    package var first: Range<Int64>? { chunks.first?.first }
    package var last: Range<Int64>? { chunks.last?.last }

    /// Adds a range; O(1) where ranges come in order.
    package mutating func insert(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        guard let last, range.lowerBound < last.lowerBound else { return append(range) }
        let low = place { $0.upperBound >= range.lowerBound }
        var merged = range
        // What it touches is taken out and becomes part of it.
        let count = chunks[low.chunk].count
        let end = chunks[low.chunk][low.index...].firstIndex { $0.lowerBound > range.upperBound } ?? count
        if end > low.index {
            let (first, last) = (chunks[low.chunk][low.index], chunks[low.chunk][end - 1])
            merged = min(merged.lowerBound, first.lowerBound)..<max(merged.upperBound, last.upperBound)
            chunks[low.chunk].removeSubrange(low.index..<end)
        }
        if end == count { absorbChunks(behind: low.chunk, into: &merged) }
        chunks[low.chunk].insert(merged, at: low.index)
        split(low.chunk)
    }

    /// Takes ranges that `merged` touches from the fronts of the chunks behind one.
    private mutating func absorbChunks(behind chunk: Int, into merged: inout Range<Int64>) {
        var emptied = chunk + 1
        while emptied < chunks.count, let next = chunks[emptied].first, next.lowerBound <= merged.upperBound {
            let end = chunks[emptied].firstIndex { $0.lowerBound > merged.upperBound } ?? chunks[emptied].count
            merged = merged.lowerBound..<max(merged.upperBound, chunks[emptied][end - 1].upperBound)
            guard end == chunks[emptied].count else {
                chunks[emptied].removeSubrange(..<end)
                break
            }
            emptied += 1
        }
        chunks.removeSubrange((chunk + 1)..<emptied)
    }

    private mutating func split(_ chunk: Int) {
        let count = chunks[chunk].count
        guard count > Self.longestChunk else { return }
        chunks.insert(Array(chunks[chunk][(count / 2)...]), at: chunk + 1)
        chunks[chunk].removeSubrange((count / 2)...)
    }

    private mutating func append(_ range: Range<Int64>) {
        guard !range.isEmpty else { return }
        let end = chunks.count - 1
        if let last, range.lowerBound <= last.upperBound {
            chunks[end][chunks[end].count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        } else if end >= 0, chunks[end].count < Self.longestChunk {
            chunks[end].append(range)
        } else {
            chunks.append([range])
        }
    }

    /// The range that holds `position`, else the first one behind it.
    package func range(atOrAfter position: Int64) -> Range<Int64>? {
        let place = place { $0.upperBound > position }
        return place.chunk < chunks.count ? chunks[place.chunk][place.index] : nil
    }

    /// Whether every position of `range` is in the set.
    package func contains(_ range: Range<Int64>) -> Bool {
        guard !range.isEmpty, let found = self.range(atOrAfter: range.lowerBound) else { return range.isEmpty }
        return found.lowerBound <= range.lowerBound && found.upperBound >= range.upperBound
    }

    /// How many positions of `range` are in the set.
    package func overlap(with range: Range<Int64>) -> Int64 {
        var count: Int64 = 0
        let start = place { $0.upperBound > range.lowerBound }
        var (chunk, index) = (start.chunk, start.index)
        while chunk < chunks.count {
            while index < chunks[chunk].count {
                guard chunks[chunk][index].lowerBound < range.upperBound else { return count }
                count += Int64(chunks[chunk][index].clamped(to: range).count)
                index += 1
            }
            (chunk, index) = (chunk + 1, 0)
        }
        return count
    }

    /// What is missing between the first position and `end`.
    package func holes(from start: Int64, to end: Int64) -> [Range<Int64>] {
        var holes: [Range<Int64>] = []
        var position = start
        for range in chunks.joined() where range.upperBound > start {
            if range.lowerBound >= end { break }
            if range.lowerBound > position { holes.append(position..<range.lowerBound) }
            position = max(position, range.upperBound)
        }
        if position < end { holes.append(position..<end) }
        return holes
    }

    /// Where the first range lies that satisfies what all ranges behind it satisfy as well; where none does, behind the
    /// last chunk.
    private func place(_ predicate: (Range<Int64>) -> Bool) -> (chunk: Int, index: Int) {
        let chunk = chunks.partitioningIndex { predicate($0[$0.count - 1]) }
        guard chunk < chunks.count else { return (chunk, 0) }
        return (chunk, chunks[chunk].partitioningIndex(where: predicate))
    }
}
