import Bytes

/// The segments of one direction that wait for their acknowledgment, oldest first, chained through a pool that all
/// streams share.
struct UnacknowledgedQueue: Sendable, BitwiseCopyable {
    fileprivate var head = UnacknowledgedPool.none
    fileprivate var tail = UnacknowledgedPool.none
    private(set) var count: UInt16 = 0
    /// Whether each segment begins where the one before it ended or further on: then the first ones are acknowledged
    /// first, and the edges of what is in flight stand at the ends of the queue.
    private var isAscending = true

    /// More than a window ever holds; a direction whose acknowledgments are not in the capture must not grow.
    static let limit: UInt16 = 10_000

    struct Segment: Sendable, BitwiseCopyable {
        var sequence: UInt32
        let end: UInt32
        let frame: UInt32
        fileprivate(set) var next = UnacknowledgedPool.none
        let time: Int64
        /// Of the last segment in the queue, while the edges do not stand at the ends: the lowest and the highest number
        /// that waits, counted from the base.
        fileprivate var edges = Edges()

        init(sequence: UInt32, end: UInt32, frame: UInt32, time: Int64) {
            (self.sequence, self.end, self.frame, self.time) = (sequence, end, frame, time)
        }
    }

    fileprivate struct Edges: Sendable, BitwiseCopyable {
        var lowest = UInt32.max
        var highest = UInt32.min

        mutating func include(_ start: UInt32, _ end: UInt32) {
            lowest = min(lowest, start)
            highest = max(highest, end)
        }
    }

    /// A segment whose end was acknowledged.
    struct Acknowledged: Sendable, BitwiseCopyable {
        let frame: UInt32
        let time: Int64
        /// Whether the span to its acknowledgment is a round trip of data: more than a SYN or FIN waited, and nothing that
        /// waited with it had been sent twice (Karn's algorithm, RFC 6298 §3).
        let isRoundTrip: Bool

        init(_ segment: Segment, isSentOnce: Bool) {
            (frame, time) = (segment.frame, segment.time)
            isRoundTrip = isSentOnce && segment.end &- segment.sequence > 1
        }
    }

    func oldest(in pool: borrowing UnacknowledgedPool) -> Segment? {
        head == UnacknowledgedPool.none ? nil : pool[head]
    }

    /// - Parameter base: the direction's number that counts as 0.
    @inline(__always)
    mutating func append(_ segment: Segment, base: UInt32, _ pool: inout UnacknowledgedPool) {
        guard count < Self.limit else { return }
        let index = pool.allocate(segment)
        let (start, end) = (segment.sequence &- base, segment.end &- base)
        if tail == UnacknowledgedPool.none {
            head = index
            isAscending = start <= end
        } else {
            if isAscending {
                let edges = Edges(lowest: pool[head].sequence &- base, highest: pool[tail].end &- base)
                isAscending = edges.highest <= start && start <= end
                pool[index].edges = edges
            } else {
                pool[index].edges = pool[tail].edges
            }
            pool[tail].next = index
        }
        if !isAscending { pool[index].edges.include(start, end) }
        tail = index
        count += 1
    }

    /// Removes what `acknowledgment` covers and trims what it covers in part.
    ///
    /// - Returns: the oldest segment whose end it names.
    @inline(__always)
    mutating func acknowledge(
        _ acknowledgment: UInt32, base: UInt32, _ pool: inout UnacknowledgedPool
    ) -> Acknowledged? {
        guard head != UnacknowledgedPool.none else { return nil }
        let toHead = Int32(bitPattern: acknowledgment &- pool[head].sequence)
        let toTail = Int32(bitPattern: acknowledgment &- pool[tail].end)
        // Both distances tell the same story unless the number is half the sequence space away.
        guard isAscending, toTail <= toHead, toTail != .min, toHead != .min else {
            return searchAll(acknowledgment, base: base, &pool)
        }
        if toHead <= 0 { return nil }
        var match: Acknowledged?
        while head != UnacknowledgedPool.none {
            let distance = Int32(bitPattern: acknowledgment &- pool[head].end)
            if distance < 0 {
                if Sequence32.isAfter(acknowledgment, pool[head].sequence) { pool[head].sequence = acknowledgment }
                return match
            }
            if distance == 0, match == nil { match = Acknowledged(pool[head], isSentOnce: true) }
            removeHead(&pool)
        }
        return match
    }

