import Bytes
import FTPProtocol
import FTPStorage
import Glibc
import Logging
import NIOCore
import Transport

/// One control connection: feeds the session machine and does what it says. Whatever may block is done by worker threads.
final class ControlHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// Lines that may wait while a command is under way; then the client is not read from any more.
    private static let maximumQueue = 64
    /// Longer lines are refused: no path name reaches this far.
    private static let maximumLine = 8192

    private let server: Server
    private var site: Site
    /// To which the client has come, whichever HOST has chosen since.
    private let arrivalSite: Site
    private let record: SessionRecord
    private let recorder: RecordingHandler?
    private let isImplicit: Bool
    private var session: ServerSession
    private var reader = ControlLineReader(maximumLength: ControlHandler.maximumLine)
    private var lines: [ControlLine] = []
    private var events: [ServerEvent] = []
    private var isHandling = false
    private var isPumping = false
    private var output: ByteBuffer?
    private var context: ChannelHandlerContext?
    private let place: SessionTransfers.Place

    private var account: Account?
    /// Both are there as long as the connection is.
    private var work: SessionWork?
    private var transfers: SessionTransfers?
    private var triedUser = ""
    private var identity: TLSIdentity?
    private var tls: TLSHandler?
    private var hasEnded = false
    private var isReadingPaused = false

    private var idleSeconds: Int
    private var lastLine = NIODeadline.now()
    /// Since when nobody has been logged in.
    private var loginStart = NIODeadline.now()
    private var timer: Scheduled<Void>?

    init(_ server: Server, _ meeting: Server.Meeting, _ record: SessionRecord, _ recorder: RecordingHandler?) {
        self.server = server
        self.record = record
        (site, arrivalSite) = (meeting.site, meeting.site)
        isImplicit = meeting.isImplicit
        place = SessionTransfers.Place(
            local: meeting.local.address, scope: meeting.scope,
            peers: [record.peer.address] + (meeting.balancer.map { [$0] } ?? []))
        self.recorder = recorder
        idleSeconds = site.limits.idleSeconds
        session = ServerSession(policy: site.policy, peer: record.peer.address, isSecure: isImplicit)
    }

    /// Behind a load balancer the handler comes when the connection is there already.
    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { channelActive(context: context) }
    }

    /// A channel may be closed before it was active; nobody else would tell then.
    func handlerRemoved(context: ChannelHandlerContext) {
        if work == nil { leave() }
    }

    // MARK: - What NIO tells

    func channelActive(context: ChannelHandlerContext) {
        guard self.context == nil else { return }
        self.context = context
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        record.update {
            $0.stop = { loop.execute { handler.value.handle(.shutdown) } }
            $0.cut = { loop.execute { handler.value.work?.cancel() } }
        }
        let work = SessionWork(server.workers, on: loop)
        self.work = work
        transfers = SessionTransfers(server, record, at: place, recorder?.session, work, on: loop)
        watchTime()
        if isImplicit {
            startTLS()
        } else {
            handle(.connected)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        unsafe buffer.withUnsafeReadableBytes { bytes in
            unsafe reader.push(Bytes(bytes.bytes), at: 0) {
                lines.append($0)
                lastLine = .now()
            }
        }
        pump()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) { pump() }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case TLSHandler.Event.secured: handle(isImplicit && !hasGreeted ? .connected : .secured)
        case TLSHandler.Event.unsecured:
            tls = nil
            recorder?.isEncrypted = false
            // No line begins under TLS and ends without.
            reader = ControlLineReader(maximumLength: Self.maximumLine)
            handle(.unsecured)
        case ChannelEvent.inputClosed:
            // RFC 959 §4.1.1: a connection that closes unexpectedly is an ABOR and a QUIT.
            hasEnded = true
            work?.cancel()
            if session.isAgreeingOnTLS || !hasGreeted { context.close(promise: nil) }
            pump()
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        hasEnded = true
        timer?.cancel()
        self.context = nil
        record.update { ($0.stop, $0.cut) = (nil, nil) }
        transfers?.leave()
        // What is still being done for the client keeps its place: else whoever comes and goes could have any number of threads.
        if let work { work.finish(leave) } else { leave() }
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private var hasGreeted = false

    // MARK: - Feeding the machine

    /// Takes lines as long as the session is ready for them and the client reads its replies.
    private func pump() {
        // A client may have sent any number of lines: they are taken by this loop, not by calls within one another.
        guard !isHandling, !isPumping else { return }
        isPumping = true
        defer { isPumping = false }
        while let line = lines.first, context?.channel.isWritable ?? false {
            guard session.isReady || session.interrupts(line) else {
                guard takeAbort() else { break }
                continue
            }
            lines.removeFirst()
            note(line)
            handle(.line(line))
        }
        if hasEnded, lines.isEmpty, session.isReady || session.isAgreeingOnTLS { context?.close(promise: nil) }
        pauseOrResume()
    }

    /// ABOR is about what is under way, whatever other commands wait behind it.
    private func takeAbort() -> Bool {
        let place = lines.firstIndex { CommandOutline($0.text)?.verb == "ABOR" && session.interrupts($0) }
        guard let place else { return false }
        let line = lines.remove(at: place)
        note(line)
        handle(.line(line))
        return true
    }

    private func pauseOrResume() {
        let isFull = lines.count >= Self.maximumQueue
        guard isFull != isReadingPaused, let context else { return }
        isReadingPaused = isFull
        _ = context.channel.setOption(.autoRead, value: !isFull)
    }

    private func handle(_ event: ServerEvent) {
        events.append(event)
        guard !isHandling else { return }
        isHandling = true
        while !events.isEmpty {
            var actions: [ServerAction] = []
            session.handle(events.removeFirst(), into: &actions)
            for action in actions { perform(action) }
        }
        isHandling = false
        flush()
        if !lines.isEmpty || hasEnded { pump() }
    }

    private func note(_ line: ControlLine) {
        server.metrics.count { $0.commands += 1 }
        guard let command = Command(line: line.text) else { return }
        let text = command.isSecret ? "\(command.verb) ***" : displayText(line.text.prefix(200))
        record.update { $0.command = text }
        if server.log.tellsDialogue { server.log.event("command", .debug, record, ["line": "\(text)"]) }
    }

    // MARK: - Doing what it says

    private func perform(_ action: ServerAction) {
        switch action {
        case .reply(let reply): write(reply)
        case .perform(let request): perform(request)
        case .authenticate(let user, let password): authenticate(user, password)
        case .listen(let inV4): listen(inV4: inV4)
        case .stopListening: transfers?.stopListening()
        case .prepare(let request): prepare(request)
        case .move: move()
        case .abort: work?.cancel()
        case .selectHost(let name): selectHost(name)
        case .startTLS: startTLS()
        case .stopTLS:
            flush()
            if let tls, let context = try? context?.pipeline.syncOperations.context(handler: tls) {
                tls.stop(context: context)
            }
        // What was sent under TLS behind the command means that the client goes on with it.
        case .letTLSEnd: if lines.isEmpty { tls?.letEnd() }
        case .setIdleLimit(let seconds): idleSeconds = seconds
        case .askSessions: handle(.sessions(server.sessions.all.map { Array(SessionText.line($0).utf8) }))
        case .loggedOut: forgetAccount()
        case .reinitialize:
            site = arrivalSite
            idleSeconds = site.limits.idleSeconds
        case .close:
            flush()
            context?.close(promise: nil)
        }
    }

    private func write(_ reply: Reply) {
        hasGreeted = true
        var bytes: [UInt8] = []
        reply.append(to: &bytes)
        if server.log.tellsDialogue {
            server.log.event("reply", .debug, record, ["code": "\(reply.code)", "text": "\(reply.text)"])
        }
        if output == nil { output = context?.channel.allocator.buffer(capacity: bytes.count) }
        output?.writeBytes(bytes)
    }

    private func flush() {
        guard let bytes = output, bytes.readableBytes > 0 else { return }
        output = nil
        context?.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    }

    private func perform(_ request: FileRequest) {
        guard let storage = account?.storage else { return handle(.performed(.failed(.forbidden))) }
        if let result = storage.performAtOnce(request) { return handle(.performed(result)) }
        let isRunning = work?.run { _, cancellation in
            storage.perform(request) { !cancellation.isCancelled }
        } then: { [self] result in
            if !result.isFailure, let change = request.changeText {
                server.log.event("change", .info, record, ["what": "\(change)"])
            }
            handle(.performed(result))
        }
        if isRunning != true { handle(.performed(.failed(.exhausted))) }
    }

    private func authenticate(_ user: [UInt8], _ password: [UInt8]) {
        triedUser = displayText(user.prefix(64))
        let (accounts, address) = (site.accounts, record.peer.address)
        if case .known(let account) = accounts.accountAtOnce(user: user) { return authenticated(account) }
        let isRunning = work?.run { _, _ -> Result<Account?, AccountsUnavailable> in
            do throws(AccountsUnavailable) {
                return .success(try accounts.account(user: user, password: password, from: address))
            } catch { return .failure(error) }
        } then: { [self] result in
            switch result {
            case .success(let account): authenticated(account)
            case .failure(let error): loginUnavailable(error.why)
            }
        }
        if isRunning != true { loginUnavailable("the system has no thread left") }
    }

    /// That is nobody's fault who wants to log in.
    private func loginUnavailable(_ why: String) {
        server.log.event("login impossible", .error, record, ["user": "\(triedUser)", "why": "\(why)"])
        handle(
            .authenticated(
                .refused(Phrase(en: "Nobody can be let in at the moment; try again later.", zh: "暂时无法登录，请稍后再试。"))))
    }

    private func authenticated(_ found: Account?) {
        guard let found else { return loginFailed() }
        guard context != nil else { return }
        guard server.sessions.logIn(found) else {
            server.log.event("refused", .warning, record, ["user": "\(found.name)", "why": "too many of this user"])
            return handle(
                .authenticated(
                    .refused(Phrase(en: "Too many sessions of this user.", zh: "该用户的会话过多。"))))
        }
        if !found.isGuest { server.bans.succeed(record.peer.address, as: triedUser) }
        account = found
        record.update { $0.user = found.name }
        server.metrics.count { $0.logins["accepted", default: 0] += 1 }
        server.log.event("login", .info, record, ["tls": "\(session.isSecure)"])
        recorder?.name(found.name)
        handle(.authenticated(.accepted(directory: found.directory, message: nil)))
    }

    /// Answers later, and as late for a name that exists as for one that does not.
    private func loginFailed() {
        guard let loop = context?.eventLoop else { return }
        let isBanned = server.bans.fail(record.peer.address, as: triedUser)
        server.metrics.count { $0.logins["rejected", default: 0] += 1 }
        server.log.event(
            isBanned ? "login failed, address banned" : "login failed", .warning, record, ["user": "\(triedUser)"])
        let handler = NIOLoopBound(self, eventLoop: loop)
        loop.scheduleTask(in: site.limits.failedLoginDelay) {
            handler.value.handle(
                .authenticated(
                    isBanned
                        ? .refused(Phrase(en: "Too many attempts from your address.", zh: "来自您地址的尝试次数过多。"))
                        : .rejected))
        }
    }

    private func forgetAccount() {
        if let account { server.sessions.logOut(account) }
        account = nil
        loginStart = .now()
        record.update { $0.user = nil }
    }

    private func leave() {
        server.log.event("closed", .info, record)
        forgetAccount()
        server.sessions.leave(record)
    }

    // MARK: - Data connections

    private func listen(inV4: Bool) {
        guard let transfers else { return handle(.notListening) }
        let handler = { [weak self] in self?.handle(.portExpired) ?? () }
        handle(transfers.listen(inV4: inV4, for: site, onExpiry: handler))
    }

    private func prepare(_ request: TransferRequest) {
        guard let account, let transfers else { return handle(.notPrepared(.forbidden)) }
        transfers.prepare(request, for: account) { [self] in handle($0) }
    }

    private func move() {
        // 150 goes first: what follows on the other connection shall not overtake it.
        flush()
        guard let account, let transfers else { return handle(.transferEnded(.aborted)) }
        transfers.move(for: account, of: site, identity, hasEnded: hasEnded) { [self] event in
            lastLine = .now()
            // Replies to markers are for a client that reads them.
            if case .marker = event, !(context?.channel.isWritable ?? false) { return }
            handle(event)
        }
    }

    // MARK: - Sites and TLS

    private func selectHost(_ name: [UInt8]) {
        // What TLS was agreed on with one site's certificate and rules does not do for another's.
        guard let found = server.site(named: name, besides: site), !session.isSecure || found.tls === site.tls else {
            return handle(.hostSelected(nil))
        }
        site = found
        idleSeconds = found.limits.idleSeconds
        handle(.hostSelected(found.policy))
    }

    private func startTLS() {
        flush()
        // Whatever was sent in clear behind AUTH may be somebody else's (CVE-2011-0411 and its kin).
        lines.removeAll()
        reader = ControlLineReader(maximumLength: Self.maximumLine)
        let identity = TLSIdentity()
        guard let context, let shared = site.tls,
            let handler = TLSHandler(shared, identity, recorder: recorder?.recorderOfKeys)
        else {
            context?.close(promise: nil)
            return
        }
        self.identity = identity
        tls = handler
        recorder?.beginTLS()
        let place = recorder?.placeOfTLS ?? .first
        do { try context.pipeline.syncOperations.addHandler(handler, position: place) } catch {
            context.close(promise: nil)
        }
    }

    // MARK: - Time

    /// Looks when the limit could be reached, and again when it was not.
    private func watchTime() {
        guard let context else { return }
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: max(idleDeadline, .now() + .seconds(1))) {
            handler.value.checkTime()
        }
    }

    /// Commands do not put the end of the login off, and bytes that end no line put nothing off (slow loris).
    private var idleDeadline: NIODeadline {
        let idle = lastLine + .seconds(Int64(idleSeconds))
        return session.user == nil ? min(idle, loginStart + .seconds(Int64(site.limits.loginSeconds))) : idle
    }

    private func checkTime() {
        guard context != nil else { return }
        // A transfer under way has a limit of its own.
        let isWaiting = session.isReady || session.user == nil || session.isAgreeingOnTLS
        if isWaiting, NIODeadline.now() >= idleDeadline {
            return handle(.idle)
        }
        watchTime()
    }
}
