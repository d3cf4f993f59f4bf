import Analysis
import Bytes
import FTPProtocol

/// A transfer's data connection, shown in a frame below the reply that announced it.
struct TransferBox {
    private let text: TextStory
    private let transfer: Transfer
    private let session: Session

    init(_ text: TextStory, _ transfer: Transfer, _ session: Session) {
        self.text = text
        self.transfer = transfer
        self.session = session
    }

    func tell() {
        let lines = lines()
        guard !lines.isEmpty else { return }
        for (number, line) in lines.enumerated() {
            let edge = lines.count == 1 ? "╶" : number == 0 ? "╭" : number == lines.count - 1 ? "╰" : "│"
            let next = number == lines.count - 1 ? "" : text.options.style(.quiet, "│") + "   "
            text.write(
                DisplayWidth.blanks(TextStory.textColumn) + text.options.style(.quiet, edge) + " " + line,
                brokenAt: TextStory.textColumn + 4, next)
        }
        explain()
    }

    private var negotiation: Negotiation? { transfer.negotiation.map { session.negotiations[$0] } }

    private func lines() -> [String] {
        guard let stream = transfer.stream.map({ text.story.index.streams[$0] }) else {
            guard transfer.state != .refused else { return [] }
            return [text.options.style(.failure, missingConnection)]
        }
        if !stream.isEstablished { return unestablished(stream) }
        // A refused command says nothing about the connection that waits for the next one.
        guard let data = transfer.data, transfer.state != .refused else { return [] }
        var lines = [connection(stream)]
        lines.append(amount(data))
        if let quality = quality(data, stream) { lines.append(quality) }
        if data.missing > 0 { lines.append(text.options.style(.warning, gaps(data))) }
        if data.isEncrypted { lines.append(text.say(.encryptedData)) }
        if transfer.kind == .listing, let listing = listing(data) { lines.append(listing) }
        if transfer.state != .complete { lines.append(text.options.style(transfer.state.role, state)) }
        return lines
    }

    private var missingConnection: String {
        guard let announced = negotiation?.announced else { return text.say(.dataConnectionUnknown) }
        return text.say(.noDataConnection, announced.description)
    }

    private func unestablished(_ stream: TCPStream) -> [String] {
        let reset = stream.sides.responder.resetFrame
        let line =
            reset != FrameRecord.none
            ? text.say(.dataRefused, "\(stream.initiator)", "\(stream.responder)", "\(reset + 1)")
            : text.say(
                .dataUnanswered, "\(stream.initiator)", "\(stream.responder)", "\(stream.sides.initiator.frames)",
                "\(stream.firstFrame + 1)")
        var lines = [text.options.style(.failure, line)]
        if let refusal = stream.refusal { lines.append(text.say(.icmpRefused, refusal.name)) }
        return lines
    }

    private func connection(_ stream: TCPStream) -> String {
        let kind: Message =
            switch transfer.kind {
            case .download: .download
            case .upload: .upload
            case .listing: .listing
            }
        let others = (negotiation?.streams.count ?? 1) - 1
        var line = text.say(
            .dataConnection, text.say(kind), stream.initiator.description, stream.responder.description,
            "\(transfer.stream ?? 0)", "\(stream.firstFrame + 1)")
        if others > 0 { line += "   " + text.say(.otherAttempts, "\(others)") }
        if negotiation?.isInferred == true {
            line += "   " + text.say(.inferred)
        } else if negotiation?.verb == nil {
            line += "   " + text.say(.defaultPort)
        }
        return line
    }

    private func amount(_ data: DataFacts) -> String {
        guard data.bytes > 0 else { return text.say(.amountEmpty) }
        guard let firstFrame = data.firstFrame, let lastFrame = data.lastFrame else {
            return text.say(.amountUnseen, Quantity.bytes(data.bytes), Quantity.count(Int(data.bytes)))
        }
        let (bytes, count) = (Quantity.bytes(data.bytes), Quantity.count(Int(data.bytes)))
        var line: String
        if let duration = data.duration, duration > 0 {
            line = text.say(
                .amount, bytes, count, Quantity.span(duration),
                Quantity.rate(Double(data.bytes) * 1e9 / Double(duration)),
                "\(firstFrame + 1)", "\(lastFrame + 1)")
        } else {
            line = text.say(.amountAtOnce, bytes, count, "\(firstFrame + 1)")
        }
        if let offset = transfer.offset, offset > 0 {
            line += "   "
            line +=
                transfer.rangeEnd.map { text.say(.rangePart, "\(offset)", "\($0)") }
                ?? text.say(.offsetPart, "\(offset)")
        }
        let announcement = transfer.preliminaryStep ?? transfer.commandStep
        if let lag = lag(from: announcement, to: data.firstTime) {
            line += text.say(.separator)
            line += text.say(lag < 0 ? .firstByteBefore : .firstByte, Quantity.span(abs(lag)), code(announcement))
        }
        if let lag = lag(from: data.lastTime, to: transfer.finalStep) {
            line += text.say(
                lag < 0 ? .finalReplyBefore : .finalReply, code(transfer.finalStep), Quantity.span(abs(lag)))
        }
        return line
    }

