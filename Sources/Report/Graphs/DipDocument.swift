package import Analysis
import FoundationEssentials

/// The dips of a rate as JSON; times in seconds, rates in bytes a second, frames as people count them, from 1.
package enum DipDocument {
    package static func text(of dips: RateDips, _ story: Story, _ scope: GraphScope) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Document(dips, story, scope)), as: UTF8.self)
    }

    private struct Document: Encodable {
        let format = "wharf-dips-1"
        let startTime: Seconds
        let interval: Seconds
        let typicalRate: Double
        let activeStart: Seconds
        let activeEnd: Seconds
        let dips: [Dip]

        init(_ all: RateDips, _ story: Story, _ scope: GraphScope) {
            let origin = story.index.span(of: scope)?.lowerBound ?? 0
            startTime = Seconds(origin)
            interval = Seconds(all.interval)
            typicalRate = all.typical
            activeStart = Seconds(all.activeStart - origin)
            activeEnd = Seconds(all.activeEnd - origin)
            dips = all.dips.map { Dip($0, story, origin) }
        }
    }

    private struct Dip: Encodable {
        let start: Seconds
        let end: Seconds
        let firstFrame: UInt32?
        let lastFrame: UInt32?
        let frameBefore: UInt32?
        let frameAfter: UInt32?
        let rate: Double
        let cause: String
        let waits: [String: Seconds]
        let findings: [Finding]
        let replies: [Reply]

        init(_ dip: RateDip, _ story: Story, _ origin: Int64) {
            start = Seconds(dip.start - origin)
            end = Seconds(dip.end - origin)
            firstFrame = dip.firstFrame.map { $0 + 1 }
            lastFrame = dip.lastFrame.map { $0 + 1 }
            frameBefore = dip.frameBefore.map { $0 + 1 }
            frameAfter = dip.frameAfter.map { $0 + 1 }
            rate = dip.rate
            cause = DipDocument.name(dip.evidence.dominant)
            waits = Dictionary(
                uniqueKeysWithValues: dip.evidence.waits.map { (DipDocument.name($0.key), Seconds($0.value)) })
            findings = dip.evidence.findings.map {
                Finding(problem: DipDocument.name($0.problem), count: $0.count, frames: $0.frames.map { $0 + 1 })
            }
            replies = dip.evidence.replies.map {
                Reply(
                    session: $0.session + 1, verb: DipText.verb($0, story), commandFrame: $0.commandFrame + 1,
                    replyFrame: $0.replyFrame + 1, wait: Seconds($0.wait))
            }
        }
    }

    private struct Finding: Encodable {
        let problem: String
        let count: Int
        /// The first few.
        let frames: [UInt32]
    }

    private struct Reply: Encodable {
        let session: Int
        let verb: String
        let commandFrame: UInt32
        let replyFrame: UInt32
        let wait: Seconds
    }

    private static func name(_ cause: DipEvidence.Cause) -> String {
        switch cause {
        case .loss: "loss"
        case .receiver: "receiver"
        case .path: "path"
        case .serverReply: "server_reply"
        case .betweenTransfers: "between_transfers"
        case .application: "application"
        }
    }

    private static func name(_ problem: TCPProblem) -> String {
        switch problem {
        case .retransmission: "retransmission"
        case .lostSegment: "lost_segment"
        case .outOfOrder: "out_of_order"
        case .duplicateACK: "duplicate_ack"
        case .zeroWindow: "zero_window"
        case .windowFull: "window_full"
        }
    }
}
