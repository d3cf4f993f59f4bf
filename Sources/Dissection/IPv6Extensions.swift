import Bytes

/// What most extension headers share (RFC 6564): the next header's number, then the length in units of eight bytes,
/// not counting the first eight.
protocol IPv6Extension: ProtocolLayer {}

extension IPv6Extension {
    /// The length in bytes.
    static var octets: FieldRow {
        FieldRow("\(id.name).len_oct", "Length", .uint16, .decimal, .inOrder(level: 1)) { input, sink in
            sink(.number(8 + 8 * UInt64(input.header.u8(at: 1))), input.start + 1..<input.start + 2)
        }.followed(by: " bytes").generated
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = 8 + 8 * Int(frame.u8(at: cursor.offset + 1))
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        return cursor.after(length, .protocolNumber(frame.u8(at: cursor.offset)))
    }
}

/// Hop-by-Hop Options (RFC 8200 §4.3).
@usableFromInline
package enum IPv6HopByHop: IPv6Extension, IPv6Optional {
    package static let id = ProtocolID.ipv6HopByHop
    package static let fields: [FieldRow] =
        [row(.nextHeader).named(ProtocolNumber.name), row(.length), octets] + optionFields

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = 8 + 8 * Int(frame.u8(at: cursor.offset + 1))
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        var after = cursor.after(length, .protocolNumber(frame.u8(at: cursor.offset)))
        if let jumbo = jumboLength(frame, cursor.offset + 2, cursor.offset + length), layers.network >= 0 {
            let header = layers[layers.network]
            // RFC 2675 §3: the length counts all that follows the IPv6 header, and replaces a length of zero.
            if header.id == .ipv6, frame.u16(at: Int(header.offset) + 4) == 0 {
                after.end = max(after.offset, min(cursor.end, header.end + jumbo))
            }
        }
        return after
    }

    /// The value of the Jumbo Payload option (RFC 2675 §2), type 0xC2; type 0 is a single byte of padding.
    private static func jumboLength(_ frame: Bytes, _ start: Int, _ end: Int) -> Int? {
        var offset = start
        while offset + 1 < end {
            switch (frame.u8(at: offset), frame.u8(at: offset + 1)) {
            case (0, _): offset += 1
            case (0xC2, 4): return offset + 6 <= end ? Int(frame.u32(at: offset + 2)) : nil
            case (_, let length): offset += 2 + Int(length)
            }
        }
        return nil
    }
}

/// Routing header (RFC 8200 §4.4).
@usableFromInline
package enum IPv6Routing: IPv6Extension, MessageLayer {
    package static let id = ProtocolID.ipv6Routing
    package static let fields: [FieldRow] =
        [
            row(.nextHeader).named(ProtocolNumber.name), row(.length), octets, row(.type).named(typeName),
            finding("ipv6.routing.deprecated", "Routing header type is deprecated", byte: 2) {
                $0.header.u8(at: 2) == 0
            }.generated, row(.segmentsLeft),
        ] + routeFields
}

/// Destination Options (RFC 8200 §4.6).
@usableFromInline
package enum IPv6Destination: IPv6Extension, IPv6Optional {
    package static let id = ProtocolID.ipv6Destination
    package static let fields: [FieldRow] =
        [row(.nextHeader).named(ProtocolNumber.name), row(.length), octets] + optionFields
}

/// Fragment header (RFC 8200 §4.5).
@usableFromInline
package enum IPv6Fragment: ProtocolLayer {
    package static let id = ProtocolID.ipv6Fragment
    package static let fields: [FieldRow] =
        [
            row(.nextHeader).named(ProtocolNumber.name), row(.reservedOctet),
            row(.offset).worded { value, range, input in
                guard case .number(let blocks) = value else { return "Offset" }
                return bitText(0xFFF8, range, input) + "Offset: \(blocks) (\(8 * blocks) bytes)"
            }, row(.reservedBits),
            row(.moreFragments).asked("Yes", "No").worded { value, range, input in
                let bytes = range.upperBound - 2..<range.upperBound
                return bitText(1, bytes, input) + "More Fragments: " + (value == .flag(true) ? "Yes" : "No")
            }, row(.identification),
        ] + reassemblyRows("ipv6", "IPv6", listType: .none, level: 0)

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let block = input.header.u16(at: 2)
        text.append("IPv6 fragment (off=")
        text.append(decimal: UInt64(block & 0xFFF8))
        text.append(block & 1 == 1 ? " more=y ident=0x" : " more=n ident=0x")
        text.append(hexadecimal: UInt64(input.header.u32(at: 4)), digits: 8)
        text.append(" nxt=")
        text.append(decimal: UInt64(input.header.u8(at: 0)))
        text.append(")")
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        let after = cursor.after(8, .protocolNumber(frame.u8(at: cursor.offset)))
        // An atomic fragment (RFC 6946), offset 0 and nothing more to come, is a whole packet.
        guard frame.u16(at: cursor.offset + 2) & 0xFFF9 != 0 else { return after }
        layers.stop = Stop(reason: .fragment, offset: UInt32(truncatingIfNeeded: after.offset))
        return after.ended
    }
}

