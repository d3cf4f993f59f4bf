import Bytes

/// One entry of an MPLS label stack (RFC 3032 §2.1).
@usableFromInline
package enum MPLS: ProtocolLayer {
    package static let id = ProtocolID.mpls

    package static let fields: [FieldRow] = [
        row(.label).named(labelName), row(.experimental), row(.isBottom), row(.timeToLive),
    ]

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<MPLS>(input.frame, input.layer)
        return id.label + ", Label: \(header[.label]), Exp: \(header[.experimental]), S: \(header[.isBottom]), "
            + "TTL: \(header[.timeToLive])"
    }

    /// Nothing says what lies below the last label; that IP's version is in the first four bits makes a good guess
    /// (RFC 4928 §3). An Ethernet pseudowire begins with zeros there.
    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 4, frame, cursor) else { return cursor.ended }
        let after = cursor.offset + 4
        guard frame.u8(at: cursor.offset + 2) & 1 != 0 else { return cursor.after(4, .mpls) }
        switch frame.u8(at: after) >> 4 {
        case 4: return cursor.after(4, .etherType(0x0800))
        case 6: return cursor.after(4, .etherType(0x86DD))
        default: return cursor.after(4, .done)
        }
    }

    /// RFC 3032 §2.1 and RFC 3429, 6790, 7274: labels 0 to 15 have a meaning of their own.
    private static func labelName(_ label: UInt64) -> String? {
        switch label {
        case 0: "IPv4 Explicit-Null"
        case 1: "Router Alert"
        case 2: "IPv6 Explicit-Null"
        case 3: "Implicit-Null"
        case 7: "Entropy Label Indicator (ELI)"
        case 13: "Generic Associated Channel Label (GAL)"
        case 14: "OAM Alert"
        case 15: "Extension Label"
        default: nil
        }
    }
}

extension Field where P == MPLS, Value == UInt32 {
    @inlinable package static var label: Self { .init("mpls.label", "MPLS Label", byte: 0, mask: 0xFFFF_F000) }
    @inlinable package static var experimental: Self {
        .init("mpls.exp", "MPLS Experimental Bits", byte: 0, mask: 0xE00)
    }
    @inlinable package static var isBottom: Self {
        .init("mpls.bottom", "MPLS Bottom Of Label Stack", byte: 0, mask: 0x100)
    }
    @inlinable package static var timeToLive: Self { .init("mpls.ttl", "MPLS TTL", byte: 0, mask: 0xFF) }
}
