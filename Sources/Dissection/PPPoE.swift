import Bytes

/// A PPPoE session packet (RFC 2516 §4).
@usableFromInline
package enum PPPoE: ProtocolLayer {
    package static let id = ProtocolID.pppoe

    package static let fields: [FieldRow] = [
        row(.version), row(.type), row(.code).named { $0 == 0 ? "Session Data" : nil }, row(.session), row(.length),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 6, frame, cursor) else { return cursor.ended }
        var after = cursor.after(6, .ppp)
        after.end = min(cursor.end, after.offset + Int(frame.u16(at: cursor.offset + 4)))
        return after
    }
}

extension Field where P == PPPoE, Value == UInt8 {
    @inlinable package static var version: Self { .init("pppoe.version", "Version", byte: 0, mask: 0xF0) }
    @inlinable package static var type: Self { .init("pppoe.type", "Type", byte: 0, mask: 0x0F) }
    @inlinable package static var code: Self { .init("pppoe.code", "Code", byte: 1, .hexadecimal) }
}

extension Field where P == PPPoE, Value == UInt16 {
    @inlinable package static var session: Self {
        .init("pppoe.session_id", "Session ID", byte: 2, .hexadecimal)
    }
    @inlinable package static var length: Self { .init("pppoe.payload_length", "Payload Length", byte: 4) }
}
