import Bytes

/// Questions and resource records (RFC 1035 §4.1.2, §4.1.3), in the order of the message.
extension DNS {
    private static let qName = DNSField("dns.qry.name", "Name", .string)
    private static let qNameLength = DNSField("dns.qry.name.len", "Name Length", .uint16) { $0.generated }
    private static let labelCount = DNSField("dns.count.labels", "Label Count", .uint16) { $0.generated }
    private static let qType = DNSField("dns.qry.type", "Type", .uint16) { $0.named(DNSName.type) }
    private static let qClass = DNSField("dns.qry.class", "Class", .uint16, .hexadecimal) { $0.ofClass }
    private static let wantsUnicast = DNSPart.flag(0x8000, 16, "dns.qry.qu", "\"QU\" question")
    private static let name = DNSField("dns.resp.name", "Name", .string)
    static let type = DNSField("dns.resp.type", "Type", .uint16) { $0.named(DNSName.type) }
    private static let dataClass = DNSField("dns.resp.class", "Class", .uint16, .hexadecimal) { $0.ofClass }
    private static let flushesCache = DNSPart.flag(0x8000, 16, "dns.resp.cache_flush", "Cache flush")
    private static let timeToLive = DNSField("dns.resp.ttl", "Time to live", .uint32) { $0.inWords }
    private static let highBit = DNSField(
        "dns.ttl.high_bit_set", "The uppermost bit of the TTL is set (RFC 2181, section 8)", .none
    ) { $0.expert(.warn, .protocolRules) }
    private static let dataLength = DNSField("dns.resp.len", "Data length", .uint16)
    private static let service3 = [
        DNSField("dns.srv.service", "Service", .string), DNSField("dns.srv.proto", "Protocol", .string),
        DNSField("dns.srv.name", "Name", .string),
    ]
    /// What the class and the time to live of OPT are (RFC 6891 §6.1.3).
    private static let extended: [DNSPart] = [
        .number(2, "dns.rr.udp_payload_size", "UDP payload size"),
        .number(1, "dns.resp.ext_rcode", "Higher bits in extended RCODE", nil, .hexadecimal),
        .number(1, "dns.resp.edns0_version", "EDNS0 version"), .number(2, "dns.resp.z", "Z", nil, .hexadecimal),
        .flag(
            0x8000, 16, "dns.resp.z.do", "DO bit", "Accepts DNSSEC security RRs", "Cannot handle DNSSEC security RRs"),
        .bits(0x7FFF, 16, "dns.resp.z.reserved", "Reserved", .uint16, .hexadecimal),
    ]
    private static let undecoded = DNSField("dns.undecoded.type", "Undecoded option", .none) {
        $0.expert(.note, .undecoded)
    }
    private static let unknownData = DNSPart.rest("dns.data", "Data")
    private static let extraneous = DNSField("dns.extraneous.data", "Extraneous Data Bytes", .bytes)
    private static let hasExtraneous = DNSField("dns.extraneous", "Extraneous data", .none)
    private static let extraneousLength = DNSField("dns.extraneous.length", "Extraneous Data Length", .int32) {
        $0.generated
    }

    static let recordFields: [FieldRow] = {
        let fields = [
            qName, qNameLength, labelCount, qType, qClass, wantsUnicast.field, name, type, dataClass,
            flushesCache.field, timeToLive, highBit, dataLength, undecoded, unknownData.field, hasExtraneous,
            extraneous,
            extraneousLength,
        ]
        let parts = layouts.sorted { $0.key < $1.key }.flatMap(\.value) + extended
        var seen: Set<String> = [""]
        let rows = (fields + service3).map(\.row) + parts.flatMap(\.rows) + otherRows + statefulRows + exchangeRows
        return rows.filter { seen.insert($0.name).inserted }
    }()

    /// Everything that stands behind the header.
    static func items(_ input: borrowing FieldInput, only wanted: DNSField.Key? = nil) -> [DNSItem] {
        let message = input.dnsMessage
        var tree = DNSTree(start: input.start, only: wanted)
        guard message.has(12, at: 0) else { return [] }
        let isMulticast = input.layer.id == .mdns
        let operation = message.u16(at: 2) >> 11 & 15
        if operation == 6 {
            readStateful(message, &tree)
            addExchange(input, &tree)
            return tree.items
        }
        let isUpdate = operation == 5
        let titles = [
            isUpdate ? "Zone" : "Queries", isUpdate ? "Prerequisites" : "Answers",
            isUpdate ? "Updates" : "Authoritative nameservers", "Additional records",
        ]
        var offset = 12
        for section in 0..<4 {
            let count = Int(message.u16(at: 4 + 2 * section))
            guard count > 0 else { continue }
            let slot = tree.open(1)
            let start = offset
            for _ in 0..<count {
                let next =
                    section == 0
                    ? readQuestion(message, offset, isMulticast, &tree)
                    : readRecord(message, offset, isMulticast, &tree)
                guard let next else {
                    tree.close(slot, titles[section], start, offset - start)
                    return tree.items
                }
                offset = next
            }
            tree.close(slot, titles[section], start, offset - start)
        }
        addExchange(input, &tree)
        if input.layers.transport >= 0, input.layers[input.layers.transport].id == .udp, offset < message.count {
            let rest = message.count - offset
            let slot = tree.open(1)
            tree.add(hasExtraneous, .presence, offset, rest, 2)
            tree.add(extraneous, .bytes(message.slice(from: offset).array), offset, rest, 2)
            tree.add(extraneousLength, .integer(Int64(rest)), offset, rest, 2)
            tree.close(slot, "Extraneous Data (\(rest) bytes)", offset, rest)
        }
        return tree.items
    }

