public import Bytes

/// Control messages of IPv4 (RFC 792).
@usableFromInline
package enum ICMP: MessageLayer {
    /// A redirect names a gateway by its IPv4 address.
    @usableFromInline package typealias Address = IPAddress

    package static let id = ProtocolID.icmp

    package static let fields: [FieldRow] =
        [
            row(.type).numberFirst { number, input in
                typeName(UInt8(truncatingIfNeeded: number), input.message.u8(at: 1))
            },
            row(.code).numberFirst { number, input in
                codeName(input.message.u8(at: 0), UInt8(truncatingIfNeeded: number))
            },
            row(.checksum).worded(ControlChecksum.wording),
            finding("icmp.checksum_bad", "Bad checksum", byte: 2) { ControlChecksum.status($0) == .bad }.generated,
            checksumStatus("icmp.checksum.status", "Checksum Status", byte: 2, ControlChecksum.status).generated,
        ] + messageFields + extensionFields + mobileFields

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

    /// Echo, timestamp, information and address mask messages.
    static func hasIdentifier(_ type: UInt8) -> Bool {
        switch type {
        case 0, 8, 13...18: true
        default: false
        }
    }

    static func hasIdentifier(_ header: Bytes) -> Bool { hasIdentifier(header.u8(at: 0)) }
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
