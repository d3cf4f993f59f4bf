import Foundation
import Testing

/// A client without manners: a socket of the loopback interface, and what was read from it. Its calls block, for half a
/// minute at most.
final class RawClient {
    private let descriptor: Int32
    private var rest: [UInt8] = []
    /// The lower bytes of the addresses at both ends, 127.x.y.z.
    private let (own, peer): (UInt32, UInt32)
    private(set) var tls: ClientTLS.Connection?

    /// - Parameters:
    ///   - peer: the lower bytes of the address to connect to, 127.x.y.z.
    ///   - host: those of the address to come from.
    init?(port: UInt16, at peer: UInt32 = 1, from host: UInt32 = 1) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        (own, self.peer) = (host, peer)
        setTime()
        let descriptor = descriptor
        let isBound = unsafe Loopback.with(host, 0) { address, length in unsafe bind(descriptor, address, length) } == 0
        guard isBound else { return nil }
        let isConnected =
            unsafe Loopback.with(peer, port) { address, length in unsafe connect(descriptor, address, length) } == 0
        guard isConnected else { return nil }
    }

    /// A connection that is there already.
    fileprivate init(_ descriptor: Int32) {
        self.descriptor = descriptor
        (own, peer) = (1, 1)
        setTime()
    }

    deinit {
        tls = nil
        close(descriptor)
    }

    private func setTime() {
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    // MARK: - Bytes

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8], urgent: Bool = false) {
        if let tls { return tls.write(bytes) }
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.send(
                    descriptor, $0.baseAddress! + sent, $0.count - sent,
                    Int32(MSG_NOSIGNAL) | (urgent ? Int32(MSG_OOB) : 0))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Tells that nothing more will come.
    func finish() {
        tls?.sayGoodbye()
        cut()
    }

    /// Ends the stream without a word of TLS.
    func cut() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Whether there is something to read, or the end, within so many milliseconds.
    func isReadable(within milliseconds: Int32) -> Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wait, 1, milliseconds) > 0
    }

    /// False at the end.
    private func readMore(atMost room: Int = 1 << 16) -> Bool {
        var piece = [UInt8](repeating: 0, count: room)
        let count = unsafe tls.map { $0.read(&piece) } ?? recv(descriptor, &piece, piece.count, 0)
        // Whoever waits for an end has not met one.
        if count < 0, errno == EAGAIN { Issue.record("the server said nothing for half a minute") }
        if count > 0 { rest += piece[..<count] }
        return count > 0
    }

    /// One byte; nil at the end.
    func byte() -> UInt8? {
        guard !rest.isEmpty || readMore(atMost: 1) else { return nil }
        return rest.removeFirst()
    }

    /// All that still comes.
    func readAll() -> [UInt8] {
        while readMore() {}
        return rest
    }

    /// Nil at the end.
    func line() -> String? {
        while true {
            if let end = rest.firstIndex(of: 10) {
                let line = String(decoding: rest[..<end], as: UTF8.self)
                rest.removeSubrange(...end)
                return line
            }
            guard readMore() else { return nil }
        }
    }

    // MARK: - The control connection

    /// The next reply, lines apart by LF; nil at the end.
    func reply() -> String? {
        var lines: [String] = []
        while let line = line() {
            lines.append(line.hasSuffix("\r") ? String(line.dropLast()) : line)
            if line.dropFirst(3).first == " ", Int(line.prefix(3)) != nil { return lines.joined(separator: "\n") }
        }
        return nil
    }

    /// The code of the next reply; nil at the end.
    func code() -> Int? { reply()?.split(separator: "\n").last.flatMap { Int($0.prefix(3)) } }

    func say(_ text: String) -> Int? { say(Array(text.utf8)) }

    func say(_ bytes: [UInt8]) -> Int? {
        send(bytes + [13, 10])
        return code()
    }

    func ask(_ text: String) -> String? {
        send(text + "\r\n")
        return reply()
    }

    func logIn(as user: String = "ftp", _ password: String = "x") -> Bool { code() == 220 && self.user(user, password) }

    /// Logs in where the greeting was read already.
    func user(_ user: String = "ftp", _ password: String = "x") -> Bool {
        say("USER \(user)") == 331 && say("PASS \(password)") == 230 && say("TYPE I") == 200
    }

    /// The port that EPSV gives.
    func passivePort() -> UInt16? { ask("EPSV")?.split(separator: "|").compactMap { UInt16($0) }.last }

    /// The six numbers that PASV gives.
    func hostPort() -> [Int]? {
        let text = ask("PASV")?.split(separator: "(").last?.split(separator: ")").first
        return text?.split(separator: ",").compactMap { Int($0) }
    }

    // MARK: - Data connections

    /// A data connection to where EPSV says.
    func passive() -> RawClient? {
        passivePort().flatMap { RawClient(port: $0, at: peer, from: own) }
    }

    /// What a command sends over a data connection, and the code at its end.
    func fetch(_ command: String) -> (code: Int?, bytes: [UInt8]) { fetch(Array(command.utf8)) }

    func fetch(_ command: [UInt8]) -> (code: Int?, bytes: [UInt8]) {
        guard let data = passive(), let code = say(command) else { return (nil, []) }
        guard code == 150 else { return (code, []) }
        let bytes = data.readAll()
        return (self.code(), bytes)
    }

    /// Sends `text` over a data connection; gives the code at the end.
    func store(_ command: String, _ text: String) -> Int? { store(Array(command.utf8), text) }

    func store(_ command: [UInt8], _ text: String) -> Int? {
        guard let data = passive(), let code = say(command) else { return nil }
        guard code == 150 else { return code }
        data.send(text)
        data.finish()
        return self.code()
    }

    // MARK: - TLS

    /// Shakes hands; false if the server will not.
    func startTLS(_ context: ClientTLS, resuming other: RawClient? = nil) -> Bool {
        tls = ClientTLS.Connection(context, descriptor, resuming: other?.tls)
        return tls?.shakeHands() ?? false
    }

    /// Goes on in clear once both sides have said that TLS ends (CCC); false if the server did not.
    ///
    /// - Parameters:
    ///   - answers: whether this side says it.
    ///   - isFirst: whether this side says it before the server does.
    func stopTLS(answers: Bool = true, isFirst: Bool = false) -> Bool {
        if isFirst { tls?.sayGoodbye() }
        let isOver = tls?.isOver() ?? false
        if answers, !isFirst { tls?.sayGoodbye() }
        tls = nil
        return isOver
    }

    /// Goes on in clear without a word.
    func forgetTLS() { tls = nil }
}

/// A port of the loopback interface that waits for the server (PORT, EPRT).
final class RawListener {
    private let descriptor: Int32
    let port: UInt16

    /// - Parameter host: the lower bytes of its address, 127.x.y.z.
    init?(at host: UInt32 = 1) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        let isBound = unsafe Loopback.with(host, 0) { address, length in unsafe bind(descriptor, address, length) } == 0
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isNamed =
            unsafe withUnsafeMutablePointer(to: &address) {
                unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe getsockname(descriptor, $0, &length)
                }
            } == 0
        port = UInt16(bigEndian: address.sin_port)
        guard isBound, isNamed, listen(descriptor, 8) == 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Whether somebody has connected.
    var isAsked: Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wait, 1, 0) > 0
    }

    func accept() -> RawClient? {
        let accepted = Glibc.accept(descriptor, nil, nil)
        return accepted < 0 ? nil : RawClient(accepted)
    }
}

private enum Loopback {
    static func with(
        _ host: UInt32, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = (0x7F00_0000 | host).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
