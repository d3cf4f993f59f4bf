/// Segments of both sides in the order in which their senders can have sent them.
///
/// A capture may hold a reply before the command that it answers. The reply's acknowledgment number tells: it covers
/// the command, so the command came first.
struct CausalQueue {
    private var waiting: [Segment] = []
    /// More than this many frames out of order is not reordering any more.
    private static let limit = 64

    mutating func append(_ segment: Segment) { waiting.append(segment) }

    mutating func removeFirst() -> Segment? { waiting.isEmpty ? nil : waiting.removeFirst() }

    /// The next segment that need not wait for the other side; of each side only the first can be it.
    mutating func next(_ assemblers: BySide<StreamAssembler>) -> Segment? {
        var isBlocked = BySide(both: false)
        for (number, segment) in waiting.enumerated() where !isBlocked[segment.sender] {
            let acknowledged = segment.length > 0 ? segment.acknowledged ?? .min : .min
            if !assemblers[segment.sender.other].isBehind(acknowledged) { return waiting.remove(at: number) }
            isBlocked[segment.sender] = true
        }
        return waiting.count > Self.limit ? waiting.removeFirst() : nil
    }
}
