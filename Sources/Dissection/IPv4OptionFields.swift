import Bytes

extension IPv4 {
    static var optionFields: [FieldRow] {
        [
            item(.Options, "", .string, nil, .group).textOnly, item(.Option, "", .string, nil, .group).textOnly,
            item(.type, "Type", .uint8, nil, .group),
            bits(of: .type, 0x80, "opt.type.copy", "Copy on fragmentation").saying("Yes", "No", 0x80),
            bits(of: .type, 0x60, "opt.type.class", "Class", .uint8).named(optionClass).writingBits(0x60),
            bits(of: .type, 0x1F, "opt.type.number", "Number", .uint8).named(optionNumber).writingBits(0x1F),
            item(.repeatedPadding, "4 NOP in a row - a router may have removed some options", .none).generated,
            item(.length, "Length", .uint8), item(.pointer, "Pointer", .uint8),
            item(.recorded, "Recorded Route", .ipv4), item(.recordedHost, "Recorded Route Host", .string).hidden,
            item(.empty, "Empty Route", .ipv4).worded { value, range, input in
                guard case .address(let address) = value else { return "Empty Route" }
                return "Empty Route: \(address)" + (isNext(range, input) ? " <- (next)" : "")
            }, item(.emptyHost, "Empty Route Host", .string).hidden,
            item(.source, "Source Route", .ipv4).worded { value, range, input in
                guard case .address(let address) = value else { return "Source Route" }
                return "Source Route: \(address)" + (isNext(range, input) ? " <- (next)" : "")
            }, item(.sourceHost, "Source Route Host", .string).hidden,
            item(.finalDestination, "Destination Address", .ipv4),
            item(.finalAddress, "Source or Destination Address", .ipv4).hidden,
            item(.finalDestinationHost, "Destination Host", .string).hidden,
            item(.finalHost, "Source or Destination Host", .string).hidden,
            bits(of: .StampBits, 0xF0, "opt.overflow", "Overflow", .uint8),
            bits(of: .StampBits, 0x0F, "opt.flag", "Flag", .uint8, .hexadecimal).named(stampFlag)
                .writingBits(0x0F),
            item(.stampAddress, "Address", .ipv4), item(.stamp, "Time stamp", .uint32),
            item(.mtu, "MTU", .uint16), item(.traceNumber, "ID Number", .uint16),
            item(.outbound, "Outbound Hop Count", .uint16), item(.inbound, "Return Hop Count", .uint16),
            item(.originator, "Originator IP Address", .ipv4),
            item(.routerAlert, "Router Alert", .uint16).named(alertName),
            item(.address, "IP Address", .ipv4), item(.stream, "Stream Identifier", .uint16),
        ] + rareOptionFields
    }

    private static var rareOptionFields: [FieldRow] {
        [
            item(.security, "Security", .uint16, .hexadecimal).named(securityName),
            item(.compartments, "Compartments", .uint16),
            item(.restrictions, "Handling Restrictions", .string).worded {
                value, _, _ in
                if case .text(let text) = value { return "Handling Restrictions: " + text }
                return "Handling Restrictions: "
            }, item(.control, "Transmission Control Code", .string),
            bits(of: .QuickStart, 0xF0, "opt.qs_func", "Function", .uint8).named(quickStartFunction)
                .writingBits(0xF0),
            bits(of: .QuickStart, 0x0F, "opt.qs_rate", "Rate", .uint8).named(quickStartRate).writingBits(0x0F),
            item(.quickStartLife, "QS TTL", .uint8), item(.quickStartDifference, "TTL Diff", .uint8).generated,
            bits(of: .QuickStartNonce, 0xFFFF_FFFC, "opt.qs_nonce", "QS Nonce", .uint32, .hexadecimal),
            bits(of: .QuickStartNonce, 0x0000_0003, "opt.qs_reserved", "Reserved", .uint32, .hexadecimal),
        ]
    }

    /// Whether the pointer of the option that holds the address names it.
    private static func isNext(_ range: Range<Int>, _ input: borrowing FieldInput) -> Bool {
        var isNext = false
        forEachOption(in: input.header) { _, offset, length in
            let place = range.lowerBound - input.start - offset
            if place >= 3, place < length, Int(input.header.u8(at: offset + 2)) == place + 1 { isNext = true }
        }
        return isNext
    }

    /// `Options: (4 bytes), Router Alert`
    static func optionsTitle(_ header: Bytes) -> String {
        var names: [String] = []
        forEachOption(in: header) { type, _, _ in
            if type > 1, let name = optionName(UInt64(type)) { names.append(name) }
        }
        return (["Options: (\(header.count - 20) bytes)"] + names).joined(separator: ", ")
    }

    /// `IP Option - Record Route (11 bytes)`
    static func title(_ input: borrowing FieldInput, _ type: UInt8, _ start: Int, _ length: Int) -> String {
        guard let name = optionName(UInt64(type)) else {
            return "Unknown (0x\(hexadecimal(UInt64(type), 2))) (\(length) bytes)"
        }
        guard type > 1 else { return "IP Option - " + name }
        let title = "IP Option - \(name) (\(length) bytes)"
        let header = input.header
        switch type {
        case 148 where length == 4:
            let number = UInt64(header.u16(at: start + 2))
            return title + ": \(alertName(number) ?? "Unknown") (\(number))"
        case 25 where length == 8:
            let (first, life) = (UInt64(header.u8(at: start + 2)), header.u8(at: start + 3))
            let text = title + ": \(quickStartFunction(first >> 4) ?? "Unknown") (\(first >> 4))"
            guard first >> 4 == 0 else { return text + ", \(quickStartRate(first & 15) ?? "")" }
            return text
                + ", \(quickStartRate(first & 15) ?? ""), QS TTL \(life), QS TTL diff \(header.u8(at: 8) &- life)"
        default: return title
        }
    }
}
