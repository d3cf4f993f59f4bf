import Bytes

/// One tag of an IEEE 802.1Q or 802.1ad stack.
package enum VLAN: ProtocolLayer {
    package static let id = ProtocolID.vlan

    package static let fields: [FieldRow] = [row(.priority), row(.dropEligible), row(.identifier), row(.type)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 4, frame, cursor) else { return cursor.ended }
        return Ethernet.typeOrLength(frame, cursor.after(4, .done), frame.u16(at: cursor.offset + 2))
    }
}

extension Field where P == VLAN, Value == UInt16 {
    package static var priority: Self { .init("vlan.priority", "Priority", byte: 0, mask: 0xE000) }
    package static var identifier: Self { .init("vlan.id", "ID", byte: 0, mask: 0x0FFF) }
    package static var type: Self { .init("vlan.etype", "Type", byte: 2, .hexadecimal) }
}

extension Field where P == VLAN, Value == Bool {
    package static var dropEligible: Self { .init("vlan.dei", "DEI", byte: 0, width: 2, mask: 0x1000, .flag) }
}
