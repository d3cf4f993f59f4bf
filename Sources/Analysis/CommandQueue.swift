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

    /// The command that a reply answers, which a final reply takes out, and those before it, which it gives up.
    mutating func take(for code: ReplyCode) -> (answered: Entry?, passedOver: ArraySlice<Entry>) {
        guard !entries.isEmpty, !hopeless.contains(code) else { return (nil, []) }
        let fitting = entries.firstIndex { ReplyFit.of(code, to: $0.command.verb) == .possible }
        // 421 may come at any time (RFC 959 §5.4); it answers what is waiting, if anything is.
        guard let index = fitting ?? (code.rawValue == 421 ? 0 : nil) else {
            hopeless.insert(code)
            return (nil, [])
        }
        let found = entries[index]
        let passedOver = entries[..<index]
        entries.removeSubrange(..<(code.kind == .preliminary ? index : index + 1))
        return (found, passedOver)
    }
}
