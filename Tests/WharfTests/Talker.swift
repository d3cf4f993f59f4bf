import Foundation
import Testing

/// A socket of the loopback interface, and what was heard from it. Its calls block, for half a minute at most.
final class Talker {
    private let descriptor: Int32
    private var heard: [UInt8] = []

    struct NobodyThere: Error {}

    init(_ port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = descriptor
        let isConnected =
            unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            } == 0
        guard isConnected else { throw NobodyThere() }
    }

    deinit { close(descriptor) }

    func send(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Tells that nothing more will come.
    func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// False at the end.
    private func hearMore() -> Bool {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        let count = unsafe recv(descriptor, &piece, piece.count, 0)
        if count > 0 { heard += piece[..<count] }
        return count > 0
    }

    /// Whether nothing more comes.
    func isAtEnd() -> Bool { heard.isEmpty && !hearMore() }

    /// The next line without its end; nothing at the end.
    func line() -> String {
        while true {
            if let end = heard.firstIndex(of: 10) {
                let line = String(decoding: heard[..<end].filter { $0 != 13 }, as: UTF8.self)
                heard.removeSubrange(...end)
                return line
            }
            guard hearMore() else { return "" }
        }
    }

    /// Says a line, and gives the one that answers it.
    func say(_ text: String) -> String {
        send(Array("\(text)\r\n".utf8))
        return line()
    }

    /// Hears the greeting, and logs in for binary transfers.
    @discardableResult
    func logIn(_ location: SourceLocation = #_sourceLocation) -> String {
        let greeting = line()
        for (text, code) in [("USER ftp", "331"), ("PASS x", "230"), ("TYPE I", "200")] {
            let reply = say(text)
            #expect(reply.hasPrefix(code), "\(text)", sourceLocation: location)
        }
        return greeting
    }

    /// A connection to the port that EPSV gives.
    func passive() throws -> Talker {
        let port = try #require(say("EPSV").split(separator: "|").compactMap { Int($0) }.last)
        return try Talker(port)
    }
}
