import Bytes

/// Data of records whose shape depends on what is in it.
extension DNS {
    private static let ofBitmap = DNSField("dns.resp.type", "RR type in bit map", .uint16, key: type.key) { row in
        row.worded { value, _, _ in
            guard case .number(let type) = value else { return "" }
            let name = DNSName.type(type) ?? ""
            return "RR type in bit map: " + (name == "Unknown" ? "Unknown (\(type))" : name)
        }
    }

    /// RFC 4034 §4.1.2: windows of 256 types each.
    static func readTypeBitmap(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        var offset = offset
        while offset < end {
            let (window, length) = (Int(message.u8(at: offset)), Int(message.u8(at: offset + 1)))
            guard offset + 2 + length <= end, message.has(length, at: offset + 2) else { return nil }
            addTypes(message, offset + 2, length, 256 * window, &tree, depth)
            offset += 2 + length
        }
        return offset
    }

    /// RFC 2535 §5.2: one bit for each of the first types.
    static func readPlainBitmap(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        guard offset <= end else { return nil }
        addTypes(message, offset, end - offset, 0, &tree, depth)
        return end
    }

    private static func addTypes(
        _ message: borrowing Bytes, _ offset: Int, _ length: Int, _ first: Int, _ tree: inout DNSTree, _ depth: Int
    ) {
        for place in 0..<length {
            for bit in 0..<8 where message.u8(at: offset + place) & 0x80 >> UInt8(bit) != 0 {
                tree.add(ofBitmap, .number(UInt64(first + 8 * place + bit)), offset + place, 1, depth)
            }
        }
    }

    private static let services = DNSField("dns.wks.bits", "Bits", .uint8, .hexadecimal) { $0.digits(1) }

    /// RFC 1035 §3.4.2. Bytes without a bit are left out.
    static func readServices(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        guard offset <= end else { return nil }
        for place in offset..<end where message.u8(at: place) != 0 {
            tree.add(services, .number(UInt64(message.u8(at: place))), place, 1, depth)
        }
        return end
    }

    private static let prefixLength = DNSPart.number(1, "dns.a6.prefix_len", "Prefix len")
    private static let suffix = DNSField("dns.a6.address_suffix", "Address Suffix", .ipv6)
    private static let prefixName = DNSPart.name("dns.a6.prefix_name", "Prefix name")

    /// RFC 2874 §3.1: as many bytes of an address as its prefix leaves.
    static func readAddress6(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let bits = Int(message.u8(at: offset))
        guard bits <= 128, prefixLength.read(message, offset, end, &tree, depth) != nil else { return nil }
        let count = (128 - bits + 7) / 8
        guard message.has(count, at: offset + 1) else { return nil }
        let bytes = message.slice(from: offset + 1, count: count).array
        tree.add(suffix, .address(padded(bytes, atFront: true)), offset + 1, count, depth)
        guard bits > 0 else { return offset + 1 + count }
        return prefixName.read(message, offset + 1 + count, end, &tree, depth)
    }

    /// An IPv6 address of fewer than sixteen bytes.
    static func padded(_ bytes: [UInt8], atFront: Bool) -> IPAddress {
        let zeros = [UInt8](repeating: 0, count: max(0, 16 - bytes.count))
        let all = atFront ? zeros + bytes : bytes + zeros
        func half(_ first: Int) -> UInt64 { all[first..<first + 8].reduce(0) { $0 << 8 | UInt64($1) } }
        return IPAddress(high: half(0), low: half(8))
    }

