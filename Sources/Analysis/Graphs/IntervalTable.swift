import Bytes

/// How many frames and bytes each interval of a capture, or of some of its streams, has.
package struct IntervalTable: Sendable {
    struct Row: Sendable, BitwiseCopyable {
        var packets: UInt32 = 0
        /// Of whole frames, on the wire.
        var bytes: UInt64 = 0
        var firstFrame = FrameRecord.none
        var lastFrame = FrameRecord.none
    }

    /// Nanoseconds since 1970.
    package let start: Int64
    package let end: Int64
    let scale: IntervalScale
    private(set) var rows: [Row]

    package var interval: Int64 { scale.interval }

    init(from start: Int64, to end: Int64, interval: Int64) throws(GraphError) {
        self.start = start
        self.end = max(start, end)
        scale = try IntervalScale(span: self.end &- start, interval: interval)
        rows = Array(repeating: Row(), count: scale.count)
    }

    mutating func add(_ frame: UInt32, at time: Int64, bytes: UInt32) {
        let number = scale.interval(at: time &- start)
        rows[number].packets = rows[number].packets == .max ? .max : rows[number].packets + 1
        rows[number].bytes += UInt64(bytes)
        if rows[number].firstFrame == FrameRecord.none { rows[number].firstFrame = frame }
        rows[number].lastFrame = frame
    }
}

/// What of a capture a rate is counted over.
package struct GraphScope: Sendable {
    /// Stream numbers in ascending order; nil is the whole capture, and what is not TCP too.
    package let streams: [Int]?
    /// Only these frames of it; nil for all.
    package var frames: FrameSet?

    package static let capture = GraphScope(streams: nil)

    package init(streams: [Int]?) {
        self.streams = streams.map { Set($0).sorted() }
    }

    func contains(_ stream: Int?) -> Bool {
        guard let streams else { return true }
        guard let stream else { return false }
        let place = streams.partitioningIndex { $0 >= stream }
        return place < streams.count && streams[place] == stream
    }
}

extension CaptureIndex {
    /// When the scope's first and last frames were seen; nil if it has none.
    package func span(of scope: GraphScope) -> ClosedRange<Int64>? {
        if let selection = scope.frames {
            var span: ClosedRange<Int64>?
            for index in frames.indices where selection.contains(UInt64(index)) {
                let record = frames[index]
                guard scope.contains(record.stream) else { continue }
                span =
                    span.map { min($0.lowerBound, record.time)...max($0.upperBound, record.time) }
                    ?? record.time...record.time
            }
            return span
        }
        if let numbers = scope.streams {
            let chosen = numbers.filter(streams.indices.contains).map { streams[$0] }
            guard let start = chosen.map(\.firstTime).min(), let end = chosen.map(\.lastTime).max() else { return nil }
            return start...max(start, end)
        }
        guard let first = frames.first else { return nil }
        // A capture of several interfaces need not be in the order of time.
        var (start, end) = (first.time, first.time)
        for index in frames.indices {
            let time = frames[index].time
            if time < start { start = time }
            if time > end { end = time }
        }
        return start...end
    }

    /// Counts a scope's frames; nil if it has none.
    func intervals(of scope: GraphScope, _ length: Int64) throws(GraphError) -> IntervalTable? {
        guard let span = span(of: scope) else { return nil }
        var table = try IntervalTable(from: span.lowerBound, to: span.upperBound, interval: length)
        if let numbers = scope.streams {
            for number in numbers where streams.indices.contains(number) {
                forEachFrame(of: number) { index in
                    guard scope.frames?.contains(index) ?? true else { return }
                    let record = frames[Int(index)]
                    table.add(index, at: record.time, bytes: record.originalLength)
                }
            }
        } else {
            for index in frames.indices where scope.frames?.contains(UInt64(index)) ?? true {
                let record = frames[index]
                table.add(UInt32(truncatingIfNeeded: index), at: record.time, bytes: record.originalLength)
            }
        }
        return table
    }

    /// Calls `body` with the scope's frames that have one of the problems, in order.
    func forEachProblem(of scope: GraphScope, _ body: (UInt32, TCPProblem) -> Void) {
        for event in events
        where scope.contains(frames[Int(event.frame)].stream) && scope.frames?.contains(event.frame) ?? true {
            for problem in TCPProblem.allCases where !event.flags.isDisjoint(with: problem.flags) {
                body(event.frame, problem)
            }
        }
    }
}
