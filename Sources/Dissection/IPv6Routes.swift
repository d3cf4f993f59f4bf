import Bytes

extension IPv6Routing {
    /// What a route says, by its type (RFC 6275 §6.4, RFC 8754 §2); raw values are the fields' names.
    package enum Computed: String, Sendable {
        case sourceReserved = "src.reserved", sourceAddress = "src.addr", homeReserved = "mipv6.reserved"
        case homeAddress = "mipv6.home_address", lastEntry = "srh.last_entry", flags = "srh.flags", tag = "srh.tag"
        case segment = "srh.addr", unknown = "unknown_data"
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        id.label + " (\(typeName(UInt64(input.header.u8(at: 2))) ?? "Unknown type \(input.header.u8(at: 2))"))"
    }

    static var routeFields: [FieldRow] {
        [
            item(.sourceReserved, "Reserved", .bytes), numbered(.sourceAddress, "Address", from: 1),
            item(.homeReserved, "Reserved", .bytes), numbered(.homeAddress, "Home Address", from: 1),
            item(.lastEntry, "Last Entry", .uint8), item(.flags, "Flags", .uint8, .hexadecimal),
            item(.tag, "Tag", .bytes), numbered(.segment, "Address", from: 0),
            item(.unknown, "Type-Specific Data", .bytes),
        ]
    }

    /// `Address[1]: 2001:db8::1`
    private static func numbered(_ kind: Computed, _ label: String, from first: Int) -> FieldRow {
        item(kind, label, .ipv6).worded { value, range, input in
            guard case .address(let address) = value else { return label }
            return "Address[\((range.lowerBound - input.start - 8) / 16 + first)]: \(address)"
        }
    }

    static func read(_ input: borrowing FieldInput, _ emit: Emit) {
        let header = MessageBytes(input.header, at: input.start)
        let kind: Computed
        switch header.bytes.u8(at: 2) {
        case 0:
            header.raw(.sourceReserved, 4, 4, emit)
            kind = .sourceAddress
        case 2:
            header.raw(.homeReserved, 4, 4, emit)
            return header.ipv6(.homeAddress, 8, emit)
        case 4:
            header.number(.lastEntry, 4, 1, emit)
            header.number(.flags, 5, 1, emit)
            header.raw(.tag, 6, 2, emit)
            kind = .segment
        case 3, 5, 6: return
        default: return header.raw(.unknown, 4, header.count - 4, emit)
        }
        // Behind a segment routing header's list stand further options.
        let count = kind == .segment ? Int(header.bytes.u8(at: 4)) + 1 : (header.count - 8) / 16
        for number in 0..<count {
            guard header.bytes.has(16, at: 8 + 16 * number) else { return }
            header.ipv6(kind, 8 + 16 * number, emit)
        }
    }
}
