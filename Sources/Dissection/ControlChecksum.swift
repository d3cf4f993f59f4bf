import Bytes

/// The checksum of control messages. It is verified, other than those of IP, TCP and UDP: no network card fills it in.
enum ControlChecksum {
    /// Of ICMP (RFC 792) and, with the pseudo-header of RFC 8200 §8.1, of ICMPv6.
    static func status(_ input: borrowing FieldInput) -> ChecksumStatus? {
        guard input.message.has(4, at: 0) else { return nil }
        guard let right = expected(input) else { return .unverified }
        return right == input.message.u16(at: 2) ? .good : .bad
    }

    /// The checksum that the message should have; nil where it cannot be told.
    static func expected(_ input: borrowing FieldInput) -> UInt16? {
        let message = input.message
        let payload = input.layers.payload
        // What errors quote is cut short.
        guard payload.captured == payload.length, !input.facts.isQuoted else { return nil }
        var sum: UInt64 = 0
        if input.layer.id == .icmpv6 {
            // A datagram that was put together no longer has the addresses beside it.
            guard input.layers.network >= 0 else { return nil }
            let header = input.layers[input.layers.network]
            guard header.id == .ipv6 else { return nil }
            let destination = lastSegment(input)
            add(input.frame.slice(from: Int(header.offset) + 8, count: 16), to: &sum)
            add(input.frame.slice(from: destination ?? Int(header.offset) + 24, count: 16), to: &sum)
            sum += UInt64(message.count) + 58
        }
        add(message.slice(from: 0, count: 2), to: &sum)
        add(message.slice(from: 4), to: &sum)
        return UInt16(~fold(sum) & 0xFFFF)
    }

    /// RFC 8200 §8.1: with a routing header that is not done, the destination is the route's last address.
    private static func lastSegment(_ input: borrowing FieldInput) -> Int? {
        guard let routing = input.layers.last(.ipv6Routing), routing.length >= 24 else { return nil }
        let start = Int(routing.offset)
        guard [0, 2].contains(input.frame.u8(at: start + 2)), input.frame.u8(at: start + 3) > 0 else { return nil }
        return routing.end - 16
    }

    /// Whether the words of a structure, its checksum among them, add up.
    static func isSound(_ bytes: Bytes) -> Bool {
        var sum: UInt64 = 0
        add(bytes, to: &sum)
        return fold(sum) == 0xFFFF
    }

    private static func fold(_ sum: UInt64) -> UInt64 {
        var sum = sum
        while sum > 0xFFFF { sum = (sum >> 16) + (sum & 0xFFFF) }
        return sum
    }

    /// RFC 1071 §1: words of 16 bits, a last odd byte as the high one.
    private static func add(_ bytes: Bytes, to sum: inout UInt64) {
        var offset = 0
        while offset + 1 < bytes.count {
            sum += UInt64(bytes.u16(at: offset))
            offset += 2
        }
        if offset < bytes.count { sum += UInt64(bytes.u8(at: offset)) << 8 }
    }

    static let wording: FieldRow.Wording = { value, _, input in
        guard case .number(let number) = value else { return "Checksum" }
        let text = "Checksum: 0x" + hexadecimal(number, 4)
        guard let right = expected(input) else { return text + " [unverified]" }
        return UInt64(right) == number
            ? text + " [correct]" : text + " incorrect, should be 0x" + hexadecimal(UInt64(right), 4)
    }
}
