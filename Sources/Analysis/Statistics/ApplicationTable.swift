import Bytes
package import Dissection

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
    private let sessions: FTPFactsTable?
    private let index: CaptureIndex
    /// Kept although nobody asks it again: to take it apart would take longer than to end the program.
    private let story: Story
    /// By stream, of those that are encrypted.
    private let records: [Int: TLSReassembly]
    var facts: FTPFacts? { sessions?.facts }

    /// Reads the sessions of a capture.
    ///
    /// - Parameter needs: ``FrameNeeds/sessions``, or ``FrameNeeds/application`` for less and sooner.
    package convenience init(_ index: CaptureIndex, _ needs: FrameNeeds) {
        if needs.contains(.sessions) { self.init(Story(index)) } else { self.init(connectionsOf: index) }
    }

    package convenience init(_ story: Story) { self.init(story, FTPFactsTable(story)) }

    /// - Parameter streams: the only ones that will be asked about.
    convenience init(_ story: Story, of streams: Set<Int>) { self.init(story, FTPFactsTable(story), streams) }

    /// What speaks where, without what the sessions know.
    private convenience init(connectionsOf index: CaptureIndex) { self.init(Story(connectionsOf: index), nil) }

    private init(_ story: Story, _ sessions: FTPFactsTable?, _ streams: Set<Int>? = nil) {
        index = story.index
        self.story = story
        self.sessions = sessions
        var entries = [Entry](repeating: Entry(), count: index.streams.count)
        for number in index.streams.indices where streams?.contains(number) ?? true {
            let sides = index.streams[number].sides
            for frame in [sides.initiator.firstData, sides.responder.firstData]
            where frame != FrameRecord.none && index.beginsWithTLS(frame) {
                entries[number].application = .tls
                break
            }
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
        var records: [Int: TLSReassembly] = [:]
        for (number, entry) in entries.enumerated() {
            let isControl = entry.application == .ftp
            guard entry.application == .tls || isControl && entry.encryptedFrom != FrameRecord.none else { continue }
            // What is still coming is not put together from its beginning again and again.
            if streams != nil, index.streams[number].frames > Self.growingLimit { continue }
            records[number] = TLSReassembly(
                number, in: index, server: entry.client.other, from: isControl ? entry.encryptedFrom : 0,
                to: isControl ? entry.clearFrom : FrameRecord.none,
                // Nothing says so where no line was read before.
                carriesFTP: isControl && index.streams[number].firstPayload < entry.encryptedFrom)
        }
        self.records = records
    }

    /// Frames of a stream whose records are put together while it is still coming.
    private static let growingLimit = 4096

    /// Bits of the protocols above TCP that frames of a stream can have.
    func protocols(of stream: Int) -> UInt64 {
        let data = ProtocolID.data.bit
        return switch entries[stream].application {
        case .none: data
        case .tls: ProtocolID.tls.bit | data
        case .ftpData: ProtocolID.ftpData.bit | data
        case .ftp: ProtocolID.ftp.bit | ProtocolID.tls.bit | data
        }
    }

    /// Adds what speaks in the frame and who sent it.
    func complete(_ facts: inout FrameFacts, frame: UInt32, _ record: FrameRecord) {
        guard let stream = record.stream, stream < entries.count else { return }
        let entry = entries[stream]
        facts.application = entry.application
        if entry.application == .tls { complete(&facts, frame, stream, record) }
        if entry.application == .ftpData || entry.application == .tls {
            if let sessions { facts.reference = sessions.reference(frame, data: stream) }
        }
        guard entry.application == .ftp else { return }
        if let sessions { facts.reference = sessions.reference(frame, control: stream) }
        facts.sender = record.sender == entry.client ? .client : .server
        if frame >= entry.encryptedFrom, frame < entry.clearFrom { complete(&facts, frame, stream, record) }
    }

    /// Adds what is known of the frame's TLS records.
    private func complete(_ facts: inout FrameFacts, _ frame: UInt32, _ stream: Int, _ record: FrameRecord) {
        facts.application = .tls
        guard let table = records[stream] else { return }
        if let entry = table.entries[frame] {
            facts.tls = entry.facts
            if entry.isForeign { facts.application = .none }
        } else {
            facts.tls.session = table.session(before: frame)
        }
        facts.tls.isFromServer = record.sender != entries[stream].client
    }

    /// What the frame completes of TLS records that earlier frames began.
    func reassembly(of frame: UInt32) -> SegmentReassembly? {
        guard let stream = index.frames[Int(frame)].stream, let table = records[stream],
            let entry = table.entries[frame],
            !entry.pieces.isEmpty || entry.ownMessage != nil
        else { return nil }
        return SegmentReassembly(
            entry.pieces.map { SegmentReassembly.Piece(frame: $0.frame, count: $0.count) },
            index.bytes(of: entry.pieces), entry.session, { table.beginning(entry.message) },
            own: { table.beginning(entry.ownMessage) })
    }
}

extension TCPStream {
    /// The first frame with a payload.
    fileprivate var firstPayload: UInt32 { min(sides.initiator.firstData, sides.responder.firstData) }
}
