import Bytes

/// The Info column of DNS messages, and what single records say in a few words.
extension DNS {
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let message = input.dnsMessage
        let flags = message.u16(at: 2)
        let isResponse = flags & 0x8000 != 0
        let operation = UInt64(flags >> 11 & 15)
        appendOperation(operation, to: &text)
        if isResponse { text.append(" response") }
        text.append(" 0x")
        text.append(hexadecimal: UInt64(message.u16(at: 0)), digits: 4)
        if isResponse, flags & 15 != 0 {
            text.append(UInt8(ascii: " "))
            text.append(responseName(UInt64(flags & 15)) ?? "Unknown error (\(flags & 15))")
        }
        guard operation != 6 else { return }
        // What is left to say of a header alone says whoever prints the list.
        guard message.count > 12 || input.facts.frame.capturedLength >= input.facts.frame.length else { return }
        if !appendEntries(message, input.layer.id == .mdns, to: &text) {
            let isCut = input.facts.frame.capturedLength < input.facts.frame.length
            text.append(isCut ? "[Packet size limited during capture]" : "[Malformed Packet]")
        }
    }

    private static func appendOperation(_ operation: UInt64, to text: inout [UInt8]) {
        if operation == 0 {
            text.append("Standard query")
        } else {
            text.append(DNSName.operations[operation] ?? "Unknown operation (\(operation))")
        }
    }

    /// - Returns: whether all that the header announces is there.
    private static func appendEntries(_ message: borrowing Bytes, _ isMulticast: Bool, to text: inout [UInt8]) -> Bool {
        var offset = 12
        for _ in 0..<Int(message.u16(at: 4)) {
            let before = text.count
            guard let place = end(ofName: message, at: offset), message.has(4, at: place) else { return false }
            let number = UInt64(message.u16(at: place))
            text.append(UInt8(ascii: " "))
            appendType(number, to: &text)
            text.append(UInt8(ascii: " "))
            guard appendName(message, at: offset, to: &text) else {
                text.removeSubrange(before...)
                return false
            }
            if isMulticast {
                text.append(message.u16(at: place + 2) & 0x8000 != 0 ? ", \"QU\" question" : ", \"QM\" question")
            }
            offset = place + 4
        }
        let records = (0..<3).reduce(0) { $0 + Int(message.u16(at: 6 + 2 * $1)) }
        for _ in 0..<records {
            guard let place = end(ofName: message, at: offset), message.has(10, at: place) else { return false }
            let number = UInt64(message.u16(at: place))
            let length = Int(message.u16(at: place + 8))
            text.append(UInt8(ascii: " "))
            appendType(number, to: &text)
            if isMulticast, number != 41, message.u16(at: place + 2) & 0x8000 != 0 { text.append(", cache flush") }
            guard message.has(length, at: place + 10) else { return false }
            if length > 0 {
                if namesOwner(number) {
                    text.append(UInt8(ascii: " "))
                    _ = appendName(message, at: offset, to: &text)
                }
                appendGist(number, message, place + 10, inTree: false, to: &text)
            }
            offset = place + 10 + length
        }
        return true
    }

    private static func appendType(_ number: UInt64, to text: inout [UInt8]) {
        switch number {
        case 1: text.append("A")
        case 28: text.append("AAAA")
        case 41: text.append("OPT")
        case 65: text.append("HTTPS")
        default: text.append(DNSName.short(type: number))
        }
    }

    /// Types of which the list names whose record it is, and nothing of what the record says.
    private static func namesOwner(_ type: UInt64) -> Bool {
        switch type {
        case 3, 4, 7...10, 14, 17...23, 26, 27, 42, 49, 51, 52, 55: true
        default: false
        }
    }

    /// The gist of a record's data, as its line in the tree and the list show it.
    static func appendGist(
        _ type: UInt64, _ message: borrowing Bytes, _ data: Int, inTree: Bool, to text: inout [UInt8]
    ) {
        func number(_ label: StaticString, _ offset: Int) {
            inTree ? text.append(label) : text.append(" ")
            text.append(decimal: UInt64(message.u16(at: data + offset)))
        }
        func name(_ label: StaticString, _ offset: Int = 0) {
            inTree ? text.append(label) : text.append(" ")
            _ = appendName(message, at: data + offset, to: &text)
        }
        func word(_ label: StaticString, _ offset: Int) {
            inTree ? text.append(label) : text.append(" ")
            let count = Int(message.u8(at: data + offset))
            text.append(Self.text(message.slice(from: data + offset + 1, count: count)))
        }
        switch type {
        case 1, 11:
            text.append(inTree ? ", addr " : " ")
            text.append(IPAddress(v4: message.u32(at: data)))
        case 28:
            text.append(inTree ? ", addr " : " ")
            text.append(IPAddress(high: message.u64(at: data), low: message.u64(at: data + 8)))
        case 2: name(", ns ")
        case 5: name(", cname ")
        case 6: name(", mname ")
        case 12: name(", ")
        case 13:
            word(", CPU ", 0)
            word(", OS ", 1 + Int(message.u8(at: data)))
        case 15:
            number(", preference ", 0)
            name(", mx ", 2)
        case 30, 47: name(", next domain name ")
        case 33:
            number(", priority ", 0)
            number(", weight ", 2)
            number(", port ", 4)
            name(", target ", 6)
        case 35:
            number(", order ", 0)
            number(", preference ", 2)
            word(", flags ", 4)
        case 36:
            number(", preference ", 0)
            name(", kx ", 2)
        case 38: appendAddress6(message, data, inTree, to: &text)
        case 39: name(", dname ")
        case 65282: name(", name result domain ", 12)
        default: break
        }
    }

    private static func appendAddress6(_ message: borrowing Bytes, _ data: Int, _ inTree: Bool, to text: inout [UInt8])
    {
        let bits = Int(message.u8(at: data))
        guard bits <= 128 else { return }
        let count = (128 - bits + 7) / 8
        text.append(inTree ? ", addr " : " ")
        text.append(decimal: UInt64(bits))
        text.append(UInt8(ascii: " "))
        text.append(padded(message.slice(from: data + 1, count: count).array, atFront: true))
        text.append(UInt8(ascii: " "))
        if bits > 0 { _ = appendName(message, at: data + 1 + count, to: &text) }
    }
}
