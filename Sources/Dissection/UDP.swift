import Bytes

/// The User Datagram Protocol (RFC 768).
@usableFromInline
package enum UDP: ComputingLayer {
    package static let id = ProtocolID.udp
    package static let fields: [FieldRow] =
        ports("udp.port", row(.sourcePort), row(.destinationPort)) + [
            finding("udp.possible_traceroute", "Possible traceroute", byte: 2) { tracerouteHop($0) != nil }
                .expert(.chat, .sequence).worded { _, _, input in
                    let attempt = (Int(input.header.u16(at: 2)) - 33435) % 3 + 1
                    return "Possible traceroute: hop #\(tracerouteHop(input) ?? 0), attempt #\(attempt)"
                },
            row(.length).worded(lengthWording),
            finding("udp.length.bad", "Bad length value", byte: 4, hasBadLength).expert(.error, .malformed)
                .worded { _, _, input in
                    let length = input.header.u16(at: 4)
                    return "Bad length value \(length) " + (length < 8 ? "< 8" : "> IP payload length")
                },
            row(.checksum).when(isLengthSound).worded(checksumWording),
            finding("udp.checksum.zero", "Illegal checksum value (0)", byte: 6) { checksumStatus($0) == .illegal }
                .expert(.error, .checksum),
            status(isVerifiable: true), status(isVerifiable: false),
            computed(.stream, "udp.stream", "Stream index", .uint32, nil, .inOrder(level: 1)).needing(.datagrams)
                .generated,
            computed(.timestamps, "", "", .string, nil, .inOrder(level: 1)).needing(.datagrams).generated,
            computed(
                .timeSinceFirst, "udp.time_relative", "Time since first frame", .relativeTime, nil, .inOrder(level: 2)
            ).needing(.datagrams).generated,
            computed(
                .timeSincePrevious, "udp.time_delta", "Time since previous frame", .relativeTime, nil,
                .inOrder(level: 2)
            ).needing(.datagrams).generated,
            computed(.payload, "udp.payload", "Payload", .bytes, nil, .inOrder(level: 1)).worded { _, range, input in
                let count = min(range.count, Int(input.header.u16(at: 4)) - 8)
                return "UDP payload (\(count) byte\(count == 1 ? "" : "s"))"
            },
        ]

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let header = Header<UDP>(input.frame, input.layer)
        text.append(decimal: UInt64(header[.sourcePort]))
        text.append(" → ")
        text.append(decimal: UInt64(header[.destinationPort]))
        guard input.layer.length >= 8 else { return }
        let length = header[.length]
        guard length >= 8 else {
            text.append(" [BAD UDP LENGTH ")
            text.append(decimal: UInt64(length))
            return text.append(" < 8]")
        }
        if hasBadLength(input) {
            text.append(" [BAD UDP LENGTH ")
            text.append(decimal: UInt64(length))
            text.append(" > IP PAYLOAD LENGTH]")
        }
        text.append(" Len=")
        text.append(decimal: UInt64(length) - 8)
        if header[.checksum] == 0, checksumStatus(input) == .illegal { text.append(" [ILLEGAL CHECKSUM (0)]") }
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<UDP>(input.frame, input.layer)
        return id.label + ", Src Port: \(header[.sourcePort]), Dst Port: \(header[.destinationPort])"
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let present = min(cursor.end, frame.count) - cursor.offset
        if 4..<8 ~= present {
            // The ports are there, and shown.
            let isCut = frame.count < min(cursor.end, cursor.offset + 8)
            guard layers.pushDamaged(id, at: cursor.offset, length: present) else { return cursor.ended }
            layers.stop = Stop(reason: isCut ? .cut : .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
            return Cursor(next: .done, offset: cursor.offset + present, end: cursor.offset + present)
        }
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        layers.transport = layers.count - 1
        let ports = (frame.u16(at: cursor.offset), frame.u16(at: cursor.offset + 2))
        var after = cursor.after(8, .udpPayload(ports.0, ports.1))
        let length = Int(frame.u16(at: cursor.offset + 4))
        switch length {
        // RFC 2675 §4: in a jumbogram the IP header says how long the datagram is.
        case 0: return after
        case 1..<8:
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset + 4))
            return after.ended
        default:
            after.end = min(cursor.end, cursor.offset + length)
            return after
        }
    }
}

extension Field where P == UDP, Value == UInt16 {
    @inlinable package static var sourcePort: Self { .init("udp.srcport", "Source Port", byte: 0) }
    @inlinable package static var destinationPort: Self { .init("udp.dstport", "Destination Port", byte: 2) }
    @inlinable package static var length: Self { .init("udp.length", "Length", byte: 4) }
    @inlinable package static var checksum: Self { .init("udp.checksum", "Checksum", byte: 6, .hexadecimal) }
}
