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
        var servers = 0
        for path in StatusSocket.all {
            guard let text = Self.read(path) else { continue }
            servers += 1
            guard let read = try? JSONDecoder().decode([SessionSummary].self, from: text) else {
                warn("\(path): that server does not tell who is connected")
                continue
            }
            sessions += read
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return print(String(decoding: try encoder.encode(sessions), as: UTF8.self))
        }
        guard servers > 0 else { return print("No server of yours runs on this machine.") }
        guard !sessions.isEmpty else { return print("Nobody is connected.") }
        let rows =
            [["server", "session", "since", "peer", "user", "moved", "command"]]
            + sessions.map { session in
                [
                    session.server ?? "-", "\(session.session)", "\(session.secondsConnected) s", session.peer,
                    session.user ?? "-", session.bytes.map { "\($0)" } ?? "-", session.command,
                ].map { harmless($0) }
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

    /// All that the server behind the socket says; nil if there is none any more. One that hangs does not hold up others.
    private static func read(_ path: String) -> Data? {
        let socket = StatusSocket.open(path)
        guard socket >= 0 else { return nil }
        let file = FileHandle(fileDescriptor: socket, closeOnDealloc: true)
        var patience = timeval(tv_sec: 5, tv_usec: 0)
        unsafe setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return (try? file.readToEnd()) ?? Data()
    }
}
