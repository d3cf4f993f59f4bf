import Bytes

/// What most extension headers share (RFC 6564): the next header's number, then the length in units of eight bytes,
/// not counting the first eight.
protocol IPv6Extension: ProtocolLayer {}

extension IPv6Extension {
    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = 8 + 8 * Int(frame.u8(at: cursor.offset + 1))
        guard layers.take(id, length, frame, cursor) else { return cursor.ended }
        return cursor.after(length, .protocolNumber(frame.u8(at: cursor.offset)))
    }
}

/// Hop-by-Hop Options (RFC 8200 §4.3).
package enum IPv6HopByHop: IPv6Extension {
    package static let id = ProtocolID.ipv6HopByHop
    package static let fields: [FieldRow] = [row(.nextHeader), row(.length)]
}

/// Routing header (RFC 8200 §4.4).
package enum IPv6Routing: IPv6Extension {
    package static let id = ProtocolID.ipv6Routing
    package static let fields: [FieldRow] = [row(.nextHeader), row(.length), row(.type), row(.segmentsLeft)]
}

/// Destination Options (RFC 8200 §4.6).
package enum IPv6Destination: IPv6Extension {
    package static let id = ProtocolID.ipv6Destination
    package static let fields: [FieldRow] = [row(.nextHeader), row(.length)]
}

/// Fragment header (RFC 8200 §4.5).
package enum IPv6Fragment: ProtocolLayer {
    package static let id = ProtocolID.ipv6Fragment
    package static let fields: [FieldRow] = [row(.nextHeader), row(.offset), row(.moreFragments), row(.identification)]

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
package enum Authentication: ProtocolLayer {
    package static let id = ProtocolID.authentication
    package static let fields: [FieldRow] = [row(.nextHeader), row(.length), row(.parameters), row(.sequence)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = 8 + 4 * Int(frame.u8(at: cursor.offset + 1))
        guard layers.take(id, max(length, 12), frame, cursor) else { return cursor.ended }
        return cursor.after(max(length, 12), .protocolNumber(frame.u8(at: cursor.offset)))
    }
}

extension Field where P == IPv6HopByHop, Value == UInt8 {
    package static var nextHeader: Self { .init("ipv6.hopopts.nxt", "Next Header", byte: 0) }
    package static var length: Self { .init("ipv6.hopopts.len", "Length", byte: 1) }
}

extension Field where P == IPv6Routing, Value == UInt8 {
    package static var nextHeader: Self { .init("ipv6.routing.nxt", "Next Header", byte: 0) }
    package static var length: Self { .init("ipv6.routing.len", "Length", byte: 1) }
    package static var type: Self { .init("ipv6.routing.type", "Type", byte: 2) }
    package static var segmentsLeft: Self { .init("ipv6.routing.segleft", "Segments Left", byte: 3) }
}

extension Field where P == IPv6Destination, Value == UInt8 {
    package static var nextHeader: Self { .init("ipv6.dstopts.nxt", "Next Header", byte: 0) }
    package static var length: Self { .init("ipv6.dstopts.len", "Length", byte: 1) }
}

extension Field where P == IPv6Fragment, Value == UInt8 {
    package static var nextHeader: Self { .init("ipv6.fraghdr.nxt", "Next header", byte: 0) }
}

extension Field where P == IPv6Fragment, Value == UInt16 {
    /// In units of eight bytes.
    package static var offset: Self { .init("ipv6.fraghdr.offset", "Offset", byte: 2, mask: 0xFFF8) }
}

extension Field where P == IPv6Fragment, Value == Bool {
    package static var moreFragments: Self { .init("ipv6.fraghdr.more", "More Fragments", byte: 3, mask: 1, .flag) }
}

extension Field where P == IPv6Fragment, Value == UInt32 {
    package static var identification: Self {
        .init("ipv6.fraghdr.ident", "Identification", byte: 4, .hexadecimal)
    }
}

extension Field where P == Authentication, Value == UInt8 {
    package static var nextHeader: Self { .init("ah.next_header", "Next header", byte: 0) }
    package static var length: Self { .init("ah.length", "Length", byte: 1) }
}

extension Field where P == Authentication, Value == UInt32 {
    package static var parameters: Self { .init("ah.spi", "AH SPI", byte: 4, .hexadecimal) }
    package static var sequence: Self { .init("ah.sequence", "AH Sequence", byte: 8) }
}