    private static func readQuestion(
        _ message: borrowing Bytes, _ offset: Int, _ isMulticast: Bool, _ tree: inout DNSTree
    ) -> Int? {
        guard let owner = shownName(in: message, at: offset), message.has(4, at: owner.end) else { return nil }
        let slot = tree.open(2)
        let (place, count) = (owner.end, owner.end - offset)
        let number = UInt64(message.u16(at: place))
        let group = message.u16(at: place + 2)
        tree.add(qName, .text(owner.text), offset, count, 3)
        tree.add(qNameLength, .number(UInt64(owner.text.utf8.count)), offset, count, 3)
        tree.add(
            labelCount, .number(UInt64(1 + owner.text.utf8.count { $0 == UInt8(ascii: ".") })), offset, count, 3)
        tree.add(qType, .number(number), place, 2, 3)
        tree.add(qClass, .number(UInt64(isMulticast ? group & 0x7FFF : group)), place + 2, 2, 3)
        if isMulticast { _ = wantsUnicast.read(message, place + 4, place + 4, &tree, 2) }
        tree.close(
            slot,
            "\(owner.text): type \(DNSName.short(type: number)), class \(className(group, isMulticast))"
                + (isMulticast ? group & 0x8000 != 0 ? ", \"QU\" question" : ", \"QM\" question" : ""),
            offset, count + 4)
        return place + 4
    }

    static func className(_ number: UInt16, _ isMulticast: Bool) -> String {
        DNSName.classes[UInt64(isMulticast ? number & 0x7FFF : number)] ?? "Unknown"
    }

    private static func readRecord(
        _ message: borrowing Bytes, _ offset: Int, _ isMulticast: Bool, _ tree: inout DNSTree
    ) -> Int? {
        guard let owner = shownName(in: message, at: offset), message.has(10, at: owner.end) else { return nil }
        let (place, count) = (owner.end, owner.end - offset)
        let number = UInt64(message.u16(at: place))
        let group = message.u16(at: place + 2)
        let length = Int(message.u16(at: place + 8))
        let (data, end) = (place + 10, place + 10 + length)
        guard message.has(length, at: data) else { return nil }
        let slot = tree.open(2)
        addOwner(owner.text, number, offset, count, &tree)
        tree.add(type, .number(number), place, 2, 3)
        if number == 41 {
            _ = read(extended, message, place + 2, place + 8, &tree, 3)
        } else {
            tree.add(dataClass, .number(UInt64(isMulticast ? group & 0x7FFF : group)), place + 2, 2, 3)
            if isMulticast { _ = flushesCache.read(message, place + 4, place + 4, &tree, 2) }
            tree.add(timeToLive, .number(UInt64(message.u32(at: place + 4))), place + 4, 4, 3)
            if message.u8(at: place + 4) & 0x80 != 0 { tree.add(highBit, .presence, place + 4, 4, 4) }
        }
        tree.add(dataLength, .number(UInt64(length)), place + 8, 2, 3)
        if length > 0 {
            if let parts = layouts[number] {
                if read(parts, message, data, end, &tree, 3) == nil { return nil }
            } else {
                tree.add(undecoded, .presence, data, length, 3)
                _ = unknownData.read(message, data, end, &tree, 3)
            }
        }
        tree.close(
            slot, recordLine(message, owner.text, number, group, isMulticast, data, length), offset, end - offset)
        return end
    }

    private static func recordLine(
        _ message: borrowing Bytes, _ owner: String, _ number: UInt64, _ group: UInt16, _ isMulticast: Bool,
        _ data: Int, _ length: Int
    ) -> String {
        var line = "\(owner): type \(DNSName.short(type: number))"
        guard number != 41 else { return line }
        line += ", class " + className(group, isMulticast)
        if isMulticast, group & 0x8000 != 0 { line += ", cache flush" }
        guard length > 0 else { return line }
        return line + String(writing: { appendGist(number, message, data, inTree: true, to: &$0) })
    }

    /// The owner of an SRV record is named by service and protocol (RFC 2782).
    private static func addOwner(_ text: String, _ type: UInt64, _ offset: Int, _ count: Int, _ tree: inout DNSTree) {
        guard type == 33 else { return tree.add(name, .text(text), offset, count, 3) }
        var place = offset
        for (field, part) in zip(service3, text.split(separator: ".", maxSplits: 2)) {
            tree.add(field, .text(String(part)), place, part.utf8.count, 3)
            place += part.utf8.count + 1
        }
    }
}

extension FieldRow {
    fileprivate var ofClass: FieldRow {
        worded { value, range, input in
            guard case .number(let number) = value else { return "Class" }
            let text = "Class: \(DNSName.classes[number] ?? "Unknown") (0x\(hexadecimal(number, 4)))"
            return input.layer.id == .mdns ? bitText(input.number(range), mask: 0x7FFF, bits: 16) + text : text
        }.asked { DNSName.classes[$0] }
    }
}
