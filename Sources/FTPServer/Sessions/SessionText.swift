import FTPProtocol

/// A session in one line, for SITE WHO and `wharf who`.
enum SessionText {
    static func line(_ record: SessionRecord) -> String {
        let activity = record.activity
        let moved = activity.transfer.map { "  \($0.bytes) bytes" } ?? ""
        return "\(record.number)  \(record.peer)  \(activity.user ?? "-")  \(activity.command)\(moved)"
    }
}
