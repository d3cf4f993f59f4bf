package import Bytes

/// One session of a server: takes what happens, says what is to be done, and knows neither sockets nor files.
///
/// One command is answered before the next is taken (RFC 959 §5.4): while ``isReady`` is false, lines wait with whoever
/// feeds the machine, but for those that ``interrupts(_:)`` names. Every event is lawful at every time; what comes too
/// late is passed over.
package struct ServerSession: Sendable {
    /// What the session waits for.
    enum State: Sendable {
        case greeting
        case ready
        case waiting(Awaited)
        case transferring(TransferRequest)
        /// TLS is being agreed on, or taken off.
        case changingSecurity
        case closed
    }

    /// What is to be said when the answer is there.
    enum Awaited: Sendable {
        case authentication(user: [UInt8])
        case host
        case port(extended: Bool)
        case preparation(TransferRequest)
        case sessions
        case file(FileQuestion)
    }

    /// Why a ``FileRequest`` was made.
    enum FileQuestion: Sendable {
        case enter(ServerPath)
        case make(ServerPath)
        case renameFrom(ServerPath)
        case copyFrom(ServerPath)
        case size
        /// MDTM; what to set the time of, if there is no such file.
        case modified(orSet: (file: ServerPath, time: FTPTime)?)
        case facts(ServerPath)
        case digest(DigestReply, [UInt8])
        case list([UInt8])
        case available
        case directorySize
        /// All that is said is that it was done.
        case change(ReplyCode, Phrase)
        /// MFMT, MFCT and MFF repeat what they have set (draft-somers-ftp-mfxx §3.1).
        case attributes(of: [UInt8])
    }

    enum DigestReply: Sendable {
        case hash(DigestAlgorithm)
        case bare
    }

    /// Who the client says it is.
    enum Login: Sendable {
        case nobody
        case named([UInt8])
        case user([UInt8])
    }

    /// Where the next data connection comes from (RFC 959 §4.1.2).
    enum DataPort: Sendable {
        case none
        case active(Endpoint)
        case passive
    }

    package internal(set) var policy: ServerPolicy
    package let peer: IPAddress
    package internal(set) var language = Language.en

    var state = State.greeting
    var login = Login.nobody
    package internal(set) var directory = ServerPath.root
    var dataPort = DataPort.none
    var isExtendedOnly = false
    var type = RepresentationType.initial
    var structure = FileStructure.initial
    var mode = TransferMode.initial
    var compressionLevel: UInt8 = 6
    /// Of the next transfer (REST, RANG).
    var offset: UInt64 = 0
    var length: UInt64?
    var renameSource: ServerPath?
    var copySource: ServerPath?
    var facts = FileFacts.initial
    var digestAlgorithm = DigestAlgorithm.sha256
    /// Whether TLS protects the control connection now, and whether it ever did.
    package internal(set) var isSecure: Bool
    var wasSecure: Bool
    /// Whether TLS was there before the first word.
    let isImplicit: Bool
    /// Of the site that the client has come to, whichever HOST has chosen since.
    let arrivalPolicy: ServerPolicy
    /// Whether PBSZ was said, which PROT demands (RFC 4217 §8).
    var hasBufferSize: Bool
    package internal(set) var protection: ProtectionLevel
    var loginAttempts = 0
    /// What SITE IDLE has asked for; nil for what the site has.
    var idleSeconds: Int?
    var isAborting = false
    /// QUIT was said, or the server stops, while something is under way.
    var isLeaving = false
    /// The server is stopping.
    var isStopped = false

    /// - Parameters:
    ///   - peer: where the client is.
    ///   - isSecure: TLS came before the first word (implicit TLS), so that PROT P holds from the start.
    package init(policy: ServerPolicy, peer: IPAddress, isSecure: Bool = false) {
        self.policy = policy
        self.peer = peer
        self.isSecure = isSecure
        wasSecure = isSecure
        isImplicit = isSecure
        arrivalPolicy = policy
        hasBufferSize = isSecure
        protection = isSecure ? .private : .clear
    }

    /// Whether the next line may be taken.
    package var isReady: Bool { if case .ready = state { true } else { false } }

    /// Whether the handshake of TLS, or its end, is under way.
    package var isAgreeingOnTLS: Bool { if case .changingSecurity = state { true } else { false } }

    package var isClosed: Bool { if case .closed = state { true } else { false } }

    /// The transfer under way.
    package var transfer: TransferRequest? { if case .transferring(let transfer) = state { transfer } else { nil } }

    package var user: [UInt8]? { if case .user(let name) = login { name } else { nil } }

    /// Whether a line is taken at once although something is under way: in a transfer ABOR, STAT and QUIT (RFC 959
    /// §4.1.3), and ABOR as well while files are worked on, for which a checksum can take as long.
    package func interrupts(_ line: ControlLine) -> Bool {
        guard let command = CommandOutline(line.text) else { return false }
        switch (state, command.verb) {
        // Another ABOR is answered once the first one is.
        case (.transferring, "ABOR"), (.waiting(.file), "ABOR"): return !isAborting
        case (.transferring, "QUIT"): return true
        case (.transferring, "STAT"): return command.argument.isEmpty
        default: return false
        }
    }

    /// Takes in what happened, and appends what is to be done about it.
    package mutating func handle(_ event: ServerEvent, into actions: inout [ServerAction]) {
        if case .closed = state { return }
        switch event {
        case .connected: greet(&actions)
        case .line(let line): take(line, &actions)
        case .performed(let result): performed(result, &actions)
        case .authenticated(let result): authenticated(result, &actions)
        case .listening(let endpoint): listening(endpoint, &actions)
        case .notListening: notListening(&actions)
        case .portExpired: if case .passive = dataPort { dataPort = .none }
        case .prepared(let prepared): self.prepared(prepared, &actions)
        case .notPrepared(let error): notPrepared(error, &actions)
        case .marker(let text, let position):
            // RFC 959 §4.2: "MARK yyyy = mmmm" gives the user's marker, then the server's.
            guard case .transferring = state else { return }
            actions.append(reply(110, Array("MARK ".utf8) + text + Array(" = \(position)".utf8)))
        case .transferEnded(let outcome): transferEnded(outcome, &actions)
        case .hostSelected(let policy): hostSelected(policy, &actions)
        case .secured: secured(&actions)
        case .unsecured: unsecured(&actions)
        case .sessions(let lines): sessions(lines, &actions)
        case .idle: leave(421, Phrase(en: "Nothing was said for too long; closing.", zh: "长时间没有命令，连接关闭。"), &actions)
        case .shutdown: shutdown(&actions)
        }
    }
}

