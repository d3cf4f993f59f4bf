public import Bytes

/// Control messages of IPv4 (RFC 792).
@usableFromInline
package enum ICMP: ProtocolLayer {
    /// A redirect names a gateway by its IPv4 address.
    @usableFromInline package typealias Address = IPAddress

    package static let id = ProtocolID.icmp

    package static let fields: [FieldRow] = [
        row(.type).named(typeName), row(.code), row(.checksum),
        checksumStatus("icmp.checksum.status", "Checksum Status", byte: 2), row(.identifier).when(isEcho),
        row(.sequence).when(isEcho), row(.nextMTU).when { $0.u16(at: 0) == 0x0304 },
        row(.gateway).when { $0.u8(at: 0) == 5 },
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        return cursor.after(8, .done)
    }

    /// Whether a message of that type quotes the packet that it complains about.
    package static func quotesPacket(_ type: UInt8) -> Bool {
        switch type {
        case 3, 4, 5, 11, 12: true
        default: false
        }
    }

    private static func isEcho(_ header: Bytes) -> Bool { header.u8(at: 0) == 0 || header.u8(at: 0) == 8 }

    private static func typeName(_ type: UInt64) -> String? {
        switch type {
        case 0: "Echo (ping) reply"
        case 3: "Destination unreachable"
        case 4: "Source quench (flow control)"
        case 5: "Redirect"
        case 8: "Echo (ping) request"
        case 9: "Router advertisement"
        case 10: "Router solicitation"
        case 11: "Time-to-live exceeded"
        case 12: "Parameter problem"
        case 13: "Timestamp request"
        case 14: "Timestamp reply"
        default: nil
        }
    }
}

extension Field where P == ICMP, Value == UInt8 {
    @inlinable package static var type: Self { .init("icmp.type", "Type", byte: 0) }
    @inlinable package static var code: Self { .init("icmp.code", "Code", byte: 1) }
}

extension Field where P == ICMP, Value == UInt16 {
    @inlinable package static var checksum: Self { .init("icmp.checksum", "Checksum", byte: 2, .hexadecimal) }
    @inlinable package static var identifier: Self { .init("icmp.ident", "Identifier (BE)", byte: 4) }
    @inlinable package static var sequence: Self { .init("icmp.seq", "Sequence Number (BE)", byte: 6) }
    /// RFC 1191 §4.
    @inlinable package static var nextMTU: Self { .init("icmp.mtu", "MTU of next hop", byte: 6) }
}

extension Field where P == ICMP, Value == ICMP.Address {
    @inlinable package static var gateway: Self {
        .init("icmp.redir_gw", "Gateway Address", byte: 4, width: 4, .address)
    }
}