    private func code(_ step: Int?) -> String {
        guard let step else { return "?" }
        return switch session.steps[step].kind {
        case .reply(let reply, _, _): "\(reply.code)"
        case .command(let command, _, _): "\(command.verb)"
        default: "?"
        }
    }

    private func lag(from step: Int?, to time: Int64?) -> Int64? {
        guard let step, let time else { return nil }
        return time - text.story.index.frames[Int(session.steps[step].lastFrame)].time
    }

    private func lag(from time: Int64?, to step: Int?) -> Int64? {
        guard let step, let time else { return nil }
        return text.story.index.frames[Int(session.steps[step].frame)].time - time
    }

    private func quality(_ data: DataFacts, _ stream: TCPStream) -> String? {
        var parts: [String] = []
        if data.retransmissions > 0 {
            parts.append(
                text.say(
                    .retransmissions, "\(data.retransmissions)",
                    Quantity.percent(data.retransmissions, of: data.segments)))
        }
        if data.outOfOrder > 0 { parts.append(text.say(.outOfOrder, "\(data.outOfOrder)")) }
        if let trip = data.roundTrip {
            parts.append(
                text.say(
                    .roundTrip, Quantity.span(trip.minimum), Quantity.span(trip.mean), Quantity.span(trip.maximum)))
        } else if let handshake = data.handshakeTime {
            parts.append(text.say(.handshakeOnly, Quantity.span(handshake)))
        }
        if data.maximumInFlight > 0, data.maximumWindow > 0 {
            parts.append(
                text.say(.inFlight, Quantity.bytes(data.maximumInFlight), Quantity.bytes(data.maximumWindow)))
        }
        if data.zeroWindows > 0 { parts.append(text.say(.zeroWindows, "\(data.zeroWindows)")) }
        if let segment = data.maximumSegmentSize, data.largestSegment > Int(segment) {
            parts.append(text.say(.offloaded, "\(data.largestSegment)", "\(segment)"))
        }
        return parts.isEmpty ? nil : parts.joined(separator: text.say(.separator))
    }

    private func gaps(_ data: DataFacts) -> String {
        let shown = data.gaps.prefix(4).map { text.say(.missingAt, "\($0.count)", "\($0.lowerBound)") }
        let rest = data.gaps.count > 4 ? ", …" : ""
        return text.say(.missingBytes, Quantity.count(Int(data.missing)), "\(data.gaps.count)")
            + " " + shown.joined(separator: ", ") + rest
    }

    /// The first names of a listing, and how many more there are.
    private func listing(_ data: DataFacts) -> String? {
        guard !data.isEncrypted else { return nil }
        let entries = text.story.listing(of: transfer)
        let names = entries.prefix(6).map { displayText($0.name) + ($0.kind == .directory ? "/" : "") }
        let more = entries.count > names.count ? text.say(.moreEntries, "\(entries.count - names.count)") : ""
        return text.say(.listingEntries, "\(entries.count)")
            + (names.isEmpty ? "" : text.say(.colon) + names.joined(separator: ", "))
            + more
    }

    private var state: String {
        let reply = text.story.reply(transfer.finalStep, of: session.id)
        let why = reply.map { "\($0.code) \($0.text)" } ?? transfer.cause.map { text.say($0.message) }
        return text.say(transfer.state.message) + (why.map { text.say(.colon) + $0 } ?? "")
    }

    // MARK: - Explanations

    private func explain() {
        let isPassive = negotiation?.isPassive ?? false
        switch transfer.state {
        case .blocked: text.explain(isPassive ? .explainBlockedPassive : .explainBlockedActive)
        case .cut: text.explain(.explainCut)
        case .aborted: text.explain(.explainAborted)
        default:
            switch transfer.kind {
            case .download: text.explain(.explainDownload)
            case .upload: text.explain(.explainUpload)
            case .listing: text.explain(.explainListing)
            }
        }
        guard let data = transfer.data else { return }
        if data.retransmissions > 0 { text.explain(.explainRetransmissions) }
        if let segment = data.maximumSegmentSize, data.largestSegment > Int(segment) {
            text.explain(.explainOffload, "\(data.largestSegment)", "\(segment)")
        } else if let segment = data.maximumSegmentSize, data.largestSegment >= Int(segment) - 40,
            data.largestSegment < Int(segment)
        {
            // A full segment: at most 40 bytes of it are options (RFC 9293 §3.1).
            text.explain(.explainFrameLength, "\(data.largestSegment)")
        }
    }
}
