import Bytes

/// The four-byte address family of BSD loopback captures (LINKTYPE_NULL in the capturing host's byte order,
/// LINKTYPE_LOOP in network byte order).
package enum Null: ProtocolLayer {
    package static let id = ProtocolID.null

    package static let fields: [FieldRow] = [row(.family)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 4, frame, cursor) else { return cursor.ended }
        let family = frame.u32(at: cursor.offset)
        // Families fit one byte, so whichever order it was written in, the small reading is the right one.
        switch min(family, family.byteSwapped) {
        case 2: return cursor.after(4, .etherType(0x0800))
        // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, Darwin.
        case 10, 24, 28, 30: return cursor.after(4, .etherType(0x86DD))
        default: return cursor.after(4, .done)
        }
    }
}

extension Field where P == Null, Value == UInt32 {
    package static var family: Self { .init("null.family", "Family", byte: 0) }
}
