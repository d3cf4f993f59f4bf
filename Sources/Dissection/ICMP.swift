package import Bytes

/// Control messages of IPv4 (RFC 792).
package enum ICMP: ProtocolLayer {
    package static let id = ProtocolID.icmp
    package static let fields: [FieldRow] = [row(.type), row(.code), row(.checksum)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        return cursor.after(8, .done)
    }

    /// Whether a message of that type quotes the packet that it complains about.
    package static func quotesPacket(_ type: UInt8) -> Bool { [3, 4, 5, 11, 12].contains(type) }
}

/// Control messages of IPv6 (RFC 4443).
package enum ICMPv6: ProtocolLayer {
    package static let id = ProtocolID.icmpv6
    package static let fields: [FieldRow] = [row(.type), row(.code), row(.checksum)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        return cursor.after(8, .done)
    }

    /// RFC 4443 §2.1: types below 128 are errors, and errors quote.
    package static func quotesPacket(_ type: UInt8) -> Bool { type < 128 }
}

extension Field where P == ICMP, Value == UInt8 {
    package static var type: Self { .init("icmp.type", "Type", byte: 0) }
    package static var code: Self { .init("icmp.code", "Code", byte: 1) }
}

extension Field where P == ICMP, Value == UInt16 {
    package static var checksum: Self { .init("icmp.checksum", "Checksum", byte: 2, .hexadecimal) }
}

extension Field where P == ICMPv6, Value == UInt8 {
    package static var type: Self { .init("icmpv6.type", "Type", byte: 0) }
    package static var code: Self { .init("icmpv6.code", "Code", byte: 1) }
}

extension Field where P == ICMPv6, Value == UInt16 {
    package static var checksum: Self { .init("icmpv6.checksum", "Checksum", byte: 2, .hexadecimal) }
}

/// The TCP packet that a control message quotes: whose it was, and what became of it.
package struct QuotedPacket: Sendable, BitwiseCopyable {
    package let source: Endpoint
    package let destination: Endpoint
    package let sequence: UInt32

    /// Reads the quotation in `payload`, which by RFC 792 holds the IP header and at least eight bytes more: just the
    /// ports and the sequence number.
    package init?(_ payload: Bytes) {
        var addresses: (IPAddress, IPAddress)
        var offset = 0
        if payload.u8(at: 0) >> 4 == 4 {
            guard payload.has(20, at: 0), payload.u8(at: 9) == 6, payload.u16(at: 6) & 0x1FFF == 0 else { return nil }
            offset = Int(payload.u8(at: 0) & 0xF) * 4
            addresses = (IPAddress(v4: payload.u32(at: 12)), IPAddress(v4: payload.u32(at: 16)))
        } else {
            guard payload.has(40, at: 0), payload.u8(at: 0) >> 4 == 6, payload.u8(at: 6) == 6 else { return nil }
            offset = 40
            addresses = (
                IPAddress(high: payload.u64(at: 8), low: payload.u64(at: 16)),
                IPAddress(high: payload.u64(at: 24), low: payload.u64(at: 32))
            )
        }
        guard payload.has(8, at: offset) else { return nil }
        source = Endpoint(addresses.0, payload.u16(at: offset))
        destination = Endpoint(addresses.1, payload.u16(at: offset + 2))
        sequence = payload.u32(at: offset + 4)
    }
}
