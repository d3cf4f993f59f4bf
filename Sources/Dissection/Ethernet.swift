public import Bytes

/// Ethernet II and IEEE 802.3 frames, without preamble and (as cards strip it) without frame check sequence.
@usableFromInline
package enum Ethernet: ComputingLayer {
    /// IEEE 802 addresses name the stations.
    @usableFromInline package typealias Address = MACAddress

    package static let id = ProtocolID.ethernet

    package static let fields: [FieldRow] =
        addressFields + [
            row(.type).named(EtherType.name).when { holdsType($0.u16(at: 12)) },
            row(.length).when { holdsLength($0.u16(at: 12)) },
            row(.invalid).when { !holdsType($0.u16(at: 12)) && !isLength($0.u16(at: 12)) },
        ] + trailerFields

    package static func column(_ input: borrowing FieldInput) -> String {
        let number = input.header.u16(at: 12)
        if holdsType(number) { return "0x" + String(writing: { $0.append(hexadecimal: UInt64(number), digits: 4) }) }
        return isLength(number) ? "LLC" : "Ethernet"
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let number = input.header.u16(at: 12)
        guard !isType(number), !isLength(number) else {
            return text.append(holdsType(number) ? "Ethernet II" : "IEEE 802.3 Ethernet")
        }
        text.append("Ethernet Unknown: Invalid length/type: 0x")
        text.append(hexadecimal: UInt64(number), digits: 4)
        text.append(" (")
        text.append(decimal: UInt64(number))
        text.append(")")
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        let number = input.header.u16(at: 12)
        // tshark ends the line of an IEEE 802.3 frame in a space.
        guard !holdsLength(number) else {
            return input.frame.u16(at: input.layer.end) == 0xFFFF ? "IEEE 802.3 Ethernet Raw " : "IEEE 802.3 Ethernet "
        }
        let header = Header<Ethernet>(input.frame, input.layer)
        let (source, destination) = (header[.source], header[.destination])
        return "Ethernet \(holdsType(number) ? "II" : "Unknown"), Src: \(input.both(source)), "
            + "Dst: \(input.both(destination))"
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 14, frame, cursor) else { return cursor.ended }
        let number = frame.u16(at: cursor.offset + 12)
        return number == 0 ? cursor.after(14, .done) : typeOrLength(frame, cursor.after(14, .done), number)
    }

    /// IEEE 802.3 §3.2.6: up to 1500 the field is a length and LLC follows, from 1536 on it is an EtherType.
    static func isLength(_ value: UInt16) -> Bool { value <= 1500 }

    static func isType(_ value: UInt16) -> Bool { value >= 1536 }

    /// A length of zero would leave no room for LLC: in Ethernet's own header it is taken for a type.
    static func holdsLength(_ value: UInt16) -> Bool { isLength(value) && value != 0 }

    static func holdsType(_ value: UInt16) -> Bool { isType(value) || value == 0 }

    /// What follows a field that is a type in one dialect and a length in the other.
    static func typeOrLength(_ frame: Bytes, _ after: Cursor, _ value: UInt16) -> Cursor {
        var after = after
        if isLength(value) {
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
    @inlinable package static var destination: Self { .init("eth.dst", "Destination", byte: 0, .address) }
    @inlinable package static var source: Self { .init("eth.src", "Source", byte: 6, .address) }
}

extension Field where P == Ethernet, Value == UInt16 {
    @inlinable package static var type: Self { .init("eth.type", "Type", byte: 12, .hexadecimal) }
    /// Of what follows the header, in IEEE 802.3 frames.
    @inlinable package static var length: Self { .init("eth.len", "Length", byte: 12) }
    /// Neither a length nor a type (IEEE 802.3 §3.2.6).
    @inlinable package static var invalid: Self {
        .init("eth.invalid_lentype", "Invalid length/type", byte: 12, .hexadecimal)
    }
}
