package import Bytes

/// Names of addresses, as the capture itself tells them: DNS answers and a pcapng file's name resolution blocks.
///
/// Nothing is ever looked up: an analysis sends no traffic.
package struct HostNames: Sendable {
    /// An attack can make up names without end; what an analysis shows needs no more.
    private static let limit = 1 << 16

    private var names: [IPAddress: String] = [:]

    /// In the order of the addresses.
    package var all: [(address: IPAddress, name: String)] {
        names.map { ($0.key, $0.value) }.sorted { ($0.0.high, $0.0.low) < ($1.0.high, $1.0.low) }
    }

    package subscript(address: IPAddress) -> String? { names[address] }

    /// The first name wins: it is the one that the user asked for.
    mutating func note(_ address: IPAddress, _ name: String) {
        guard names.count < Self.limit, names[address] == nil, !name.isEmpty else { return }
        names[address] = name
    }
}
