public import Bytes

/// The Internet Protocol, version 4 (RFC 791).
@usableFromInline
package enum IPv4: MessageLayer {
    /// Four octets, kept in their IPv4-mapped form.
    @usableFromInline package typealias Address = IPAddress

    package static let id = ProtocolID.ipv4

    package static let fields: [FieldRow] =
        [
            row(.version).whole, versionFinding,
            row(.headerLength).whole.suffixed(headerLengthWording).when { $0.u8(at: 0) >> 4 == 4 },
            headerLengthFinding,
            row(.servicesField).suffixed(DifferentiatedServices.wording),
            row(.differentiatedServices).named(DifferentiatedServices.name).part,
            row(.congestion).named(congestionName).part,
            row(.totalLength).when { $0.u16(at: 2) != 0 }.suffixed(totalLengthWording), offloadedLength,
            totalLengthFinding,
            row(.identification).suffixed { value, _, _ in if case .number(let id) = value { " (\(id))" } else { "" } },
            row(.flags).suffixed(flagWording),
            row(.reservedFlag).part, row(.dontFragment).part, row(.moreFragments).part,
            row(.fragmentBlock).worded { value, range, input in
                guard case .number(let blocks) = value else { return "Fragment Offset" }
                return bitText(0x1FFF, range, input) + "Fragment Offset: \(8 * blocks)"
            },
            row(.timeToLive),
        ] + lifetimeFindings + [
            row(.protocolNumber).named(ProtocolNumber.name),
            row(.checksum).suffixed { _, _, _ in " [validation disabled]" },
            checksumStatus("ip.checksum.status", "Header checksum status", byte: 10),
        ] + destinationFields + optionFields + reassemblyRows("ip", "IPv4", listType: .bytes, level: 1)

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<IPv4>(input.frame, input.layer)
        guard input.layer.length >= 20 else { return nil }
        let destination = finalDestination(header.bytes)
        let via = destination == header[.destination] ? "" : ", Via: \(header[.destination])"
        return id.label + ", Src: \(header[.source]), Dst: \(destination)\(via)"
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let header = Header<IPv4>(input.frame, input.layer)
        if let problem = problem(header.bytes) { return text.append(problem) }
        let number = UInt64(header[.protocolNumber])
        let name = ProtocolNumber.name(number) ?? "Unknown"
        guard input.frame.u16(at: input.start + 6) & 0x3FFF != 0 else {
            // Nothing is there of the header that would say more.
            if number == 6, input.layers.stop.reason != .complete { return }
            return text.append("\(name) (\(number))")
        }
        text.append("Fragmented IP protocol (proto=\(name) \(number), off=\(header[.fragmentOffset]), ID=")
        text.append(hexadecimal: UInt64(header[.identification]), digits: 4)
        text.append(")")
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let first = frame.u8(at: cursor.offset)
        let length = Int(first & 0xF) * 4
        guard first >> 4 == 4 || cursor.offset >= frame.count, length >= 20 || cursor.offset >= frame.count else {
            // IPv6 behind the wrong number is read all the same.
            guard first >> 4 == 6, cursor.offset < cursor.end else { return walkDamaged(1, cursor, &layers) }
            return layers.push(id, at: cursor.offset, length: 1)
                ? IPv6.walk(frame, cursor, &layers) : cursor.ended
        }
        if cursor.end - cursor.offset < 20 { return walkDamaged(0, cursor, &layers) }
        let total = Int(frame.u16(at: cursor.offset + 2))
        if total < length, total != 0, frame.count - cursor.offset >= 4 { return walkDamaged(4, cursor, &layers) }
        guard cursor.offset + length <= cursor.end else {
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
            return cursor.ended
        }
        // Options may be cut off; the fixed part still says who talks to whom.
        let captured = min(max(length, 20), max(20, frame.count - cursor.offset))
        guard layers.take(id, captured, frame, cursor) else { return cursor.ended }
        layers.network = layers.count - 1

        var after = cursor.after(length, .protocolNumber(frame.u8(at: cursor.offset + 9)))
        if total >= length {
            // Padding up to Ethernet's minimum is not the packet's.
            after.end = min(cursor.end, cursor.offset + total)
        }
        // A total of zero is how the sending host's own capture shows a segment that the card will cut up (TSO): the
        // frame says how long it is.

        let fragment = frame.u16(at: cursor.offset + 6)
        if fragment & 0x3FFF != 0 {
            layers.stop = Stop(reason: .fragment, offset: UInt32(truncatingIfNeeded: after.offset))
            return after.ended
        }
        if captured < length {
            layers.stop = Stop(reason: .cut, offset: UInt32(truncatingIfNeeded: frame.count))
            return after.ended
        }
        return after
    }

    private static let headerLengthWording: FieldRow.Wording = { value, _, _ in
        guard case .number(let length) = value else { return "" }
        return " bytes (\(length / 4))"
    }

    private static let flagWording: FieldRow.Wording = { value, _, _ in
        guard case .number(let flags) = value else { return "" }
        let names: [(UInt64, String)] = [(4, "Reserved bit"), (2, "Don't fragment"), (1, "More fragments")]
        return names.filter { flags & $0.0 != 0 }.map { ", " + $0.1 }.joined()
    }

    /// RFC 3168 §5.
    static func congestionName(_ value: UInt64) -> String? {
        switch value {
        case 0: "Not ECN-Capable Transport"
        case 1: "ECN-Capable Transport codepoint '01'"
        case 2: "ECN-Capable Transport codepoint '10'"
        case 3: "Congestion Experienced"
        default: nil
        }
    }
}

