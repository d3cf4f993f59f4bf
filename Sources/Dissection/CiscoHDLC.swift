import Bytes

/// Cisco's framing of serial lines: address, control, and an EtherType (RFC 1547 §4.3.1).
@usableFromInline
package enum CiscoHDLC: ProtocolLayer {
    package static let id = ProtocolID.chdlc

    package static let fields: [FieldRow] = [
        row(.address).named { $0 == 0x0F ? "Unicast" : $0 == 0x8F ? "Multicast" : "Unknown" }, row(.control),
        row(.type).named { $0 == 0x0800 ? "IP" : EtherType.name($0) ?? "Unknown" },
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 4, frame, cursor) else { return cursor.ended }
        return cursor.after(4, .etherType(frame.u16(at: cursor.offset + 2)))
    }

    package static func column(_ input: borrowing FieldInput) -> String {
        input.header.count < 4 ? id.column : "0x" + hexadecimal(UInt64(input.header.u16(at: 2)), 4)
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {}
}

extension Field where P == CiscoHDLC, Value == UInt8 {
    @inlinable package static var address: Self { .init("chdlc.address", "Address", byte: 0, .hexadecimal) }
    @inlinable package static var control: Self { .init("chdlc.control", "Control", byte: 1, .hexadecimal) }
}

extension Field where P == CiscoHDLC, Value == UInt16 {
    @inlinable package static var type: Self { .init("chdlc.protocol", "Protocol", byte: 2, .hexadecimal) }
}
