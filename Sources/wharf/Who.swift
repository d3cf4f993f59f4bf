import ArgumentParser
import Foundation
import FTPServer
import Report

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct Who: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who",
        abstract: "Show who is connected to the servers that you run on this machine.")

    @Flag(help: "As a JSON array.")
    var json = false

    func run() throws {
        var sessions: [SessionSummary] = []
        for path in StatusSocket.all {
            guard let text = Self.read(path), let read = try? JSONDecoder().decode([SessionSummary].self, from: text)
            else { continue }
            sessions += read
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return print(String(decoding: try encoder.encode(sessions), as: UTF8.self))
        }
        guard !sessions.isEmpty else { return print("Nobody is connected.") }
        let rows =
            [["session", "since", "peer", "user", "moved", "command"]]
            + sessions.map { session in
                [
                    "\(session.session)", "\(session.secondsConnected) s", session.peer, session.user ?? "-",
                    session.bytes.map { "\($0)" } ?? "-", harmless(session.command),
                ]
            }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = row.indices.map { column in
                column == row.count - 1
                    ? row[column] : row[column].padding(toLength: widths[column], withPad: " ", startingAt: 0)
            }
            print(cells.joined(separator: "  "))
        }
    }

    /// All that the server behind the socket says; nil if there is none any more.
    private static func read(_ path: String) -> Data? {
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0, path.utf8.count < 108 else { return nil }
        let file = FileHandle(fileDescriptor: socket, closeOnDealloc: true)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(socket, $0, length) }
        }
        return status == 0 ? try? file.readToEnd() : nil
    }
}
