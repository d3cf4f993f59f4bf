import Bytes

extension ICMP {
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let header = Header<ICMP>(input.frame, input.layer)
        let (type, code) = (header[.type], header[.code])
        let start = text.count
        switch type {
        case 0: text.append("Echo (ping) reply" as StaticString)
        case 8: text.append("Echo (ping) request" as StaticString)
        default: text.append(typeName(type, code) ?? "")
        }
        text.pad(from: start, to: 20)
        if let name = codeName(type, code) {
            text.append(" (" as StaticString)
            text.append(name)
            text.append(")" as StaticString)
        }
        guard hasIdentifier(type) else { return }
        text.append(" id=0x" as StaticString)
        text.append(hexadecimal: UInt64(header[.identifier]), digits: 4)
        text.append(", seq=" as StaticString)
        text.append(decimal: UInt64(header[.sequence]))
        text.append("/" as StaticString)
        text.append(decimal: UInt64(header[.sequence].byteSwapped))
        text.append(", ttl=" as StaticString)
        text.append(decimal: UInt64(input.lifetime))
        appendResponse(input, to: &text)
    }

    /// Which frame a reply answers.
    static func appendResponse(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        guard let response = input.facts.earlier else { return }
        text.append(" (request in " as StaticString)
        text.append(decimal: UInt64(response.frame) + 1)
        text.append(")" as StaticString)
    }
}

extension FieldInput {
    /// The time to live or hop limit of the packet that the layer lies in; 0 where it was put together.
    var lifetime: UInt8 {
        guard layers.network >= 0 else { return 0 }
        let header = layers[layers.network]
        return frame.u8(at: Int(header.offset) + (header.id == .ipv4 ? 8 : 7))
    }
}
