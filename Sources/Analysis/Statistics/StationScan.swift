import Bytes
import Dissection

extension StationKind {
    /// Calls `body` with sender and receiver for every header of the kind in the frame.
    func forEachPair(in frame: borrowing DissectedFrame, _ body: (Station, Station) -> Void) {
        let carrier = frame.carrier
        switch self {
        case .ethernet:
            for slot in 0..<carrier.count where carrier[slot].id == .ethernet {
                let header = Header<Ethernet>(frame.carrierBytes, carrier[slot])
                body(Station(header[.source]), Station(header[.destination]))
            }
        case .ipv4:
            for slot in 0..<carrier.count where carrier[slot].id == .ipv4 {
                let header = Header<IPv4>(frame.carrierBytes, carrier[slot])
                body(Station(header[.source]), Station(header[.destination]))
            }
        case .ipv6:
            guard !frame.isOpenFragment else { return }
            for slot in 0..<carrier.count where carrier[slot].id == .ipv6 {
                let header = Header<IPv6>(frame.carrierBytes, carrier[slot])
                body(Station(header[.source]), Station(header[.destination]))
            }
        case .tcp: forTransport(.tcp, in: frame, body)
        case .udp: forTransport(.udp, in: frame, body)
        }
    }

    private func forTransport(_ id: ProtocolID, in frame: borrowing DissectedFrame, _ body: (Station, Station) -> Void)
    {
        guard let layer = frame.layers.last(id), let (source, destination) = frame.addresses else { return }
        // Both transports begin with the two ports.
        let offset = Int(layer.offset)
        body(
            Station(source, frame.bytes.u16(at: offset)), Station(destination, frame.bytes.u16(at: offset + 2)))
    }
}

extension DissectedFrame {
    /// The addresses of the innermost network layer, which a reassembled datagram no longer has itself.
    var addresses: (source: IPAddress, destination: IPAddress)? {
        layers.addresses(in: bytes) ?? carrier.addresses(in: carrierBytes)
    }
}
