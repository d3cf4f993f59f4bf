package import Bytes

/// The Internet Protocol, version 4 (RFC 791).
package enum IPv4: ProtocolLayer {
    /// Four octets, kept in their IPv4-mapped form.
    package typealias Address = IPAddress

    package static let id = ProtocolID.ipv4

    package static let fields: [FieldRow] = [
        row(.version), row(.headerLength), row(.differentiatedServices), row(.congestion), row(.totalLength),
        row(.identification), row(.reservedFlag), row(.dontFragment), row(.moreFragments), row(.fragmentOffset),
        row(.timeToLive), row(.protocolNumber), row(.checksum), row(.source), row(.destination),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let first = frame.u8(at: cursor.offset)
        let length = Int(first & 0xF) * 4
        guard first >> 4 == 4 || cursor.offset >= frame.count, length >= 20 || cursor.offset >= frame.count else {
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
            return cursor.ended
        }
        guard layers.take(id, max(length, 20), frame, cursor) else { return cursor.ended }
        layers.network = layers.count - 1

        let total = Int(frame.u16(at: cursor.offset + 2))
        var after = cursor.after(length, .protocolNumber(frame.u8(at: cursor.offset + 9)))
        if total >= length {
            // Padding up to Ethernet's minimum is not the packet's.
            after.end = min(cursor.end, cursor.offset + total)
        } else if total != 0 {
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset + 2))
            return after.ended
        }
        // A total of zero is how the sending host's own capture shows a segment that the card will cut up (TSO): the
        // frame says how long it is.

        let fragment = frame.u16(at: cursor.offset + 6)
        if fragment & 0x3FFF != 0 {
            layers.stop = Stop(reason: .fragment, offset: UInt32(truncatingIfNeeded: after.offset))
            return after.ended
        }
        return after
    }
}

extension Field where P == IPv4, Value == UInt8 {
    package static var version: Self { .init("ip.version", "Version", byte: 0, mask: 0xF0) }
    package static var headerLength: Self { .init("ip.hdr_len", "Header Length", byte: 0, mask: 0x0F, unit: 4) }
    package static var differentiatedServices: Self {
        .init("ip.dsfield.dscp", "Differentiated Services Codepoint", byte: 1, mask: 0xFC)
    }
    package static var congestion: Self {
        .init("ip.dsfield.ecn", "Explicit Congestion Notification", byte: 1, mask: 0x03)
    }
    package static var timeToLive: Self { .init("ip.ttl", "Time to Live", byte: 8) }
    package static var protocolNumber: Self { .init("ip.proto", "Protocol", byte: 9) }
}

extension Field where P == IPv4, Value == UInt16 {
    package static var totalLength: Self { .init("ip.len", "Total Length", byte: 2) }
    package static var identification: Self { .init("ip.id", "Identification", byte: 4, .hexadecimal) }
    /// In bytes.
    package static var fragmentOffset: Self { .init("ip.frag_offset", "Fragment Offset", byte: 6, mask: 0x1FFF, unit: 8) }
    package static var checksum: Self { .init("ip.checksum", "Header Checksum", byte: 10, .hexadecimal) }
}

extension Field where P == IPv4, Value == Bool {
    package static var reservedFlag: Self { .init("ip.flags.rb", "Reserved bit", byte: 6, mask: 0x80, .flag) }
    package static var dontFragment: Self { .init("ip.flags.df", "Don't fragment", byte: 6, mask: 0x40, .flag) }
    package static var moreFragments: Self { .init("ip.flags.mf", "More fragments", byte: 6, mask: 0x20, .flag) }
}

extension Field where P == IPv4, Value == IPv4.Address {
    package static var source: Self { .init("ip.src", "Source Address", byte: 12, width: 4, .address) }
    package static var destination: Self { .init("ip.dst", "Destination Address", byte: 16, width: 4, .address) }
}
