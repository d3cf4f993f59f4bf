import Bytes

/// The two hosts of a connection, whoever opened it.
struct HostPair: Hashable {
    private let lower: IPAddress
    private let upper: IPAddress

    init(_ stream: TCPStream) {
        let (one, other) = (stream.initiator.address, stream.responder.address)
        let isOrdered = (one.high, one.low) <= (other.high, other.low)
        (lower, upper) = isOrdered ? (one, other) : (other, one)
    }
}
