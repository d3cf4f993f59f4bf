import Analysis
import Testing

@Suite struct CoverageTests {
    @Test func `ranges in any order become sorted and disjoint`() {
        #expect(Coverage([5..<7, 0..<2, 1..<3, 7..<9]).ranges == [0..<3, 5..<9])
        #expect(Coverage([]).isEmpty)
        #expect(Coverage([4..<4]).isEmpty)
    }

    @Test func `inserting behaves as building from all at once`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let ranges = (0..<12).map { _ in
                let start = Int64.random(in: 0..<60, using: &generator)
                return start..<start + Int64.random(in: 0..<9, using: &generator)
            }
            var coverage = Coverage()
            for range in ranges { coverage.insert(range) }
            #expect(coverage == Coverage(ranges), "\(ranges)")
            let positions = Set(ranges.flatMap { Array($0) })
            #expect(coverage.count == Int64(positions.count))
            #expect(coverage.overlap(with: 10..<40) == Int64(positions.count { (10..<40).contains($0) }))
        }
    }

    @Test func `holes are what is missing`() {
        let coverage = Coverage([2..<4, 6..<8])
        #expect(coverage.holes(from: 0, to: 10) == [0..<2, 4..<6, 8..<10])
        #expect(coverage.holes(from: 3, to: 7) == [4..<6])
        #expect(coverage.holes(from: 2, to: 4).isEmpty)
        #expect(Coverage().holes(from: 0, to: 3) == [0..<3])
    }

    @Test func `containing means without a hole`() {
        let coverage = Coverage([2..<4, 6..<8])
        #expect(coverage.contains(2..<4) && coverage.contains(7..<8) && coverage.contains(5..<5))
        #expect(!coverage.contains(3..<7) && !coverage.contains(0..<3) && !coverage.contains(8..<9))
    }
}
