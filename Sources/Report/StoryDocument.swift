import Analysis
import Bytes
import CaptureFile
import Dissection
import FTPProtocol
import FoundationEssentials

/// The facts of a story as a JSON document. Names, units and meanings are a promise, kept in docs/json.md; a new fact
/// is a new name, and an old name never changes what it means.
struct StoryDocument: Encodable {
    let format = "wharf-story-1"
    let capture: CaptureDocument
    let sessions: [SessionDocument]
    let transfers: [TransferDocument]
    let files: [FileDocument]

    init(_ story: Story, showsSecrets: Bool, _ selection: StorySelection? = nil) {
        capture = CaptureDocument(story.index)
        sessions = story.sessions.filter { selection?.sessions.contains($0.id) ?? true }
            .map { SessionDocument($0, story, showsSecrets: showsSecrets) }
        transfers = story.transfers.filter { selection?.transfers.contains($0.id) ?? true }
            .map { TransferDocument($0, story) }
        files = story.files.filter { selection?.has($0) ?? true }.map { FileDocument($0, story) }
    }
}

/// Seconds with nine exact decimals: a binary fraction could not hold today's nanoseconds.
struct Seconds: Encodable {
    let nanoseconds: Int64

    init(_ nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    init?(_ nanoseconds: Int64?) {
        guard let nanoseconds else { return nil }
        self.init(nanoseconds)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Decimal(nanoseconds) / 1_000_000_000)
    }
}

struct CaptureDocument: Encodable {
    struct File: Encodable {
        let path: String
        let format: String
        let bytes: Int64
        let compressed: Bool
    }

    struct Interface: Encodable {
        let name: String?
        let linkType: String
        let snapLength: UInt32
    }

    let files: [File]
    let interfaces: [Interface]
    let frames: Int
    let tcpStreams: Int
    let startTime: Seconds?
    let duration: Seconds?
    /// Frames that hold each protocol, by its filter name.
    let protocols: [String: UInt64]
    let problems: [String]

    init(_ index: CaptureIndex) {
        files = index.capture.files.map {
            File(
                path: displayText($0.path.utf8), format: $0.format.description, bytes: Int64(clamping: $0.size),
                compressed: $0.isCompressed)
        }
        interfaces = index.metadata.interfaces.map {
            Interface(name: $0.name, linkType: $0.linkType.description, snapLength: $0.snapLength)
        }
        frames = index.frames.count
        tcpStreams = index.streams.count
        startTime = Seconds(index.frames.first?.time)
        duration = index.frames.first.map { Seconds((index.frames.last?.time ?? $0.time) - $0.time) }
        protocols = Dictionary(
            uniqueKeysWithValues: zip(ProtocolID.allCases, index.protocolCounts).filter { $0.1 > 0 }
                .map { ($0.0.name, $0.1) })
        problems = index.problems.map(\.description)
    }
}

struct EndpointDocument: Encodable {
    let address: String
    let port: UInt16
    let name: String?

    init(_ endpoint: Endpoint, _ names: HostNames? = nil) {
        address = endpoint.address.description
        port = endpoint.port
        name = names?[endpoint.address].map { displayText($0.utf8) }
    }
}
