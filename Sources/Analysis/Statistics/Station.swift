import Bytes

/// One side of a conversation: an address of the link or network layer, with a port where the transport layer has one.
package struct Station: Hashable, Sendable, BitwiseCopyable {
    private let high: UInt64
    private let low: UInt64
    package let port: UInt16
    private let isLink: Bool

    init(_ address: MACAddress) {
        (high, low, port, isLink) = (0, address.value, 0, true)
    }

    init(_ address: IPAddress, _ port: UInt16 = 0) {
        (high, low, self.port, isLink) = (address.high, address.low, port, false)
    }

    init(_ endpoint: Endpoint) { self.init(endpoint.address, endpoint.port) }

    /// `192.0.2.1` or `00:00:5e:00:53:01`.
    package var address: String { String(writing: { writeAddress(to: &$0) }) }

    package func writeAddress(to text: inout [UInt8]) {
        if isLink { text.append(MACAddress(low)) } else { text.append(IPAddress(high: high, low: low)) }
    }

    var hash: UInt64 { Self.keyed(high, low, UInt64(port)) }
    private static let keyed = KeyedHash()
}

/// What conversations are told apart by.
package enum StationKind: String, CaseIterable, Sendable {
    case ethernet = "eth"
    case ipv4 = "ip"
    case ipv6
    case tcp
    case udp

    package var label: String {
        switch self {
        case .ethernet: "Ethernet"
        case .ipv4: "IPv4"
        case .ipv6: "IPv6"
        case .tcp: "TCP"
        case .udp: "UDP"
        }
    }

    package var hasPorts: Bool { self == .tcp || self == .udp }
}
