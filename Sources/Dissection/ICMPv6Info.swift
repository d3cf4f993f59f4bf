import Bytes

extension ICMPv6 {
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let message = input.message
        let (type, code) = (message.u8(at: 0), message.u8(at: 1))
        switch type {
        case 128: text.append("Echo (ping) request" as StaticString)
        case 129: text.append("Echo (ping) reply" as StaticString)
        default: text.append(typeName(UInt64(type)) ?? "Unknown (\(type))")
        }
        if message.count > 1, let name = codeName(type, code) {
            text.append(" (" as StaticString)
            text.append(name)
            text.append(")" as StaticString)
        }
        switch type {
        case 128 where message.count >= 8, 129 where message.count >= 8: appendEcho(input, to: &text)
        case 133, 141, 142: appendAddresses(message, 8, to: &text)
        case 134: appendAddresses(message, 16, to: &text)
        case 135 where message.has(16, at: 8):
            text.append(" for " as StaticString)
            text.append(IPAddress(high: message.u64(at: 8), low: message.u64(at: 16)))
            appendAddresses(message, 24, to: &text)
        case 136 where message.has(16, at: 8): appendAdvertisement(message, to: &text)
        case 137: appendAddresses(message, 40, to: &text)
        default: break
        }
    }

    private static func appendEcho(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let header = Header<ICMPv6>(input.frame, input.layer)
        text.append(" id=0x" as StaticString)
        text.append(hexadecimal: UInt64(header[.identifier]), digits: 4)
        text.append(", seq=" as StaticString)
        text.append(decimal: UInt64(header[.sequence]))
        text.append(", hop limit=" as StaticString)
        text.append(decimal: UInt64(input.lifetime))
        ICMP.appendResponse(input, to: &text)
    }

    private static func appendAdvertisement(_ message: Bytes, to text: inout [UInt8]) {
        text.append(" " as StaticString)
        text.append(IPAddress(high: message.u64(at: 8), low: message.u64(at: 16)))
        text.append(" (" as StaticString)
        switch message.u8(at: 4) >> 5 {
        case 0: text.append("none" as StaticString)
        case 1: text.append("ovr" as StaticString)
        case 2: text.append("sol" as StaticString)
        case 3: text.append("sol, ovr" as StaticString)
        case 4: text.append("rtr" as StaticString)
        case 5: text.append("rtr, ovr" as StaticString)
        case 6: text.append("rtr, sol" as StaticString)
        default: text.append("rtr, sol, ovr" as StaticString)
        }
        text.append(")" as StaticString)
        appendAddresses(message, 24, to: &text)
    }

    /// The link-layer addresses that options tell.
    private static func appendAddresses(_ message: Bytes, _ start: Int, to text: inout [UInt8]) {
        var offset = start
        while message.has(8, at: offset) {
            let (type, length) = (message.u8(at: offset), 8 * Int(message.u8(at: offset + 1)))
            guard length > 0, message.has(length, at: offset) else { return }
            if type == 1 || type == 2 {
                if type == 1 { text.append(" from " as StaticString) } else { text.append(" is at " as StaticString) }
                for place in 0..<(length == 16 ? 8 : length - 2) {
                    if place > 0 { text.append(":" as StaticString) }
                    text.append(hexadecimal: UInt64(message.u8(at: offset + 2 + place)), digits: 2)
                }
            }
            offset += length
        }
    }
}
