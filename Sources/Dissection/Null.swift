import Bytes

/// The four-byte address family of BSD loopback captures (LINKTYPE_NULL in the capturing host's byte order,
/// LINKTYPE_LOOP in network byte order).
@usableFromInline
package enum Null: ComputingLayer {
    package static let id = ProtocolID.null

    package static let fields: [FieldRow] = [
        computed(.family, "null.family", "Family").named(familyName)
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 4, frame, cursor) else { return cursor.ended }
        switch family(frame.u32(at: cursor.offset)) {
        case 2: return cursor.after(4, .etherType(0x0800))
        // AF_INET6 of Linux, Windows, NetBSD and OpenBSD, FreeBSD, Darwin.
        case 10, 23, 24, 28, 30: return cursor.after(4, .etherType(0x86DD))
        default: return cursor.after(4, .done)
        }
    }
}

extension Null {
    package enum Computed: Sendable { case family }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        sink(.number(UInt64(family(input.header.u32(at: 0)))), input.start..<input.start + 4)
    }

    /// Families fit one byte, so whichever order the number was written in, the small reading is the right one.
    private static func family(_ number: UInt32) -> UInt32 { min(number, number.byteSwapped) }

    private static func familyName(_ family: UInt64) -> String? {
        switch family {
        case 2: "IP"
        case 10, 23, 24, 28, 30: "IPv6"
        default: nil
        }
    }
}
