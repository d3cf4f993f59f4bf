import Bytes
import Dissection

/// Which station uses which IPv4 address, as ARP packets say (RFC 826): two that claim the same one are in conflict
/// (RFC 5227 §2.4). Kept only while somebody asks.
struct AddressClaims {
    private struct Claim {
        let station: UInt64
        var frame: UInt32
        var time: Int64
    }

    private var claims: [UInt32: Claim] = [:]

    /// The frame in which another station had the address of the one that speaks now, or of the target of a reply.
    mutating func note(_ bytes: Bytes, _ layer: Layer, _ frame: FrameHeaderFacts) -> EarlierFrame? {
        let start = Int(layer.offset)
        let isEthernetAndIPv4 =
            [1, 6].contains(bytes.u16(at: start)) && bytes.u16(at: start + 2) == 0x0800
            && bytes.u16(at: start + 4) == 0x0604
        let operation = bytes.u16(at: start + 6)
        guard isEthernetAndIPv4, bytes.has(28, at: start), operation == 1 || operation == 2 else { return nil }
        let addresses = (bytes.u32(at: start + 14), bytes.u32(at: start + 24))
        let sender = note(addresses.0, bytes.u64(at: start + 8) >> 16, frame, isTarget: false)
        guard operation == 2, addresses.0 != addresses.1 else { return sender }
        return note(addresses.1, bytes.u64(at: start + 18) >> 16, frame, isTarget: true) ?? sender
    }

    private mutating func note(
        _ address: UInt32, _ station: UInt64, _ frame: FrameHeaderFacts, isTarget: Bool
    ) -> EarlierFrame? {
        // Neither nobody nor everybody is a station.
        guard address != 0, station != 0, station != 0xFFFF_FFFF_FFFF else { return nil }
        if let claim = claims[address], claim.station != station {
            return EarlierFrame(frame: claim.frame, time: frame.time &- claim.time, isTarget: isTarget)
        }
        claims[address] = Claim(station: station, frame: frame.index, time: frame.time)
        return nil
    }
}
