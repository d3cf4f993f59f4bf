import Bytes

/// One tag of an IEEE 802.1Q or 802.1ad stack.
@usableFromInline
package enum VLAN: ProtocolLayer {
    package static let id = ProtocolID.vlan

    package static let fields: [FieldRow] = [
        row(.priority).named(priorityName), row(.dropEligible), row(.identifier),
        row(.type).named(EtherType.name).when { !Ethernet.isLength($0.u16(at: 2)) },
        row(.length).when { Ethernet.isLength($0.u16(at: 2)) },
    ]

    package static func summary(_ input: borrowing FieldInput) -> String {
        let header = Header<VLAN>(input.frame, input.layer)
        return "PRI: \(header[.priority]), DEI: \(header[.dropEligible] ? 1 : 0), ID: \(header[.identifier])"
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 4, frame, cursor) else { return cursor.ended }
        return Ethernet.typeOrLength(frame, cursor.after(4, .done), frame.u16(at: cursor.offset + 2))
    }

    /// IEEE 802.1Q table I-2.
    private static func priorityName(_ priority: UInt64) -> String? {
        switch priority {
        case 0: "Best Effort (default)"
        case 1: "Background"
        case 2: "Excellent Effort"
        case 3: "Critical Applications"
        case 4: "Video, < 100ms latency and jitter"
        case 5: "Voice, < 10ms latency and jitter"
        case 6: "Internetwork Control"
        case 7: "Network Control"
        default: nil
        }
    }
}

extension Field where P == VLAN, Value == UInt16 {
    @inlinable package static var priority: Self { .init("vlan.priority", "Priority", byte: 0, mask: 0xE000) }
    @inlinable package static var identifier: Self { .init("vlan.id", "ID", byte: 0, mask: 0x0FFF) }
    @inlinable package static var type: Self { .init("vlan.etype", "Type", byte: 2, .hexadecimal) }
    @inlinable package static var length: Self { .init("vlan.len", "Length", byte: 2) }
}

extension Field where P == VLAN, Value == Bool {
    @inlinable package static var dropEligible: Self {
        .init("vlan.dei", "DEI", byte: 0, width: 2, mask: 0x1000, .flag)
    }
}
