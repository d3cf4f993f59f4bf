package import Bytes

/// The TCP packet that a control message quotes: whose it was, and what became of it.
package struct QuotedPacket: Sendable, BitwiseCopyable {
    package let source: Endpoint
    package let destination: Endpoint
    package let sequence: UInt32
    /// Of the IP header.
    let length: Int

    /// Reads the quotation in `payload`, which by RFC 792 holds the IP header and at least eight bytes more: just the
    /// ports and the sequence number.
    package init?(_ payload: Bytes) {
        let addresses: (IPAddress, IPAddress)
        if payload.u8(at: 0) >> 4 == 4 {
            length = Int(payload.u8(at: 0) & 0xF) * 4
            guard length >= 20, payload.u8(at: 9) == 6, payload.u16(at: 6) & 0x1FFF == 0 else { return nil }
            addresses = (IPAddress(v4: payload.u32(at: 12)), IPAddress(v4: payload.u32(at: 16)))
        } else {
            length = 40
            guard payload.u8(at: 0) >> 4 == 6, payload.u8(at: 6) == 6 else { return nil }
            addresses = (
                IPAddress(high: payload.u64(at: 8), low: payload.u64(at: 16)),
                IPAddress(high: payload.u64(at: 24), low: payload.u64(at: 32))
            )
        }
        guard payload.has(8, at: length) else { return nil }
        source = Endpoint(addresses.0, payload.u16(at: length))
        destination = Endpoint(addresses.1, payload.u16(at: length + 2))
        sequence = payload.u32(at: length + 4)
    }
}

/// Fields of a quoted packet. They bear the names that they have in a packet of its own, as in tshark.
package enum QuotedField: CaseIterable, Sendable {
    case packet, source, destination, source6, destination6, sourcePort, destinationPort, sequence

    var name: String {
        switch self {
        case .packet: ""
        case .source: "ip.src"
        case .destination: "ip.dst"
        case .source6: "ipv6.src"
        case .destination6: "ipv6.dst"
        case .sourcePort: "tcp.srcport"
        case .destinationPort: "tcp.dstport"
        case .sequence: "tcp.seq_raw"
        }
    }

    var label: String {
        switch self {
        case .packet: "Quoted packet"
        case .source, .source6: "Source Address"
        case .destination, .destination6: "Destination Address"
        case .sourcePort: "Source Port"
        case .destinationPort: "Destination Port"
        case .sequence: "Sequence Number (raw)"
        }
    }

    var type: FieldType {
        switch self {
        case .packet: .string
        case .source, .destination: .ipv4
        case .source6, .destination6: .ipv6
        case .sourcePort, .destinationPort: .uint16
        case .sequence: .uint32
        }
    }

    var role: FieldRow.Role { self == .packet ? .group : .byPlace }

    /// Reads the field from the packet that the innermost layer's message carries.
    func resolve(in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let payload = input.layers.payload
        guard let packet = QuotedPacket(input.frame.slice(from: Int(payload.offset), count: Int(payload.captured)))
        else {
            return
        }
        func emit(_ value: FieldRow.Value, _ offset: Int, _ count: Int) {
            sink(value, Int(payload.offset) + offset..<Int(payload.offset) + offset + count)
        }
        let isV4 = input.frame.u8(at: Int(payload.offset)) >> 4 == 4
        switch self {
        case .packet: emit(.text("\(packet.source) → \(packet.destination), TCP"), 0, Int(payload.captured))
        case .source: if isV4 { emit(.address(packet.source.address), 12, 4) }
        case .destination: if isV4 { emit(.address(packet.destination.address), 16, 4) }
        case .source6: if !isV4 { emit(.address(packet.source.address), 8, 16) }
        case .destination6: if !isV4 { emit(.address(packet.destination.address), 24, 16) }
        case .sourcePort: emit(.number(UInt64(packet.source.port)), packet.length, 2)
        case .destinationPort: emit(.number(UInt64(packet.destination.port)), packet.length + 2, 2)
        case .sequence: emit(.number(UInt64(packet.sequence)), packet.length + 4, 4)
        }
    }
}

extension ComputingLayer where Computed == QuotedField {
    static var quotedFields: [FieldRow] {
        QuotedField.allCases.map { computed($0, $0.name, $0.label, $0.type, nil, $0.role) }
    }
}
