import Bytes

/// The User Datagram Protocol (RFC 768).
package enum UDP: ProtocolLayer {
    package static let id = ProtocolID.udp
    package static let fields: [FieldRow] = [row(.sourcePort), row(.destinationPort), row(.length), row(.checksum)]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 8, frame, cursor) else { return cursor.ended }
        layers.transport = layers.count - 1
        let ports = (frame.u16(at: cursor.offset), frame.u16(at: cursor.offset + 2))
        var after = cursor.after(8, .udpPayload(ports.0, ports.1))
        let length = Int(frame.u16(at: cursor.offset + 4))
        if length >= 8 { after.end = min(cursor.end, cursor.offset + length) }
        return after
    }
}

extension Field where P == UDP, Value == UInt16 {
    package static var sourcePort: Self { .init("udp.srcport", "Source Port", byte: 0) }
    package static var destinationPort: Self { .init("udp.dstport", "Destination Port", byte: 2) }
    package static var length: Self { .init("udp.length", "Length", byte: 4) }
    package static var checksum: Self { .init("udp.checksum", "Checksum", byte: 6, .hexadecimal) }
}
