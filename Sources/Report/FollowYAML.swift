import Bytes
import Analysis

/// What was said, for programs: every piece with its frame, time and side, holes as `missing`.
package struct FollowYAML {
    private let source: FollowSource
    private let write: (String) -> Void

    /// - Parameter write: takes one line at a time, without its end.
    package init(_ source: FollowSource, write: @escaping (String) -> Void) {
        self.source = source
        self.write = write
    }

    package func tell() {
        let index = source.story.index
        write("streams:")
        for stream in source.streams {
            let client = source.clientSide(of: stream)
            write("  - stream: \(stream)")
            write("    client: \"\(index.streams[stream].endpoint(client))\"")
            write("    server: \"\(index.streams[stream].endpoint(client.other))\"")
            switch source.role(of: stream) {
            case .control(let session): write("    session: \(session + 1)")
            case .data(let transfer): write("    transfer: \(transfer + 1)")
            case .other: break
            }
        }
        write("pieces:")
        source.read { part in
            write("  - frame: \(part.piece.frame + 1)")
            write("    stream: \(part.piece.stream)")
            write("    side: \(part.isFromClient ? "client" : "server")")
            write("    time: \(Self.seconds(index.frames[Int(part.piece.frame)].time))")
            guard !part.piece.isGap || !part.bytes.isEmpty else { return write("    missing: \(part.piece.count)") }
            write("    data: !!binary |")
            var start = 0
            while start < part.bytes.count {
                let row = part.bytes[start..<min(start + 57, part.bytes.count)]
                write("      " + String(decoding: FollowCharacters.base64(row), as: UTF8.self))
                start += 57
            }
        }
    }

    /// Since 1970, to the nanosecond.
    private static func seconds(_ time: Int64) -> String {
        let fraction = String(time.magnitude % 1_000_000_000)
        let zeros = String(repeating: "0", count: 9 - fraction.count)
        return "\(time < 0 ? "-" : "")\(time.magnitude / 1_000_000_000).\(zeros)\(fraction)"
    }
}
