import Bytes

/// The protocol number of PPP (RFC 1661 §2), as PPPoE carries it: uncompressed, without address and control.
@usableFromInline
package enum PPP: ProtocolLayer {
    package static let id = ProtocolID.ppp
    package static let fields: [FieldRow] = [row(.protocolNumber).named(name)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 2, frame, cursor) else { return cursor.ended }
        switch frame.u16(at: cursor.offset) {
        case 0x0021: return cursor.after(2, .etherType(0x0800))
        case 0x0057: return cursor.after(2, .etherType(0x86DD))
        case 0x0281: return cursor.after(2, .mpls)
        default: return cursor.after(2, .done)
        }
    }

    private static func name(_ number: UInt64) -> String? {
        switch number {
        case 0x0021: "Internet Protocol version 4"
        case 0x0057: "Internet Protocol version 6"
        case 0x0281: "MPLS Unicast"
        case 0x8021: "Internet Protocol Control Protocol"
        case 0x8057: "IPv6 Control Protocol"
        case 0xC021: "Link Control Protocol"
        case 0xC023: "Password Authentication Protocol"
        case 0xC223: "Challenge Handshake Authentication Protocol"
        default: nil
        }
    }
}

extension Field where P == PPP, Value == UInt16 {
    @inlinable package static var protocolNumber: Self { .init("ppp.protocol", "Protocol", byte: 0, .hexadecimal) }
}
