import Testing

@testable import Analysis

@Suite struct OrderedWorkTests {
    /// Whoever hands out does part of it, and goes on doing it after the last piece.
    @Test(arguments: [0, 1, 7, 8, 9, 500], [1, 3])
    func `results come back in the order of their pieces`(_ count: Int, _ workers: Int) async {
        let work = OrderedWork<Int, [Int]>(workers: workers) { piece, used in
            var result = used ?? []
            result.removeAll(keepingCapacity: true)
            result.append(piece * piece)
            return result
        }
        let results = await withTaskGroup(of: [Int].self) { group in
            group.addTask {
                for piece in 0..<count {
                    _ = work.takeFree()
                    work.put(piece)
                }
                work.end()
                return []
            }
            group.addTask {
                var results: [Int] = []
                while let result = work.take() {
                    results += result
                    work.giveBack(result)
                }
                return results
            }
            return await group.reduce([]) { $0 + $1 }
        }
        #expect(results == (0..<count).map { $0 * $0 })
    }
}
