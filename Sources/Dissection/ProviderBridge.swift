import Bytes

/// The service tag of IEEE 802.1ad, and where a customer tag of the same kind follows, both as one header.
@usableFromInline
package enum ProviderBridge: ProtocolLayer {
    package static let id = ProtocolID.providerBridge

    package static let fields: [FieldRow] = [
        row(.priority), row(.dropEligible), row(.identifier).when { $0.count == 4 },
        row(.serviceIdentifier).when { $0.count == 8 }, row(.innerPriority), row(.innerDropEligible),
        row(.customerIdentifier),
    ]

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<ProviderBridge>(input.frame, input.layer)
        return id.label
            + (input.layer.length == 4
                ? ", ID: \(header[.identifier])"
                : ", S-VID: \(header[.serviceIdentifier]), C-VID: \(header[.customerIdentifier])")
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = frame.u16(at: cursor.offset + 2) == 0x88A8 ? 8 : 4
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        let type = frame.u16(at: cursor.offset + length - 2)
        return Ethernet.typeOrLength(frame, cursor.after(length, .done), type)
    }
}

extension Field where P == ProviderBridge, Value == UInt16 {
    @inlinable package static var priority: Self { .init("ieee8021ad.priority", "Priority", byte: 0, mask: 0xE000) }
    @inlinable package static var dropEligible: Self { .init("ieee8021ad.dei", "DEI", byte: 0, mask: 0x1000) }
    @inlinable package static var identifier: Self { .init("ieee8021ad.id", "ID", byte: 0, mask: 0x0FFF) }
    @inlinable package static var serviceIdentifier: Self { .init("ieee8021ad.svid", "ID", byte: 0, mask: 0x0FFF) }
    @inlinable package static var innerPriority: Self {
        .init("ieee8021ad.priority", "Priority", byte: 4, mask: 0xE000)
    }
    @inlinable package static var innerDropEligible: Self { .init("ieee8021ad.dei", "DEI", byte: 4, mask: 0x1000) }
    @inlinable package static var customerIdentifier: Self { .init("ieee8021ad.cvid", "ID", byte: 4, mask: 0x0FFF) }
}
