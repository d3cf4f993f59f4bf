import CaptureFile
import Dissection
package import Analysis
import Bytes
package import FTPProtocol

/// Tells a story as text for a terminal.
package final class TextStory {
    package struct Options: Sendable {
        package var language = Language.en
        package var style = Style(hasColour: false)
        /// A plain explanation below every step.
        package var explains = false
        package var showsSecrets = false
        /// Only these sessions, counted from 1; all where empty.
        package var sessions: Set<Int> = []
        /// Nil for all of them.
        package var selection: StorySelection?
        /// Columns that explanations may fill.
        package var width = 100
        /// Columns that lines may fill; nil where they are not broken.
        package var lineWidth: Int?

        package init() {}
    }

    let story: Story
    let options: Options
    let write: (String) -> Void
    private let explanations: WrappedTexts

    /// - Parameter write: takes one line at a time, without its end.
    package convenience init(_ story: Story, _ options: Options, write: @escaping (String) -> Void) {
        self.init(story, options, WrappedTexts(), write: write)
    }

    private init(_ story: Story, _ options: Options, _ explanations: WrappedTexts, write: @escaping (String) -> Void) {
        self.story = story
        self.options = options
        self.explanations = explanations
        self.write = write
    }

    package func tell() {
        tellCapture()
        guard !story.sessions.isEmpty else {
            write("")
            write(say(.noSessions))
            write(say(.noSessionsHint))
            return
        }
        guard story.sessions.contains(where: isWanted) else {
            write("")
            return write(say(.noSessionSelected))
        }
        tellSideBySide(story.sessions.indices, pieces: 8) { text, number in
            let session = text.story.sessions[number]
            guard text.isWanted(session) else { return }
            text.write("")
            text.tell(session)
        }
        if story.transfers.contains(where: isWanted) {
            write("")
            TransferTable(self).tell()
        }
        tellFilesInPieces()
    }

    /// Tells many things on all cores and writes them in their order.
    func tellSideBySide(_ things: Range<Int>, pieces length: Int, _ tell: @Sendable (TextStory, Int) -> Void) {
        // What one core tells is written at once, so that a long session's text is never held.
        guard things.count > length else {
            for number in things { tell(self, number) }
            return
        }
        let (story, options, explanations) = (story, options, explanations)
        // Some at a time: the text of a large capture takes as much memory as its story.
        for start in stride(from: things.lowerBound, to: things.upperBound, by: length * 32) {
            let range = start..<min(start + length * 32, things.upperBound)
            let told = Concurrent.map(range, pieces: length) { range in
                var lines: [String] = []
                let text = TextStory(story, options, explanations) { lines.append($0) }
                for number in range { tell(text, number) }
                return lines
            }
            for lines in told { for line in lines { write(line) } }
        }
    }

    func isWanted(_ session: Session) -> Bool {
        (options.sessions.isEmpty || options.sessions.contains(session.id + 1))
            && options.selection?.sessions.contains(session.id) ?? true
    }

    func isWanted(_ transfer: Transfer) -> Bool {
        isWanted(story.sessions[transfer.session]) && options.selection?.transfers.contains(transfer.id) ?? true
    }

    func say(_ message: Message, _ arguments: String...) -> String {
        message.text(options.language, arguments)
    }

    // MARK: - The capture

    private func tellCapture() {
        let index = story.index
        let files = index.capture.files.map { displayText($0.path.utf8) }
        let interfaces = index.metadata.interfaces.count
        var parts = [files.count > 3 ? say(.files, "\(files.count)", files[0]) : files.joined(separator: ", ")]
        parts.append(interfaces == 1 ? say(.oneInterface) : say(.interfaces, "\(interfaces)"))
        parts.append(say(.frames, Quantity.count(index.frames.count)))
        if let first = index.frames.first, let last = index.frames.last {
            parts.append(Quantity.span(last.time - first.time))
        } else {
            parts.append(say(.emptyCapture))
        }
        write(options.style(.heading, parts.joined(separator: " · ")))
        let dropped = index.metadata.statistics.reduce(0) { $0 + ($1.dropped ?? 0) }
        if dropped > 0 { write(options.style(.warning, say(.lostByCapture, "\(dropped)"))) }
    }

    // MARK: - A session

    private func tell(_ session: Session) {
        write(headline(of: session))
        write(columnTitles)
        tellConnection(session)
        // By step, and in their order where several stand below the same one.
        let boxes = session.transfers.compactMap { id in
            anchor(of: story.transfers[id]).map { (step: $0, transfer: id) }
        }
        .sorted { ($0.step, $0.transfer) < ($1.step, $1.transfer) }
        var rest = boxes[...]
        var negotiations = [Int?](repeating: nil, count: session.steps.count)
        for (number, negotiation) in session.negotiations.enumerated() {
            if let step = negotiation.step { negotiations[step] = number }
        }
        for number in session.steps.indices {
            tell(session.steps[number], of: session, negotiations[number].map { session.negotiations[$0] })
            while let box = rest.first, box.step == number {
                TransferBox(self, story.transfers[box.transfer], session).tell()
                rest = rest.dropFirst()
            }
        }
        tellEnd(session)
    }

    var columnTitles: String { options.style(.quiet, columns(say(.frameColumn), say(.timeColumn), "", "")) }

    /// The step below which a transfer's data connection is shown: the reply that announced it, else its command.
    private func anchor(of transfer: Transfer) -> Int? {
        if let step = transfer.preliminaryStep ?? transfer.commandStep { return step }
        return transfer.finalStep
    }

    private func headline(of session: Session) -> String {
        let parts = [
            ends(of: session), session.serverSoftware ?? "", user(of: session), security(of: session),
            outcomes(of: session),
        ]
        return options.style(.heading, parts.filter { !$0.isEmpty }.joined(separator: "   "))
    }

    /// Its number, and who speaks with whom.
    func ends(of session: Session) -> String {
        say(.session, "\(session.id + 1)") + "   \(name(session.client)) → \(name(session.server))"
    }

    /// What became of its transfers.
    func outcomes(of session: Session) -> String {
        let states = session.transfers.map { story.transfers[$0].state }
        switch states.count {
        case 0: return say(session.security == .clear ? .noTransfers : .unreadableTransfers)
        case 1: return say(.oneTransfer, say(states[0].message))
        default:
            let counts = Transfer.State.allCases.compactMap { state in
                let count = states.count { $0 == state }
                return count == 0 ? nil : count == states.count ? say(state.message) : "\(count) \(say(state.message))"
            }
            return say(.manyTransfers, "\(states.count)", counts.joined(separator: ", "))
        }
    }

    func name(_ endpoint: Endpoint) -> String {
        guard let name = story.index.names[endpoint.address] else { return endpoint.description }
        return "\(displayText(name.utf8)) (\(endpoint))"
    }

    private func user(of session: Session) -> String {
        guard let user = session.user else { return say(.unknownUser) }
        return session.isAnonymous ? say(.anonymous) : displayText(user)
    }

    private func security(of session: Session) -> String {
        let version = session.tls?.version.map { TLSNames.version($0) } ?? "TLS"
        return switch session.security {
        case .clear:
            switch session.decrypted {
            case nil, .clear: say(.inClear)
            case .explicitTLS: say(.recordedInClear, say(.explicitTLS, version))
            case .implicitTLS: say(.recordedInClear, say(.implicitTLS, version))
            }
        case .explicitTLS: say(.explicitTLS, version)
        case .implicitTLS: say(.implicitTLS, version)
        }
    }

    func tellConnection(_ session: Session) {
        let stream = story.index.streams[session.stream]
        let frame = stream.firstFrame
        guard session.hasBeginning else {
            line(frame, "", say(.capturedFromMiddle))
            explain(.explainMiddle)
            return
        }
        guard stream.isEstablished else {
            let server = stream.sides[session.clientSide.other]
            if server.resetFrame != FrameRecord.none {
                line(server.resetFrame, "←", options.style(.failure, say(.refusedConnection, "\(session.server.port)")))
                explain(.explainRefused, "\(session.server.port)")
            } else {
                let attempts = "\(stream.sides[session.clientSide].frames)"
                line(frame, "→", options.style(.failure, say(.unanswered, attempts)))
                explain(.explainUnanswered)
            }
            if let refusal = stream.refusal { line(refusal.frame, "", say(.icmpRefused, refusal.name)) }
            return
        }
        let (client, server) = (stream.sides[session.clientSide], stream.sides[session.clientSide.other])
        var parts = [stream.handshakeTime.map { say(.connected, Quantity.span($0)) } ?? say(.connectedUnknownTime)]
        if let own = client.maximumSegmentSize, let other = server.maximumSegmentSize {
            parts.append("MSS \(own) / \(other)")
        }
        if let own = client.windowScale, let other = server.windowScale {
            parts.append(say(.windowScale, "\(own)", "\(other)"))
        } else if client.initialSequence != nil, server.initialSequence != nil {
            parts.append(say(.noWindowScale))
        }
        line(frame, "", parts.joined(separator: "   "))
        explain(.explainHandshake)
        if let segment = client.maximumSegmentSize {
            // RFC 8200 §3 and RFC 791 §3.1: the network header's length without options.
            let (name, header) = session.client.address.isV4 ? ("IPv4", 20) : ("IPv6", 40)
            explain(.explainMSS, "\(segment)", "\(Int(segment) + 20 + header + 14)", "\(header)", name)
        }
    }

    // MARK: - A step

    func tell(_ step: Step, of session: Session, _ negotiation: Negotiation?) {
        switch step.kind {
        case .command(let command, let control, let isSecret):
            let text = Secrets.text(of: command, isMasked: isSecret && !options.showsSecrets)
            tell(command, text, control, step, session, negotiation)
        case .reply(let reply, _, let latency): tell(reply, latency, step, session, negotiation)
        case .unreadable(let text, let fromClient, let isSecret):
            let shown = isSecret && !options.showsSecrets ? Secrets.mask : displayText(text.text)
            line(step.frame, fromClient ? "→" : "←", options.style(.quiet, shown))
        case .gap(let count, let fromClient):
            line(
                step.frame, fromClient ? "→" : "←",
                options.style(
                    .warning, say(fromClient ? .gapFromClient : .gapFromServer, Quantity.count(Int(clamping: count)))))
            explain(.explainGap)
        case .encrypted:
            line(step.frame, "", options.style(.success, say(.encryptedFromHere)), note: tlsDetail(of: session))
            if let certificate = session.tls?.certificate {
                line(
                    nil, "",
                    say(.certificate, displayText(certificate.subject.utf8), displayText(certificate.issuer.utf8)))
            }
            explain(.explainTLS)
            explain(.explainEncryptedControl)
        case .clear:
            line(step.frame, "", options.style(.warning, say(.clearAgain)))
            explain(.explainClear)
        }
    }

    private func tlsDetail(of session: Session) -> String {
        guard let tls = session.tls else { return "" }
        var parts: [String] = []
        if let version = tls.version { parts.append(TLSNames.version(version)) }
        if let suite = tls.cipherSuite { parts.append(TLSNames.cipherSuite(suite)) }
        if let name = tls.serverName { parts.append("SNI \(displayText(name.utf8))") }
        if !tls.offeredProtocols.isEmpty {
            parts.append("ALPN " + tls.offeredProtocols.map { displayText($0.utf8) }.joined(separator: ","))
        }
        return parts.joined(separator: "   ")
    }

    private func tell(
        _ command: Command, _ text: String, _ control: ControlLine, _ step: Step, _ session: Session,
        _ negotiation: Negotiation?
    ) {
        var notes: [String] = []
        if step.frame != step.lastFrame {
            notes.append(say(.commandInFrames, "\(step.frame + 1)", "\(step.lastFrame + 1)"))
        }
        if !control.telnet.isEmpty { notes.append(control.telnet.map(\.description).joined(separator: " ")) }
        if let negotiation {
            notes.append(arithmetic(negotiation))
        } else if command.verb == "PORT", let hostPort = HostPort.port(argument: command.argument) {
            // Refused, but worth knowing what was asked for.
            notes.append(say(.portArithmetic, hostPort.arithmetic))
        }
        line(step.frame, "→", options.style(.command, text), note: notes.joined(separator: "   "))
        if options.explains { Explainer(self, session).explain(command, control, negotiation) }
    }

    private func tell(
        _ reply: Reply, _ latency: Int64?, _ step: Step, _ session: Session, _ negotiation: Negotiation?
    ) {
        var notes = latency.map { [Quantity.span($0)] } ?? []
        if let negotiation { notes.append(arithmetic(negotiation)) }
        let role: Style.Role? = reply.code.rawValue >= 400 ? .failure : reply.code.kind == .completion ? .success : nil
        for (number, text) in reply.lines.enumerated() {
            let isLast = number == reply.lines.count - 1 && (reply.isComplete || number == 0)
            let separator = isLast && reply.isComplete ? " " : "-"
            let isOuter = number == 0 || isLast
            let shown = (isOuter ? "\(reply.code)\(separator)" : "") + displayText(text)
            line(
                number == 0 ? step.frame : nil, number == 0 ? "←" : "", options.style(role, shown),
                note: number == 0 ? notes.joined(separator: "   ") : "")
        }
        if reply.droppedLines > 0 { line(nil, "", "… +\(reply.droppedLines)") }
        if options.explains { Explainer(self, session).explain(reply, negotiation) }
    }

    /// How the port comes out of what was said.
    func arithmetic(_ negotiation: Negotiation) -> String {
        var text =
            negotiation.hostPort.map { say(.portArithmetic, $0.arithmetic) }
            ?? negotiation.announced.map { say(.extendedPort, "\($0.port)") } ?? say(.portUnreadable)
        if negotiation.isThirdParty, let announced = negotiation.announced {
            let used = negotiation.streams.first.map { story.index.streams[$0].responder.address }
            if let used, used != announced.address {
                text += "   " + say(.announcedElsewhere, "\(announced.address)", "\(used)")
            } else if announced.address.isPrivate, used == nil {
                text += "   " + say(.privateAnnounced, "\(announced.address)")
            } else {
                text += "   " + say(.thirdParty, "\(announced.address)")
            }
        }
        return text
    }

    /// - Parameter note: stands beside the last line.
    func tellEnd(_ session: Session, note: String = "") {
        let stream = story.index.streams[session.stream]
        for transfer in session.transfers.map({ story.transfers[$0] })
        where transfer.finalStep == nil && transfer.cause != .repliesNotCaptured {
            line(nil, "", options.style(.failure, say(.noReply, Secrets.verb(of: transfer))))
        }
        if !session.unreadableConnections.isEmpty {
            line(nil, "", say(.unreadableConnections, "\(session.unreadableConnections.count)"))
            explain(.explainUnreadable)
        }
        guard stream.isEstablished else { return }
        let client = stream.sides[session.clientSide]
        let server = stream.sides[session.clientSide.other]
        let (message, frame, explanation): (Message, UInt32, Message) =
            switch session.outcome {
            case .quit: (.endQuit, min(client.finFrame, server.finFrame), .explainEndQuit)
            case .closedByServer: (.endClosedByServer, server.finFrame, .explainEndClosed)
            case .closedByClient: (.endClosedByClient, client.finFrame, .explainEndClosed)
            case .resetByServer: (.endResetByServer, server.resetFrame, .explainEndReset)
            case .resetByClient: (.endResetByClient, client.resetFrame, .explainEndReset)
            case .open, .refused, .unanswered: (.endOpen, FrameRecord.none, .explainEndOpen)
            }
        line(frame == FrameRecord.none ? nil : frame, "", options.style(.quiet, say(message)), note: note)
        explain(explanation)
    }

    // MARK: - Files in pieces

    private func tellFilesInPieces() {
        let files = story.files.filter {
            $0.pieces.count > 1 && isWanted(story.sessions[story.transfers[$0.pieces[0]].session])
                && options.selection?.has($0) ?? true
        }
        guard !files.isEmpty else { return }
        write("")
        write(options.style(.heading, say(.filesInPieces)))
        for file in files {
            let numbers = file.pieces.map { "\($0 + 1)" }.joined(separator: " + ")
            var parts = [displayText(file.path), say(.piecesOf, "\(file.pieces.count)", numbers)]
            if file.isWhole {
                parts.append(say(.whole, Quantity.bytes(file.size ?? 0)))
                if let digests = story.digests(of: file) {
                    parts.append("md5 \(digests.md5)   sha256 \(digests.sha256)")
                }
            } else if let size = file.size {
                parts.append(say(.notWhole, Quantity.bytes(file.covered.count), Quantity.bytes(size)))
            } else {
                parts.append(say(.knownUpTo, Quantity.bytes(file.covered.count)))
            }
            write("  " + parts.joined(separator: "   "))
        }
    }

    // MARK: - Lines

    /// One line of a session: frame number, time since the capture began, direction, text, and a note on the right.
    func line(_ frame: UInt32?, _ arrow: String, _ text: String, note: String = "") {
        let start = story.index.frames.first?.time ?? 0
        let time = frame.map { Quantity.seconds(story.index.frames[Int($0)].time - start) } ?? ""
        let (number, isBeside) = (frame.map { "\($0 + 1)" } ?? "", hasRoom(for: note, beside: text))
        write(columns(number, time, arrow, text, note: isBeside ? note : ""), brokenAt: Self.textColumn + 2)
        guard !isBeside else { return }
        write(DisplayWidth.blanks(Self.textColumn + 2) + options.style(.quiet, note), brokenAt: Self.textColumn + 2)
    }

    private func columns(_ frame: String, _ time: String, _ arrow: String, _ text: String, note: String = "") -> String
    {
        var line = ""
        line.reserveCapacity(96 + text.utf8.count + note.utf8.count)
        line += DisplayWidth.leftPadded(frame, to: 7)
        line += DisplayWidth.leftPadded(time, to: 10)
        line += arrow.isEmpty ? "      " : "   "
        if !arrow.isEmpty {
            line += arrow
            line += "  "
        }
        line += text
        guard !note.isEmpty else {
            line.removeTrailingSpaces()
            return line
        }
        let plain = DisplayWidth.ofStyled(line)
        let column = min(88, (options.lineWidth ?? 108) - 20)
        line += DisplayWidth.blanks(max(3, column - plain))
        line += options.style(.quiet, note)
        return line
    }

    /// Whether a note goes beside a text whose line may be broken.
    private func hasRoom(for note: String, beside text: String) -> Bool {
        guard let width = options.lineWidth else { return true }
        return Self.textColumn + DisplayWidth.ofStyled(text) + 3 + DisplayWidth.of(note) <= width
    }

    /// Where the text of a line begins.
    static let textColumn = 23

    /// Writes a line, broken where it is too long; what follows stands below `indent`.
    func write(_ line: String, brokenAt indent: Int, _ edge: String = "") {
        guard let width = options.lineWidth else { return write(line) }
        let rest = max(20, width - indent)
        let lines = DisplayWidth.wrapped(styled: line, first: max(width, indent + 20), to: rest)
        write(lines[0])
        for line in lines.dropFirst() { write(DisplayWidth.blanks(indent - DisplayWidth.ofStyled(edge)) + edge + line) }
    }

    func explain(_ message: Message, _ arguments: String...) {
        guard options.explains else { return }
        explain(text: message.text(options.language, arguments))
    }

    /// Writes an explanation below the step before it.
    func explain(text: String) {
        guard options.explains, !text.isEmpty else { return }
        let indent = String(repeating: " ", count: 25)
        for line in explanations.lines(of: text, width: max(30, min(options.width, options.lineWidth ?? .max) - 27)) {
            write(indent + options.style(.quiet, "│ " + line))
        }
    }
}
