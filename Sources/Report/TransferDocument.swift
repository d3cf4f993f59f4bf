import Bytes
import Analysis
import FTPProtocol

struct DigestsDocument: Encodable {
    let md5: String
    let sha256: String

    init(_ digests: Digests) {
        md5 = digests.md5
        sha256 = digests.sha256
    }
}

struct TransferDocument: Encodable {
    struct Gap: Encodable {
        let at: Int64
        let bytes: Int64
    }

    struct RoundTrip: Encodable {
        let minimum: Seconds
        let mean: Seconds
        let maximum: Seconds
        let samples: Int64
    }

    struct Data: Encodable {
        let tcpStream: Int
        let from: EndpointDocument
        let to: EndpointDocument
        let bytes: Int64
        let capturedBytes: Int64
        let missingBytes: Int64
        let gaps: [Gap]
        let firstFrame: UInt32?
        let lastFrame: UInt32?
        let firstTime: Seconds?
        let lastTime: Seconds?
        let duration: Seconds?
        let bytesPerSecond: Double?
        let segments: Int
        let retransmissions: Int
        let retransmittedBytes: Int64
        let outOfOrder: Int
        let handshake: Seconds?
        let roundTrip: RoundTrip?
        let maximumInFlight: Int64
        let maximumWindow: Int64
        let zeroWindows: Int
        let largestSegment: Int
        let encrypted: Bool
    }

    let id: Int
    let session: Int
    let verb: String?
    let argument: String?
    let direction: String
    let path: String
    let mode: String?
    let type: String
    let structure: String
    let transferMode: String
    let protection: String
    let offset: Int64?
    let rangeEnd: Int64?
    let announcedSize: Int64?
    let contentBytes: Int64?
    let contentDamaged: Bool?
    let state: String
    let cause: String?
    let dataConnectionInferred: Bool?
    let replyCode: UInt16?
    let replyText: String?
    let commandFrame: UInt32?
    let commandTime: Seconds?
    let preliminaryFrame: UInt32?
    let preliminaryTime: Seconds?
    let finalFrame: UInt32?
    let finalTime: Seconds?
    let data: Data?
    let digests: DigestsDocument?
    let entries: [EntryDocument]?

    init(_ transfer: Transfer, _ story: Story) {
        let session = story.sessions[transfer.session]
        let frame = { (step: Int?) in step.map { session.steps[$0].frame } }
        let time = { (step: Int?) in Seconds(frame(step).map { story.index.frames[Int($0)].time }) }
        id = transfer.id + 1
        self.session = transfer.session + 1
        verb = transfer.verb?.description
        argument = transfer.verb == nil ? nil : displayText(transfer.argument)
        direction =
            switch transfer.kind {
            case .download: "download"
            case .upload: "upload"
            case .listing: "listing"
            }
        path = displayText(transfer.path)
        mode = transfer.negotiation.map { session.negotiations[$0] }
            .flatMap { $0.verb != nil || !$0.streams.isEmpty ? ($0.isPassive ? "passive" : "active") : nil }
        type = transfer.parameters.type.argument
        structure = transfer.parameters.structure.letter
        transferMode = transfer.parameters.mode.letter
        protection = transfer.parameters.protection.letter
        offset = transfer.kind == .listing ? nil : transfer.offset
        rangeEnd = transfer.rangeEnd
        announcedSize = transfer.announcedSize
        contentBytes = transfer.content?.bytes
        contentDamaged = transfer.content?.isDamaged
        state = transfer.state.name
        cause = transfer.cause?.name
        dataConnectionInferred = transfer.negotiation.flatMap { session.negotiations[$0].isInferred ? true : nil }
        let reply = story.reply(transfer.finalStep, of: transfer.session)
        replyCode = reply?.code.rawValue
        replyText = reply?.text
        commandFrame = frame(transfer.commandStep).map { $0 + 1 }
        commandTime = time(transfer.commandStep)
        preliminaryFrame = frame(transfer.preliminaryStep).map { $0 + 1 }
        preliminaryTime = time(transfer.preliminaryStep)
        finalFrame = frame(transfer.finalStep).map { $0 + 1 }
        finalTime = time(transfer.finalStep)
        data = transfer.data.flatMap { data in transfer.stream.map { Data(data, $0, transfer.sender, story.index) } }
        digests = story.digests(of: transfer).map { DigestsDocument($0) }
        entries =
            transfer.kind == .listing && transfer.data?.isEncrypted == false
            ? story.listing(of: transfer).map { EntryDocument($0) } : nil
    }
}

