import Bytes
import Dissection
import FTPProtocol

/// Follows one session from its control events: which reply answers which command, what the session's state is, what
/// transfers it asks for and where their data connections will be. No I/O; frames are only numbers here.
struct SessionObserver {
    var session: Session
    /// Of this session, in order; `id` is set when the story puts all sessions together.
    private(set) var transfers: [Transfer] = []

    private var replies = ReplyReader()
    private var replyStart: UInt32?
    /// The lines of a reply that has not been closed yet.
    private var openLines: [ControlLine] = []
    private var waiting = CommandQueue()
    /// Indexes of transfers without a command that wait for their final reply.
    private var unseen: [Int] = []
    private var state = LoginState()
    private var hasClientSpoken = false
    private var isEncrypted = false
    private var hasAgreedOnTLS = false
    /// Whether the capture has nothing that the server said, or will say.
    private let isServerSilent: Bool
    /// Of a frame, in nanoseconds.
    var time: (UInt32) -> Int64

    /// - Parameters:
    ///   - control: the session's stream.
    ///   - isGrowing: whether more of it is coming.
    ///   - time: of a frame, in nanoseconds.
    init(
        _ session: Session, _ control: TCPStream, isGrowing: Bool = false, time: @escaping (UInt32) -> Int64
    ) {
        self.session = session
        let server = control.sides[session.clientSide.other]
        // The client says nothing before the server's host has answered its SYN.
        isServerSilent = isGrowing ? control.hasSYN && server.frames == 0 : server.payloadBytes == 0
        self.time = time
        if !session.hasBeginning { state.directory = WorkingDirectory(isLoginKnown: false) }
    }

    /// A transfer, as far as it is known what it is about.
    func transfer(_ number: Int) -> Transfer {
        var transfer = transfers[number]
        transfer.path = state.directory.completed(transfer.path)
        return transfer
    }

    // MARK: - Events

    mutating func take(_ event: ControlEvent) {
        switch event {
        case .line(let line, let side):
            if side == session.clientSide { takeClientLine(line) } else { takeServerLine(line) }
        case .gap(let count, let side, let frame):
            session.missingBytes += count
            let fromClient = side == session.clientSide
            // An unfinished reply will never be finished, and the next one may answer any command.
            if !fromClient, let open = replies.finish() { takeReply(open, frame: replyStart ?? frame, last: frame) }
            append(frame, .gap(count, fromClient: fromClient))
        case .encrypted(_, let frame):
            guard !isEncrypted else { return }
            isEncrypted = true
            hasAgreedOnTLS = false
            session.security = session.steps.isEmpty && session.security == .clear ? .implicitTLS : .explicitTLS
            append(frame, .encrypted)
        case .clear(_, let frame):
            guard isEncrypted else { return }
            isEncrypted = false
            waiting = CommandQueue()
            append(frame, .clear)
        }
    }

    /// Closes what is open when the control connection has said its last word.
    mutating func finish() {
        recoverUnclosedReply()
        if let open = replies.finish(), let replyStart { takeReply(open, frame: replyStart, last: replyStart) }
        for entry in waiting.removeAll() { giveUp(entry) }
        session.directory = state.directory.path
        for index in transfers.indices { transfers[index].path = transfer(index).path }
    }

    @discardableResult
    private mutating func append(_ frame: UInt32, last: UInt32? = nil, _ kind: Step.Kind) -> Int {
        session.steps.append(Step(frame: frame, lastFrame: last ?? frame, kind: kind))
        return session.steps.count - 1
    }

    /// Longer paths are nobody's directory (Linux's PATH_MAX), and every change keeps one.
    private static let maximumPath = 4096

    private mutating func noteDirectory(from frame: UInt32) {
        let path = state.directory.said.flatMap { $0.count <= Self.maximumPath ? $0 : nil }
        guard path != session.directories.last?.path else { return }
        session.directories.append(.init(frame: frame, path: path))
    }

    // MARK: - The client's side

