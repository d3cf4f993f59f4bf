import Bytes

/// What the options of a header say (RFC 8200 §4.2); raw values are the fields' names.
package enum IPv6OptionItem: String, Sendable {
    case option = "opt", type = "opt.type", TypeBits, length = "opt.length", pad1 = "opt.pad1", padN = "opt.padn"
    case routerAlert = "opt.router_alert", tunnelLimit = "opt.tel", jumbo = "opt.jumbo"
    case jumboProhibited = "opt.jumbo.prohibited", jumboTruncated = "opt.jumbo.truncated"
    case homeAddress = "opt.mipv6.home_address", experimental = "opt.experimental", unknown = "opt.unknown"
    case invalidLength = "opt.invalid_len", misplaced = "opt.header_mismatch"
    case scaleReceived = "opt.pdm.scale_dtlr", scaleSent = "opt.pdm.scale_dtls", sequence = "opt.pdm.psn_this_pkt"
    case lastSequence = "opt.pdm.psn_last_recv", sinceReceived = "opt.pdm.delta_last_recv"
    case sinceSent = "opt.pdm.delta_last_sent"
}

/// A header that holds options.
protocol IPv6Optional: MessageLayer where Computed == IPv6OptionItem {}

extension IPv6Optional {
    static var prefix: String { "ipv6" }

    static var optionFields: [FieldRow] {
        [
            item(.option, "IPv6 Option", .none, nil, .group).worded { _, range, input in
                IPv6OptionNames.name(UInt64(input.frame.u8(at: range.lowerBound))) ?? "Unknown IPv6 Option"
            },
            item(.type, "Type", .uint8, .hexadecimal, .group).named(IPv6OptionNames.name),
            item(.misplaced, "Wrong options extension header for type", .none).generated,
            bits(of: .TypeBits, 0xC0, "opt.type.action", "Action", .uint8).named(IPv6OptionNames.action)
                .writingBits(0xC0),
            bits(of: .TypeBits, 0x20, "opt.type.change", "May Change").saying("Yes", "No", 0x20),
            bits(of: .TypeBits, 0x1F, "opt.type.rest", "Low-Order Bits", .uint8, .hexadecimal).worded {
                value, range, input in
                guard case .number(let number) = value else { return "" }
                return bitText(0x1F, range, input) + "Low-Order Bits: 0x" + hexadecimal(number, 2)
            },
            item(.pad1, "Pad1", .none), item(.length, "Length", .uint8),
            item(.invalidLength, "Invalid IPv6 option length", .none).generated,
            item(.padN, "PadN", .bytes, .bytesOrNone).worded { value, _, _ in
                guard case .bytes(let bytes) = value, !bytes.isEmpty else { return "PadN: <none>" }
                return "PadN: " + bytes.map { hexadecimal(UInt64($0), 2) }.joined()
            },
            item(.routerAlert, "Router Alert", .uint16).named(IPv6OptionNames.alert),
            item(.tunnelLimit, "Tunnel Encapsulation Limit", .uint8), item(.jumbo, "Payload Length", .uint32),
            item(
                .jumboTruncated, "Jumbo Payload option present and jumbo length < 65536", .none
            ).generated,
            item(
                .jumboProhibited,
                "When IPv6 payload length does not equal 0 a Jumbo Payload option must not be present", .none
            ).generated,
            item(.homeAddress, "MIPv6 Home Address", .ipv6), item(.experimental, "Experimental Option", .bytes),
            item(.scaleReceived, "Scale DTLR", .uint8), item(.scaleSent, "Scale DTLS", .uint8),
            item(.sequence, "PSN This Packet", .uint16), item(.lastSequence, "PSN Last Received", .uint16),
            item(.sinceReceived, "Delta Time Last Received", .uint16),
            item(.sinceSent, "Delta Time Last Sent", .uint16), item(.unknown, "Unknown Option Payload", .bytes),
        ]
    }

    static func read(_ input: borrowing FieldInput, _ emit: Emit) {
        let header = MessageBytes(input.header, at: input.start)
        var offset = 2
        while offset < header.count {
            let type = header.bytes.u8(at: offset)
            if type == 0 {
                emit(.option, .presence, header.place(offset, 1))
                header.number(.type, offset, 1, emit)
                emit(.pad1, .presence, header.place(offset, 1))
                offset += 1
                continue
            }
            let length = Int(header.bytes.u8(at: offset + 1))
            guard header.bytes.has(2 + length, at: offset) else { return }
            emit(.option, .presence, header.place(offset, 2 + length))
            header.number(.type, offset, 1, emit)
            header.number(.TypeBits, offset, 1, emit)
            header.number(.length, offset + 1, 1, emit)
            read(type, length, header, offset + 2, input, emit)
            offset += 2 + length
        }
    }

    private static func read(
        _ type: UInt8, _ length: Int, _ header: borrowing MessageBytes, _ start: Int, _ input: borrowing FieldInput,
        _ emit: Emit
    ) {
        if IPv6OptionNames.isMisplaced(type, id) { emit(.misplaced, .presence, header.place(start - 2, 1)) }
        if let right = IPv6OptionNames.length(type), right != length {
            emit(.invalidLength, .presence, header.place(start - 1, 1))
            guard length >= right else { return }
        }
        switch type {
        case 1:
            let place = length > 0 ? header.place(start, length) : header.place(start - 1, 1)
            emit(.padN, .bytes(header.bytes.slice(from: start, count: length).array), place)
        case 4: header.number(.tunnelLimit, start, 1, emit)
        case 5: header.number(.routerAlert, start, 2, emit)
        case 15:
            header.number(.scaleReceived, start, 1, emit)
            header.number(.scaleSent, start + 1, 1, emit)
            header.number(.sequence, start + 2, 2, emit)
            header.number(.lastSequence, start + 4, 2, emit)
            header.number(.sinceReceived, start + 6, 2, emit)
            header.number(.sinceSent, start + 8, 2, emit)
        case 0xC2:
            header.number(.jumbo, start, 4, emit)
            if header.value(start, 4) < 65536 { emit(.jumboTruncated, .presence, header.place(start, 4)) }
            if input.layers.network >= 0,
                input.frame.u16(at: Int(input.layers[input.layers.network].offset) + 4) != 0
            {
                emit(.jumboProhibited, .presence, header.place(start, 4))
            }
        case 0xC9: header.ipv6(.homeAddress, start, emit)
        case 0x1E, 0x3E, 0x5E, 0x7E, 0x9E, 0xBE, 0xDE, 0xFE: header.raw(.experimental, start, length, emit)
        default: if IPv6OptionNames.name(UInt64(type)) == nil { header.raw(.unknown, start, length, emit) }
        }
    }
}
