import Bytes

/// One tag of an IEEE 802.1Q or 802.1ad stack.
@usableFromInline
package enum VLAN: ComputingLayer {
    package static let id = ProtocolID.vlan

    package static let fields: [FieldRow] = [
        row(.priority).named(priorityName),
        row(.dropEligible).worded { value, range, input in
            bitText(0x1000, range, input) + "DEI: " + (value == .flag(true) ? "Eligible" : "Ineligible")
        }.asked { $0 == 0 ? "Ineligible" : "Eligible" }, row(.identifier),
        row(.type).named(EtherType.name).when { !Ethernet.isLength($0.u16(at: 2)) },
        row(.length).when { Ethernet.isLength($0.u16(at: 2)) },
        trailer(.padding, "eth.padding", "Padding", .bytes), trailer(.trailer, "vlan.trailer", "Trailer", .bytes),
        trailer(.lengthPastEnd, "vlan.len.past_end", "Length field value goes past the end of the payload", .none),
        trailer(.paddingBad, "eth.padding_bad", "Padding identification may be inaccurate", .none),
    ]

    private static func trailer(
        _ field: LinkTrailer.Part, _ name: String, _ label: String, _ type: FieldType
    ) -> FieldRow {
        computed(field, name, label, type, nil, .inOrder(level: 1))
    }

    package static func resolve(_ field: LinkTrailer.Part, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        LinkTrailer(input, hasCheckSequence: false)?.resolve(field, in: input, sink)
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<VLAN>(input.frame, input.layer)
        return id.label
            + ", PRI: \(header[.priority]), DEI: \(header[.dropEligible] ? 1 : 0), ID: \(header[.identifier])"
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
