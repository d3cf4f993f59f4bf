import FTPProtocol

/// Commands that wait for their final reply, oldest first.
///
/// Replies come in the order of the commands (RFC 959 §5.4). Where a capture lost some of either, or a server leaves a
/// command unanswered, a code that only some commands can have brings the pairing back into step (``ReplyFit``).
struct CommandQueue {
    struct Entry {
        let step: Int
        let command: Command
        let lastFrame: UInt32
        /// Index into the session's transfers.
        let transfer: Int?
        /// Whether it has had a preliminary reply.
        var isUnderWay = false
    }

    /// A client that never reads replies cannot make the queue grow without bound.
    static let capacity = 4096

    private var entries: [Entry] = []
    /// Codes that answer nothing that waits, so that a flood of such replies does not search the queue again and again.
    private var hopeless = Set<ReplyCode>()

    mutating func append(_ entry: Entry) {
        guard entries.count < Self.capacity else { return }
        hopeless = []
        entries.append(entry)
    }

    mutating func removeAll() -> [Entry] {
        defer { entries = [] }
        return entries
    }

    /// The command that a reply answers, which a final reply takes out, and those before it, which it gives up. A
    /// transfer under way is not given up: commands may be answered while it lasts (RFC 959 §4.1.3, STAT).
    mutating func take(for code: ReplyCode) -> (answered: Entry?, passedOver: [Entry]) {
        guard !entries.isEmpty, !hopeless.contains(code) else { return (nil, []) }
        let fitting = entries.firstIndex { ReplyFit.of(code, to: $0.command.verb, isUnderWay: $0.isUnderWay) }
        guard let index = fitting ?? lastResort(for: code) else {
            hopeless.insert(code)
            return (nil, [])
        }
        let found = entries[index]
        let passedOver = entries[..<index].filter { !$0.isUnderWay }
        let kept = entries[..<index].filter(\.isUnderWay)
        entries.replaceSubrange(...index, with: kept)
        if code.kind == .preliminary {
            entries.insert(found, at: kept.count)
            entries[kept.count].isUnderWay = true
            hopeless = []
        }
        return (found, passedOver)
    }

    /// What a code answers that fits nothing.
    private func lastResort(for code: ReplyCode) -> Int? {
        // 421 may come at any time (RFC 959 §5.4); it answers what is waiting, if anything is.
        if code.rawValue == 421 { return 0 }
        // Servers have been seen to end transfers with any completion code; alone, it can mean nothing else.
        let isEnd = entries.count == 1 && entries[0].isUnderWay && code.kind == .completion
        return isEnd && code.rawValue / 10 == 20 ? 0 : nil
    }
}
