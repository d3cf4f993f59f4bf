import Dispatch
import Synchronization

/// Computes many independent things on all cores; the results come in order, so nothing depends on how many there are.
package enum Concurrent {
    /// What `body` makes of `range`, cut into pieces of at most `length`.
    package static func map<Result: Sendable>(
        _ range: Range<Int>, pieces length: Int, _ body: @Sendable (Range<Int>) -> Result
    ) -> [Result] {
        let count = (range.count + length - 1) / length
        @Sendable func piece(_ number: Int) -> Range<Int> {
            let start = range.lowerBound + number * length
            return start..<min(start + length, range.upperBound)
        }
        // A thread costs more than a small capture's work.
        guard count > 1 else { return count == 0 ? [] : [body(piece(0))] }
        let results = Mutex([Result?](repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { number in
            let result = body(piece(number))
            results.withLock { $0[number] = result }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
