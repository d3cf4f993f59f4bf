import Bytes

/// The protocol number of PPP (RFC 1661 §2). On serial lines address and control stand before it (RFC 1662 §3.1), and
/// both those and its first octet may be left out (§6.5, §6.6); PPPoE carries just the number.
@usableFromInline
package enum PPP: ProtocolLayer {
    package static let id = ProtocolID.ppp
    package static let fields: [FieldRow] = [
        row(.address).when { $0.count >= 3 }, row(.control).when { $0.count >= 3 },
        row(.protocolNumber).named(name).when { $0.count == 2 },
        row(.numberBehindAddress).named(name).when { $0.count == 4 },
        row(.compressedNumber).typed(.uint16).named(name).when { $0.count == 1 },
        row(.compressedBehindAddress).typed(.uint16).named(name).when { $0.count == 3 },
    ]

    /// Of a frame that a serial line carried.
    static func walkLink(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let first = frame.u8(at: cursor.offset)
        if first == 0x0F || first == 0x8F { return CiscoHDLC.walk(frame, cursor, &layers) }
        let start = first == 0xFF ? 2 : 0
        let isCompressed = frame.u8(at: cursor.offset + start) & 1 == 1
        let length = start + (isCompressed ? 1 : 2)
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        let number =
            isCompressed
            ? UInt16(frame.u8(at: cursor.offset + start)) : frame.u16(at: cursor.offset + start)
        return cursor.after(length, next(number))
    }

    package static func column(_ input: borrowing FieldInput) -> String {
        let number = number(input.header)
        return name(UInt64(number)) == nil ? "0x" + hexadecimal(UInt64(number), 4) : id.column
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let number = number(input.header)
        guard name(UInt64(number)) == nil else { return text.append(id.label) }
        text.append("PPP Unknown (0x")
        text.append(hexadecimal: UInt64(number), digits: 4)
        text.append(")")
    }

    private static func number(_ header: Bytes) -> UInt16 {
        header.count % 2 == 1 ? UInt16(header.u8(at: header.count - 1)) : header.u16(at: max(0, header.count - 2))
    }

    private static func next(_ number: UInt16) -> Cursor.Next {
        switch number {
        case 0x0021: .etherType(0x0800)
        case 0x0057: .etherType(0x86DD)
        case 0x0281: .mpls
        default: .done
        }
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 2, frame, cursor) else { return cursor.ended }
        return cursor.after(2, next(frame.u16(at: cursor.offset)))
    }

    private static func name(_ number: UInt64) -> String? {
        switch number {
        case 0x0021: "Internet Protocol version 4"
        case 0x0057: "Internet Protocol version 6"
        case 0x0281: "MPLS Unicast"
        case 0x8021: "Internet Protocol Control Protocol"
        case 0x8057: "IPv6 Control Protocol"
        case 0xC021: "Link Control Protocol"
        case 0xC023: "Password Authentication Protocol"
        case 0xC223: "Challenge Handshake Authentication Protocol"
        default: nil
        }
    }
}

extension Field where P == PPP, Value == UInt16 {
    @inlinable package static var protocolNumber: Self { .init("ppp.protocol", "Protocol", byte: 0, .hexadecimal) }
    @inlinable package static var numberBehindAddress: Self {
        .init("ppp.protocol", "Protocol", byte: 2, .hexadecimal)
    }
}

extension Field where P == PPP, Value == UInt8 {
    @inlinable package static var address: Self { .init("ppp.address", "Address", byte: 0, .hexadecimal) }
    @inlinable package static var control: Self { .init("ppp.control", "Control", byte: 1, .hexadecimal) }
    @inlinable package static var compressedNumber: Self { .init("ppp.protocol", "Protocol", byte: 0, .hexadecimal) }
    @inlinable package static var compressedBehindAddress: Self {
        .init("ppp.protocol", "Protocol", byte: 2, .hexadecimal)
    }
}
