package import Bytes

/// The TCP packet that a control message quotes: whose it was, and what became of it.
package struct QuotedPacket: Sendable, BitwiseCopyable {
    package let source: Endpoint
    package let destination: Endpoint
    package let sequence: UInt32
    /// Of the IP header.
    let length: Int

    /// Reads the quotation in `payload`, which by RFC 792 holds the IP header and at least eight bytes more: just the
    /// ports and the sequence number.
    package init?(_ payload: Bytes) {
        let addresses: (IPAddress, IPAddress)
        if payload.u8(at: 0) >> 4 == 4 {
            length = Int(payload.u8(at: 0) & 0xF) * 4
            guard length >= 20, payload.u8(at: 9) == 6, payload.u16(at: 6) & 0x1FFF == 0 else { return nil }
            addresses = (IPAddress(v4: payload.u32(at: 12)), IPAddress(v4: payload.u32(at: 16)))
        } else {
            length = 40
            guard payload.u8(at: 0) >> 4 == 6, payload.u8(at: 6) == 6 else { return nil }
            addresses = (
                IPAddress(high: payload.u64(at: 8), low: payload.u64(at: 16)),
                IPAddress(high: payload.u64(at: 24), low: payload.u64(at: 32))
            )
        }
        guard payload.has(8, at: length) else { return nil }
        source = Endpoint(addresses.0, payload.u16(at: length))
        destination = Endpoint(addresses.1, payload.u16(at: length + 2))
        sequence = payload.u32(at: length + 4)
    }
}

extension Layers {
    /// The layers of the packet that an ICMP error in `frame` quotes; none where there is no error.
    ///
    /// RFC 792 wants eight bytes behind the IP header, fewer than a header of TCP: what there is of it counts.
    package init(quotedBy layers: Layers, in frame: Bytes) {
        self.init()
        guard layers.count > 0, layers.payload.captured > 0 else { return }
        let message = layers[layers.count - 1]
        let type = frame.u8(at: Int(message.offset))
        switch message.id {
        case .icmp: guard ICMP.quotesPacket(type) else { return }
        case .icmpv6 where type == 137:
            guard let payload = ICMPv6Options.redirectedPacket(layers, frame) else { return }
            walk(quotation: payload, in: frame)
            addShortTransport(in: frame)
            addQuotedData()
            return
        case .icmpv6: guard (1...4).contains(type) else { return }
        default: return
        }
        walk(quotation: layers.payload, in: frame)
        addShortTransport(in: frame)
        addQuotedData()
    }

    /// What a quoted datagram carried. Of a quoted segment only its connection could say what it is.
    private mutating func addQuotedData() {
        guard stop.reason == .complete, count > 0, self[count - 1].id == .udp, payload.captured > 0 else { return }
        _ = push(.data, at: Int(payload.offset), length: Int(payload.captured))
    }

    /// What the last fragment of a datagram says the datagram carries.
    func fragmentProtocol(in frame: Bytes) -> UInt8 {
        guard count > 0 else { return 0 }
        let header = self[count - 1].id == .data && count > 1 ? self[count - 2] : self[count - 1]
        return frame.u8(at: Int(header.offset) + (header.id == .ipv4 ? 9 : 0))
    }

    private mutating func addShortTransport(in frame: Bytes) {
        countDamaged()
        guard transport < 0, network >= 0, network == count - 1, stop.reason == .malformed || stop.reason == .cut,
            payload.captured >= 4
        else { return }
        let header = self[network]
        let id: ProtocolID
        switch frame.u8(at: Int(header.offset) + (header.id == .ipv4 ? 9 : 6)) {
        case 6: id = .tcp
        case 17: id = .udp
        default: return
        }
        if push(id, at: Int(payload.offset), length: min(Int(payload.captured), id == .tcp ? 19 : 7)) {
            payload.offset = UInt32(truncatingIfNeeded: self[count - 1].end)
            (payload.length, payload.captured) = (0, 0)
        }
    }
}
