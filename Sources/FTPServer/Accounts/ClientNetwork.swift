import Bytes

/// Whom an address belongs to, as limits and bans count: an IPv4 address is one client, while who has an IPv6 address
/// has all those with the same first 64 bits (RFC 4291 §2.5.4, RFC 6177 §2), and would never run out of others.
struct ClientNetwork: Hashable, Sendable {
    private let prefix: IPAddress

    init(_ address: IPAddress) { prefix = address.isV4 ? address : IPAddress(high: address.high, low: 0) }
}
