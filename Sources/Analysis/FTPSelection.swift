package import Bytes
package import CaptureFile
import Dissection
import FTPProtocol

/// Which frames have to do with FTP, told one by one as they come in, while nobody knows yet what follows.
///
/// Kept are control connections, by their port; data connections, by what was announced for them (`PORT`, `EPRT`,
/// `LPRT`, and the replies 227, 228 and 229), whatever ports those are; and between two hosts with a control connection
/// pieces of datagrams and ICMP's errors. Where a control connection is encrypted, nobody can read what it announces:
/// then all TCP between its two hosts is kept. What was not heard of for long is forgotten, so that memory is bounded.
package struct FTPSelection: Sendable {
    private struct Connection: Hashable {
        let from: Endpoint
        let to: Endpoint

        /// The same for both directions.
        init(_ one: Endpoint, _ other: Endpoint) {
            let key = { (end: Endpoint) in (end.address.high, end.address.low, end.port) }
            (from, to) = key(one) <= key(other) ? (one, other) : (other, one)
        }
    }

    private struct Direction: Hashable {
        let from: Endpoint
        let to: Endpoint
    }

    private let controlPorts: Set<UInt16>
    private let links: [LinkLayer?]
    /// Where data connections may lead to or come from.
    private var announced = RecentTable<Endpoint, Bool>(limit: 1 << 15)
    private var data = RecentTable<Connection, Bool>(limit: 1 << 15)
    /// Hosts with a control connection; whether it is encrypted.
    private var pairs = RecentTable<HostPair, Bool>(limit: 1 << 14)
    private var readers = RecentTable<Direction, ControlLineReader>(limit: 1 << 12)
    private var layers = Layers()

    /// Bytes of what announces a port at most.
    private static let lineLimit = 1024

    /// - Parameters:
    ///   - linkTypes: of the interfaces, as ``FrameHeader/interface`` counts them.
    ///   - controlPorts: of servers; 990 is the one of those that are encrypted from the beginning.
    package init(_ linkTypes: [LinkType], controlPorts: Set<UInt16> = [21, 990]) {
        self.controlPorts = controlPorts
        links = linkTypes.map { LinkLayer(rawValue: $0.rawValue) }
    }

    /// What a frame of FTP is part of.
    package enum Part: Sendable { case control, other }

    /// Takes the next frame, and says what of FTP it belongs to; nil for nothing.
    package mutating func part(_ header: FrameHeader, _ frame: Bytes) -> Part? {
        let interface = Int(header.interface)
        layers.walk(
            frame, links.indices.contains(interface) ? links[interface] : nil,
            originalLength: Int(header.originalLength))
        guard let (source, destination) = layers.addresses(in: frame) else { return nil }
        guard layers.transport >= 0, layers[layers.transport].id == .tcp else {
            // A piece, or an error, that may belong to such a connection.
            guard layers.stop.reason == .fragment || layers.has(.icmp) || layers.has(.icmpv6) else { return nil }
            return pairs[HostPair(source, destination)] != nil ? .other : nil
        }
        let tcp = Header<TCP>(frame, layers[layers.transport])
        let from = Endpoint(source, tcp[.sourcePort])
        let to = Endpoint(destination, tcp[.destinationPort])
        if controlPorts.contains(to.port) || controlPorts.contains(from.port) {
            hear(frame, from, to, isFromServer: !controlPorts.contains(to.port))
            return .control
        }
        let connection = Connection(from, to)
        if data[connection] != nil { return .other }
        if announced[from] != nil || announced[to] != nil || pairs[HostPair(source, destination)] == true {
            data[connection] = true
            return .other
        }
        return nil
    }

    /// Learns what a control connection announces.
    private mutating func hear(_ frame: Bytes, _ from: Endpoint, _ to: Endpoint, isFromServer: Bool) {
        let pair = HostPair(from.address, to.address)
        let isKnownEncrypted = pairs[pair]
        let payload = frame.slice(from: Int(layers.payload.offset), count: Int(layers.payload.captured))
        let isEncrypted = payload.count >= 5 && TLS.isRecordHeader(payload)
        if isKnownEncrypted == nil || isEncrypted { pairs[pair] = isEncrypted || isKnownEncrypted == true }
        guard !payload.isEmpty, !isEncrypted else { return }
        let direction = Direction(from: from, to: to)
        var reader = readers[direction] ?? ControlLineReader(maximumLength: Self.lineLimit)
        var lines: [[UInt8]] = []
        reader.push(payload, at: 0) { lines.append($0.text) }
        readers[direction] = reader
        for line in lines { learn(line, from, isFromServer) }
    }

    private mutating func learn(_ line: [UInt8], _ speaker: Endpoint, _ isFromServer: Bool) {
        guard let announcement = isFromServer ? Self.reply(line) : Self.command(line) else { return }
        announced[Endpoint(announcement.address ?? speaker.address, announcement.port)] = true
        // Behind a translation of addresses the port is where the speaker is.
        announced[Endpoint(speaker.address, announcement.port)] = true
    }

    private static func reply(_ line: [UInt8]) -> (address: IPAddress?, port: UInt16)? {
        let text = line.dropFirst(4)
        switch ReplyCode(startOf: line)?.rawValue {
        case 227: return HostPort.passive(reply: text).map { ($0.address, $0.port) }
        case 228: return LongPort.passive(reply: text).map { ($0.address, $0.port) }
        case 229: return ExtendedPort.passive(reply: text).map { ($0.address, $0.port) }
        default: return nil
        }
    }

    private static func command(_ line: [UInt8]) -> (address: IPAddress?, port: UInt16)? {
        guard let command = CommandOutline(line), VerbTable.role(command.verb) == .dataPort else { return nil }
        let argument = line[command.argument]
        switch command.verb {
        case "PORT": return HostPort.port(argument: argument).map { ($0.address, $0.port) }
        case "EPRT": return ExtendedPort.eprt(argument: argument).map { ($0.address, $0.port) }
        default: return LongPort.lprt(argument: argument).map { ($0.address, $0.port) }
        }
    }
}
