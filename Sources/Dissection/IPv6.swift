public import Bytes

/// The Internet Protocol, version 6 (RFC 8200).
@usableFromInline
package enum IPv6: ProtocolLayer {
    /// Sixteen octets.
    @usableFromInline package typealias Address = IPAddress

    package static let id = ProtocolID.ipv6

    package static let fields: [FieldRow] =
        [
            row(.version).whole, versionFinding,
            row(.anyVersion).suffixed { _, _, _ in
                " [This field makes the filter match on \"ip.version == 6\" possible]"
            }.hidden,
            lengthFinding, row(.trafficClass).suffixed(DifferentiatedServices.wording),
            row(.differentiatedServices).named(DifferentiatedServices.name).part,
            row(.congestion).named(IPv4.congestionName).part, row(.flowLabel),
            row(.payloadLength), framingFinding, noLengthFinding,
            row(.nextHeader).named(ProtocolNumber.name), row(.hopLimit),
        ] + hosts("ipv6", row(.source), row(.destination))

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<IPv6>(input.frame, input.layer)
        guard input.layer.length >= 40 else { return nil }
        return id.label + ", Src: \(header[.source]), Dst: \(header[.destination])"
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        if hasOtherVersion(input.header) { return text.append("IPv6") }
        let count = input.layer.length
        guard count >= 40 else {
            return text.append(count == 0 ? "" : "Invalid IPv6 header (\(count) bytes, need exactly 40)")
        }
        let number = UInt64(Header<IPv6>(input.frame, input.layer)[.nextHeader])
        guard number != 59 else { return text.append("IPv6 no next header") }
        let name = ProtocolNumber.name(number) ?? "Unknown"
        text.append("Unknown IP Protocol: \(name) (\(number))")
    }

    /// Where the version is another one, no more is known of the protocol than its number in the header before it.
    package static func column(_ input: borrowing FieldInput) -> String {
        hasOtherVersion(input.header) ? "0x86dd" : id.column
    }

    private static func hasOtherVersion(_ header: Bytes) -> Bool { header.count > 0 && header.u8(at: 0) >> 4 != 6 }

    private static var lengthFinding: FieldRow {
        finding("ipv6.invalid_header", "IPv6 header must be exactly 40 bytes", byte: 0) {
            1..<40 ~= $0.header.count && !hasOtherVersion($0.header)
        }.at(level: 1).expert(.error, .malformed)
    }

    private static var versionFinding: FieldRow {
        finding("ipv6.bogus_ipv6_version", "Bogus IPv6 version", byte: 0) {
            $0.header.count > 0 && $0.header.u8(at: 0) >> 4 != 6
        }.expert(.error, .malformed)
    }

    private static var framingFinding: FieldRow {
        finding("ipv6.plen_exceeds_framing", "IPv6 payload length exceeds framing length", byte: 4) { input in
            input.header.count >= 40 && Int(input.header.u16(at: 4)) > max(0, input.reported - 40)
        }.worded { _, _, input in
            "IPv6 payload length exceeds framing length (\(max(0, input.reported - 40)) bytes)"
        }.expert(.warn, .protocolRules)
    }

    /// Behind hop-by-hop options the length may be the jumbogram's (RFC 2675).
    private static var noLengthFinding: FieldRow {
        finding(
            "ipv6.plen_zero",
            "IPv6 payload length equals 0 (maybe because of \"TCP segmentation offload\" (TSO))", byte: 4
        ) { input in
            input.header.count >= 40 && input.header.u16(at: 4) == 0 && ![0, 59].contains(input.header.u8(at: 6))
        }.expert(.chat, .protocolRules)
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard frame.u8(at: cursor.offset) >> 4 == 6 || cursor.offset >= frame.count else {
            // What has another version is shown as mere data.
            _ = layers.push(id, at: cursor.offset, length: 1)
            return cursor.ended
        }
        if cursor.end - cursor.offset < 40 {
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
            let count = max(0, min(cursor.end, frame.count) - cursor.offset)
            _ = layers.pushDamaged(id, at: cursor.offset, length: count)
            return Cursor(next: .done, offset: cursor.offset + count, end: cursor.offset + count)
        }
        guard layers.take(id, 40, frame, cursor) else { return cursor.ended }
        layers.network = layers.count - 1
        var after = cursor.after(40, .protocolNumber(frame.u8(at: cursor.offset + 6)))
        // Zero is a jumbogram (RFC 2675), whose length the hop-by-hop options say, or an offloaded segment: the frame
        // says how long it is.
        let length = Int(frame.u16(at: cursor.offset + 4))
        if length > 0 { after.end = min(cursor.end, after.offset + length) }
        return after
    }
}

extension Field where P == IPv6, Value == UInt8 {
    @inlinable package static var version: Self { .init("ipv6.version", "Version", byte: 0, mask: 0xF0) }
    /// Wireshark calls the version of either protocol so.
    @inlinable package static var anyVersion: Self { .init("ip.version", "Version", byte: 0, mask: 0xF0) }
    @inlinable package static var nextHeader: Self { .init("ipv6.nxt", "Next Header", byte: 6) }
    @inlinable package static var hopLimit: Self { .init("ipv6.hlim", "Hop Limit", byte: 7) }
}

extension Field where P == IPv6, Value == UInt16 {
    @inlinable package static var payloadLength: Self { .init("ipv6.plen", "Payload Length", byte: 4) }
}

extension Field where P == IPv6, Value == UInt32 {
    @inlinable package static var trafficClass: Self {
        .init("ipv6.tclass", "Traffic Class", byte: 0, mask: 0x0FF0_0000, .hexadecimal)
    }
    @inlinable package static var differentiatedServices: Self {
        .init("ipv6.tclass.dscp", "Differentiated Services Codepoint", byte: 0, mask: 0x0FC0_0000)
    }
    @inlinable package static var congestion: Self {
        .init("ipv6.tclass.ecn", "Explicit Congestion Notification", byte: 0, mask: 0x0030_0000)
    }
    @inlinable package static var flowLabel: Self {
        .init("ipv6.flow", "Flow Label", byte: 1, width: 3, mask: 0xFFFFF, .hexadecimal)
    }
}

extension Field where P == IPv6, Value == IPv6.Address {
    @inlinable package static var source: Self { .init("ipv6.src", "Source Address", byte: 8, .address) }
    @inlinable package static var destination: Self { .init("ipv6.dst", "Destination Address", byte: 24, .address) }
}
