import Bytes
import FTPProtocol

/// Scripts for the machine of a session, without I/O: the first byte says what the policy is, the rest is a ``Script``.
package struct SessionSubject: Subject {
    private let number: UInt64
    private static let eventCount = 32

    package init(number: UInt64) { self.number = number }

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        var bytes = [UInt8(dice.roll(256))] + CommandSoup.script(&dice, events: Self.eventCount)
        guard dice.isLucky(in: 3) else { return (bytes, "soup") }
        for _ in 0...dice.roll(4) { dice.pick(RawMutation.allCases).apply(to: &bytes, &dice) }
        return (bytes, "mutated soup")
    }

    package func run(_ bytes: [UInt8]) -> [String] {
        var run = SessionRun(bits: bytes.first ?? 0)
        for piece in Script(bytes.dropFirst()).pieces {
            switch piece {
            case .text(let text): run.push(text)
            case .event(let number): run.happen(Int(number) % Self.eventCount)
            }
        }
        return run.faults
    }
}

/// One session and what is checked of it.
private struct SessionRun {
    private var session: ServerSession
    private var reader = ControlLineReader(maximumLength: 512)
    private var lines: [ControlLine] = []
    /// What was asked last, for the answer that fits.
    private var asked: ServerAction?
    /// The greeting answers the connection.
    private var taken = 1
    private var answered = 0
    private var isClosed = false
    private(set) var faults: [String] = []

    private static let peer = IPAddress(v4: 0xC000_0201)

    init(bits: UInt8) {
        var settings = ServerPolicy.Settings()
        settings.hasTLS = bits & 1 != 0
        settings.requiresTLS = bits & 3 == 3
        settings.allowsForeignAddresses = bits & 4 != 0
        settings.allowsSymbolicLinks = bits & 8 != 0
        settings.showsSessions = bits & 16 != 0
        settings.allowsClearCommandChannel = bits & 32 != 0
        if bits & 64 != 0 { settings.banner = "two\nlines\r\n220 three" }
        session = ServerSession(
            policy: ServerPolicy(settings), peer: Self.peer, isSecure: settings.hasTLS && bits & 128 != 0)
        handle(.connected)
    }

    private mutating func fault(_ text: String) { if faults.count < 8 { faults.append(text) } }

    mutating func push(_ text: [UInt8]) {
        var new: [ControlLine] = []
        reader.push(text.bytes, at: 0) { new.append($0) }
        for line in new where line.text.count > 512 { fault("a line of \(line.text.count) bytes") }
        lines += new
        pump()
    }

    /// As whoever feeds the machine does: what it is not ready for waits.
    private mutating func pump() {
        while let line = lines.first, !isClosed, session.isReady || session.interrupts(line) {
            lines.removeFirst()
            taken += 1
            handle(.line(line))
        }
    }

    mutating func happen(_ number: Int) {
        handle(number == 0 ? answer() : event(number))
        pump()
    }

    /// What a server in whose way nothing stands would answer.
    private func answer() -> ServerEvent {
        switch asked {
        case .authenticate: .authenticated(.accepted(directory: .root, message: "hello\r\n230 you"))
        case .perform(let request): .performed(result(of: request))
        case .prepare(let request): .prepared(PreparedTransfer(path: request.path, size: 4))
        case .move: .transferEnded(.complete(4))
        case .listen: .listening(Endpoint(Self.peer, 5001))
        case .selectHost: .hostSelected(session.policy)
        case .startTLS: .secured
        case .stopTLS: .unsecured
        case .askSessions: .sessions([Array("somebody\r\n999 x".utf8)])
        default: .performed(.done)
        }
    }

    private func result(of request: FileRequest) -> FileResult {
        switch request {
        case .entry, .mayRename, .mayEnter:
            .entry(FileEntry(name: Array("f\r\nx\u{FF}".utf8), kind: .file, modified: FTPTime(seconds: 0)))
        case .size, .available, .directorySize: .number(.max)
        case .digest: .digest([1, 2], 0..<2)
        case .list: .lines(Array("one\r\n226 two\r\n\r\n".utf8), isCut: false)
        case .setAttributes(_, let attributes): .attributes(attributes)
        default: .done
        }
    }

