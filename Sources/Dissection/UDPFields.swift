import Bytes

extension UDP {
    /// What is read from the payload, and from the datagrams before.
    package enum Computed: Sendable { case stream, timeSinceFirst, timeSincePrevious, payload }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let start = input.start
        let facts = input.facts.udp
        switch field {
        case .stream: if let facts { sink(.number(UInt64(facts.stream)), start..<start) }
        case .timeSinceFirst: if let time = facts?.timeSinceFirst { sink(.span(time), start..<start) }
        case .timeSincePrevious: if let time = facts?.timeSincePrevious { sink(.span(time), start..<start) }
        case .payload:
            guard isLengthSound(input.header), input.layer.length == 8 else { return }
            // Wireshark takes all that the IP packet holds, whatever the datagram's own length says.
            let bytes = input.frame.slice(from: input.layer.end, count: max(0, input.endOfPacket - input.layer.end))
            if bytes.count > 0 { sink(.bytes(bytes.array), input.layer.end..<input.layer.end + bytes.count) }
        }
    }

    /// Less than the header cannot be the length; 0 is a jumbogram's, which no capture holds (RFC 2675 §4).
    static func isLengthSound(_ header: Bytes) -> Bool { header.has(8, at: 0) && header.u16(at: 4) >= 8 }

    static func hasBadLength(_ input: borrowing FieldInput) -> Bool {
        guard input.header.has(6, at: 0) else { return false }
        let length = Int(input.header.u16(at: 4))
        return length < 8 || (input.layer.length == 8 && input.start + length > input.endOfPacketOnWire)
    }

    /// A checksum of zero is none in IPv4 and forbidden in IPv6 (RFC 8200 §8.1).
    static func checksumStatus(_ input: borrowing FieldInput) -> ChecksumStatus? {
        let header = input.header
        guard isLengthSound(header) else { return nil }
        guard header.u16(at: 6) == 0 else { return .unverified }
        return input.layers.network >= 0 && input.layers[input.layers.network].id == .ipv6 ? .illegal : .notPresent
    }
}

extension FieldInput {
    /// Where the IP packet ends that the layer lies in, as its header says, and as far as it was captured.
    fileprivate var endOfPacketOnWire: Int {
        guard layers.network >= 0 else { return frame.count }
        let header = layers[layers.network]
        let start = Int(header.offset)
        if header.id == .ipv4 {
            let total = Int(frame.u16(at: start + 2))
            return total == 0 ? frame.count : start + total
        }
        let length = Int(frame.u16(at: start + 4))
        return length == 0 ? frame.count : start + 40 + length
    }

    fileprivate var endOfPacket: Int { min(frame.count, endOfPacketOnWire) }
}
