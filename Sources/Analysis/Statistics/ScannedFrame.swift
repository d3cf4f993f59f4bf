package import Bytes
package import Dissection

/// A frame as statistics see it: walked once, for all of them.
package struct ScannedFrame: ~Escapable {
    package let index: UInt32
    package let record: FrameRecord
    /// Nanoseconds since the capture's first frame, and since the frame before this one.
    package let relativeTime: Int64
    package let delta: Int64
    /// What fields are read from: the frame, or the datagram that it completes.
    package let bytes: Bytes
    package let layers: Layers
    package let facts: FrameFacts
    /// The frame as it was captured; the same as ``bytes`` and ``layers`` but for the last fragment of a datagram.
    package let carrierBytes: Bytes
    package let carrier: Layers
    /// Nil for a link layer that Wharf does not know.
    let link: LinkLayer?

    @_lifetime(copy bytes, copy carrierBytes)
    init(
        _ index: UInt32, _ record: FrameRecord, since first: Int64, after previous: Int64, _ bytes: Bytes,
        _ layers: Layers, _ facts: FrameFacts, _ carrierBytes: Bytes, _ carrier: Layers,
        _ link: LinkLayer?
    ) {
        self.index = index
        self.record = record
        relativeTime = record.time - first
        delta = record.time - previous
        self.bytes = bytes
        self.layers = layers
        self.facts = facts
        self.carrierBytes = carrierBytes
        self.carrier = carrier
        self.link = link
    }

    /// Bytes on the wire.
    package var length: UInt64 { UInt64(record.originalLength) }

    package var number: UInt32 { index + 1 }

    package func has(_ id: ProtocolID) -> Bool { id == .frame || layers.has(id) || carrier.has(id) }
}
