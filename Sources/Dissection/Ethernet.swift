package import Bytes

/// Ethernet II and IEEE 802.3 frames, without preamble and (as cards strip it) without frame check sequence.
package enum Ethernet: ProtocolLayer {
    /// IEEE 802 addresses name the stations.
    package typealias Address = MACAddress

    package static let id = ProtocolID.ethernet

    package static let fields: [FieldRow] = [row(.destination), row(.source), row(.type)]

    /// IEEE 802.3 §3.2.6: up to 1500 the field is a length and LLC follows, from 1536 on it is an EtherType.
    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 14, frame, cursor) else { return cursor.ended }
        return typeOrLength(frame, cursor.after(14, .done), frame.u16(at: cursor.offset + 12))
    }

    /// What follows a field that is a type in one dialect and a length in the other.
    static func typeOrLength(_ frame: Bytes, _ after: Cursor, _ value: UInt16) -> Cursor {
        var after = after
        if value <= 1500 {
            after.end = min(after.end, after.offset + Int(value))
            // Novell's raw 802.3 puts an IPX checksum, always ones, where LLC would stand.
            after.next = frame.u16(at: after.offset) == 0xFFFF ? .done : .llc
        } else {
            after.next = .etherType(value)
        }
        return after
    }
}

extension Field where P == Ethernet, Value == Ethernet.Address {
    package static var destination: Self { .init("eth.dst", "Destination", byte: 0, .address) }
    package static var source: Self { .init("eth.src", "Source", byte: 6, .address) }
}

extension Field where P == Ethernet, Value == UInt16 {
    package static var type: Self { .init("eth.type", "Type", byte: 12, .hexadecimal) }
}
