import Analysis
import Testing

@Suite struct ConcurrentTests {
    @Test(arguments: [0, 1, 7, 8, 9, 1000], [1, 8, 5000])
    func `pieces cover the range once and come in order`(count: Int, length: Int) {
        let pieces = Concurrent.map(3..<3 + count, pieces: length) { $0 }
        #expect(pieces.flatMap { $0 } == Array(3..<3 + count))
        #expect(pieces.allSatisfy { !$0.isEmpty && $0.count <= length })
    }
}
