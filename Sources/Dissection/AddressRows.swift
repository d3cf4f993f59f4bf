import Bytes

extension ProtocolLayer {
    /// The two addresses of a packet, each followed by the other names that it has.
    static func hosts(_ prefix: String, _ source: FieldRow, _ destination: FieldRow) -> [FieldRow] {
        [("src", "Source", source), ("dst", "Destination", destination)].flatMap { name, label, row in
            [
                row, row.renamed(prefix + ".addr", "Source or Destination Address").hidden,
                host("\(prefix).\(name)_host", "\(label) Host", row),
                host(prefix + ".host", "Source or Destination Host", row),
            ]
        }
    }

    /// An address as the name of its host: without name resolution the address itself.
    static func host(_ name: String, _ label: String, _ address: FieldRow) -> FieldRow {
        FieldRow(name, label, .string, .text, .inOrder(level: 1)) { input, sink in
            address.forEachValue(in: input) { value, range in
                if case .address(let address) = value { sink(.text(address.description), range) }
            }
        }.hidden
    }

    /// The two ports of a segment or datagram, and each again under the name that both share.
    static func ports(_ name: String, _ source: FieldRow, _ destination: FieldRow) -> [FieldRow] {
        let either = [source, destination].map { $0.renamed(name, "Source or Destination Port").hidden }
        return [source, destination] + either
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
            sink(.number(status.rawValue), input.start + byte..<input.start + byte)
        }.named(ChecksumStatus.name).nameAlone.generated
    }
}
