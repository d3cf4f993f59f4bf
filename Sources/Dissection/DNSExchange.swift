import Bytes

/// What the messages before it tell about a message, and the stateful operations of RFC 8490.
extension DNS {
    private static let responseTo = DNSField("dns.response_to", "Request In", .frameNumber) { $0.fact }
    private static let time = DNSField("dns.time", "Time", .relativeTime) { $0.fact }
    private static let isRepeated = DNSField("dns.retransmission", "Retransmission", .boolean) { $0.fact }
    private static let firstRequest = DNSField(
        "dns.retransmit_request_in", "Retransmitted request. Original request in", .frameNumber
    ) { $0.fact }
    private static let firstResponse = DNSField(
        "dns.retransmit_response_in", "Retransmitted response. Original response in", .frameNumber
    ) { $0.fact }
    private static let unsolicited = DNSField("dns.unsolicited", "Unsolicited", .boolean) { $0.fact }

    /// Below the identification, as findings.
    static let repeatedRequest = repeated("dns.retransmit_request", "DNS query retransmission", isResponse: false)
    static let repeatedResponse = repeated("dns.retransmit_response", "DNS response retransmission", isResponse: true)

    private static func repeated(_ name: String, _ label: String, isResponse: Bool) -> FieldRow {
        FieldRow(name, label, .none, .truth, .inOrder(level: 2)) { input, sink in
            guard case .repeated = input.exchange else { return }
            let isAnswer = input.header.u8(at: 2) & 0x80 != 0
            if isAnswer == isResponse { sink(.presence, input.start..<input.start + 2) }
        }.needing(.datagrams).expert(.warn, .protocolRules).worded { _, _, input in
            guard case .repeated(let original) = input.exchange else { return label }
            return "\(label). Original \(isResponse ? "response" : "request") in frame \(UInt64(original) + 1)"
        }
    }

    static func addExchange(_ input: borrowing FieldInput, _ tree: inout DNSTree) {
        let isResponse = input.header.u8(at: 2) & 0x80 != 0
        switch input.exchange {
        case nil: break
        case .unsolicited: tree.add(unsolicited, .flag(true), 0, 0, 1)
        case .answer(let request, let span):
            tree.add(responseTo, .number(UInt64(request) + 1), 0, 0, 1)
            tree.add(time, .span(span), 0, 0, 1)
        case .repeated(let original):
            tree.add(isResponse ? firstResponse : firstRequest, .number(UInt64(original) + 1), 0, 0, 1)
            tree.add(isRepeated, .flag(true), 0, 0, 1)
        }
    }

    static let exchangeRows = [responseTo, time, isRepeated, firstRequest, firstResponse, unsolicited].map(\.row)

    private static let operations = DNSField("dns.dso", "DNS Stateful Operation", .none)
    private static let unit = DNSField("dns.dso.tlv", "DSO TLV", .none) { row in
        row.worded { _, range, input in
            "DSO TLV: " + DNSName.statefulOperation(UInt64(input.frame.u16(at: range.lowerBound)))
        }
    }
    private static let unitType = DNSField("dns.dso.tlv.type", "Type", .uint16) {
        $0.named { DNSName.statefulOperation($0) }
    }
    private static let unitLength = DNSPart.number(2, "dns.dso.tlv.length", "Length")
    private static let inactivity = DNSPart.number(4, "dns.dso.tlv.keepalive.inactivity", "Inactivity Timeout")
    private static let interval = DNSPart.number(4, "dns.dso.tlv.keepalive.interval", "Keepalive Interval")
    private static let delay = DNSPart.number(4, "dns.dso.tlv.retrydelay.retrydelay", "Retry Delay")
    private static let padding = DNSPart.rest("dns.dso.tlv.encpad.padding", "Padding")
    private static let unitData = DNSPart.rest("dns.dso.tlv.data", "Data")

    /// RFC 8490 §5.4.4: units of type, length and value instead of records.
    static func readStateful(_ message: borrowing Bytes, _ tree: inout DNSTree) {
        var offset = 12
        guard offset < message.count else { return }
        tree.add(operations, .presence, offset, message.count - offset, 1)
        while message.has(4, at: offset) {
            let (type, length) = (message.u16(at: offset), Int(message.u16(at: offset + 2)))
            guard message.has(length, at: offset + 4) else { return }
            let (place, end) = (offset + 4, offset + 4 + length)
            tree.add(unit, .presence, offset, 4 + length, 2)
            tree.add(unitType, .number(UInt64(type)), offset, 2, 3)
            _ = unitLength.read(message, offset + 2, end, &tree, 3)
            switch type {
            case 1: _ = read([inactivity, interval], message, place, end, &tree, 3)
            case 2: _ = delay.read(message, place, end, &tree, 3)
            case 3: _ = padding.read(message, place, end, &tree, 3)
            default: _ = unitData.read(message, place, end, &tree, 3)
            }
            offset = end
        }
    }

    static var statefulRows: [FieldRow] {
        [operations, unit, unitType].map(\.row)
            + [unitLength, inactivity, interval, delay, padding, unitData].flatMap(\.rows)
    }
}

extension FieldRow {
    /// Known from other messages.
    fileprivate var fact: FieldRow { generated.needing(.datagrams) }
}

extension FieldInput {
    /// What other messages tell about this one.
    fileprivate var exchange: DNSExchange? { facts.dns.flatMap { $0.offset == layer.offset ? $0.exchange : nil } }
}
