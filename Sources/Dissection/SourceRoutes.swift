package import Bytes

/// Where a packet goes in the end, where a route names the stations before it: the header's own destination is only the
/// next of them.
extension IPv4 {
    /// The offset in the header of the last address of a source route that has not been travelled to its end (RFC 791
    /// §3.1); nil where there is no such route.
    static func routeEnd(_ header: Bytes) -> Int? {
        guard header.count > 20 else { return nil }
        var end: Int?
        forEachOption(in: header) { type, offset, length in
            guard type == 131 || type == 137, length >= 7, end == nil else { return }
            let last = 3 + 4 * ((length - 3) / 4 - 1)
            let pointer = Int(header.u8(at: offset + 2))
            if pointer >= 4, pointer % 4 == 0, pointer - 1 <= last { end = offset + last }
        }
        return end
    }

    /// Where the packet goes in the end.
    static func finalDestination(_ header: Bytes) -> IPAddress {
        IPAddress(v4: header.u32(at: routeEnd(header) ?? 16))
    }

    /// The header's destination, by the name that it has where a route goes on behind it.
    static var destinationFields: [FieldRow] {
        let next = row(.destination).renamed("ip.cur_rt", "Current Route").when { routeEnd($0) != nil }
        return hosts("ip", row(.source), row(.destination).when { routeEnd($0) == nil })
            + [next, host("ip.cur_rt_host", "Current Route Host", next)]
    }
}

extension Layers {
    /// The addresses that the packet of the innermost network layer comes from and goes to in the end.
    package func endAddresses(in frame: Bytes) -> (source: IPAddress, destination: IPAddress)? {
        guard network >= 0 else { return nil }
        let layer = self[network]
        if layer.id == .ipv4 {
            let header = Header<IPv4>(frame, layer)
            guard layer.length > 20 else { return (header[.source], header[.destination]) }
            return (header[.source], IPv4.finalDestination(header.bytes))
        }
        let header = Header<IPv6>(frame, layer)
        var (source, destination) = (header[.source], header[.destination])
        var slot = network + 1
        while slot < count {
            let layer = self[slot]
            let bytes = frame.slice(from: Int(layer.offset), count: Int(layer.length))
            switch layer.id {
            case .ipv6HopByHop, .ipv6Fragment: break
            case .ipv6Routing: destination = IPv6Routing.finalDestination(bytes) ?? destination
            case .ipv6Destination: source = IPv6Destination.homeAddress(bytes) ?? source
            default: return (source, destination)
            }
            slot += 1
        }
        return (source, destination)
    }
}

extension IPv6Routing {
    /// The last address of the route, where segments are left (RFC 8200 §4.4); a segment routing header has its list
    /// backwards (RFC 8754 §2).
    static func finalDestination(_ header: Bytes) -> IPAddress? {
        guard header.u8(at: 3) > 0, header.count >= 24 else { return nil }
        let place: Int
        switch header.u8(at: 2) {
        case 0: place = 8 + 16 * ((header.count - 8) / 16 - 1)
        case 2, 4: place = 8
        default: return nil
        }
        return IPAddress(high: header.u64(at: place), low: header.u64(at: place + 8))
    }
}

extension IPv6Destination {
    /// What a mobile node is reached by at home (RFC 6275 §6.3).
    static func homeAddress(_ header: Bytes) -> IPAddress? {
        var offset = 2
        while offset + 1 < header.count {
            switch (header.u8(at: offset), header.u8(at: offset + 1)) {
            case (0, _): offset += 1
            case (0xC9, 16):
                guard header.has(16, at: offset + 2) else { return nil }
                return IPAddress(high: header.u64(at: offset + 2), low: header.u64(at: offset + 10))
            case (_, let length): offset += 2 + Int(length)
            }
        }
        return nil
    }
}
