import Bytes

/// Control messages of IPv6 (RFC 4443), neighbour discovery (RFC 4861) among them.
@usableFromInline
package enum ICMPv6: ComputingLayer {
    package static let id = ProtocolID.icmpv6

    package static let fields: [FieldRow] =
        [
            row(.type).named(typeName), row(.code), row(.checksum), row(.identifier).when(isEcho),
            row(.sequence).when(isEcho), row(.nextMTU).when { $0.u8(at: 0) == 2 },
            computed(.solicited, "icmpv6.nd.ns.target_address", "Target Address", .ipv6),
            computed(.advertised, "icmpv6.nd.na.target_address", "Target Address", .ipv6),
        ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        return cursor.after(8, .done)
    }

    package enum Computed: Sendable { case solicited, advertised }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let type = input.header.u8(at: 0)
        switch field {
        case .solicited, .advertised:
            let wanted: UInt8 = if case .solicited = field { 135 } else { 136 }
            guard type == wanted, input.message.has(24, at: 0) else { return }
            let address = IPAddress(high: input.message.u64(at: 8), low: input.message.u64(at: 16))
            sink(.address(address), input.start + 8..<input.start + 24)
        }
    }

    /// RFC 4443 §2.1: types below 128 are errors, and errors quote.
    package static func quotesPacket(_ type: UInt8) -> Bool { type < 128 }

    private static func isEcho(_ header: Bytes) -> Bool { header.u8(at: 0) == 128 || header.u8(at: 0) == 129 }

    private static func typeName(_ type: UInt64) -> String? {
        switch type {
        case 1: "Destination Unreachable"
        case 2: "Packet Too Big"
        case 3: "Time Exceeded"
        case 4: "Parameter Problem"
        case 128: "Echo (ping) request"
        case 129: "Echo (ping) reply"
        case 130: "Multicast Listener Query"
        case 131: "Multicast Listener Report"
        case 132: "Multicast Listener Done"
        case 133: "Router Solicitation"
        case 134: "Router Advertisement"
        case 135: "Neighbor Solicitation"
        case 136: "Neighbor Advertisement"
        case 137: "Redirect"
        case 143: "Multicast Listener Report Message v2"
        default: nil
        }
    }
}

extension Field where P == ICMPv6, Value == UInt8 {
    @inlinable package static var type: Self { .init("icmpv6.type", "Type", byte: 0) }
    @inlinable package static var code: Self { .init("icmpv6.code", "Code", byte: 1) }
}

extension Field where P == ICMPv6, Value == UInt16 {
    @inlinable package static var checksum: Self { .init("icmpv6.checksum", "Checksum", byte: 2, .hexadecimal) }
    @inlinable package static var identifier: Self {
        .init("icmpv6.echo.identifier", "Identifier", byte: 4, .hexadecimal)
    }
    @inlinable package static var sequence: Self { .init("icmpv6.echo.sequence_number", "Sequence", byte: 6) }
}

extension Field where P == ICMPv6, Value == UInt32 {
    @inlinable package static var nextMTU: Self { .init("icmpv6.mtu", "MTU", byte: 4) }
}
