import Bytes

extension ICMP {
    /// What stands behind the checksum; raw values are the fields' names.
    package enum Computed: String, Sendable {
        case identifierLittle = "ident_le", sequenceLittle = "seq_le", identifier = "ident", sequence = "seq"
        case unused, pointer, lifetime, mtu, gateway = "redir_gw"
        case addressCount = "num_addrs", entrySize = "addr_entry_size", routerAddress = "router_address"
        case preference = "pref_level", originate = "originate_timestamp", receive = "receive_timestamp"
        case transmit = "transmit_timestamp", addressMask = "address_mask"
        case length, originalLength = "length.original_datagram"
        case responseTo = "resp_to", responseTime = "resptime", dataTime = "data_time"
        case dataAge = "data_time_relative"
        case extendedSequence = "ext.echo.seq", ExtendedRequest, ExtendedReply
        // The extensions behind what an error quotes (RFC 4884).
        case extensions = "ext", version = "ext.version", ExtensionWord, extensionChecksum = "ext.checksum"
        case extensionStatus = "ext.checksum.status", extensionBad = "ext.checksum_bad"
        case Object, objectLength = "ext.length", objectClass = "ext.class", objectType = "ext.ctype"
        case objectData = "ext.data", StackEntry, StackWord, stackLife = "mpls.ttl"
        case InterfaceType, interfaceIndex = "int_info.index", AddressPart, family = "int_info.afi"
        case reserved, interface4 = "int_info.ipv4", interface6 = "int_info.ipv6", interfaceRaw = "int_info.ipunknown"
        case NamePart, nameLength = "int_info.name_length", name = "int_info.name", interfaceMTU = "int_info.mtu"
        case identityName = "int_ident.name", identityIndex = "int_ident.index", identityFamily = "int_ident.afi"
        case identityLength = "int_ident.addr_length", identityReserved = "int_ident.reserved"
        case identity4 = "int_ident.ipv4", identity6 = "int_ident.ipv6", identityRaw = "int_ident.address"
        // What a mobility agent advertises (RFC 5944 §2.1).
        case MobileExtension, mobileType = "mip.type", mobileLength = "mip.length"
        case prefixLength = "mip.prefixlength", mobileSequence = "mip.seq", mobileLife = "mip.life"
        case mobileFlags = "mip.flags", careOf = "mip.coa", challenge = "mip.challenge"
    }

    static var messageFields: [FieldRow] {
        [
            item(.unused, "Unused", .bytes), item(.pointer, "Pointer", .uint32), item(.length, "Length", .uint8),
            item(.originalLength, "Length of original datagram", .uint8).generated,
            item(.identifier, "Identifier (BE)", .uint16).inBothBases,
            item(.identifierLittle, "Identifier (LE)", .uint16).inBothBases,
            item(.sequence, "Sequence Number (BE)", .uint16).inBothBases,
            item(.sequenceLittle, "Sequence Number (LE)", .uint16).inBothBases,
            item(.mtu, "MTU of next hop", .uint16), item(.gateway, "Gateway Address", .ipv4),
            item(.addressCount, "Number of addresses", .uint8), item(.entrySize, "Address entry size", .uint8),
            item(.lifetime, "Lifetime", .uint16).worded { value, _, _ in
                guard case .number(let seconds) = value else { return "Lifetime" }
                return "Lifetime: \(seconds) (\(wordedTime(milliseconds: seconds * 1000, hasFraction: false)))"
            },
            item(.routerAddress, "Router address", .ipv4), item(.preference, "Preference level", .int32),
            stamp(.originate, "Originate Timestamp"), stamp(.receive, "Receive Timestamp"),
            stamp(.transmit, "Transmit Timestamp"), item(.addressMask, "Address Mask", .ipv4),
            item(.extendedSequence, "Sequence Number", .uint8).inBothBases,
            bits(of: .ExtendedRequest, 0xFE, "ext.echo.req.res", "Reserved", .uint8, .hexadecimal),
            bits(of: .ExtendedRequest, 0x01, "ext.echo.req.local", "Local bit"),
            bits(of: .ExtendedReply, 0xE0, "ext.echo.rsp.state", "State", .uint8).named(neighbourState)
                .writingBits(0xE0),
            bits(of: .ExtendedReply, 0x18, "ext.echo.rsp.res", "Reserved", .uint8, .hexadecimal),
            bits(of: .ExtendedReply, 0x04, "ext.echo.rsp.active", "Active bit"),
            bits(of: .ExtendedReply, 0x02, "ext.echo.rsp.ipv4", "IPv4 bit"),
            bits(of: .ExtendedReply, 0x01, "ext.echo.rsp.ipv6", "IPv6 bit"),
            item(.responseTo, "Request frame", .frameNumber).generated.needing(.echoes),
            item(.responseTime, "Response time", .double).generated.needing(.echoes).worded(responseWording),
            item(.dataTime, "Timestamp from icmp data", .absoluteTime),
            item(.dataAge, "Timestamp from icmp data (relative)", .relativeTime).generated,
        ]
    }

    /// `Response time: 0.123 ms`
    static let responseWording: FieldRow.Wording = { value, _, input in
        guard case .real(let milliseconds) = value else { return "" }
        let micro = UInt64(max(0, (milliseconds * 1000).rounded(.toNearestOrEven)))
        let label = input.layer.id == .icmp ? "Response time" : "Response Time"
        return "\(label): \(micro / 1000).\(String(micro % 1000 + 1000).dropFirst()) ms"
    }

    /// Milliseconds since midnight UTC (RFC 792); some hosts send them in the wrong byte order.
    private static func stamp(_ kind: Computed, _ label: String) -> FieldRow {
        item(kind, label, .uint32).worded { value, _, _ in
            guard case .number(let number) = value else { return label }
            let swapped = UInt64(UInt32(truncatingIfNeeded: number).byteSwapped)
            let time = number >= 86_400_000 && swapped < 86_400_000 ? swapped : number
            return "\(label): \(number) (\(wordedTime(milliseconds: time, hasFraction: true)) after midnight UTC)"
        }
    }
}
