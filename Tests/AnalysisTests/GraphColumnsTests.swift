@testable import Analysis
import Testing

@Suite struct GraphColumnsTests {
    @Test(arguments: 1...20)
    func `of every column the first, the last, the lowest and the highest point stay`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let domain = GraphDomain(-50, 10_000, columns: Int.random(in: 1...70, using: &generator))
        var columns = PointColumns(domain)
        var all: [Int: [GraphPoint]] = [:]
        var x: Int64 = -50
        for frame in 0..<UInt32.random(in: 1...3000, using: &generator) {
            x = min(10_000, x + Int64.random(in: 0...9, using: &generator))
            let point = GraphPoint(x: x, y: Double(Int.random(in: -1000...1000, using: &generator)), frame: frame)
            columns.add(point)
            all[domain.column(of: x), default: []].append(point)
        }
        let kept = Dictionary(grouping: columns.points) { domain.column(of: $0.x) }
        #expect(Set(kept.keys) == Set(all.keys))
        for (column, points) in all {
            let rest = kept[column] ?? []
            #expect(rest.count <= 4)
            #expect(rest.first == points.first && rest.last == points.last)
            #expect(rest.map(\.y).min() == points.map(\.y).min())
            #expect(rest.map(\.y).max() == points.map(\.y).max())
            // What is drawn was there: nothing is averaged or moved.
            #expect(rest.allSatisfy(points.contains))
        }
        #expect(columns.points.map(\.x) == columns.points.map(\.x).sorted())
    }

    @Test(arguments: 1...20)
    func `bars that share a column are joined with their nearest, and none goes uncounted`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let domain = GraphDomain(0, 1000, columns: 13)
        var columns = RangeColumns(domain)
        var all: [Int: [GraphRange]] = [:]
        for frame in 0..<UInt32.random(in: 1...500, using: &generator) {
            let lower = Double(Int.random(in: 0...100_000, using: &generator))
            let range = GraphRange(
                x: Int64.random(in: 0...1000, using: &generator), lower: lower,
                upper: lower + Double(Int.random(in: 0...50, using: &generator)), frame: frame)
            columns.add(range)
            all[domain.column(of: range.x), default: []].append(range)
        }
        let kept = Dictionary(grouping: columns.ranges) { domain.column(of: $0.x) }
        for (column, ranges) in all {
            let rest = kept[column] ?? []
            #expect(rest.count == min(RangeColumns.limit, ranges.count))
            #expect(rest.reduce(0) { $0 + Int($1.count) } == ranges.count)
            #expect(rest.map(\.lower).min() == ranges.map(\.lower).min())
            #expect(rest.map(\.upper).max() == ranges.map(\.upper).max())
            #expect(rest.map(\.lower) == rest.map(\.lower).sorted())
            for range in ranges {
                #expect(
                    rest.contains {
                        $0.lower <= range.lower && $0.upper >= range.upper && $0.frame <= range.frame
                            && $0.lastFrame >= range.frame
                    })
            }
        }
    }

    @Test func `four far groups of marks in one column stay four`() {
        var columns = RangeColumns(GraphDomain(0, 10, columns: 1))
        for (frame, value) in [10.0, 1000, 11, 3000, 1001, 2000, 12, 2001, 3001].enumerated() {
            columns.add(GraphRange(x: 5, lower: value, upper: value, frame: UInt32(frame)))
        }
        #expect(columns.ranges.map(\.lower) == [10, 1000, 2000, 3000])
        #expect(columns.ranges.map(\.upper) == [12, 1001, 2001, 3001])
        #expect(columns.ranges.map(\.count) == [3, 2, 2, 2])
        #expect(columns.ranges.map(\.frame) == [0, 1, 5, 3] && columns.ranges.map(\.lastFrame) == [6, 4, 7, 8])
    }

    @Test func `values that are no numbers are left out`() {
        var columns = PointColumns(GraphDomain(0, 10, columns: 5))
        columns.add(GraphPoint(x: 0, y: .nan, frame: 0))
        columns.add(GraphPoint(x: 0, y: .infinity, frame: 1))
        #expect(columns.points.isEmpty)
    }

    @Test func `what lies outside of the axis is put at its edge`() {
        let domain = GraphDomain(10, 20, columns: 5)
        #expect(domain.column(of: .min) == 0 && domain.column(of: .max) == 4)
        #expect(domain.column(of: 10) == 0 && domain.column(of: 20) == 4)
        #expect(GraphDomain(7, 7, columns: 0).column(of: 7) == 0)
    }

    @Test(arguments: [
        (Int64(0), Int64(1)), (1, 1), (3, 5), (5, 5), (6, 10), (11, 20), (1_000_001, 2_000_000), (.max, .max),
    ])
    func `lengths of intervals are handsome`(length: Int64, nice: Int64) {
        #expect(IntervalScale.nice(length) == nice)
    }

    @Test func `too many intervals are refused, with a length that works`() throws {
        let span: Int64 = 3600_000_000_000
        let error = #expect(throws: GraphError.self) { try IntervalScale(span: span, interval: 1000) }
        guard case .tooManyIntervals(let count, let shortest) = error else {
            Issue.record("no reason given")
            return
        }
        #expect(count == 3_600_000_001)
        #expect(try IntervalScale(span: span, interval: shortest).count <= IntervalScale.limit)
    }
}
