package import Bytes

/// The Transmission Control Protocol (RFC 9293).
package enum TCP: ProtocolLayer {
    package static let id = ProtocolID.tcp

    package static let fields: [FieldRow] = [
        row(.sourcePort), row(.destinationPort), row(.sequence), row(.acknowledgment), row(.headerLength),
        row(.flags), row(.accurateECN), row(.congestionReduced), row(.congestionEcho), row(.urgent),
        row(.acknowledge), row(.push), row(.reset), row(.synchronize), row(.finish), row(.window), row(.checksum),
        row(.urgentPointer),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = Int(frame.u8(at: cursor.offset + 12) >> 4) * 4
        guard length >= 20 || cursor.offset + 12 >= frame.count else {
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset + 12))
            return cursor.ended
        }
        // Options may be cut off; the fixed part is enough to follow the stream.
        guard cursor.offset + length <= cursor.end else {
            layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset + 12))
            return cursor.ended
        }
        let captured = min(max(length, 20), max(20, frame.count - cursor.offset))
        guard layers.take(id, captured, frame, cursor) else { return cursor.ended }
        layers.transport = layers.count - 1
        if captured < length { layers.stop = Stop(reason: .cut, offset: UInt32(truncatingIfNeeded: frame.count)) }
        return cursor.after(length, .done)
    }
}

extension Field where P == TCP, Value == UInt16 {
    package static var sourcePort: Self { .init("tcp.srcport", "Source Port", byte: 0) }
    package static var destinationPort: Self { .init("tcp.dstport", "Destination Port", byte: 2) }
    package static var flags: Self { .init("tcp.flags", "Flags", byte: 12, mask: 0x0FFF, .hexadecimal) }
    package static var window: Self { .init("tcp.window_size_value", "Window", byte: 14) }
    package static var checksum: Self { .init("tcp.checksum", "Checksum", byte: 16, .hexadecimal) }
    package static var urgentPointer: Self { .init("tcp.urgent_pointer", "Urgent Pointer", byte: 18) }
}

extension Field where P == TCP, Value == UInt32 {
    package static var sequence: Self { .init("tcp.seq_raw", "Sequence Number (raw)", byte: 4) }
    package static var acknowledgment: Self { .init("tcp.ack_raw", "Acknowledgment Number (raw)", byte: 8) }
}

extension Field where P == TCP, Value == UInt8 {
    package static var headerLength: Self { .init("tcp.hdr_len", "Header Length", byte: 12, mask: 0xF0, unit: 4) }
}

extension Field where P == TCP, Value == Bool {
    package static var accurateECN: Self { .init("tcp.flags.ae", "Accurate ECN", byte: 12, mask: 0x01, .flag) }
    package static var congestionReduced: Self {
        .init("tcp.flags.cwr", "Congestion Window Reduced", byte: 13, mask: 0x80, .flag)
    }
    package static var congestionEcho: Self { .init("tcp.flags.ece", "ECN-Echo", byte: 13, mask: 0x40, .flag) }
    package static var urgent: Self { .init("tcp.flags.urg", "Urgent", byte: 13, mask: 0x20, .flag) }
    package static var acknowledge: Self { .init("tcp.flags.ack", "Acknowledgment", byte: 13, mask: 0x10, .flag) }
    package static var push: Self { .init("tcp.flags.push", "Push", byte: 13, mask: 0x08, .flag) }
    package static var reset: Self { .init("tcp.flags.reset", "Reset", byte: 13, mask: 0x04, .flag) }
    package static var synchronize: Self { .init("tcp.flags.syn", "Syn", byte: 13, mask: 0x02, .flag) }
    package static var finish: Self { .init("tcp.flags.fin", "Fin", byte: 13, mask: 0x01, .flag) }
}

/// The flag bits of a TCP header, as a set.
package struct TCPFlags: OptionSet, Sendable, BitwiseCopyable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let fin = TCPFlags(rawValue: 0x01)
    package static let syn = TCPFlags(rawValue: 0x02)
    package static let rst = TCPFlags(rawValue: 0x04)
    package static let psh = TCPFlags(rawValue: 0x08)
    package static let ack = TCPFlags(rawValue: 0x10)
    package static let urg = TCPFlags(rawValue: 0x20)
    package static let ece = TCPFlags(rawValue: 0x40)
    package static let cwr = TCPFlags(rawValue: 0x80)
}
