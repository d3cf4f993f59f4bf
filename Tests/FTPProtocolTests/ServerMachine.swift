import Bytes
import Testing

@testable import FTPProtocol

/// A session without I/O around it: what it asks for is answered as a server would in whose way nothing stands. Only a
/// transfer that was begun waits for the test to end it.
final class ServerMachine {
    private(set) var session: ServerSession
    /// What it asked for, but for replies.
    private(set) var actions: [ServerAction] = []
    /// What it said last.
    private(set) var replies: [Reply] = []
    /// What becomes of questions about files; `done` where this says nothing.
    var files: (FileRequest) -> FileResult? = { _ in nil }
    /// Why no transfer can be prepared.
    var refusal: FileError?

    static let peer = IPAddress(v4: 0xC000_0201)

    init(
        peer: IPAddress = ServerMachine.peer, isSecure: Bool = false,
        _ change: (inout ServerPolicy.Settings) -> Void = { _ in }
    ) {
        var settings = ServerPolicy.Settings()
        settings.hasTLS = true
        change(&settings)
        session = ServerSession(policy: ServerPolicy(settings), peer: peer, isSecure: isSecure)
        feed(.connected)
    }

    /// One in which somebody is logged in.
    static func loggedIn(
        peer: IPAddress = ServerMachine.peer, _ change: (inout ServerPolicy.Settings) -> Void = { _ in }
    ) -> ServerMachine {
        let machine = ServerMachine(peer: peer, change)
        machine.say("USER somebody")
        machine.say("PASS right")
        return machine
    }

    static func line(_ text: [UInt8]) -> ControlLine {
        var line = ControlLine(start: 0)
        line.text = text
        return line
    }

    /// The codes that a line is answered with.
    @discardableResult
    func say(_ text: String) -> [UInt16] { feed(.line(Self.line(Array(text.utf8)))) }

    @discardableResult
    func feed(_ event: ServerEvent) -> [UInt16] {
        replies = []
        var events = [event]
        while !events.isEmpty {
            var asked: [ServerAction] = []
            session.handle(events.removeFirst(), into: &asked)
            for action in asked {
                if case .reply(let reply) = action {
                    replies.append(reply)
                } else {
                    actions.append(action)
                    if let answer = answer(to: action) { events.append(answer) }
                }
            }
        }
        return replies.map(\.code.rawValue)
    }

    private func answer(to action: ServerAction) -> ServerEvent? {
        switch action {
        case .authenticate(_, let password):
            let isRight = password.elementsEqual("right".utf8)
            return .authenticated(isRight ? .accepted(directory: .root, message: nil) : .rejected)
        case .perform(let request): return .performed(files(request) ?? .done)
        case .prepare(let request):
            return refusal.map { .notPrepared($0) } ?? .prepared(PreparedTransfer(path: request.path, size: nil))
        case .listen: return .listening(Endpoint(IPAddress(v4: 0x7F00_0001), 5001))
        case .selectHost(let name): return .hostSelected(name.elementsEqual("known".utf8) ? session.policy : nil)
        case .startTLS: return .secured
        case .stopTLS: return .unsecured
        case .askSessions: return .sessions([])
        default: return nil
        }
    }

    /// Says one line after the other, and compares the codes of the answers.
    func talk(_ lines: [(String, [UInt16])], _ location: SourceLocation = #_sourceLocation) {
        for (line, expected) in lines {
            let codes = say(line)
            #expect(codes == expected, "\(line)", sourceLocation: location)
        }
    }

    /// The last answer as it goes over the wire.
    var wire: String {
        var bytes: [UInt8] = []
        for reply in replies { reply.append(to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What the last transfer was to be.
    var request: TransferRequest? {
        for case .prepare(let request) in actions.reversed() { return request }
        return nil
    }

    var isAborted: Bool { actions.contains { if case .abort = $0 { true } else { false } } }
}
