/// Where the headers of an IP packet begin; found by looking, for a mutation only has to hit most of the time.
struct PacketShape {
    let network: Int
    let isV6: Bool
    let protocolNumber: UInt8
    let transport: Int
    /// Where the payload of TCP or UDP begins.
    let payload: Int
    /// Where the IP packet ends; what follows is padding.
    let end: Int

    init?(_ packet: [UInt8]) {
        for start in [14, 18, 0, 4, 16, 20, 22] where packet.count >= start + 28 {
            if let shape = Self.shape(of: packet, at: start) {
                self = shape
                return
            }
        }
        return nil
    }

    private init(network: Int, isV6: Bool, protocolNumber: UInt8, transport: Int, payload: Int, end: Int) {
        self.network = network
        self.isV6 = isV6
        self.protocolNumber = protocolNumber
        self.transport = transport
        self.payload = payload
        self.end = end
    }

    private static func shape(of packet: [UInt8], at start: Int) -> PacketShape? {
        let version = packet[start] >> 4
        guard version == 4 || version == 6 else { return nil }
        let isV6 = version == 6
        let length = u16(packet, start + (isV6 ? 4 : 2)) + (isV6 ? 40 : 0)
        let end = start + length
        let transport = start + (isV6 ? 40 : Int(packet[start] & 15) * 4)
        guard length >= 28, end <= packet.count, transport + 8 <= end else { return nil }
        let number = packet[start + (isV6 ? 6 : 9)]
        let payload: Int
        switch number {
        case 6 where transport + 20 <= end:
            payload = min(end, transport + max(5, Int(packet[transport + 12] >> 4)) * 4)
        case 17, 1, 58: payload = transport + 8
        default: return nil
        }
        return PacketShape(
            network: start, isV6: isV6, protocolNumber: number, transport: transport, payload: payload, end: end)
    }

    var isTCP: Bool { protocolNumber == 6 }

    static func u16(_ bytes: [UInt8], _ offset: Int) -> Int { Int(bytes[offset]) << 8 | Int(bytes[offset + 1]) }

    static func u32(_ bytes: [UInt8], _ offset: Int) -> UInt32 {
        UInt32(u16(bytes, offset)) << 16 | UInt32(u16(bytes, offset + 2))
    }

    static func put(_ value: Int, _ width: Int, into bytes: inout [UInt8], at offset: Int) {
        for place in 0..<width where offset + place < bytes.count {
            bytes[offset + place] = UInt8(truncatingIfNeeded: value >> (8 * (width - 1 - place)))
        }
    }

    /// Replaces a part of the payload and makes the IP length fit again.
    func replace(_ range: Range<Int>, with bytes: [UInt8], in packet: inout [UInt8]) {
        packet.replaceSubrange(range, with: bytes)
        let length = end - network + bytes.count - range.count
        Self.put(isV6 ? length - 40 : length, 2, into: &packet, at: network + (isV6 ? 4 : 2))
        if protocolNumber == 17 { Self.put(length - (transport - network), 2, into: &packet, at: transport + 4) }
    }
}