    private func event(_ number: Int) -> ServerEvent {
        let events: [ServerEvent] = [
            .connected, .performed(.done), .performed(.number(.max)), .performed(.lines([10, 13, 0], isCut: true)),
            .performed(.digest([], 0..<0)), .performed(.failed(.notFound)), .performed(.failed(.exhausted)),
            .authenticated(.rejected), .authenticated(.refused(Phrase(en: "no", zh: "不"))),
            .authenticated(.accepted(directory: .root, message: nil)), .listening(Endpoint(Self.peer, 0)),
            .notListening, .portExpired, .performed(.failed(.aborted)),
            .prepared(PreparedTransfer(path: .root, size: nil)), .notPrepared(.forbidden),
            .notPrepared(.notDirectory), .marker([13, 10], .max), .transferEnded(.complete(.max)),
            .transferEnded(.noConnection), .transferEnded(.tlsFailed), .transferEnded(.sessionNotReused),
            .transferEnded(.connectionLost), .transferEnded(.stalled), .transferEnded(.aborted),
            .transferEnded(.malformed), .transferEnded(.fileFailed(.quotaExceeded)), .hostSelected(nil), .secured,
            .unsecured, .sessions([[10], []]), .idle, .shutdown,
        ]
        return events[number % events.count]
    }

    private mutating func handle(_ event: ServerEvent) {
        let wasReady = session.isReady
        var actions: [ServerAction] = []
        session.handle(event, into: &actions)
        if isClosed, !actions.isEmpty { fault("something is done after the end: \(actions)") }
        for action in actions {
            if isClosed { fault("\(action) comes behind the end") }
            check(action)
            switch action {
            case .reply(let reply): answered += reply.code.kind == .preliminary ? 0 : 1
            case .close: isClosed = true
            case .stopListening, .abort, .setIdleLimit, .loggedOut, .reinitialize, .letTLSEnd: break
            default: asked = action
            }
        }
        if isClosed != session.isClosed { fault("closed and not closed after \(event)") }
        if isClosed { return }
        if session.isReady, answered != taken { fault("\(taken) commands have \(answered) answers after \(event)") }
        if answered > taken { fault("an answer to nothing after \(event)") }
        if wasReady, !session.isReady, asked == nil { fault("it waits and has asked nobody after \(event)") }
    }

    private mutating func check(_ action: ServerAction) {
        switch action {
        case .reply(let reply): check(reply)
        case .perform(let request):
            if session.user == nil { fault("\(request) for nobody") }
        case .prepare(let request):
            if session.user == nil { fault("\(request) for nobody") }
            if session.policy.settings.requiresTLS, !request.isProtected { fault("in clear: \(request)") }
            if request.path.names.contains(where: { $0.elementsEqual("..".utf8) }) { fault("a way out: \(request)") }
            if let target = request.target, !session.policy.settings.allowsForeignAddresses,
                target.address != Self.peer
            {
                fault("data for somebody else: \(request)")
            }
        case .listen, .move, .askSessions, .stopListening:
            // A port is closed while somebody logs out.
            if session.user == nil, case .stopListening = action { return }
            if session.user == nil { fault("\(action) for nobody") }
        case .authenticate:
            if session.policy.settings.requiresTLS, !session.isSecure { fault("a login in clear") }
        default: break
        }
    }

    /// What goes over the wire is one reply, whatever it repeats of names and arguments.
    private mutating func check(_ reply: Reply) {
        var wire: [UInt8] = []
        reply.append(to: &wire)
        var reader = ReplyReader()
        var events: [ReplyReader.Event] = []
        for line in wire.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
            guard line.last == 13 else { return fault("a line of \(reply) ends without CR") }
            if line.dropLast().contains(where: { $0 == 13 || $0 == 0 }) { fault("CR or NUL within \(reply)") }
            events.append(reader.push(line.dropLast()))
        }
        guard wire.last == 10, case .reply(let read)? = events.popLast(), read.code == reply.code,
            read.lines.count == reply.lines.count, events.allSatisfy({ $0 == .partial })
        else { return fault("not one reply: \(reply)") }
    }
}