extension TransferDocument.Data {
    init(_ facts: DataFacts, _ stream: Int, _ sender: Side, _ index: CaptureIndex) {
        tcpStream = stream
        from = EndpointDocument(index.streams[stream].endpoint(sender))
        to = EndpointDocument(index.streams[stream].endpoint(sender.other))
        bytes = facts.bytes
        capturedBytes = facts.captured
        missingBytes = facts.missing
        gaps = facts.gaps.map { .init(at: $0.lowerBound, bytes: Int64($0.count)) }
        firstFrame = facts.firstFrame.map { $0 + 1 }
        lastFrame = facts.lastFrame.map { $0 + 1 }
        firstTime = Seconds(facts.firstTime)
        lastTime = Seconds(facts.lastTime)
        duration = Seconds(facts.duration)
        bytesPerSecond = facts.duration.flatMap { $0 > 0 ? Double(facts.bytes) * 1e9 / Double($0) : nil }
        segments = facts.segments
        retransmissions = facts.retransmissions
        retransmittedBytes = facts.retransmittedBytes
        outOfOrder = facts.outOfOrder
        handshake = Seconds(facts.handshakeTime)
        roundTrip = facts.roundTrip.map {
            .init(
                minimum: Seconds($0.minimum), mean: Seconds($0.mean), maximum: Seconds($0.maximum), samples: $0.count)
        }
        maximumInFlight = facts.maximumInFlight
        maximumWindow = facts.maximumWindow
        zeroWindows = facts.zeroWindows
        largestSegment = facts.largestSegment
        encrypted = facts.isEncrypted
    }
}

struct EntryDocument: Encodable {
    let name: String
    let kind: String
    let size: UInt64?
    let modified: Int64?
    let permissions: String?
    let owner: String?
    let group: String?
    let linkTarget: String?

    init(_ entry: ListingEntry) {
        name = displayText(entry.name)
        kind = entry.kind.name
        size = entry.size
        modified = entry.modified?.seconds
        permissions = entry.permissions
        owner = entry.owner
        group = entry.group
        linkTarget = entry.linkTarget.map { displayText($0) }
    }
}

struct FileDocument: Encodable {
    let path: String
    let direction: String
    let transfers: [Int]
    let size: Int64?
    let capturedBytes: Int64
    let whole: Bool
    let digests: DigestsDocument?

    init(_ file: FileAssembly, _ story: Story) {
        path = displayText(file.path)
        direction = file.isUpload ? "upload" : "download"
        transfers = file.pieces.map { $0 + 1 }
        size = file.size
        capturedBytes = file.covered.count
        whole = file.isWhole
        digests = story.digests(of: file).map { DigestsDocument($0) }
    }
}

extension Transfer.State {
    /// The stable name in JSON.
    var name: String {
        switch self {
        case .complete: "complete"
        case .aborted: "aborted"
        case .cut: "cut"
        case .blocked: "blocked"
        case .refused: "refused"
        }
    }
}

extension Transfer.Cause {
    /// The stable name in JSON.
    var name: String {
        switch self {
        case .abortCommand: "abort_command"
        case .serverReply: "server_reply"
        case .dataConnectionClosed: "data_connection_closed"
        case .dataConnectionReset: "data_connection_reset"
        case .controlConnectionEnded: "control_connection_ended"
        case .captureEnds: "capture_ends"
        case .repliesNotCaptured: "replies_not_captured"
        case .dataConnectionUnanswered: "data_connection_unanswered"
        case .dataConnectionRefused: "data_connection_refused"
        case .nobodyConnected: "nobody_connected"
        }
    }
}

extension ListingEntry.Kind {
    /// The stable name in JSON.
    var name: String {
        switch self {
        case .file: "file"
        case .directory: "directory"
        case .link: "link"
        case .currentDirectory: "current_directory"
        case .parentDirectory: "parent_directory"
        case .other: "other"
        case .unknown: "unknown"
        }
    }
}