    private mutating func takeClientLine(_ line: ControlLine) {
        recoverUnclosedReply()
        let (frame, last) = (UInt32(line.start), UInt32(line.end))
        // Behind a gap, or where the capture begins, a line may begin in its middle; only a known verb is then believed,
        // and the rest may be a piece of a password.
        let mayBePiece = line.isDamaged || (!session.hasBeginning && !hasClientSpoken)
        hasClientSpoken = true
        if hasAgreedOnTLS { session.decrypted = .explicitTLS }
        guard let command = Command(line: line.text), !mayBePiece || VerbTable.role(command.verb) != nil else {
            let isSecret = mayBePiece || !session.isLoggedIn
            if !line.text.isEmpty {
                append(frame, last: last, .unreadable(line, fromClient: true, isSecret: isSecret))
            }
            return
        }
        let isSecret = command.isSecret && !(command.verb == "PASS" && session.isAnonymous)
        let step = append(frame, last: last, .command(command, line: line, isSecret: isSecret))
        var transfer: Int?
        switch command.verb {
        case "USER":
            session.user = command.argument
            session.password = nil
        case "PASS":
            session.password = command.argument
            session.isPasswordSecret = isSecret
        case "CLNT": session.clientSoftware = command.argument
        case "ABOR":
            if let running = recentTransfers.lastIndex(where: { $0.finalStep == nil }) {
                transfers[running].isAbortRequested = true
            }
        default:
            if let role = VerbTable.role(command.verb), role.opensDataConnection {
                transfer = begin(command, role, step)
            }
        }
        let entry = CommandQueue.Entry(step: step, command: command, lastFrame: last, transfer: transfer)
        // With only the client's side in the capture there is nothing to wait for.
        if isServerSilent { giveUp(entry) } else { waiting.append(entry) }
        noteDirectory(from: last)
    }

    /// Draws the conclusions from a command's having lost its reply, or never having had one.
    private mutating func giveUp(_ entry: CommandQueue.Entry) {
        if let transfer = entry.transfer { settle(transfer) }
        switch VerbTable.role(entry.command.verb) {
        case .dataPort: negotiateActive(entry)
        // EPSV ALL promises to use nothing else; it asks for no port (RFC 2428 §4).
        case .passive where entry.command.argument.count != 3:
            state.unansweredPassive = (entry.command.verb, session.steps[entry.step].frame)
            state.negotiation = nil
        default:
            if entry.command.verb == "ABOR", let aborted = recentTransfers.lastIndex(where: \.isAbortRequested) {
                transfers[aborted].isAbortUnanswered = true
            }
            // The capture lacks replies: most commands succeed.
            if isServerSilent || session.missingBytes > 0 { state.succeed(entry.command) }
        }
    }

    /// Those that ABOR may mean: not farther back than commands may wait, for a search of all would be quadratic.
    private var recentTransfers: ArraySlice<Transfer> { transfers.suffix(CommandQueue.capacity) }

    private mutating func begin(_ command: Command, _ role: VerbRole, _ step: Int) -> Int {
        let kind: Transfer.Kind = role.isUpload == true ? .upload : role == .download ? .download : .listing
        var transfer = Transfer(
            id: transfers.count, session: session.id, verb: command.verb, argument: command.argument, kind: kind,
            path: command.argument)
        transfer.commandStep = step
        transfers.append(transfer)
        return transfers.count - 1
    }

    private mutating func negotiateActive(_ entry: CommandQueue.Entry) {
        let command = entry.command
        let hostPort = command.verb == "PORT" ? HostPort.port(argument: command.argument) : nil
        let announced: Endpoint? =
            switch command.verb {
            case "PORT": hostPort?.endpoint
            case "EPRT":
                ExtendedPort.eprt(argument: command.argument).map {
                    Endpoint($0.address ?? session.client.address, $0.port)
                }
            default: LongPort.lprt(argument: command.argument)
            }
        guard let announced else { return }
        negotiate(
            Negotiation(
                command.verb, frame: session.steps[entry.step].frame, isPassive: false, announced: announced,
                hostPort: hostPort, owner: session.client), entry.step)
    }

    private mutating func negotiate(_ negotiation: Negotiation, _ step: Int) {
        var negotiation = negotiation
        negotiation.step = step
        negotiation.effectiveFrame = session.steps.last?.frame ?? negotiation.frame
        session.negotiations.append(negotiation)
        state.negotiation = session.negotiations.count - 1
        state.unansweredPassive = nil
    }

    // MARK: - The server's side

    private mutating func takeServerLine(_ line: ControlLine) {
        let (frame, last) = (UInt32(line.start), UInt32(line.end))
        let start = replyStart ?? frame
        switch replies.push(line.text) {
        case .partial:
            replyStart = start
            if openLines.count < replies.maximumLines { openLines.append(line) }
        case .reply(let reply):
            replyStart = nil
            openLines = []
            takeReply(reply, frame: start, last: last)
        case .stray:
            if !line.text.isEmpty {
                append(frame, last: last, .unreadable(line, fromClient: false, isSecret: false))
            }
        }
    }