// MARK: - Replies

extension ServerSession {
    /// A reply of one line, in the session's language.
    func reply(_ code: ReplyCode, _ text: Phrase) -> ServerAction {
        .reply(Reply(code, lines: [Array(text[language].utf8)]))
    }

    /// A reply of one line.
    func reply(_ code: ReplyCode, _ text: [UInt8]) -> ServerAction { .reply(Reply(code, lines: [text])) }

    func reply(_ error: FileError) -> ServerAction { reply(error.code, error.text) }

    static let ok = Phrase(en: "Command okay.", zh: "命令成功。")
    static let wrongArgument = Phrase(en: "That argument cannot be understood.", zh: "无法理解该参数。")
    static let notImplemented = Phrase(en: "Command not implemented.", zh: "命令未实现。")
}

// MARK: - The course of a session

extension ServerSession {
    private mutating func greet(_ actions: inout [ServerAction]) {
        guard case .greeting = state else { return }
        state = .ready
        let lines = policy.settings.banner.split(separator: "\n", omittingEmptySubsequences: false)
        actions.append(.reply(Reply(220, lines: lines.map { Array($0.utf8) })))
    }

    private mutating func take(_ line: ControlLine, _ actions: inout [ServerAction]) {
        let interrupts = interrupts(line)
        guard isReady || interrupts else { return }
        if line.isTruncated {
            actions.append(reply(500, Phrase(en: "That line is too long.", zh: "命令行太长。")))
            return
        }
        guard let command = Command(line: line.text) else {
            // Scanners, and clients that send an empty line to keep the connection.
            actions.append(reply(500, Phrase(en: "That is no command.", zh: "这不是命令。")))
            return
        }
        if interrupts { return interrupt(command, &actions) }
        guard !command.argument.contains(where: { $0 == 0 || $0 == UInt8(ascii: "\r") }) else {
            actions.append(reply(501, Self.wrongArgument))
            return
        }
        dispatch(command, &actions)
        if case .closed = state { return }
        forget(after: command.verb)
    }

    /// What holds for the very next command only.
    private mutating func forget(after verb: Verb) {
        switch verb {
        // Between REST and the transfer only what prepares it may stand; PASV and PORT do, TYPE does no harm.
        case "REST", "RANG", "PORT", "EPRT", "PASV", "EPSV", "TYPE", "STRU", "MODE", "PROT", "PBSZ", "ALLO", "SIZE",
            "MDTM", "NOOP", "RETR", "STOR", "APPE", "STOU", "CWD", "PWD", "XPWD", "OPTS", "FEAT", "STAT":
            break
        default: (offset, length) = (0, nil)
        }
        // RNTO has to follow at once upon an RNFR that has succeeded, which is known only later.
        renameSource = nil
        if verb != "SITE" { copySource = nil }
    }

