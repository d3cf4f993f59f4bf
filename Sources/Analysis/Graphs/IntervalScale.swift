/// A span of time cut into intervals of one length, the last one perhaps cut short.
struct IntervalScale: Sendable {
    /// More would show nothing that fewer do not, and would cost memory without end.
    static let limit = 1_000_000

    /// A second: of frames that all have the same time, no other length is better.
    static let whenNoTimePasses: Int64 = 1_000_000_000

    /// In nanoseconds.
    let interval: Int64
    let count: Int

    init(span: Int64, interval: Int64) throws(GraphError) {
        self.interval = max(1, interval)
        let count = max(0, span) / self.interval
        guard count < Self.limit else {
            throw .tooManyIntervals(Double(count) + 1, shortest: Self.nice(span / Int64(Self.limit) + 1))
        }
        self.count = Int(count) + 1
    }

    func interval(at time: Int64) -> Int { Int(min(max(0, time / interval), Int64(count - 1))) }

    /// Saturates: the end of the last interval may lie past what can be counted.
    func start(of number: Int) -> Int64 {
        let (product, overflow) = interval.multipliedReportingOverflow(by: Int64(number))
        return overflow ? .max : product
    }

    /// The next length from 1, 2, 5, 10, 20 … that is not shorter.
    static func nice(_ length: Int64) -> Int64 {
        var power: Int64 = 1
        while true {
            for step: Int64 in [1, 2, 5] {
                let (product, overflow) = power.multipliedReportingOverflow(by: step)
                if overflow { return .max }
                if product >= length { return product }
            }
            let (next, overflow) = power.multipliedReportingOverflow(by: 10)
            if overflow { return .max }
            power = next
        }
    }
}