    /// Some servers begin a reply with `230-` and never close it; all that follows would count as its lines. But a client
    /// speaks only when it has taken the reply to be over: a line with another code and a space then began the next one.
    private mutating func recoverUnclosedReply() {
        guard replies.isInReply, let code = openLines.first.flatMap({ ReplyCode(startOf: $0.text) }) else { return }
        let next = openLines.dropFirst().firstIndex { line in
            ReplyCode(startOf: line.text).map { $0 != code && line.text.dropFirst(3).first == 0x20 } ?? false
        }
        guard let next else { return }
        let lines = openLines
        openLines = []
        if let open = replies.finish() {
            var reply = Reply(open.code, lines: Array(open.lines.prefix(next)))
            reply.isComplete = false
            replyStart = nil
            takeReply(reply, frame: UInt32(lines[0].start), last: UInt32(lines[next - 1].end))
        }
        for line in lines[next...] { takeServerLine(line) }
    }

    private mutating func takeReply(_ reply: Reply, frame: UInt32, last: UInt32) {
        let (answered, passedOver) = waiting.take(for: reply.code)
        for entry in passedOver { giveUp(entry) }
        let latency = answered.map { time(frame) - time($0.lastFrame) }
        let step = append(
            frame, last: last, .reply(reply, answers: answered?.step, latency: latency))
        if session.serverSoftware == nil, reply.code.rawValue == 220 {
            session.serverSoftware = ServerSoftware.name(in: reply.lines)
        }
        if reply.code.rawValue == 421 { session.outcome = .closedByServer }

        if let answered, let transfer = answered.transfer {
            progress(transfer, reply, step)
        } else if answered == nil, reply.code.kind == .preliminary, reply.code.rawValue != 120 {
            beginUnseen(reply, step)
        } else if answered == nil, let open = unseen.last {
            progress(open, reply, step)
            if transfers[open].finalStep != nil { unseen.removeLast() }
        }
        apply(reply, to: answered, step)
        noteDirectory(from: last)
    }

    private mutating func progress(_ transfer: Int, _ reply: Reply, _ step: Int) {
        settle(transfer)
        if reply.code.kind == .preliminary {
            if transfers[transfer].preliminaryStep == nil { transfers[transfer].preliminaryStep = step }
            if let size = TransferReply.size(reply.lines.first ?? []) { transfers[transfer].announcedSize = size }
            if transfers[transfer].verb == "STOU", let name = TransferReply.uniqueName(reply.lines.first ?? []) {
                transfers[transfer].path = state.directory.resolve(name)
            }
        } else {
            transfers[transfer].finalStep = step
            let isRefusal = transfers[transfer].preliminaryStep == nil && reply.code.rawValue >= 400
            if isRefusal, state.negotiation == nil, let negotiation = transfers[transfer].negotiation,
                session.negotiations[negotiation].verb != nil
            {
                // Nothing was transferred: where the next transfer will go is still agreed.
                state.negotiation = negotiation
            }
        }
    }

    /// A 150 whose command was not captured still tells of a transfer, and often its file.
    private mutating func beginUnseen(_ reply: Reply, _ step: Int) {
        let text = reply.lines.first ?? []
        let name = TransferReply.fileName(text)
        var transfer = Transfer(
            id: transfers.count, session: session.id, verb: nil, argument: [],
            kind: name == nil ? .listing : .download, path: name ?? [])
        transfer.preliminaryStep = step
        transfer.announcedSize = TransferReply.size(text)
        transfers.append(transfer)
        unseen.append(transfers.count - 1)
        settle(transfers.count - 1)
    }

    // MARK: - State

    /// Fixes what a transfer depends on, once the server has dealt with all commands before it.
    private mutating func settle(_ index: Int) {
        guard !transfers[index].isSettled else { return }
        transfers[index].isSettled = true
        if transfers[index].kind == .listing, transfers[index].verb != nil {
            transfers[index].path = state.directory.resolve(TransferReply.listedName(transfers[index].argument))
        } else if !transfers[index].path.isEmpty, transfers[index].verb != nil || hasClientSpoken {
            transfers[index].path = state.directory.resolve(transfers[index].path)
        }
        transfers[index].parameters = state.parameters
        if transfers[index].kind != .listing {
            if !transfers[index].isUpload {
                transfers[index].announcedSize = transfers[index].announcedSize ?? state.sizes[transfers[index].path]
            }
            transfers[index].offset = state.restart ?? 0
            if transfers[index].verb == "APPE" { transfers[index].offset = state.sizes[transfers[index].path] }
            if let range = state.range {
                transfers[index].offset = range.lowerBound
                transfers[index].rangeEnd = range.upperBound
            }
            // What SIZE said before an upload says nothing afterwards.
            if transfers[index].isUpload { state.sizes[transfers[index].path] = nil }
            if transfers[index].verb != nil {
                state.restart = nil
                state.range = nil
            }
        }
        if let negotiation = state.negotiation {
            transfers[index].negotiation = negotiation
            // In block and compressed mode the data connection may stay for the next file (RFC 959 §3.3).
            if state.parameters.mode == .stream || state.parameters.mode == .deflate { state.negotiation = nil }
        } else {
            session.negotiations.append(unsaidNegotiation(transfers[index]))
            transfers[index].negotiation = session.negotiations.count - 1
        }
    }

