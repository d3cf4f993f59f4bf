import Bytes

/// What a mobility agent adds to a router advertisement (RFC 5944 §2.1).
enum ICMPMobility {
    static func read(_ message: borrowing MessageBytes, from start: Int, _ emit: ICMP.Emit) {
        var offset = start
        while offset < message.count {
            let type = message.bytes.u8(at: offset)
            // Padding of one byte has no length.
            let length = type == 0 ? 1 : 2 + Int(message.bytes.u8(at: offset + 1))
            guard message.bytes.has(length, at: offset) else { return }
            let name = name(UInt64(type)) ?? "Unknown ext \(type)"
            emit(.MobileExtension, .text("Ext: " + name), message.place(offset, length))
            message.number(.mobileType, offset, 1, emit)
            if type != 0 { message.number(.mobileLength, offset + 1, 1, emit) }
            switch type {
            case 16:
                message.number(.mobileSequence, offset + 2, 2, emit)
                message.number(.mobileLife, offset + 4, 2, emit)
                message.number(.mobileFlags, offset + 6, 2, emit)
                for place in stride(from: offset + 8, to: offset + length - 3, by: 4) {
                    message.ipv4(.careOf, place, emit)
                }
            case 19: for place in offset + 2..<offset + length { message.number(.prefixLength, place, 1, emit) }
            case 24: message.raw(.challenge, offset + 2, length - 2, emit)
            default: break
            }
            offset += length
        }
    }

    static func name(_ type: UInt64) -> String? {
        switch type {
        case 0: "One byte padding extension"
        case 16: "Mobility Agent Advertisement Extension"
        case 19: "Prefix Lengths Extension"
        case 24: "Challenge Extension"
        default: nil
        }
    }

    static let flags: KeyValuePairs<UInt64, String> = [
        0x8000: "Registration Required", 0x4000: "Busy", 0x2000: "Home Agent", 0x1000: "Foreign Agent",
        0x0800: "Minimal Encapsulation", 0x0400: "GRE", 0x0200: "VJ Comp", 0x0100: "Reverse tunneling",
        0x0080: "UDP tunneling", 0x0040: "Revocation support",
    ]
}

extension ICMP {
    static var mobileFields: [FieldRow] {
        let names = ["r", "b", "h", "f", "m", "g", "v", "rt", "u", "x"]
        return [
            item(.MobileExtension, "", .string, nil, .group).textOnly,
            item(.mobileType, "Extension Type", .uint8).named(ICMPMobility.name),
            item(.mobileLength, "Length", .uint8), item(.mobileSequence, "Sequence Number", .uint16),
            item(.mobileLife, "Registration Lifetime", .uint16),
            item(.mobileFlags, "Flags", .uint16, .hexadecimal, .group).listing(4) { setFlags($0, ICMPMobility.flags) },
        ]
            + zip(names, ICMPMobility.flags).map { name, flag in
                bits(of: .mobileFlags, flag.key, "mip.\(name)", flag.value, .boolean, .truth)
            } + [
                bits(of: .mobileFlags, 0x3F, "mip.reserved", "Reserved", .uint16, .hexadecimal),
                item(.careOf, "Care-Of-Address", .ipv4), item(.prefixLength, "Prefix Length", .uint8),
                item(.challenge, "Challenge", .bytes),
            ]
    }
}
