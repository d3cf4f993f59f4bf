package import Analysis
package import FTPProtocol

/// The dips of a rate as text: one paragraph for each.
package struct DipText {
    private let dips: RateDips
    private let story: Story
    private let scope: GraphScope
    private let phrases: Phrases
    private let style: Style

    package init(_ dips: RateDips, _ story: Story, _ scope: GraphScope, _ language: Language, _ style: Style) {
        self.dips = dips
        self.story = story
        self.scope = scope
        phrases = Phrases(language: language)
        self.style = style
    }

    package func tell(_ write: (String) -> Void) {
        let origin = story.index.span(of: scope)?.lowerBound ?? 0
        let slow = dips.dips.reduce(Int64(0)) { $0 + $1.duration }
        let head: Message = dips.dips.isEmpty ? .dipNone : dips.dips.count == 1 ? .dipOne : .dipMany
        write(style(.heading, phrases.say(head, "\(dips.dips.count)", Quantity.span(slow))))
        write(
            phrases.say(
                .dipMeasure, Quantity.rate(dips.typical), Quantity.span(dips.interval),
                Quantity.seconds(dips.activeStart - origin), Quantity.seconds(dips.activeEnd - origin)))
        for (number, dip) in dips.dips.enumerated() {
            write("")
            write(
                style(.heading, "\(number + 1)") + "  "
                    + phrases.say(
                        .dipLine, Quantity.seconds(dip.start - origin), Quantity.seconds(dip.end - origin),
                        Quantity.span(dip.duration), frames(dip), Quantity.rate(dip.rate), percent(dip)))
            write("   " + style(.warning, cause(dip)))
            for finding in dip.evidence.findings { write("   " + text(of: finding)) }
            for wait in dip.evidence.replies { write("   " + text(of: wait)) }
        }
    }

    private func frames(_ dip: RateDip) -> String {
        if let first = dip.firstFrame, let last = dip.lastFrame {
            return first == last
                ? phrases.say(.graphFrame, "\(first + 1)")
                : phrases.say(.dipFrames, "\(first + 1)", "\(last + 1)")
        }
        return phrases.say(.dipSilence, "\((dip.frameBefore ?? 0) + 1)", "\((dip.frameAfter ?? 0) + 1)")
    }

    private func percent(_ dip: RateDip) -> String {
        Quantity.fixed(dips.typical > 0 ? 100 * dip.rate / dips.typical : 0, 0) + " %"
    }

    private func cause(_ dip: RateDip) -> String {
        let cause = dip.evidence.dominant
        let time = Quantity.span(dip.evidence.waits[cause] ?? 0)
        let message: Message =
            switch cause {
            case .loss: .dipLoss
            case .receiver: .dipReceiver
            case .path: .dipPath
            case .serverReply: .dipServerReply
            case .betweenTransfers: .dipBetweenTransfers
            case .application: .dipApplication
            }
        return phrases.say(message) + phrases.say(.dipShare, time, Quantity.span(dip.duration))
    }

    private func text(of finding: DipEvidence.Finding) -> String {
        let name: Message =
            switch finding.problem {
            case .retransmission: .graphRetransmission
            case .lostSegment: .graphLostSegment
            case .outOfOrder: .graphOutOfOrder
            case .duplicateACK: .graphDuplicateACK
            case .zeroWindow: .graphZeroWindow
            case .windowFull: .graphWindowFull
            }
        let frames = finding.frames.map { "\($0 + 1)" }.joined(separator: ", ")
        return phrases.say(
            .dipFinding, phrases.say(name), "\(finding.count)",
            frames + (finding.count > finding.frames.count ? ", …" : ""))
    }

    private func text(of wait: DipEvidence.ReplyWait) -> String {
        phrases.say(
            .dipReply, Self.verb(wait, story), "\(wait.commandFrame + 1)", "\(wait.replyFrame + 1)",
            Quantity.span(wait.wait), "\(wait.session + 1)")
    }

    /// Only the verb: the argument may be a secret.
    static func verb(_ wait: DipEvidence.ReplyWait, _ story: Story) -> String {
        guard case .command(let command, _, _) = story.sessions[wait.session].steps[wait.commandStep].kind else {
            return "?"
        }
        return "\(command.verb)"
    }
}
