import Bytes

/// Generic Routing Encapsulation (RFC 2784, with RFC 2890's key and sequence number).
@usableFromInline
package enum GRE: ProtocolLayer {
    package static let id = ProtocolID.gre

    package static let fields: [FieldRow] = [
        row(.flagsAndVersion), row(.hasChecksum).part.asked("Yes", "No"),
        row(.hasRouting).part.asked("Yes", "No"), row(.hasKey).part.asked("Yes", "No"),
        row(.hasSequenceNumber).part.asked("Yes", "No"),
        row(.version).part.asked { $0 == 0 ? "GRE" : $0 == 1 ? "Enhanced GRE" : nil },
        row(.protocolType).named(EtherType.name),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let flags = frame.u16(at: cursor.offset)
        // Each optional word is announced by its bit.
        let words = (flags & 0xC000 != 0 ? 1 : 0) + (flags & 0x2000 != 0 ? 1 : 0) + (flags & 0x1000 != 0 ? 1 : 0)
        guard layers.take(id, 4 + 4 * words, frame, cursor) else { return cursor.ended }
        // Version 1 is PPTP's (RFC 2637); the routing list of RFC 1701 has gone out of use.
        guard flags & 0x4007 == 0 else { return cursor.after(4 + 4 * words, .done) }
        let type = frame.u16(at: cursor.offset + 2)
        return cursor.after(4 + 4 * words, type == 0x6558 ? .ethernet : .etherType(type))
    }
}

extension Field where P == GRE, Value == UInt16 {
    @inlinable package static var flagsAndVersion: Self {
        .init("gre.flags_and_version", "Flags and Version", byte: 0, .hexadecimal)
    }
    @inlinable package static var version: Self { .init("gre.flags.version", "Version", byte: 0, mask: 0x7) }
    @inlinable package static var protocolType: Self { .init("gre.proto", "Protocol Type", byte: 2, .hexadecimal) }
}

extension Field where P == GRE, Value == Bool {
    @inlinable package static var hasChecksum: Self {
        .init("gre.flags.checksum", "Checksum Bit", byte: 0, mask: 0x80, .flag)
    }
    @inlinable package static var hasRouting: Self {
        .init("gre.flags.routing", "Routing Bit", byte: 0, mask: 0x40, .flag)
    }
    @inlinable package static var hasKey: Self { .init("gre.flags.key", "Key Bit", byte: 0, mask: 0x20, .flag) }
    @inlinable package static var hasSequenceNumber: Self {
        .init("gre.flags.sequence_number", "Sequence Number Bit", byte: 0, mask: 0x10, .flag)
    }
}
