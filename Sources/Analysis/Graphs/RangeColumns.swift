/// Thins bars and marks out to what a graph's width can show: in a column of pixels at most ``limit`` stay apart. Where
/// there are more, those closest to one another become one that says how many it stands for, and of which frames.
///
/// So the lowest and the highest are always there, and none goes uncounted.
struct RangeColumns: Sendable {
    static let limit = 4

    private let domain: GraphDomain
    /// ``limit`` places for each column, in the order of their lower ends, and how many of them are taken.
    private var slots: [GraphRange] = []
    private var used: [UInt8] = []

    init(_ domain: GraphDomain) {
        self.domain = domain
    }

    mutating func add(_ range: GraphRange) {
        guard range.lower.isFinite, range.upper.isFinite else { return }
        if used.isEmpty {
            used = Array(repeating: 0, count: domain.columns)
            slots = Array(
                repeating: GraphRange(x: 0, lower: 0, upper: 0, frame: 0), count: domain.columns * Self.limit)
        }
        let column = domain.column(of: range.x)
        let base = column * Self.limit
        let count = Int(used[column])
        if count == Self.limit {
            insertMerging(range, base)
        } else {
            var place = base + count
            while place > base, slots[place - 1].lower > range.lower {
                slots[place] = slots[place - 1]
                place -= 1
            }
            slots[place] = range
            used[column] += 1
        }
    }

    /// Five want four places: the two neighbours with the least space between them share one.
    private mutating func insertMerging(_ range: GraphRange, _ base: Int) {
        let index = slots[base..<base + Self.limit].firstIndex { $0.lower > range.lower } ?? base + Self.limit
        func gap(_ left: GraphRange, _ right: GraphRange) -> Double { right.lower - left.upper }
        var closest = (gap: Double.infinity, place: base, isWithNew: true)
        for place in base..<base + Self.limit - 1 where place + 1 != index {
            let gap = gap(slots[place], slots[place + 1])
            if gap < closest.gap { closest = (gap, place, false) }
        }
        if index > base, gap(slots[index - 1], range) < closest.gap {
            closest = (gap(slots[index - 1], range), index - 1, true)
        }
        if index < base + Self.limit, gap(range, slots[index]) < closest.gap {
            closest = (gap(range, slots[index]), index, true)
        }
        if closest.isWithNew {
            slots[closest.place].join(range)
            return
        }
        slots[closest.place].join(slots[closest.place + 1])
        // The freed place is closed or opened towards where the new one belongs.
        var hole = closest.place + 1
        while hole + 1 < index {
            slots[hole] = slots[hole + 1]
            hole += 1
        }
        while hole > index {
            slots[hole] = slots[hole - 1]
            hole -= 1
        }
        slots[hole] = range
    }

    var ranges: [GraphRange] {
        var ranges: [GraphRange] = []
        for (column, count) in used.enumerated() {
            ranges += slots[column * Self.limit..<column * Self.limit + Int(count)]
        }
        return ranges
    }
}

extension GraphRange {
    fileprivate mutating func join(_ other: GraphRange) {
        x = min(x, other.x)
        lower = min(lower, other.lower)
        upper = max(upper, other.upper)
        frame = min(frame, other.frame)
        lastFrame = max(lastFrame, other.lastFrame)
        count = count.addingReportingOverflow(other.count).overflow ? .max : count + other.count
    }
}
