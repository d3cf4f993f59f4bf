/// Segments of both sides in the order in which their senders can have sent them.
///
/// A capture may hold a reply before the command that it answers. The reply's acknowledgment number tells: it covers
/// the command, so the command came first.
struct CausalQueue {
    private var waiting: [Segment] = []
    /// More than this many frames out of order is not reordering any more.
    private static let limit = 64

    var isEmpty: Bool { waiting.isEmpty }
    var first: Segment? { waiting.first }

    mutating func append(_ segment: Segment) { waiting.append(segment) }

    mutating func removeFirst() -> Segment? { waiting.isEmpty ? nil : waiting.removeFirst() }

    /// Whether the other side has not yet said what a segment answers.
    static func mustWait(_ segment: Segment, _ assemblers: borrowing BySide<StreamAssembler>) -> Bool {
        guard segment.length > 0, let acknowledged = segment.acknowledged else { return false }
        return segment.sender == .initiator
            ? assemblers.responder.isBehind(acknowledged) : assemblers.initiator.isBehind(acknowledged)
    }

    /// The next segment that need not wait for the other side; of each side only the first can be it.
    mutating func next(_ assemblers: borrowing BySide<StreamAssembler>) -> Segment? {
        var isBlocked = BySide(both: false)
        for (number, segment) in waiting.enumerated() where !isBlocked[segment.sender] {
            if !Self.mustWait(segment, assemblers) { return waiting.remove(at: number) }
            isBlocked[segment.sender] = true
        }
        return waiting.count > Self.limit ? waiting.removeFirst() : nil
    }
}
