import Bytes
import Dissection

/// Which DNS messages belong together: a response to the query with its number between the same two ports, and what is
/// said again. Kept only while somebody asks.
struct MessageExchanges {
    private struct Key: Hashable {
        let ports: Set<Endpoint>
        let number: UInt16
        let isStream: Bool
    }

    private struct Transaction {
        let request: UInt32
        let time: Int64
        var response: UInt32?
    }

    /// A query that comes again later is a new one.
    private static let patience: Int64 = 5_000_000_000

    private var transactions: [Key: Transaction] = [:]

    /// Adds what the messages so far tell about those in the frame.
    ///
    /// - Parameter addresses: of the packet that holds them.
    mutating func complete(
        _ facts: inout FrameFacts, _ bytes: Bytes, _ layers: Layers,
        _ addresses: (source: IPAddress, destination: IPAddress)?, _ frame: UInt32, _ time: Int64
    ) {
        guard layers.has(.dns) || layers.has(.mdns) || layers.has(.llmnr), layers.transport >= 0, let addresses else {
            return
        }
        let transport = layers[layers.transport]
        let place = Int(transport.offset)
        let ports: Set = [
            Endpoint(addresses.source, bytes.u16(at: place)), Endpoint(addresses.destination, bytes.u16(at: place + 2)),
        ]
        for slot in 0..<layers.count where [.dns, .mdns, .llmnr].contains(layers[slot].id) {
            let start = Int(layers[slot].offset)
            let key = Key(ports: ports, number: bytes.u16(at: start), isStream: transport.id == .tcp)
            let isResponse = bytes.u8(at: start + 2) & 0x80 != 0
            let exchange = isResponse ? response(key, frame, time) : query(key, frame, time)
            if let exchange, facts.dns == nil {
                facts.dns = DNSFacts(offset: layers[slot].offset, exchange: exchange)
            }
        }
    }

    private mutating func query(_ key: Key, _ frame: UInt32, _ time: Int64) -> DNSExchange? {
        if let known = transactions[key], known.response == nil, time - known.time < Self.patience {
            return .repeated(known.request)
        }
        transactions[key] = Transaction(request: frame, time: time)
        return nil
    }

    private mutating func response(_ key: Key, _ frame: UInt32, _ time: Int64) -> DNSExchange {
        guard let known = transactions[key] else { return .unsolicited }
        if let response = known.response, response != frame { return .repeated(response) }
        transactions[key]?.response = frame
        return .answer(to: known.request, after: time - known.time)
    }
}
