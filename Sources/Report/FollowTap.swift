package import Analysis
import Bytes

/// Why the text after `-z` asks for nothing that can be followed; in tshark's words where it has some.
package struct FollowTapError: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ reason: String) { description = "follow - \(reason)" }
}

/// What `tshark -z follow,tcp,…` prints, byte for byte.
///
/// Where tshark 4.0 loses bytes they are here all the same; see ``CaptureIndex/forEachChunk(of:_:)``.
package struct FollowTap: Sendable {
    let format: FollowFormat
    let selection: Selection
    /// Chunks to print, counted from 1.
    let range: ClosedRange<UInt32>

    enum Selection: Sendable, Hashable {
        case stream(UInt32)
        case endpoints(Endpoint, Endpoint)
    }

    /// - Parameter argument: the text after `-z `, such as `follow,tcp,hex,3` or
    ///   `follow,tcp,ascii,192.0.2.1:4000,192.0.2.2:21,2-5`.
    package init(_ argument: String) throws(FollowTapError) {
        var parser = FollowTapParser(argument)
        format = try parser.format()
        selection = try parser.selection()
        range = try parser.range()
    }

    /// - Parameter write: takes one line at a time, without its end.
    package func tell(_ index: CaptureIndex, _ write: (String) -> Void) {
        let streams = streams(of: index)
        let (client, server) = nodes(streams.first, index)
        if format == .yaml {
            write("peers:")
            for (number, node) in [client, server].enumerated() {
                write("  - peer: \(number)")
                write("    host: \(node.map { "\($0.address)" } ?? "")")
                write("    port: \(node?.port ?? 0)")
            }
            write("packets:")
        } else {
            write("")
            write(Self.separator)
            write("Follow: tcp,\(format.rawValue)")
            write("Filter: \(filter)")
            write("Node 0: \(client?.description ?? ":0")")
            write("Node 1: \(server?.description ?? ":0")")
        }
        tellChunks(of: streams, index, client, write)
        if format != .yaml { write(Self.separator) }
    }

    private static let separator = String(repeating: "=", count: 67)

    private func tellChunks(
        of streams: [Int], _ index: CaptureIndex, _ client: Endpoint?, _ write: (String) -> Void
    ) {
        var number: UInt32 = 0
        var positions = (client: Int64(0), server: Int64(0))
        for stream in streams {
            index.forEachChunk(of: stream) { piece in
                number = number == .max ? number : number + 1
                let isServer = index.streams[stream].endpoint(piece.side) != client
                let position = isServer ? positions.server : positions.client
                let gap = piece.isGap ? Self.gapText(piece.count) : nil
                let count = gap.map { Int64($0.count) } ?? piece.count
                if isServer { positions.server += count } else { positions.client += count }
                guard range.contains(number) else { return }
                let content = gap ?? index.withBytes(of: piece) { $0.array }
                let chunk = FollowChunk(
                    content: content, isServer: isServer, position: position, packet: piece.frame + 1,
                    time: piece.isGap ? 0 : index.frames[Int(piece.frame)].time)
                chunk.tell(as: format, write)
            }
        }
    }

    /// With the end of a C string, which tshark counts and prints.
    private static func gapText(_ count: Int64) -> [UInt8] { Array("[\(count) bytes missing in capture file]\0".utf8) }

    private func streams(of index: CaptureIndex) -> [Int] {
        switch selection {
        case .stream(let number): number < index.streams.count ? [Int(number)] : []
        case .endpoints(let one, let other):
            index.streams.indices.filter { stream in
                let ends = (index.streams[stream].initiator, index.streams[stream].responder)
                return ends == (one, other) || ends == (other, one)
            }
        }
    }

    /// Node 0 is who sent the first frame.
    private func nodes(_ stream: Int?, _ index: CaptureIndex) -> (Endpoint?, Endpoint?) {
        guard let stream else { return (nil, nil) }
        let sender = index.frames[Int(index.streams[stream].firstFrame)].sender
        return (index.streams[stream].endpoint(sender), index.streams[stream].endpoint(sender.other))
    }

    private var filter: String {
        switch selection {
        case .stream(let number): return "tcp.stream eq \(number)"
        case .endpoints(let one, let other):
            let ip = one.address.isV4 ? "ip" : "ipv6"
            let way = { (from: Endpoint, to: Endpoint) in
                "((\(ip).src eq \(from.address) and tcp.srcport eq \(from.port)) and "
                    + "(\(ip).dst eq \(to.address) and tcp.dstport eq \(to.port)))"
            }
            return "\(way(one, other)) or \(way(other, one))"
        }
    }
}
