import Bytes

extension UDP {
    /// What is read from the payload, and from the datagrams before.
    package enum Computed: Sendable { case stream, timestamps, timeSinceFirst, timeSincePrevious, payload }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let start = input.start
        let facts = input.facts.udp
        switch field {
        case .stream: if let facts { sink(.number(UInt64(facts.stream)), start..<start) }
        case .timestamps: if facts?.timeSinceFirst != nil { sink(.text("Timestamps"), start..<start) }
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

    /// Where traceroute's datagrams go: three to the port of each hop.
    static func tracerouteHop(_ input: borrowing FieldInput) -> Int? {
        let port = Int(input.header.u16(at: 2))
        return (33435...33463).contains(port) ? (port - 33435) / 3 + 1 : nil
    }

    static let lengthWording: FieldRow.Wording = { value, _, input in
        guard case .number(let length) = value else { return "Length" }
        guard hasBadLength(input) else { return "Length: \(length)" }
        return length < 8
            ? "Length: \(length) (bogus, must be >= 8)"
            : "Length: \(length) (bogus, payload length \(input.endOfPacketOnWire - input.start))"
    }

    static let checksumWording: FieldRow.Wording = { value, _, input in
        guard case .number(let number) = value else { return "Checksum" }
        let remark =
            switch checksumStatus(input) {
            case .notPresent: "zero-value ignored"
            case .illegal: "zero-value illegal"
            default: "unverified"
            }
        return "Checksum: 0x\(hexadecimal(number, 4)) [\(remark)]"
    }

    /// What is known of the checksum: below it where there is none to check.
    static func status(isVerifiable: Bool) -> FieldRow {
        FieldRow(
            "udp.checksum.status", "Checksum Status", .uint8, .decimal, .inOrder(level: isVerifiable ? 1 : 2)
        ) { input, sink in
            guard let status = checksumStatus(input), (status == .unverified) == isVerifiable else { return }
            let place = input.start + 6
            sink(.number(status.rawValue), place..<place + (isVerifiable ? 0 : 2))
        }.worded { value, _, _ in
            guard case .number(let number) = value else { return "Checksum Status" }
            return "Checksum Status: \(ChecksumStatus.name(number) ?? "Unknown")"
        }.asked(by: ChecksumStatus.name).generated
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
