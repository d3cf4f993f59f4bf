import Bytes

/// IEEE 802.2 logical link control, with the SNAP extension where it follows.
@usableFromInline
package enum LLC: ProtocolLayer {
    package static let id = ProtocolID.llc

    package static let fields: [FieldRow] = [
        row(.destination).named(accessPoint), row(.source).named(accessPoint), row(.control),
        row(.organisation).when { $0.count == 8 }, row(.type).named(EtherType.name).when { $0.count == 8 },
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let service = frame.u16(at: cursor.offset)
        let control = frame.u8(at: cursor.offset + 2)
        let isUnnumbered = control & 3 == 3
        let isSNAP = service == 0xAAAA && isUnnumbered
        // SNAP adds an organisation (24 bits) and a type; numbered frames have a control field of two bytes.
        let length = isSNAP ? 8 : isUnnumbered ? 3 : 4
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        if isSNAP {
            // Organisation 0 is plain EtherType (RFC 1042), 00-00-F8 is Cisco's bridging of it.
            let organisation = frame.u24(at: cursor.offset + 3)
            guard organisation == 0 || organisation == 0xF8 else { return cursor.after(length, .done) }
            return cursor.after(length, .etherType(frame.u16(at: cursor.offset + 6)))
        }
        return cursor.after(length, service == 0x0606 ? .ip : .done)
    }

    private static func accessPoint(_ number: UInt64) -> String? {
        switch number & 0xFE {
        case 0x06: "TCP/IP"
        case 0x42: "Spanning Tree BPDU"
        case 0xAA: "SNAP"
        case 0xE0: "NetWare"
        case 0xF0: "NetBIOS"
        case 0xFE: "ISO Network Layer"
        default: nil
        }
    }
}

extension Field where P == LLC, Value == UInt8 {
    @inlinable package static var destination: Self { .init("llc.dsap", "DSAP", byte: 0, .hexadecimal) }
    @inlinable package static var source: Self { .init("llc.ssap", "SSAP", byte: 1, .hexadecimal) }
    @inlinable package static var control: Self { .init("llc.control", "Control field", byte: 2, .hexadecimal) }
}

extension Field where P == LLC, Value == UInt32 {
    @inlinable package static var organisation: Self {
        .init("llc.oui", "Organization Code", byte: 3, width: 3, .hexadecimal)
    }
}

extension Field where P == LLC, Value == UInt16 {
    @inlinable package static var type: Self { .init("llc.type", "Type", byte: 6, .hexadecimal) }
}
