import Bytes
import Dissection

/// Which datagrams of UDP belong together: those between the same two ports, numbered in the order of their first
/// ones, as tshark's `udp.stream`. Kept only while somebody asks.
struct DatagramExchanges {
    private struct Exchange {
        let number: UInt32
        let first: Int64
        var previous: Int64
    }

    private var exchanges: [Set<Endpoint>: Exchange] = [:]
    private var messages = MessageExchanges()
    private var echoes = EchoExchanges()
    private var stations = AddressClaims()
    private let needs: FrameNeeds

    init(_ needs: FrameNeeds) { self.needs = needs }

    /// Adds what the datagrams so far tell about the one in the frame.
    ///
    /// - Parameter datagram: the one that the frame completes, whose `layers` lack the network layer.
    mutating func complete(_ found: inout FoundFrame, _ bytes: Bytes, _ datagram: Datagram?, _ time: Int64) {
        guard needs.contains(.datagrams) || found.layers.present & Self.echoing != 0 else { return }
        take(&found.facts, bytes, found.layers, datagram, time)
    }

    /// The protocols of frames that ``FrameNeeds/echoes`` is about.
    private static let echoing = [ProtocolID.icmp, .icmpv6, .arp].reduce(0) { $0 | $1.bit }

    private mutating func take(
        _ facts: inout FrameFacts, _ bytes: Bytes, _ layers: Layers, _ datagram: Datagram?, _ time: Int64
    ) {
        var addresses = layers.addresses(in: bytes)
        if let datagram { addresses = (datagram.source, datagram.destination) }
        if needs.contains(.echoes) {
            if layers.has(.icmp) || layers.has(.icmpv6), let addresses {
                facts.earlier = echoes.note(bytes, layers, addresses, facts.frame)
            }
            if let layer = layers.last(.arp) { facts.earlier = stations.note(bytes, layer, facts.frame) }
        }
        guard needs.contains(.datagrams) else { return }
        messages.complete(&facts, bytes, layers, addresses, facts.frame.index, time)
        if layers.has(.udp) {
            facts.udp = note(bytes, layers, addresses, time, isQuoted: false)
        } else if layers.has(.icmp) || layers.has(.icmpv6) {
            let quoted = Layers(quotedBy: layers, in: bytes)
            if quoted.has(.udp) {
                facts.udp = note(bytes, quoted, quoted.addresses(in: bytes), time, isQuoted: true)
            }
        }
    }

    private mutating func note(
        _ bytes: Bytes, _ layers: Layers, _ addresses: (source: IPAddress, destination: IPAddress)?,
        _ time: Int64, isQuoted: Bool
    ) -> DatagramFacts? {
        guard let addresses, let layer = layers.last(.udp), layer.length == 8 else { return nil }
        let header = Header<UDP>(bytes, layer)
        guard header[.length] >= 8 else { return nil }
        let pair: Set = [
            Endpoint(addresses.source, header[.sourcePort]), Endpoint(addresses.destination, header[.destinationPort]),
        ]
        let exchange =
            exchanges[pair]
            ?? Exchange(number: UInt32(truncatingIfNeeded: exchanges.count), first: time, previous: time)
        // Times are those of datagrams that carry something and did travel.
        let counts = !isQuoted && (layers.payload.length > 0 || header[.length] > 8)
        exchanges[pair] = Exchange(
            number: exchange.number, first: exchange.first, previous: counts ? time : exchange.previous)
        guard counts else { return DatagramFacts(stream: exchange.number) }
        return DatagramFacts(
            stream: exchange.number, timeSinceFirst: time - exchange.first, timeSincePrevious: time - exchange.previous)
    }
}