/// Authentication Header (RFC 4302 §2), whose length counts units of four bytes less two.
@usableFromInline
package enum Authentication: ProtocolLayer {
    package static let id = ProtocolID.authentication
    package static let fields: [FieldRow] = [
        row(.nextHeader).named(ProtocolNumber.name),
        row(.length).numberFirst { number, _ in "\(8 + 4 * number) bytes" }, bytes("ah.reserved", "Reserved", 2, 2),
        row(.parameters), row(.sequence), bytes("ah.icv", "AH ICV", 12, .max),
    ]

    private static func bytes(_ name: String, _ label: String, _ byte: Int, _ count: Int) -> FieldRow {
        FieldRow(name, label, .bytes, .bytes, .inOrder(level: 1)) { input, sink in
            let bytes = input.header.slice(from: byte, count: count).array
            if !bytes.isEmpty { sink(.bytes(bytes), input.start + byte..<input.start + byte + bytes.count) }
        }
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = 8 + 4 * Int(frame.u8(at: cursor.offset + 1))
        guard layers.take(id, max(length, 12), frame, cursor) else { return cursor.ended }
        return cursor.after(max(length, 12), .protocolNumber(frame.u8(at: cursor.offset)))
    }
}

extension Field where P == IPv6HopByHop, Value == UInt8 {
    @inlinable package static var nextHeader: Self { .init("ipv6.hopopts.nxt", "Next Header", byte: 0) }
    @inlinable package static var length: Self { .init("ipv6.hopopts.len", "Length", byte: 1) }
}

extension Field where P == IPv6Routing, Value == UInt8 {
    @inlinable package static var nextHeader: Self { .init("ipv6.routing.nxt", "Next Header", byte: 0) }
    @inlinable package static var length: Self { .init("ipv6.routing.len", "Length", byte: 1) }
    @inlinable package static var type: Self { .init("ipv6.routing.type", "Type", byte: 2) }
    @inlinable package static var segmentsLeft: Self { .init("ipv6.routing.segleft", "Segments Left", byte: 3) }
}

extension Field where P == IPv6Destination, Value == UInt8 {
    @inlinable package static var nextHeader: Self { .init("ipv6.dstopts.nxt", "Next Header", byte: 0) }
    @inlinable package static var length: Self { .init("ipv6.dstopts.len", "Length", byte: 1) }
}

extension Field where P == IPv6Fragment, Value == UInt8 {
    @inlinable package static var nextHeader: Self { .init("ipv6.fraghdr.nxt", "Next header", byte: 0) }
    @inlinable package static var reservedOctet: Self {
        .init("ipv6.fraghdr.reserved_octet", "Reserved octet", byte: 1, .hexadecimal)
    }
}

extension Field where P == IPv6Fragment, Value == UInt16 {
    @inlinable package static var reservedBits: Self {
        .init("ipv6.fraghdr.reserved_bits", "Reserved bits", byte: 2, mask: 0x0006)
    }
    /// In units of eight bytes.
    @inlinable package static var offset: Self { .init("ipv6.fraghdr.offset", "Offset", byte: 2, mask: 0xFFF8) }
}

extension Field where P == IPv6Fragment, Value == Bool {
    @inlinable package static var moreFragments: Self {
        .init("ipv6.fraghdr.more", "More Fragments", byte: 3, mask: 1, .flag)
    }
}

extension Field where P == IPv6Fragment, Value == UInt32 {
    @inlinable package static var identification: Self {
        .init("ipv6.fraghdr.ident", "Identification", byte: 4, .hexadecimal)
    }
}

extension Field where P == Authentication, Value == UInt8 {
    @inlinable package static var nextHeader: Self { .init("ah.next_header", "Next header", byte: 0) }
    @inlinable package static var length: Self { .init("ah.length", "Length", byte: 1) }
}

extension Field where P == Authentication, Value == UInt32 {
    @inlinable package static var parameters: Self { .init("ah.spi", "AH SPI", byte: 4, .hexadecimal) }
    @inlinable package static var sequence: Self { .init("ah.sequence", "AH Sequence", byte: 8) }
}