    private mutating func removeHead(_ pool: inout UnacknowledgedPool) {
        let next = pool[head].next
        pool.free(head)
        head = next
        count -= 1
        if head == UnacknowledgedPool.none { tail = UnacknowledgedPool.none }
    }

    /// The same for segments in any order.
    @inline(never)
    private mutating func searchAll(
        _ acknowledgment: UInt32, base: UInt32, _ pool: inout UnacknowledgedPool
    ) -> Acknowledged? {
        var match: Acknowledged?
        var edges = Edges()
        var kept = UnacknowledgedPool.none
        var index = head
        while index != UnacknowledgedPool.none {
            let segment = pool[index]
            if segment.end != acknowledgment, Sequence32.isAfter(segment.end, acknowledgment) {
                if Sequence32.isAfter(acknowledgment, segment.sequence) { pool[index].sequence = acknowledgment }
                edges.include(pool[index].sequence &- base, segment.end &- base)
                kept = index
            } else {
                if segment.end == acknowledgment, match == nil { match = Acknowledged(segment, isSentOnce: false) }
                if kept == UnacknowledgedPool.none { head = segment.next } else { pool[kept].next = segment.next }
                pool.free(index)
                count -= 1
            }
            index = segment.next
        }
        tail = kept
        if kept != UnacknowledgedPool.none { pool[kept].edges = edges }
        if head == UnacknowledgedPool.none { isAscending = true }
        return match
    }

    /// Asks the memory for the segments at both ends.
    @inline(__always)
    func prefetch(in pool: borrowing UnacknowledgedPool) {
        guard head != UnacknowledgedPool.none else { return }
        pool.segments.prefetch(Int(head))
        pool.segments.prefetch(Int(tail))
    }

    /// Counts the edges anew from another base.
    mutating func rebase(_ base: UInt32, _ pool: inout UnacknowledgedPool) {
        isAscending = false
        var edges = Edges()
        var index = head
        while index != UnacknowledgedPool.none {
            edges.include(pool[index].sequence &- base, pool[index].end &- base)
            index = pool[index].next
        }
        if tail != UnacknowledgedPool.none { pool[tail].edges = edges }
    }

    /// Bytes between the lowest and the highest number that waits; nil where nothing does.
    @inline(__always)
    func span(_ pool: borrowing UnacknowledgedPool) -> UInt32? {
        guard head != UnacknowledgedPool.none else { return nil }
        let edges = pool[tail].edges
        return isAscending ? pool[tail].end &- pool[head].sequence : edges.highest &- edges.lowest
    }
}

/// Room for the waiting segments of all streams: 32 bytes each, and never more of them than frames.
struct UnacknowledgedPool: Sendable {
    static let none = UInt32.max

    private(set) var segments: [UnacknowledgedQueue.Segment] = []
    private var firstFree = Self.none

    subscript(index: UInt32) -> UnacknowledgedQueue.Segment {
        @inline(__always) get { segments[Int(index)] }
        @inline(__always) _modify { yield &segments[Int(index)] }
    }

    @inline(__always)
    fileprivate mutating func allocate(_ segment: UnacknowledgedQueue.Segment) -> UInt32 {
        guard firstFree != Self.none else {
            segments.append(segment)
            return UInt32(truncatingIfNeeded: segments.count - 1)
        }
        let index = firstFree
        firstFree = segments[Int(index)].next
        segments[Int(index)] = segment
        return index
    }

    @inline(__always)
    fileprivate mutating func free(_ index: UInt32) {
        segments[Int(index)].next = firstFree
        firstFree = index
    }
}
