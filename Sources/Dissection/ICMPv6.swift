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
        let (present, captured) = (cursor.end - cursor.offset, frame.count - cursor.offset)
        let count = min(present, captured)
        let needed = leastLength(frame.u8(at: cursor.offset))
        guard count >= 1, present < needed || captured < min(8, needed) else {
            guard layers.take(id, min(8, needed), frame, cursor) else { return cursor.ended }
            return cursor.after(min(8, needed), .done)
        }
        let isCut = captured < min(present, needed)
        guard layers.pushDamaged(id, at: cursor.offset, length: count) else { return cursor.ended }
        layers.stop = Stop(reason: isCut ? .cut : .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
        return Cursor(next: .done, offset: cursor.offset + count, end: cursor.offset + count)
    }

    /// How much a message of that type has before anything that may be missing: an error quotes at least something
    /// (RFC 4443 §3), and the others have what RFC 2710 §3, RFC 3810 §5.2, RFC 4286 §3, RFC 4861 §4 and RFC 8335 §2 say.
    private static func leastLength(_ type: UInt8) -> Int {
        switch type {
        case 1...4: 9
        case 134: 16
        case 130...132, 135, 136: 24
        case 137: 40
        case 152, 153: 4
        default: 8
        }
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
