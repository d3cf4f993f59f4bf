import Bytes
import Dissection

/// What speaks on each TCP stream, as reading the capture's FTP sessions found out.
package final class ApplicationTable: Sendable {
    private struct Entry {
        var application = FrameFacts.Application.none
        var client = Side.initiator
        /// Of a control connection: the frames from which on it is encrypted, and in clear again.
        var encryptedFrom = FrameRecord.none
        var clearFrom = FrameRecord.none
    }

    private let entries: [Entry]
    private let sessions: FTPFactsTable
    var facts: FTPFacts { sessions.facts }

    package init(_ story: Story) {
        let index = story.index
        sessions = FTPFactsTable(story)
        var entries = [Entry](repeating: Entry(), count: index.streams.count)
        for number in index.streams.indices {
            let frame = index.streams[number].sides.initiator.firstData
            if frame != FrameRecord.none, index.beginsWithTLS(frame) { entries[number].application = .tls }
        }
        for session in story.sessions {
            var entry = Entry(application: .ftp, client: session.clientSide)
            for step in session.steps {
                if case .encrypted = step.kind { entry.encryptedFrom = min(entry.encryptedFrom, step.frame) }
                if case .clear = step.kind { entry.clearFrom = min(entry.clearFrom, step.frame) }
            }
            entries[session.stream] = entry
            for stream in session.negotiations.flatMap(\.streams) where entries[stream].application != .tls {
                entries[stream].application = .ftpData
            }
        }
        self.entries = entries
    }

    /// Adds what speaks in the frame and who sent it.
    func complete(_ facts: inout FrameFacts, frame: UInt32, _ record: FrameRecord) {
        guard let stream = record.stream, stream < entries.count else { return }
        let entry = entries[stream]
        facts.application = entry.application
        if entry.application == .ftpData {
            facts.reference = sessions.reference(frame, data: stream)
        }
        guard entry.application == .ftp else { return }
        facts.reference = sessions.reference(frame, control: stream)
        if frame >= entry.encryptedFrom, frame < entry.clearFrom { facts.application = .tls }
        facts.sender = record.sender == entry.client ? .client : .server
    }
}
