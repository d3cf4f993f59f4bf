public import Bytes

/// Ethernet II and IEEE 802.3 frames, without preamble and (as cards strip it) without frame check sequence.
@usableFromInline
package enum Ethernet: ComputingLayer {
    /// IEEE 802 addresses name the stations.
    @usableFromInline package typealias Address = MACAddress

    package static let id = ProtocolID.ethernet

    package static let fields: [FieldRow] = [
        row(.destination), row(.source), either("eth.addr", "Address", row(.destination), row(.source)),
        row(.type).named(EtherType.name).when { !isLength($0.u16(at: 12)) },
        row(.length).when { isLength($0.u16(at: 12)) },
        computed(.padding, "eth.padding", "Padding", .bytes), computed(.trailer, "eth.trailer", "Trailer", .bytes),
    ]

    package static func summary(_ input: borrowing FieldInput) -> String {
        let header = Header<Ethernet>(input.frame, input.layer)
        return "Src: \(header[.source]), Dst: \(header[.destination])"
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 14, frame, cursor) else { return cursor.ended }
        return typeOrLength(frame, cursor.after(14, .done), frame.u16(at: cursor.offset + 12))
    }

    /// IEEE 802.3 §3.2.6: up to 1500 the field is a length and LLC follows, from 1536 on it is an EtherType.
    static func isLength(_ value: UInt16) -> Bool { value <= 1500 }

    /// What follows a field that is a type in one dialect and a length in the other.
    static func typeOrLength(_ frame: Bytes, _ after: Cursor, _ value: UInt16) -> Cursor {
        var after = after
        if isLength(value) {
            after.end = min(after.end, after.offset + Int(value))
            // Novell's raw 802.3 puts an IPX checksum, always ones, where LLC would stand.
            after.next = frame.u16(at: after.offset) == 0xFFFF ? .done : .llc
        } else {
            after.next = .etherType(value)
        }
        return after
    }
}

extension Ethernet {
    package enum Computed: Sendable { case padding, trailer }

    /// What stands behind the packet: padding up to the 60 bytes that a frame must have (IEEE 802.3 §3.2.8), and
    /// whatever some box added behind that.
    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        guard input.start == 0, let end = input.layers.outermostPacketEnd(in: input.frame) else { return }
        let boundary = max(end, min(60, input.frame.count))
        let range =
            switch field {
            case .padding: end..<boundary
            case .trailer: boundary..<max(boundary, input.frame.count)
            }
        guard !range.isEmpty else { return }
        sink(.bytes(input.frame.slice(from: range.lowerBound, count: range.count).array), range)
    }
}

extension Layers {
    /// Where the outermost network layer's packet says it ends, if that is within the frame.
    fileprivate func outermostPacketEnd(in frame: Bytes) -> Int? {
        for index in 0..<count {
            let start = Int(self[index].offset)
            let end: Int
            switch self[index].id {
            case .ipv4: end = start + max(20, Int(Header<IPv4>(frame, self[index])[.totalLength]))
            case .ipv6: end = start + 40 + Int(Header<IPv6>(frame, self[index])[.payloadLength])
            case .arp: end = self[index].end
            default: continue
            }
            // Without a length there is no telling.
            let isKnown = self[index].id == .arp || frame.u16(at: start + (self[index].id == .ipv4 ? 2 : 4)) != 0
            return isKnown && end < frame.count ? end : nil
        }
        return nil
    }
}

extension Field where P == Ethernet, Value == Ethernet.Address {
    @inlinable package static var destination: Self { .init("eth.dst", "Destination", byte: 0, .address) }
    @inlinable package static var source: Self { .init("eth.src", "Source", byte: 6, .address) }
}

extension Field where P == Ethernet, Value == UInt16 {
    @inlinable package static var type: Self { .init("eth.type", "Type", byte: 12, .hexadecimal) }
    /// Of what follows the header, in IEEE 802.3 frames.
    @inlinable package static var length: Self { .init("eth.len", "Length", byte: 12) }
}
