import Bytes

/// All TCP streams of a capture, in the order of their first frames, found by their two endpoints.
///
/// Open addressing over the flat stream array; the newest stream of a pair of endpoints is the one that frames join,
/// which is how a port that is used again begins a new stream.
struct StreamTable: Sendable {
    private(set) var streams = Chunks<StreamState>()
    /// Of the newest stream of a pair of endpoints: its number + 1 in the low half and its hash in the upper one, which
    /// spares a look at streams of other pairs. 0 where free. The size is a power of two.
    private var slots = [UInt64](repeating: 0, count: 1024)
    private var keys = 0

    subscript(index: Int) -> StreamState {
        @inline(__always) get { streams[index] }
        @inline(__always) _modify { yield &streams[index] }
    }

    /// The newest stream between the two endpoints and the side that `from` is.
    ///
    /// - Parameter hash: as ``PairHash`` has it.
    @inline(__always)
    func find(from: Endpoint, to: Endpoint, hash: UInt32) -> (stream: Int, sender: Side)? {
        var slot = first(hash)
        while slots[slot] != 0 {
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash {
                let index = stream(at: slot)
                if let sender = streams[index].sender(from: from, to: to) { return (index, sender) }
            }
            slot = next(slot)
        }
        return nil
    }

    /// Adds a stream, which hides an older one between the same endpoints.
    mutating func add(_ stream: StreamState, hash: UInt32) -> Int {
        if (keys + 1) * 5 > slots.count * 4 { grow() }
        streams.append(stream)
        let entry = UInt64(hash) << 32 | UInt64(streams.count)
        var slot = first(hash)
        while slots[slot] != 0 {
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash,
                streams[self.stream(at: slot)].sender(from: stream.initiator, to: stream.responder) != nil
            {
                slots[slot] = entry
                return streams.count - 1
            }
            slot = next(slot)
        }
        slots[slot] = entry
        keys += 1
        return streams.count - 1
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 {
            var slot = first(UInt32(truncatingIfNeeded: entry >> 32))
            while slots[slot] != 0 { slot = next(slot) }
            slots[slot] = entry
        }
    }

    @inline(__always)
    private func first(_ hash: UInt32) -> Int { Int(hash) & (slots.count - 1) }
    @inline(__always)
    private func next(_ slot: Int) -> Int { (slot + 1) & (slots.count - 1) }
    @inline(__always)
    private func stream(at slot: Int) -> Int { Int(slots[slot] & 0xFFFF_FFFF) - 1 }

    /// Asks the memory for what ``find(from:to:hash:)`` will look at.
    @inline(__always)
    func prefetchSlot(_ hash: UInt32) { slots.prefetch(first(hash)) }

    /// The stream that the hash most likely leads to, without a look at it.
    @inline(__always)
    func guess(_ hash: UInt32) -> Int? {
        var slot = first(hash)
        while slots[slot] != 0 {
            if UInt32(truncatingIfNeeded: slots[slot] >> 32) == hash { return stream(at: slot) }
            slot = next(slot)
        }
        return nil
    }

    /// Asks the memory for a stream.
    @inline(__always)
    func prefetch(_ stream: Int) { streams.prefetch(stream) }
}

/// Hashes two endpoints so that both directions of a stream get the same number.
struct PairHash: Sendable, BitwiseCopyable {
    private let hash = KeyedHash()

    @inline(__always)
    func callAsFunction(_ a: Endpoint, _ b: Endpoint) -> UInt32 {
        UInt32(truncatingIfNeeded: hash(of(a) &+ of(b)) >> 32)
    }

    @inline(__always)
    private func of(_ endpoint: Endpoint) -> UInt64 {
        hash(endpoint.address.high, endpoint.address.low, UInt64(endpoint.port))
    }
}
