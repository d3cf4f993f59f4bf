import Foundation

/// A client without manners: a socket of the loopback interface, and what was read from it. Its calls block, for half a
/// minute at most.
final class RawClient {
    private let descriptor: Int32
    private var rest: [UInt8] = []

    /// - Parameter host: the last byte of the address to come from, 127.0.0.x.
    init?(port: UInt16, from host: UInt32 = 1) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let descriptor = descriptor
        let isBound = unsafe Self.with(host, 0) { address, length in unsafe bind(descriptor, address, length) } == 0
        guard isBound else { return nil }
        let isConnected =
            unsafe Self.with(1, port) { address, length in unsafe connect(descriptor, address, length) } == 0
        guard isConnected else { return nil }
    }

    deinit { close(descriptor) }

    private static func with(
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

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8], urgent: Bool = false) {
        _ = unsafe Glibc.send(
            descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | (urgent ? Int32(MSG_OOB) : 0))
    }

    /// Tells that nothing more will come.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Whether there is something to read, or the end, within so many milliseconds.
    func isReadable(within milliseconds: Int32) -> Bool {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&wait, 1, milliseconds) > 0
    }

    /// False at the end.
    private func readMore() -> Bool {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe recv(descriptor, &piece, piece.count, 0)
        if count > 0 { rest += piece[..<count] }
        return count > 0
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

    /// The code of the next reply; nil at the end.
    func code() -> Int? {
        while let line = line() {
            if line.dropFirst(3).first == " ", let code = Int(line.prefix(3)) { return code }
        }
        return nil
    }

    func say(_ text: String) -> Int? {
        send(text + "\r\n")
        return code()
    }

    func logIn() -> Bool { code() == 220 && say("USER ftp") == 331 && say("PASS x") == 230 && say("TYPE I") == 200 }

    /// The port that EPSV gives.
    func passivePort() -> UInt16? {
        send("EPSV\r\n")
        return line()?.split(separator: "|").compactMap { UInt16($0) }.last
    }
}