    /// Where a transfer's data connection will be when nothing that the capture has says so.
    private mutating func unsaidNegotiation(_ transfer: Transfer) -> Negotiation {
        let frame = session.steps[transfer.commandStep ?? transfer.preliminaryStep ?? 0].frame
        if let passive = state.unansweredPassive {
            state.unansweredPassive = nil
            return Negotiation(
                passive.verb, frame: passive.frame, isPassive: true, announced: nil, owner: session.server)
        }
        if !session.hasBeginning || transfer.verb == nil {
            // Agreed on before the capture began, or by a command that it lacks.
            return Negotiation(nil, frame: frame, isPassive: true, announced: nil, owner: session.server)
        }
        // RFC 959 §3.2: without PORT the server connects to the port that the client speaks from.
        return Negotiation(nil, frame: frame, isPassive: false, announced: session.client, owner: session.client)
    }

    private mutating func apply(_ reply: Reply, to entry: CommandQueue.Entry?, _ step: Int) {
        let command = entry?.command
        let text = reply.lines.first ?? []
        switch (reply.code.rawValue, command?.verb) {
        case (227, _), (228, _), (229, _): negotiatePassive(reply, command, step)
        case (230, _), (232, _): session.isLoggedIn = true
        case (257, "PWD"?), (257, "XPWD"?), (257, nil): state.directory.learn(Pathname.unquoted(reply: text))
        case (215, "SYST"?): session.system = text
        case (213, "SIZE"?):
            if let size = LoginState.number(text), let command {
                state.sizes[state.directory.resolve(command.argument)] = size
            }
        case (221, "QUIT"?): session.outcome = .quit
        case (220, "REIN"?):
            state = LoginState()
            session.isLoggedIn = false
        case (234, "AUTH"?), (334, "AUTH"?):
            state.negotiation = nil
            hasAgreedOnTLS = reply.code.rawValue == 234
        default:
            if let entry, let command, reply.code.kind == .completion || reply.code.rawValue == 350 {
                // PBSZ belongs to a security exchange (RFC 2228 §3); where nothing was exchanged since the beginning, it came
                // before the first word.
                if command.verb == "PBSZ", session.security == .clear, session.hasBeginning, session.decrypted == nil {
                    session.decrypted = .implicitTLS
                }
                if VerbTable.role(command.verb) == .dataPort { negotiateActive(entry) }
                state.succeed(command)
                // Many servers say in quotes where a CWD led to.
                let isMove = VerbTable.role(command.verb) == .directory
                if isMove, text.contains(UInt8(ascii: "\"")) { state.directory.learn(Pathname.unquoted(reply: text)) }
            } else if command?.verb == "REST" {
                state.restart = nil
            }
        }
    }

    private mutating func negotiatePassive(_ reply: Reply, _ command: Command?, _ step: Int) {
        var hostPort: HostPort?
        let announced: Endpoint?
        let verb: Verb
        switch reply.code.rawValue {
        case 227:
            verb = "PASV"
            hostPort = reply.lines.lazy.compactMap { HostPort.passive(reply: $0) }.first
            announced = hostPort?.endpoint
        case 228:
            verb = "LPSV"
            announced = reply.lines.lazy.compactMap { LongPort.passive(reply: $0) }.first
        default:
            verb = "EPSV"
            announced = reply.lines.lazy.compactMap { ExtendedPort.passive(reply: $0) }.first
                .map { Endpoint($0.address ?? session.server.address, $0.port) }
        }
        negotiate(
            Negotiation(
                command?.verb ?? verb, frame: session.steps[step].frame, isPassive: true, announced: announced,
                hostPort: hostPort, owner: session.server), step)
    }

    // MARK: - The end of the connection

    /// Takes what the control connection's stream and its TLS say beyond the lines.
    mutating func note(_ tls: TLSFacts, _ stream: TCPStream) {
        if session.security != .clear { session.tls = tls }
        guard session.outcome == .open else { return }
        let (client, server) = (stream.sides[session.clientSide], stream.sides[session.clientSide.other])
        if !stream.isEstablished {
            session.outcome = server.resetFrame != FrameRecord.none ? .refused : .unanswered
            return
        }
        let ends: [(UInt32, Session.Outcome)] = [
            (client.resetFrame, .resetByClient), (server.resetFrame, .resetByServer),
            (client.finFrame, .closedByClient), (server.finFrame, .closedByServer),
        ]
        if let first = ends.filter({ $0.0 != FrameRecord.none }).min(by: { $0.0 < $1.0 }) { session.outcome = first.1 }
    }
}
