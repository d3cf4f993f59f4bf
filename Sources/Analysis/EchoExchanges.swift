import Bytes
import Dissection

/// Which echo request a reply answers (RFC 792, RFC 4443 §4): the last one between the same two hosts, in either
/// direction, with the same identifier, sequence number and data. Kept only while somebody asks.
struct EchoExchanges {
    private struct Key: Hashable {
        let hosts: Set<IPAddress>
        let isVersion6: Bool
        /// Identifier, sequence number, and the checksum that a reply has, which stands for the data.
        let content: UInt64
    }

    private struct Request {
        let frame: UInt32
        let time: Int64
    }

    /// Requests that wait for their reply.
    private var open: [Key: Request] = [:]

    /// What is known of the message in the frame: nil for all but a reply to a request that was seen.
    mutating func note(
        _ bytes: Bytes, _ layers: Layers, _ addresses: (source: IPAddress, destination: IPAddress),
        _ frame: FrameHeaderFacts
    ) -> EarlierFrame? {
        guard let layer = layers.last(.icmp) ?? layers.last(.icmpv6), bytes.has(8, at: Int(layer.offset)) else {
            return nil
        }
        let start = Int(layer.offset)
        let isVersion6 = layer.id == .icmpv6
        let isRequest: Bool
        switch (isVersion6, bytes.u8(at: start)) {
        case (false, 8), (true, 128): isRequest = true
        case (false, 0), (true, 129): isRequest = false
        default: return nil
        }
        guard bytes.u8(at: start + 1) == 0 else { return nil }
        // The sums of request and reply differ by their types alone.
        var sum = UInt32(bytes.u16(at: start + 2))
        if isVersion6, !isRequest { sum += 0x0100 }
        if !isVersion6, isRequest { sum += 0x0800 }
        sum = (sum & 0xFFFF) + (sum >> 16)
        let key = Key(
            hosts: [addresses.source, addresses.destination], isVersion6: isVersion6,
            content: UInt64(sum) << 32 | UInt64(bytes.u32(at: start + 4)))
        if isRequest {
            open[key] = Request(frame: frame.index, time: frame.time)
            return nil
        }
        guard let request = open.removeValue(forKey: key) else { return nil }
        return EarlierFrame(frame: request.frame, time: frame.time &- request.time)
    }
}
