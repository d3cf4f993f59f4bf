import Bytes

/// EDNS0's options (RFC 6891 §6.1.2).
extension DNS {
    private static let option = DNSField("dns.opt", "Option", .none) { row in
        row.worded { _, range, input in
            let code = UInt64(input.frame.u16(at: range.lowerBound))
            return "Option: " + (DNSName.options[code] ?? "Unknown (\(code))")
        }
    }
    private static let code = DNSPart.number(2, "dns.opt.code", "Option Code", DNSName.options)
    private static let length = DNSPart.number(2, "dns.opt.len", "Option Length")
    private static let data = missing("dns.opt.data", "Option Data")
    private static let understood = DNSField("dns.opt.dau", "DAU", .uint8) { $0.named(DNSName.of(DNSName.algorithms)) }
    private static let digests = DNSField("dns.opt.dhu", "DHU", .uint8) { $0.named(DNSName.of(DNSName.digests)) }
    private static let hashes = DNSField("dns.opt.n3u", "N3U", .uint8) { $0.named(DNSName.of(DNSName.hashes)) }
    private static let subnet: [DNSPart] = [
        .number(2, "dns.opt.client.family", "Family", DNSName.families),
        .number(1, "dns.opt.client.netmask", "Source Netmask"), .number(1, "dns.opt.client.scope", "Scope Netmask"),
    ]
    private static let subnet4 = DNSField("dns.opt.client.addr4", "Client Subnet", .ipv4)
    private static let subnet6 = DNSField("dns.opt.client.addr6", "Client Subnet", .ipv6)
    private static let subnetOther = DNSField("dns.opt.client.addr", "Client Subnet", .bytes)
    private static let clientCookie = missing("dns.opt.cookie.client", "Client Cookie")
    private static let serverCookie = missing("dns.opt.cookie.server", "Server Cookie")
    private static let timeout = DNSPart.number(2, "dns.opt.edns_tcp_keepalive.timeout", "Timeout")
    private static let padding = missing("dns.opt.padding", "Padding")
    private static let trustPoint = DNSField("dns.opt.chain.fqdn", "Closest Trust Point", .string)
    private static let errorCode = DNSPart.number(
        2, "dns.opt.ext_error.info_code", "Info Code", DNSName.extendedErrors)
    private static let errorText = DNSField("dns.opt.ext_error.extra_text", "Extra Text", .string)

    /// Bytes of which trees say when there are none.
    private static func missing(_ name: String, _ label: String) -> DNSField {
        DNSField(name, label, .bytes) { row in
            row.worded { value, _, _ in "\(label): \(row.text(of: value))" }
        }
    }

    static func readOptions(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        var offset = offset
        while offset < end {
            let number = message.u16(at: offset)
            let count = Int(message.u16(at: offset + 2))
            guard offset + 4 + count <= end, message.has(count, at: offset + 4) else { return nil }
            let (place, next) = (offset + 4, offset + 4 + count)
            tree.add(option, .presence, offset, 4 + count, depth)
            _ = code.read(message, offset, end, &tree, depth + 1)
            _ = length.read(message, offset + 2, end, &tree, depth + 1)
            func bytes(_ field: DNSField, _ range: Range<Int>) {
                let value = message.slice(from: range.lowerBound, count: range.count).array
                tree.add(
                    field, value.isEmpty ? .text("<MISSING>") : .bytes(value), range.lowerBound, range.count, depth + 1)
            }
            func numbers(_ field: DNSField) {
                for byte in place..<next { tree.add(field, .number(UInt64(message.u8(at: byte))), byte, 1, depth + 1) }
            }
            bytes(data, place..<next)
            switch number {
            case 5: numbers(understood)
            case 6: numbers(digests)
            case 7: numbers(hashes)
            case 8, 20730: readSubnet(message, place, next, &tree, depth + 1)
            case 10:
                let middle = min(place + 8, next)
                bytes(clientCookie, place..<middle)
                bytes(serverCookie, middle..<next)
            case 11 where count == 2: _ = timeout.read(message, place, next, &tree, depth + 1)
            case 12: bytes(padding, place..<next)
            case 13:
                let name = text(message.slice(from: place, count: count))
                tree.add(trustPoint, .text(name), place, count, depth + 1)
            case 15 where count >= 2:
                _ = errorCode.read(message, place, next, &tree, depth + 1)
                if count > 2 {
                    let words = text(message.slice(from: place + 2, count: count - 2))
                    tree.add(errorText, .text(words), place + 2, count - 2, depth + 1)
                }
            default: break
            }
            offset = next
        }
        return offset
    }

    /// RFC 7871 §6: as much of an address as its prefix has.
    private static func readSubnet(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) {
        guard let place = read(subnet, message, offset, end, &tree, depth) else { return }
        let bytes = message.slice(from: place, count: end - place).array
        switch (message.u16(at: offset), bytes.count) {
        case (1, 0...4):
            let address = (bytes + [0, 0, 0, 0]).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            tree.add(subnet4, .address(IPAddress(v4: address)), place, bytes.count, depth)
        case (2, 0...16): tree.add(subnet6, .address(padded(bytes, atFront: false)), place, bytes.count, depth)
        default: tree.add(subnetOther, .bytes(bytes), place, bytes.count, depth)
        }
    }

    static var optionRows: [FieldRow] {
        let fields = [
            option, code.field, length.field, data, understood, digests, hashes, subnet4, subnet6, subnetOther,
            clientCookie, serverCookie, timeout.field, padding, trustPoint, errorCode.field, errorText,
        ]
        return fields.map(\.row) + subnet.flatMap(\.rows)
    }
}
