import Bytes

/// A PPPoE session packet (RFC 2516) with the PPP protocol number behind it.
package enum PPPoE: ProtocolLayer {
    package static let id = ProtocolID.pppoe

    package static let fields: [FieldRow] = [row(.session), row(.length)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        var after = cursor.after(8, .done)
        after.end = min(cursor.end, cursor.offset + 6 + Int(frame.u16(at: cursor.offset + 4)))
        switch frame.u16(at: cursor.offset + 6) {
        case 0x0021: after.next = .etherType(0x0800)
        case 0x0057: after.next = .etherType(0x86DD)
        default: break
        }
        return after
    }
}

extension Field where P == PPPoE, Value == UInt16 {
    package static var session: Self { .init("pppoe.session_id", "Session ID", byte: 2, .hexadecimal) }
    package static var length: Self { .init("pppoe.payload_length", "Payload Length", byte: 4) }
}