    private static let family = DNSPart.number(2, "dns.apl.address_family", "Address Family", DNSName.families)
    private static let coded = DNSPart.number(1, "dns.apl.coded_prefix", "Prefix Length")
    private static let negation = DNSField("dns.apl.negation", "Negation Flag", .boolean) { row in
        row.worded { value, range, input in
            bitText(input.number(range), mask: 0x80, bits: 8) + "Negation Flag: "
                + (value == .flag(true) ? "Yes (!)" : "No (0)")
        }.asked("Yes (!)", "No (0)")
    }
    private static let partLength = DNSField("dns.apl.afdlength", "Address Length", .uint8) { row in
        row.worded { _, range, input in
            let number = input.number(range)
            return bitText(number, mask: 0x7F, bits: 8) + "Address Length: \(number & 0x7F)"
        }
    }
    private static let part4 = DNSField("dns.apl.afdpart.ipv4", "Address", .ipv4)
    private static let part6 = DNSField("dns.apl.afdpart.ipv6", "Address", .ipv6)
    private static let partOther = DNSField("dns.apl.afdpart.data", "Address", .bytes)

    /// RFC 3123 §4.
    static func readPrefixes(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        var offset = offset
        while offset < end {
            let number = message.u16(at: offset)
            let length = Int(message.u8(at: offset + 3) & 0x7F)
            guard offset + 4 + length <= end, message.has(length, at: offset + 4),
                family.read(message, offset, end, &tree, depth) != nil,
                coded.read(message, offset + 2, end, &tree, depth) != nil
            else { return nil }
            tree.add(negation, .flag(message.u8(at: offset + 3) & 0x80 != 0), offset + 3, 1, depth)
            tree.add(partLength, .number(UInt64(length)), offset + 3, 1, depth)
            let bytes = message.slice(from: offset + 4, count: length).array
            switch (number, length) {
            case (1, 0...4):
                let address = (bytes + [0, 0, 0, 0]).prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                tree.add(part4, .address(IPAddress(v4: address)), offset + 4, length, depth)
            case (2, 0...16): tree.add(part6, .address(padded(bytes, atFront: false)), offset + 4, length, depth)
            default: tree.add(partOther, .bytes(bytes), offset + 4, length, depth)
            }
            offset += 4 + length
        }
        return offset
    }

    private static let gatewayStart: [DNSPart] = [
        .number(1, "dns.ipseckey.gateway_precedence", "Gateway Precedence"),
        .number(1, "dns.ipseckey.gateway_type", "Gateway Type", DNSName.gateways),
        .number(1, "dns.ipseckey.gateway_algorithm", "Gateway Algorithm", DNSName.gatewayAlgorithms),
    ]
    private static let gateways: [DNSPart] = [
        .address4("dns.ipseckey.gateway_ipv4", "IPv4 Gateway"),
        .address6("dns.ipseckey.gateway_ipv6", "IPv6 Gateway"), .name("dns.ipseckey.gateway_dns", "DNS Gateway"),
    ]
    private static let gatewayKey = DNSPart.rest("dns.ipseckey.public_key", "Public Key")

    /// RFC 4025 §2.
    static func readGateway(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let type = Int(message.u8(at: offset + 1))
        let middle = (1...3).contains(type) ? [gateways[type - 1]] : []
        return read(gatewayStart + middle + [gatewayKey], message, offset, end, &tree, depth)
    }

    static func read(
        _ parts: [DNSPart], _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        var offset = offset
        for part in parts {
            guard let next = part.read(message, offset, end, &tree, depth) else { return nil }
            offset = next
        }
        return offset
    }

    private static let identityStart: [DNSPart] = [
        .number(1, "dns.hip.hit.length", "HIT length"),
        .number(1, "dns.hip.hit.pk.algo", "HIT length", DNSName.identities),
        .number(2, "dns.hip.pk.length", "PK length"),
    ]
    private static let identityTag = DNSPart.rest("dns.hip.hit", "Host Identity Tag")
    private static let identityKey = DNSPart.rest("dns.hip.pk", "HIP Public Key")
    private static let rendezvous = DNSPart(
        kind: .all([.name("dns.hip.rendezvous_server", "Rendezvous Server")]), field: .group)