    /// A command that comes while something is under way.
    private mutating func interrupt(_ command: Command, _ actions: inout [ServerAction]) {
        switch command.verb {
        case "ABOR":
            isAborting = true
            actions.append(.abort)
        case "QUIT": isLeaving = true
        default: actions.append(.reply(statusReply()))
        }
    }

    mutating func leave(_ code: ReplyCode, _ text: Phrase, _ actions: inout [ServerAction]) {
        actions.append(reply(code, text))
        actions.append(.close)
        state = .closed
    }

    private mutating func shutdown(_ actions: inout [ServerAction]) {
        if isReady || !hasLoggedIn || isAgreeingOnTLS {
            leave(421, Self.isStopping, &actions)
        } else {
            isStopped = true
        }
    }

    private static let isStopping = Phrase(en: "The server is stopping.", zh: "服务器正在停止。")

    var hasLoggedIn: Bool { user != nil }

    /// The session is ready for the next command, or leaves if that was asked for meanwhile.
    mutating func becomeReady(_ actions: inout [ServerAction]) {
        state = .ready
        if isLeaving {
            leave(221, Phrase(en: "Goodbye.", zh: "再见。"), &actions)
        } else if isStopped {
            leave(421, Self.isStopping, &actions)
        }
    }
}

// MARK: - Dispatch

extension ServerSession {
    private mutating func dispatch(_ command: Command, _ actions: inout [ServerAction]) {
        let verb = Self.aliases[command.verb] ?? command.verb
        let command = Command(verb, command.argument)
        guard let row = VerbTable.row(verb), Self.implemented.contains(verb) else { return unknown(command, &actions) }
        // SYST, HELP and FEAT are answered to everybody, what tells of files or users only after the login.
        guard !row.needsLogin || hasLoggedIn else {
            actions.append(reply(530, Phrase(en: "Log in with USER and PASS first.", zh: "请先用 USER 和 PASS 登录。")))
            return
        }
        // A guest's password may be nothing at all.
        if row.argument.isRequired, command.argument.isEmpty, verb != "PASS" {
            actions.append(
                reply(501, Phrase(en: "It takes an argument: \(row.syntax)", zh: "需要参数：\(row.syntax)")))
            return
        }
        switch row.role {
        case .login, .logout: access(command, &actions)
        case .directory, .fileAction: fileAction(command, &actions)
        case .fileInformation, .checksum: fileInformation(command, &actions)
        case .parameter, .position: parameter(command, &actions)
        case .dataPort, .passive: dataPort(command, &actions)
        case .download, .upload, .append, .uniqueUpload, .listing, .nameListing, .factListing:
            transfer(command, &actions)
        case .security: security(command, &actions)
        case .information, .control: information(command, &actions)
        case .site: site(command, &actions)
        case .mail: unknown(command, &actions)
        }
    }

    private mutating func unknown(_ command: Command, _ actions: inout [ServerAction]) {
        // Words of HTTP: a browser is being tricked into speaking to us (ALPACA, and SSRF before it).
        if ["GET", "POST", "HEAD", "PUT", "OPTIONS", "CONNECT", "DELETE", "PATCH"].contains(command.verb) {
            return leave(421, Phrase(en: "This is an FTP server.", zh: "这是 FTP 服务器。"), &actions)
        }
        // 502 for what exists elsewhere, 500 for what does not (RFC 959 §4.2.1).
        let isKnown = VerbTable.row(command.verb) != nil
        actions.append(
            isKnown
                ? reply(502, Self.notImplemented) : reply(500, Phrase(en: "Unknown command.", zh: "未知命令。")))
    }

    /// The names of RFC 775, which old clients still use.
    static let aliases: [Verb: Verb] = [
        "XCWD": "CWD", "XCUP": "CDUP", "XPWD": "PWD", "XMKD": "MKD", "XRMD": "RMD", "MD5": "XMD5",
    ]

    /// What FEAT and HELP may speak of.
    static let implemented: Set<Verb> = [
        "USER", "PASS", "ACCT", "HOST", "REIN", "QUIT", "CWD", "CDUP", "SMNT", "PWD", "PORT", "PASV", "EPRT", "EPSV",
        "TYPE", "STRU", "MODE", "REST", "RANG", "ALLO", "OPTS", "LANG", "RETR", "STOR", "APPE", "STOU", "LIST", "NLST",
        "MLSD", "MLST", "SIZE", "MDTM", "MFMT", "MFCT", "MFF", "RNFR", "RNTO", "DELE", "RMD", "RMDA", "MKD", "COMB",
        "SITE", "SYST", "STAT", "HELP", "FEAT", "NOOP", "ABOR", "AVBL", "DSIZ", "CLNT", "CSID", "HASH", "XCRC", "XMD5",
        "XSHA", "XSHA1", "XSHA256", "XSHA512", "AUTH", "PBSZ", "PROT", "CCC",
    ]
}
