import Bytes
package import Dissection

/// Which tree of counters is wanted, by the name that `-z` has for it.
package enum TreeKind: String, CaseIterable, Sendable {
    case packetLengths = "plen,tree"
    case protocols4 = "ptype,tree"
    case hosts4 = "ip_hosts,tree"
    case endpoints4 = "ip_srcdst,tree"
    case destinations4 = "dests,tree"
    case protocols6 = "ipv6_ptype,tree"
    case hosts6 = "ipv6_hosts,tree"
    case endpoints6 = "ipv6_srcdst,tree"
    case destinations6 = "ipv6_dests,tree"

    package var title: String {
        let family = isV6 ? "IPv6" : "IPv4"
        return switch self {
        case .packetLengths: "Packet Lengths"
        case .protocols4, .protocols6: "\(family) Statistics/IP Protocol Types"
        case .hosts4, .hosts6: "\(family) Statistics/All Addresses"
        case .endpoints4, .endpoints6: "\(family) Statistics/Source and Destination Addresses"
        case .destinations4, .destinations6: "\(family) Statistics/Destinations and Ports"
        }
    }

    var isV6: Bool {
        switch self {
        case .protocols6, .hosts6, .endpoints6, .destinations6: true
        default: false
        }
    }

    /// The outermost items, which are there before the first frame.
    fileprivate var roots: [StatisticsTree.Key] {
        switch self {
        case .packetLengths: [.label(.packetLengths)]
        case .protocols4, .protocols6: [.label(.protocolTypes)]
        case .hosts4, .hosts6: [.label(.allAddresses)]
        case .endpoints4: [.label(.sources4), .label(.destinations4)]
        case .endpoints6: [.label(.sources6), .label(.destinations6)]
        case .destinations4, .destinations6: [.label(.destinationsAndPorts)]
        }
    }
}

/// Fills one of the trees.
package final class TreeTap: FrameTap {
    package let kind: TreeKind
    package let condition: (any FrameTest)?
    package private(set) var tree = StatisticsTree()

    /// Lower bounds of the ranges that packet lengths are sorted into.
    private static let lengths: [UInt32] = [0, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120]

    package init(_ kind: TreeKind, _ condition: (any FrameTest)? = nil) {
        self.kind = kind
        self.condition = condition
        for root in kind.roots { _ = tree.node(root) }
        if kind == .packetLengths {
            for place in Self.lengths.indices { _ = tree.node(Self.range(place), below: 0) }
        }
    }

    private static func range(_ place: Int) -> StatisticsTree.Key {
        .lengths(lengths[place], place + 1 < lengths.count ? lengths[place + 1] - 1 : .max)
    }

    package func take(_ frame: borrowing DissectedFrame) {
        let time = Double(frame.facts.frame.relativeTime) / 1e6
        if kind == .packetLengths {
            tree.advance(to: time)
            tree.count(.label(.packetLengths), value: frame.length)
            let place = Self.lengths.lastIndex { UInt64($0) <= frame.length } ?? 0
            tree.count(Self.range(place), below: 0, value: frame.length)
            return
        }
        // IPv6 datagrams count once they are whole, as tshark counts them.
        if kind.isV6, frame.isOpenFragment { return }
        guard let (source, destination) = frame.addresses else { return }
        let id: ProtocolID = kind.isV6 ? .ipv6 : .ipv4
        // Tunnels have several headers of the kind. Each counts, with the innermost addresses.
        for slot in 0..<frame.carrier.count where frame.carrier[slot].id == id {
            tree.advance(to: time)
            count(frame, source, destination)
        }
    }

    private func count(_ frame: borrowing DissectedFrame, _ source: IPAddress, _ destination: IPAddress) {
        switch kind {
        case .packetLengths: break
        case .protocols4, .protocols6:
            let root = tree.count(kind.roots[0])
            tree.count(.label(TransportPorts(frame).label), below: root)
        case .hosts4, .hosts6:
            let root = tree.count(kind.roots[0])
            tree.count(.address(source), below: root)
            tree.count(.address(destination), below: root)
        case .endpoints4, .endpoints6:
            let sources = tree.count(kind.roots[0])
            tree.count(.address(source), below: sources)
            let destinations = tree.count(kind.roots[1])
            tree.count(.address(destination), below: destinations)
        case .destinations4, .destinations6:
            let transport = TransportPorts(frame)
            let root = tree.count(kind.roots[0])
            let host = tree.count(.address(destination), below: root)
            let type = tree.count(.label(transport.label), below: host)
            tree.count(.port(transport.destination), below: type)
        }
    }
}

/// The transport protocol and destination port that a frame is about: for an ICMP error those of the packet it quotes.
private struct TransportPorts {
    private(set) var label = StatisticsTree.Key.StaticLabel.none
    private(set) var destination: UInt16 = 0

    init(_ frame: borrowing DissectedFrame) {
        guard !frame.isOpenFragment else { return }
        let (bytes, layers) = (frame.bytes, frame.layers)
        if layers.transport >= 0 {
            let layer = layers[layers.transport]
            label = layer.id == .tcp ? .tcp : .udp
            destination = bytes.u16(at: Int(layer.offset) + 2)
            return
        }
        var message = bytes.slice(from: Int(layers.payload.offset))
        var number: UInt8 = 0
        if let icmp = layers.last(.icmp), ICMP.quotesPacket(bytes.u8(at: Int(icmp.offset))) {
            number = message.u8(at: 9)
            message = message.slice(from: Int(message.u8(at: 0) & 0xF) * 4)
        } else if let icmp = layers.last(.icmpv6), ICMPv6.quotesPacket(bytes.u8(at: Int(icmp.offset))) {
            number = message.u8(at: 6)
            message = message.slice(from: 40)
        } else if layers.network >= 0 {
            let header = layers[layers.network]
            number = bytes.u8(at: Int(header.offset) + (header.id == .ipv4 ? 9 : 6))
            // A header that was cut off or contradicts itself still has its ports, as far as they were captured.
            message = bytes.slice(from: Int(layers.payload.offset))
        }
        switch number {
        case 6: label = .tcp
        case 17: label = .udp
        case 33: label = .dccp
        case 132: label = .sctp
        default: return
        }
        destination = message.u16(at: 2)
    }
}
