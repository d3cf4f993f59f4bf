import Bytes

extension ProtocolLayer {
    /// An address as the name of its host: without name resolution the address itself.
    static func host(_ name: String, _ label: String, _ addresses: FieldRow...) -> FieldRow {
        FieldRow(name, label, .string, .text, .alias) { input, sink in
            for address in addresses {
                address.forEachValue(in: input) { value, range in
                    if case .address(let address) = value { sink(.text(address.description), range) }
                }
            }
        }
    }

    /// A finding that stands beside a header's fields where `condition` holds.
    static func finding(
        _ name: String, _ label: String, byte: Int, _ condition: @escaping @Sendable (borrowing FieldInput) -> Bool
    ) -> FieldRow {
        FieldRow(name, label, .none, .truth, .inOrder(level: 2)) { input, sink in
            let place = input.start + byte
            if condition(input) { sink(.presence, place..<place + 1) }
        }
    }
}

/// What is known of a checksum, as Wireshark numbers it. Captures are full of checksums that a network card fills in
/// later, so none is computed unless asked for.
enum ChecksumStatus: UInt64 {
    case bad, good, unverified, notPresent, illegal

    static func name(_ number: UInt64) -> String? {
        switch ChecksumStatus(rawValue: number) {
        case .bad: "Bad"
        case .good: "Good"
        case .unverified: "Unverified"
        case .notPresent: "Not present"
        case .illegal: "Illegal"
        case nil: nil
        }
    }
}

extension ProtocolLayer {
    /// The status of a checksum of two bytes.
    static func checksumStatus(
        _ name: String, _ label: String, byte: Int,
        _ status: @escaping @Sendable (borrowing FieldInput) -> ChecksumStatus? = { _ in .unverified }
    ) -> FieldRow {
        FieldRow(name, label, .uint8, .decimal, .inOrder(level: 1)) { input, sink in
            guard input.header.has(2, at: byte), let status = status(input) else { return }
            sink(.number(status.rawValue), input.start + byte..<input.start + byte + 2)
        }.named(ChecksumStatus.name)
    }
}
