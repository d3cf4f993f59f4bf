import Bytes

/// Control messages of IPv6 (RFC 4443), neighbour discovery (RFC 4861) among them.
@usableFromInline
package enum ICMPv6: MessageLayer {
    package static let id = ProtocolID.icmpv6

    package static let fields: [FieldRow] =
        [
            row(.type).named(typeName),
            row(.code).numberFirst { number, input in
                codeName(input.message.u8(at: 0), UInt8(truncatingIfNeeded: number))
            },
            row(.checksum).worded(ControlChecksum.wording),
            finding("icmpv6.checksum_bad.expert", "Bad checksum", byte: 2) { ControlChecksum.status($0) == .bad }
                .generated,
            checksumStatus("icmpv6.checksum.status", "Checksum Status", byte: 2, ControlChecksum.status).generated,
        ] + messageFields + neighborFields + optionFields + listenerFields + ICMP.extensionFields

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        return cursor.after(8, .done)
    }

    /// RFC 4443 §2.1: types below 128 are errors, and errors quote.
    package static func quotesPacket(_ type: UInt8) -> Bool { type < 128 }

    static func isEcho(_ type: UInt8) -> Bool { type == 128 || type == 129 }
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
