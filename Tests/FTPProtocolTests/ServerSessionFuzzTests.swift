import Bytes
import Testing

@testable import FTPProtocol

struct ServerSessionFuzzTests {
    /// SplitMix64: the same numbers every time.
    struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var word = state
            word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
            word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
            return word ^ word >> 31
        }
    }

    private static let arguments = [
        "", "a", "/", "..", "I", "A", "P", "0", "1", "5 9", "1 0", "ALL", "TLS", "-la", "192,0,2,1,8,0", "zh",
        "\"a b\" c",
        "|1|192.0.2.1|2048|", "20240101000000 a", "CHMOD 644 a", "CPFR a", "CPTO b", "COPY a b", "WHO", "HELP", "IDLE",
        "IDLE 60", "UTIME 202401010000 a", "modify=20240101000000; a", "MLST type;", "MODE Z LEVEL 3", "right", "known",
        "\u{FF}", "a\rb", "MKDIR x", "SYMLINK a b",
    ]

    private func line(_ generator: inout Generator, _ verbs: [String]) -> ControlLine {
        // What leads into a transfer, and may come while one is under way.
        let common = ["USER a", "PASS right", "EPSV", "RETR a", "ABOR", "ABOR", "STAT", "PBSZ 0"]
        if Bool.random(using: &generator), let text = common.randomElement(using: &generator) {
            return ServerMachine.line(Array(text.utf8))
        }
        let verb = verbs.randomElement(using: &generator) ?? ""
        let argument = Self.arguments.randomElement(using: &generator) ?? ""
        var line = ServerMachine.line(Array((argument.isEmpty ? verb : "\(verb) \(argument)").utf8))
        line.isTruncated = Int.random(in: 0..<50, using: &generator) == 0
        return line
    }

    private func event(_ generator: inout Generator, _ verbs: [String]) -> ServerEvent {
        let entry = FileEntry(name: [97], kind: .file, modified: FTPTime(seconds: 0))
        let results: [FileResult] = [
            .done, .entry(entry), .number(3), .digest([1], 0..<1), .lines([97], isCut: false),
            .lines([97], isCut: true), .attributes(FileAttributes(mode: 0o600)), .failed(.notFound),
        ]
        let outcomes: [TransferOutcome] = [
            .complete(1), .noConnection, .aborted, .connectionLost, .fileFailed(.noSpace),
        ]
        switch Int.random(in: 0..<40, using: &generator) {
        case 0...12: return .performed(results.randomElement(using: &generator) ?? .done)
        case 13...19: return .transferEnded(outcomes.randomElement(using: &generator) ?? .aborted)
        case 20...24: return .authenticated(.accepted(directory: .root, message: "hello\nyou"))
        case 25: return .authenticated(.rejected)
        case 26...27: return .listening(Endpoint(ServerMachine.peer, 4000))
        case 28: return .notListening
        case 29...31: return .prepared(PreparedTransfer(path: .root, size: 4))
        case 32: return .notPrepared(.exhausted)
        case 33: return .marker([97], 1)
        case 34: return .hostSelected(nil)
        case 35...36: return .secured
        case 37: return .unsecured
        case 38: return .sessions([[97]])
        default: return Int.random(in: 0..<20, using: &generator) == 0 ? .shutdown : .connected
        }
    }

    /// What waits for an answer.
    private func isQuestion(_ action: ServerAction) -> Bool {
        switch action {
        case .perform, .authenticate, .listen, .prepare, .move, .selectHost, .startTLS, .stopTLS, .askSessions: true
        default: false
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `whatever comes in whatever order, a command has one answer, or the session is over`(seed: UInt64) {
        var generator = Generator(state: seed)
        let verbs =
            ServerSession.implemented.map(\.description).sorted() + ["USER", "PASS", "PASV", "RETR", "ABOR", "QX", ""]
        var settings = ServerPolicy.Settings()
        (settings.hasTLS, settings.showsSessions, settings.allowsSymbolicLinks) = (true, true, true)
        var (session, taken, answered) = (ServerSession(policy: ServerPolicy(settings), peer: ServerMachine.peer), 0, 0)
        var sessions = 0
        for _ in 0..<20_000 {
            if session.isClosed {
                session = ServerSession(policy: ServerPolicy(settings), peer: ServerMachine.peer)
                (taken, answered, sessions) = (0, 0, sessions + 1)
            }
            var actions: [ServerAction] = []
            // The greeting answers nothing.
            if case .greeting = session.state { session.handle(.connected, into: &actions) }
            actions = []
            let isLine = Int.random(in: 0..<3, using: &generator) == 0
            let event: ServerEvent
            if isLine {
                let line = line(&generator, verbs)
                if session.isReady || session.interrupts(line) { taken += 1 }
                event = .line(line)
            } else {
                event = self.event(&generator, verbs)
            }
            let wasReady = session.isReady
            session.handle(event, into: &actions)
            var asked = false
            for action in actions {
                if case .reply(let reply) = action { answered += reply.code.kind == .preliminary ? 0 : 1 }
                if isQuestion(action) { asked = true }
            }
            if session.isClosed {
                let closes = actions.filter { if case .close = $0 { true } else { false } }
                #expect(closes.count == 1)
            } else if session.isReady {
                #expect(answered == taken, "\(event)")
            } else {
                #expect(answered <= taken)
                #expect(asked || !wasReady, "nobody is asked, and yet it waits: \(event)")
            }
            guard session.isClosed || answered <= taken, session.isReady != true || answered == taken else { return }
        }
        #expect(sessions > 20)
    }

    @Test func `a client that gives no address over IPv6 means itself`() throws {
        let peer = try #require(IPAddress("2001:db8::1"))
        let machine = ServerMachine.loggedIn(peer: peer)
        machine.talk([("EPRT |2|::|2048|", [200]), ("TYPE I", [200]), ("RETR a", [150])])
        #expect(machine.request?.target == Endpoint(peer, 2048))
    }
}
