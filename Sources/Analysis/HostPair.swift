import Bytes

/// The two hosts of a connection, whoever opened it.
struct HostPair: Hashable, Sendable {
    private let lower: IPAddress
    private let upper: IPAddress

    init(_ stream: TCPStream) { self.init(stream.initiator.address, stream.responder.address) }

    init(_ one: IPAddress, _ other: IPAddress) {
        let isOrdered = (one.high, one.low) <= (other.high, other.low)
        (lower, upper) = isOrdered ? (one, other) : (other, one)
    }
}
