import Bytes

/// IEEE 802.2 logical link control, with the SNAP extension where it follows.
@usableFromInline
package enum LLC: ProtocolLayer {
    package static let id = ProtocolID.llc

    package static let fields: [FieldRow] =
        [
            row(.destination).named(accessPoint), accessPointPart(.destination, isSource: false),
            flag(.destinationGroup, "Group", "Individual"), row(.source).named(accessPoint),
            accessPointPart(.source, isSource: true), flag(.isResponse, "Response", "Command"),
        ] + controlFields + [
            row(.organisation).when { $0.count == 8 }.worded { value, _, _ in
                guard case .number(let number) = value else { return "Organization Code" }
                let digits = [16, 8, 0].map { hexadecimal(number >> $0 & 0xFF, 2) }
                return "Organization Code: " + digits.joined(separator: ":")
            },
            row(.type).named { EtherType.name($0) ?? "Unknown" }.when(hasType),
            row(.identifier).when { $0.count == 8 && !hasType($0) },
        ]

    /// Organisation 0 is plain EtherType (RFC 1042), 00-00-F8 is Cisco's bridging of it.
    private static func hasType(_ header: Bytes) -> Bool {
        header.count == 8 && (header.u24(at: 3) == 0 || header.u24(at: 3) == 0xF8)
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let service = frame.u16(at: cursor.offset)
        let control = frame.u8(at: cursor.offset + 2)
        let isUnnumbered = control & 3 == 3
        let isSNAP = service == 0xAAAA && isUnnumbered
        // SNAP adds an organisation (24 bits) and a type; numbered frames have a control field of two bytes.
        let length = isSNAP ? 8 : isUnnumbered ? 3 : 4
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        if isSNAP {
            let organisation = frame.u24(at: cursor.offset + 3)
            guard organisation == 0 || organisation == 0xF8 else { return cursor.after(length, .done) }
            return cursor.after(length, .etherType(frame.u16(at: cursor.offset + 6)))
        }
        return cursor.after(length, service == 0x0606 ? .ip : .done)
    }

    /// IEEE's list of access points, and what vendors took for themselves.
    static func accessPoint(_ number: UInt64) -> String? {
        switch number {
        case 0x00, 0x01: "NULL LSAP"
        case 0x02: "LLC Sub-Layer Management"
        case 0x04: "SNA Path Control"
        case 0x06: "TCP/IP"
        case 0x08, 0x0C: "SNA"
        case 0x0E: "PROWAY (IEC955) Network Management and Initialization"
        case 0x10: "NetWare (unofficial?)"
        case 0x14: "ISO Network Layer (OSLAN 1)"
        case 0x18: "Texas Instruments"
        case 0x20, 0x34: "ISO Network Layer (unofficial?)"
        case 0x42: "Spanning Tree BPDU"
        case 0x4E: "EIA RS-511 Manufacturing Message Service"
        case 0x54: "ISO Network Layer (OSLAN 2)"
        case 0x7E: "ISO 8208 (X.25 over 802.2)"
        case 0x7F: "ISO 802.2"
        case 0x80: "XNS"
        case 0x82: "BACnet"
        case 0x86: "Nestar"
        case 0x8E: "PROWAY (IEC955) Active Station List Maintenance"
        case 0x98: "ARP"
        case 0xB4: "HP JetDirect Printer"
        case 0xAA: "SNAP"
        case 0xBA, 0xBC: "Banyan Vines"
        case 0xE0: "NetWare"
        case 0xF0: "NetBIOS"
        case 0xF4: "IBM Net Management"
        case 0xF8: "HP Extended LLC"
        case 0xFA: "Ungermann-Bass"
        case 0xFC: "Remote Program Load"
        case 0xFE: "ISO Network Layer"
        case 0xFF: "Global LSAP"
        default: "Unknown"
        }
    }

    private static func shortPoint(_ number: UInt8) -> String {
        let name = accessPoint(UInt64(number)) ?? "Unknown"
        return name == "Unknown" ? "0x" + hexadecimal(UInt64(number), 2) : name
    }

    private static func accessPointPart(_ field: Field<LLC, UInt8>, isSource: Bool) -> FieldRow {
        let part = isSource ? Field<LLC, UInt8>.sourcePoint : .destinationPoint
        return row(part).part.worded { _, range, input in
            let number = input.number(range)
            return bitText(number, mask: 0xFE, bits: 8) + "SAP: \(accessPoint(number & 0xFE) ?? "")"
        }
    }

    private static func flag(_ field: Field<LLC, Bool>, _ yes: String, _ no: String) -> FieldRow {
        let label = field.label.description
        return row(field).part.worded { value, range, input in
            bitText(input.number(range), mask: 1, bits: 8) + "\(label): \(value == .flag(true) ? yes : no)"
        }.asked(yes, no)
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let header = input.header
        text.append(LLCControl(header).text)
        if header.count == 8 {
            let organisation = header.u24(at: 3)
            text.append("; SNAP, OUI 0x")
            text.append(hexadecimal(UInt64(organisation), 6).uppercased())
            text.append(hasType(header) ? ", PID 0x" : " (Unknown), PID 0x")
            text.append(hexadecimal(UInt64(header.u16(at: 6)), 4).uppercased())
        } else {
            text.append("; DSAP ")
            text.append(shortPoint(header.u8(at: 0) & 0xFE))
            text.append(header.u8(at: 0) & 1 != 0 ? " Group, SSAP " : " Individual, SSAP ")
            text.append(shortPoint(header.u8(at: 1) & 0xFE))
            text.append(header.u8(at: 1) & 1 != 0 ? " Response" : " Command")
        }
    }
}

extension Field where P == LLC, Value == UInt8 {
    @inlinable package static var destination: Self { .init("llc.dsap", "DSAP", byte: 0, .hexadecimal) }
    @inlinable package static var source: Self { .init("llc.ssap", "SSAP", byte: 1, .hexadecimal) }
    @inlinable package static var destinationPoint: Self { .init("llc.dsap.sap", "SAP", byte: 0, mask: 0xFE) }
    @inlinable package static var sourcePoint: Self { .init("llc.ssap.sap", "SAP", byte: 1, mask: 0xFE) }
}

extension Field where P == LLC, Value == Bool {
    @inlinable package static var destinationGroup: Self { .init("llc.dsap.ig", "IG Bit", byte: 0, mask: 1, .flag) }
    @inlinable package static var isResponse: Self { .init("llc.ssap.cr", "CR Bit", byte: 1, mask: 1, .flag) }
}

extension Field where P == LLC, Value == UInt32 {
    @inlinable package static var organisation: Self { .init("llc.oui", "Organization Code", byte: 3, width: 3) }
}

extension Field where P == LLC, Value == UInt16 {
    @inlinable package static var type: Self { .init("llc.type", "Type", byte: 6, .hexadecimal) }
    @inlinable package static var identifier: Self { .init("llc.pid", "Protocol ID", byte: 6, .hexadecimal) }
}
