import Bytes

/// All TCP streams of a capture, in the order of their first frames, found by their two endpoints.
///
/// Open addressing over the flat stream array; the newest stream of a pair of endpoints is the one that frames join,
/// which is how a port that is used again begins a new stream.
package struct StreamTable: Sendable {
    package private(set) var streams: [TCPStream] = []
    /// Stream number + 1 of the newest stream of a key; 0 where the slot is free. Its size is a power of two.
    private var slots = [UInt32](repeating: 0, count: 1024)
    private var keys = 0

    package init() {}

    package subscript(index: Int) -> TCPStream {
        get { streams[index] }
        set { streams[index] = newValue }
    }

    /// The newest stream between the two endpoints and the side that `from` is.
    func find(from: Endpoint, to: Endpoint) -> (stream: Int, sender: Side)? {
        var slot = hash(from, to) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            let (initiator, responder) = (streams[index].initiator, streams[index].responder)
            if initiator == from, responder == to { return (index, .initiator) }
            if initiator == to, responder == from { return (index, .responder) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a stream, which hides an older one between the same endpoints.
    mutating func add(_ stream: TCPStream) -> Int {
        if keys * 2 >= slots.count { grow() }
        streams.append(stream)
        insert(UInt32(truncatingIfNeeded: streams.count - 1))
        return streams.count - 1
    }

    private mutating func insert(_ index: UInt32) {
        let stream = streams[Int(index)]
        var slot = hash(stream.initiator, stream.responder) & (slots.count - 1)
        while slots[slot] != 0 {
            let other = streams[Int(slots[slot]) - 1]
            let isSame =
                (other.initiator == stream.initiator && other.responder == stream.responder)
                || (other.initiator == stream.responder && other.responder == stream.initiator)
            if isSame {
                slots[slot] = index + 1
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = index + 1
        keys += 1
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt32](repeating: 0, count: old.count * 2)
        keys = 0
        for entry in old where entry != 0 { insert(entry - 1) }
    }

    /// The same for both directions. The seed differs from run to run, so that nobody can prepare collisions; nothing
    /// that is reported depends on the order of slots.
    private func hash(_ a: Endpoint, _ b: Endpoint) -> Int {
        let mixed = mix(a) &+ mix(b)
        return Int(truncatingIfNeeded: (mixed ^ mixed >> 29) &* 0xBF58_476D_1CE4_E5B9 >> 17) & Int.max
    }

    private func mix(_ endpoint: Endpoint) -> UInt64 {
        var value = endpoint.address.low ^ Self.seed
        value = (value ^ value >> 32) &* 0x9E37_79B9_7F4A_7C15
        value ^= endpoint.address.high &* 0xC2B2_AE3D_27D4_EB4F
        value = (value ^ value >> 29 ^ UInt64(endpoint.port)) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    private static let seed = UInt64.random(in: .min ... .max)
}
