import Bytes

/// All TCP streams of a capture, in the order of their first frames, found by their two endpoints.
///
/// Open addressing over the flat stream array; the newest stream of a pair of endpoints is the one that frames join,
/// which is how a port that is used again begins a new stream.
struct StreamTable: Sendable {
    private(set) var streams = Chunks<TCPStream>()
    /// Initiator and responder of each stream again, close together for the search.
    private var pairs = Chunks<EndpointPair>()
    private var hashes = Chunks<UInt64>()
    /// Of the newest stream of a pair of endpoints: its number + 1 in the low half, the upper half of the hash in the
    /// other, which spares a look at streams of other pairs. 0 where free. The size is a power of two.
    private var slots = [UInt64](repeating: 0, count: 1024)
    private var keys = 0

    subscript(index: Int) -> TCPStream {
        @inline(__always) get { streams[index] }
        @inline(__always) _modify { yield &streams[index] }
    }

    /// The newest stream between the two endpoints and the side that `from` is.
    ///
    /// - Parameter hash: as ``PairHash`` has it.
    @inline(__always)
    func find(from: Endpoint, to: Endpoint, hash: UInt64) -> (stream: Int, sender: Side)? {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let index = Int(slots[slot] & 0xFFFF_FFFF) - 1
                let pair = pairs[index]
                if pair.initiator == from, pair.responder == to { return (index, .initiator) }
                if pair.initiator == to, pair.responder == from { return (index, .responder) }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds a stream, which hides an older one between the same endpoints.
    mutating func add(_ stream: TCPStream, hash: UInt64) -> Int {
        if keys * 2 >= slots.count { grow() }
        let pair = EndpointPair(initiator: stream.initiator, responder: stream.responder)
        streams.append(stream)
        pairs.append(pair)
        hashes.append(hash)
        let entry = (hash & ~0xFFFF_FFFF) | UInt64(streams.count)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32, pairs[Int(slots[slot] & 0xFFFF_FFFF) - 1].isSame(as: pair) {
                slots[slot] = entry
                return streams.count - 1
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = entry
        keys += 1
        return streams.count - 1
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 {
            let hash = hashes[Int(entry & 0xFFFF_FFFF) - 1]
            var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = entry
        }
    }

    /// Asks the memory for what ``find(from:to:hash:)`` will look at.
    @inline(__always)
    func prefetchSlot(_ hash: UInt64) { slots.prefetch(Int(truncatingIfNeeded: hash) & (slots.count - 1)) }

    /// Asks the memory for the stream that the hash most likely leads to.
    @inline(__always)
    func prefetchStream(_ hash: UInt64) {
        let entry = slots[Int(truncatingIfNeeded: hash) & (slots.count - 1)]
        guard entry != 0 else { return }
        pairs.prefetch(Int(entry & 0xFFFF_FFFF) - 1)
        streams.prefetch(Int(entry & 0xFFFF_FFFF) - 1)
    }
}

/// Hashes two endpoints so that both directions of a stream get the same number. The seed differs from run to run, so that
/// nobody can prepare collisions; nothing that is reported depends on it.
struct PairHash: Sendable, BitwiseCopyable {
    private let seed = UInt64.random(in: .min ... .max)

    @inline(__always)
    func callAsFunction(_ a: Endpoint, _ b: Endpoint) -> UInt64 {
        let mixed = mix(a) &+ mix(b)
        let product = (mixed ^ mixed >> 29) &* 0xBF58_476D_1CE4_E5B9
        return product ^ product >> 32
    }

    @inline(__always)
    private func mix(_ endpoint: Endpoint) -> UInt64 {
        var value = endpoint.address.low ^ seed
        value = (value ^ value >> 32) &* 0x9E37_79B9_7F4A_7C15
        value ^= endpoint.address.high &* 0xC2B2_AE3D_27D4_EB4F
        value = (value ^ value >> 29 ^ UInt64(endpoint.port)) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

private struct EndpointPair: Sendable, BitwiseCopyable {
    let initiator: Endpoint
    let responder: Endpoint

    /// Whether the endpoints are the same, whichever side opened the connection.
    func isSame(as other: EndpointPair) -> Bool {
        (initiator == other.initiator && responder == other.responder)
            || (initiator == other.responder && responder == other.initiator)
    }
}