extension Field where P == IPv4, Value == UInt8 {
    @inlinable package static var version: Self { .init("ip.version", "Version", byte: 0, mask: 0xF0) }
    @inlinable package static var headerLength: Self {
        .init("ip.hdr_len", "Header Length", byte: 0, mask: 0x0F, unit: 4)
    }
    @inlinable package static var differentiatedServices: Self {
        .init("ip.dsfield.dscp", "Differentiated Services Codepoint", byte: 1, mask: 0xFC)
    }
    @inlinable package static var congestion: Self {
        .init("ip.dsfield.ecn", "Explicit Congestion Notification", byte: 1, mask: 0x03)
    }
    /// What was the type of service (RFC 2474).
    @inlinable package static var servicesField: Self {
        .init("ip.dsfield", "Differentiated Services Field", byte: 1, .hexadecimal)
    }
    @inlinable package static var flags: Self { .init("ip.flags", "Flags", byte: 6, mask: 0xE0, .hexadecimal) }
    @inlinable package static var timeToLive: Self { .init("ip.ttl", "Time to Live", byte: 8) }
    @inlinable package static var protocolNumber: Self { .init("ip.proto", "Protocol", byte: 9) }
}

extension Field where P == IPv4, Value == UInt16 {
    @inlinable package static var totalLength: Self { .init("ip.len", "Total Length", byte: 2) }
    @inlinable package static var identification: Self { .init("ip.id", "Identification", byte: 4, .hexadecimal) }
    /// In bytes.
    @inlinable package static var fragmentOffset: Self {
        .init("ip.frag_offset", "Fragment Offset", byte: 6, mask: 0x1FFF, unit: 8)
    }
    /// As it stands in the header and as tshark's filters count it: in blocks of eight bytes.
    @inlinable package static var fragmentBlock: Self {
        .init("ip.frag_offset", "Fragment Offset", byte: 6, mask: 0x1FFF)
    }
    @inlinable package static var checksum: Self { .init("ip.checksum", "Header Checksum", byte: 10, .hexadecimal) }
}

extension Field where P == IPv4, Value == Bool {
    @inlinable package static var reservedFlag: Self {
        .init("ip.flags.rb", "Reserved bit", byte: 6, mask: 0x80, .flag)
    }
    @inlinable package static var dontFragment: Self {
        .init("ip.flags.df", "Don't fragment", byte: 6, mask: 0x40, .flag)
    }
    @inlinable package static var moreFragments: Self {
        .init("ip.flags.mf", "More fragments", byte: 6, mask: 0x20, .flag)
    }
}

extension Field where P == IPv4, Value == IPv4.Address {
    @inlinable package static var source: Self { .init("ip.src", "Source Address", byte: 12, width: 4, .address) }
    @inlinable package static var destination: Self {
        .init("ip.dst", "Destination Address", byte: 16, width: 4, .address)
    }
}