    /// RFC 8005 §5.
    static func readHostIdentity(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let tag = offset + 4 + Int(message.u8(at: offset))
        let key = tag + Int(message.u16(at: offset + 2))
        guard key <= end, let start = read(identityStart, message, offset, end, &tree, depth),
            identityTag.read(message, start, tag, &tree, depth) != nil,
            identityKey.read(message, tag, key, &tree, depth) != nil
        else { return nil }
        return rendezvous.read(message, key, end, &tree, depth)
    }

    private static let forwarded: [DNSPart] = [
        .address4("dns.xpf.source_ipv4", "IPv4 Source"), .address4("dns.xpf.destination_ipv4", "IPv4 Destination"),
        .address6("dns.xpf.source_ipv6", "IPv6 Source"), .address6("dns.xpf.destination_ipv6", "IPv6 Destination"),
    ]
    private static let forwardedStart: [DNSPart] = [
        DNSPart(
            kind: .number(1),
            field: DNSField("dns.xpf.ip_version", "IP Version", .uint16) { $0.named(DNSName.of(DNSName.versions)) }),
        DNSPart(
            kind: .number(1),
            field: DNSField("dns.xpf.protocol", "Protocol", .uint8) {
                $0.named { ProtocolNumber.name($0) ?? "Unknown" }
            }),
    ]
    private static let forwardedPorts: [DNSPart] = [
        .number(2, "dns.xpf.sport", "Source port"), .number(2, "dns.xpf.dport", "Destination port"),
    ]

    /// draft-bellis-dnsop-xpf §3.
    static func readForwarded(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let isFour = message.u8(at: offset) == 4
        guard isFour || message.u8(at: offset) == 6 else { return end }
        return read(
            forwardedStart + (isFour ? forwarded[..<2] : forwarded[2...]) + forwardedPorts, message, offset, end,
            &tree, depth)
    }

    private static let authorityFlags: [DNSPart] = [
        .number(1, "dns.caa.flags", "CAA Flags", nil, .hexadecimal),
        .flag(0x80, 8, "dns.caa.flags.issuer_critical", "Issuer Critical", "Critical", "Not critical"),
    ]
    private static let authorities: [(tag: String, field: DNSField)] = [
        ("issue", DNSField("dns.caa.issue", "Issue", .string)),
        ("issuewild", DNSField("dns.caa.issuewild", "Issue Wildcard", .string)),
        ("iodef", DNSField("dns.caa.iodef", "Report URL", .string)),
    ]
    private static let unknownTag = DNSField("dns.caa.unknown", "Unknown tag", .string)
    private static let tagLength = DNSField("dns.caa.tag_length", "Tag length", .uint8)
    private static let tag = DNSField("dns.caa.tag", "Tag", .string)
    private static let tagValue = DNSField("dns.caa.value", "Value", .string)

    /// RFC 8659 §4.1.
    static func readAuthority(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        guard read(authorityFlags, message, offset, end, &tree, depth) != nil else { return nil }
        let length = Int(message.u8(at: offset + 1))
        let place = offset + 2 + length
        guard place <= end, message.has(end - offset, at: offset) else { return nil }
        let name = text(message.slice(from: offset + 2, count: length))
        let value = text(message.slice(from: place, count: end - place))
        let field = authorities.first { $0.tag == name }?.field ?? unknownTag
        tree.add(field, .text(value), offset + 1, end - offset - 1, depth)
        tree.add(tagLength, .number(UInt64(length)), offset + 1, 1, depth + 1)
        tree.add(tag, .text(name), offset + 2, length, depth + 1)
        tree.add(tagValue, .text(value), place, end - place, depth + 1)
        return end
    }

    static var recordRows: [FieldRow] {
        let parts =
            [prefixLength, prefixName, family, coded, gatewayKey, identityTag, identityKey, rendezvous] + gatewayStart
            + gateways + identityStart + forwardedStart + forwarded + forwardedPorts + authorityFlags
        let fields = [
            services, suffix, negation, partLength, part4, part6, partOther, unknownTag, tagLength, tag, tagValue,
        ]
        return parts.flatMap(\.rows) + fields.map(\.row) + authorities.map(\.field.row)
    }
}
