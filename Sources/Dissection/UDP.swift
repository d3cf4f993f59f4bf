import Bytes

/// The User Datagram Protocol (RFC 768).
@usableFromInline
package enum UDP: ComputingLayer {
    package static let id = ProtocolID.udp
    package static let fields: [FieldRow] =
        ports("udp.port", row(.sourcePort), row(.destinationPort)) + [
            row(.length),
            row(.checksum).when(isLengthSound),
            checksumStatus("udp.checksum.status", "Checksum Status", byte: 6, checksumStatus),
            finding("udp.length.bad", "Bad length value", byte: 4, hasBadLength),
            finding("udp.checksum.zero", "Illegal checksum value (0)", byte: 6) { checksumStatus($0) == .illegal },
            computed(.stream, "udp.stream", "Stream index", .uint32, nil, .inOrder(level: 1)).needing(.datagrams),
            computed(
                .timeSinceFirst, "udp.time_relative", "Time since first frame", .relativeTime, nil, .inOrder(level: 1)
            ).needing(.datagrams),
            computed(
                .timeSincePrevious, "udp.time_delta", "Time since previous frame", .relativeTime, nil,
                .inOrder(level: 1)
            ).needing(.datagrams),
            computed(.payload, "udp.payload", "Payload", .bytes, nil, .alias),
        ]

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<UDP>(input.frame, input.layer)
        return id.label + ", Src Port: \(header[.sourcePort]), Dst Port: \(header[.destinationPort])"
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
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
