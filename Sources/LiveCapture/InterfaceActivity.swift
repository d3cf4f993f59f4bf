/// How much went through an interface, second by second, as far back as a curve shows.
package struct InterfaceActivity: Hashable, Sendable {
    /// What passed in each interval, the latest one last.
    package private(set) var intervals: [InterfaceCounters] = []
    private var last: InterfaceCounters?
    private let limit: Int

    /// - Parameter limit: how many intervals are kept.
    package init(limit: Int) { self.limit = limit }

    /// Takes the counters at the end of an interval; nil where the interface has none.
    package mutating func note(_ counters: InterfaceCounters?) {
        defer { last = counters }
        guard let counters, let last else { return }
        intervals.append(counters.since(last))
        if intervals.count > limit { intervals.removeFirst() }
    }

    /// Eight heights, of bytes against the most of any interval; blanks where nothing is known yet.
    package var curve: String {
        let most = intervals.map(\.bytes).max() ?? 0
        let signs = Array("▁▂▃▄▅▆▇█")
        let known = intervals.map { interval in
            interval.bytes == 0 ? signs[0] : signs[min(7, Int(UInt64(interval.bytes) * 8 / (UInt64(most) + 1)))]
        }
        return String(repeating: " ", count: limit - known.count) + String(known)
    }
}
