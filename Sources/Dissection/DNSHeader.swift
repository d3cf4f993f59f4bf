import Bytes

/// The flags in a message's header (RFC 1035 §4.1.1, RFC 4035 §3.2). Which of them there are depends on what the
/// message is.
extension DNS {
    enum Condition: Sendable { case always, response, query, notLinkLocal, linkLocal, responseNotLinkLocal }

    static let flagFields: [FieldRow] = [
        FieldRow("dns.flags", "Flags", .uint16, .hexadecimal, .inOrder(level: 1)) { input, sink in
            guard input.header.has(4, at: 0) else { return }
            sink(.number(UInt64(input.header.u16(at: 2))), input.start + 2..<input.start + 4)
        }.worded { value, _, input in
            guard case .number(let flags) = value else { return "Flags" }
            var text =
                "Flags: 0x\(hexadecimal(flags, 4)) \(DNSName.operations[flags >> 11 & 15] ?? "Unknown operation")"
            if flags & 0x8000 != 0 { text += " response, \(responseName(flags & 15) ?? "Unknown error")" }
            return text
        },
        flag(0x8000, "response", "Response", .always, "Message is a response", "Message is a query"),
        number(0x7800, "opcode", "Opcode", .always) { DNSName.operations[$0] },
        flag(
            0x0400, "authoritative", "Authoritative", .responseNotLinkLocal, "Server is an authority for domain",
            "Server is not an authority for domain"),
        flag(0x0400, "conflict", "Conflict", .linkLocal, "The name is not considered unique", "None"),
        flag(0x0200, "truncated", "Truncated", .always, "Message is truncated", "Message is not truncated"),
        flag(
            0x0100, "recdesired", "Recursion desired", .notLinkLocal, "Do query recursively",
            "Don't do query recursively"),
        flag(0x0100, "tentative", "Tentative", .linkLocal, "Tentative", "Not tentative"),
        flag(
            0x0080, "recavail", "Recursion available", .responseNotLinkLocal, "Server can do recursive queries",
            "Server can't do recursive queries"),
        flag(0x0040, "z", "Z", .notLinkLocal, "reserved - incorrect!", "reserved (0)"),
        flag(
            0x0020, "authenticated", "Answer authenticated", .responseNotLinkLocal,
            "Answer/authority portion was authenticated by the server",
            "Answer/authority portion was not authenticated by the server"),
        flag(0x0020, "authenticated", "AD bit", .query, "Set", "Not set"),
        flag(0x0010, "checkdisable", "Non-authenticated data", .notLinkLocal, "Acceptable", "Unacceptable"),
        number(0x000F, "rcode", "Reply code", .response) { responseName($0) },
    ]

    private static func flag(
        _ mask: UInt64, _ name: String, _ label: String, _ condition: Condition, _ yes: String, _ no: String
    ) -> FieldRow {
        bits(mask, name, label, .boolean, condition) { value in value == 0 ? no : yes }
            .asked { $0 == 0 ? no : yes }
    }

    private static func number(
        _ mask: UInt64, _ name: String, _ label: String, _ condition: Condition,
        _ names: @escaping @Sendable (UInt64) -> String?
    ) -> FieldRow {
        bits(mask, name, label, .uint16, condition) { "\(names($0) ?? "Unknown") (\($0))" }.asked(by: names)
    }

    private static func bits(
        _ mask: UInt64, _ name: String, _ label: String, _ type: FieldType, _ condition: Condition,
        _ text: @escaping @Sendable (UInt64) -> String
    ) -> FieldRow {
        FieldRow("dns.flags." + name, label, type, type.display, .inOrder(level: 2)) { input, sink in
            guard input.header.has(4, at: 0), holds(condition, input) else { return }
            let value = (UInt64(input.header.u16(at: 2)) & mask) >> UInt64(mask.trailingZeroBitCount)
            sink(type == .boolean ? .flag(value != 0) : .number(value), input.start + 2..<input.start + 4)
        }.worded { _, range, input in
            let number = input.number(range)
            let value = (number & mask) >> UInt64(mask.trailingZeroBitCount)
            return bitText(number, mask: mask, bits: 16) + "\(label): \(text(value))"
        }
    }

    private static func holds(_ condition: Condition, _ input: borrowing FieldInput) -> Bool {
        let flags = input.header.u16(at: 2)
        let isResponse = flags & 0x8000 != 0
        let isLinkLocal = input.layer.id == .llmnr
        return switch condition {
        case .always: true
        case .response: isResponse
        // Only a query that sets the bit says something with it.
        case .query: !isResponse && !isLinkLocal && flags & 0x20 != 0
        case .notLinkLocal: !isLinkLocal
        case .linkLocal: isLinkLocal
        case .responseNotLinkLocal: isResponse && !isLinkLocal
        }
    }

    /// The counts, which an update (RFC 2136 §2.2) calls by other names.
    static let countFields: [FieldRow] = [
        row(.questions).when { !isUpdate($0) },
        row(.questions).renamed("dns.count.zones", "Zones").when(isUpdate),
        row(.answers).when { !isUpdate($0) },
        row(.answers).renamed("dns.count.prerequisites", "Prerequisites").when(isUpdate),
        row(.authorities).when { !isUpdate($0) },
        row(.authorities).renamed("dns.count.updates", "Updates").when(isUpdate), row(.additional),
    ]

    private static func isUpdate(_ header: Bytes) -> Bool { header.u8(at: 2) >> 3 & 15 == 5 }

    private static let length = FieldRow("dns.length", "Length", .uint16, .decimal, .inOrder(level: 1)) { input, sink in
        guard input.isDNSOverTCP else { return }
        sink(.number(UInt64(input.frame.u16(at: input.start - 2))), input.start - 2..<input.start)
    }

    static let headerFields =
        [length, row(.identification), repeatedRequest, repeatedResponse] + flagFields + countFields

    package static func title(_ input: borrowing FieldInput) -> String? {
        input.layer.id.label + (input.header.u8(at: 2) & 0x80 != 0 ? " (response)" : " (query)")
    }

    /// Records stand in the order of the message, not in that of the rows.
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        for row in headerFields {
            guard case .inOrder(let level) = row.role else { continue }
            row.forEachValue(in: input) { value, range in
                nodes.append(DetailNode(depth: level, row: row, value: value, range: range), in: input)
            }
        }
        for item in items(input) {
            let node = DetailNode(depth: item.depth, row: item.field.row, value: item.value, range: item.range)
            nodes.append(node, in: input)
        }
    }
}
