package import Dissection

/// What one side of a stream has said, in numbers.
package struct SideFacts: Sendable, BitwiseCopyable {
    package internal(set) var frames: UInt32 = 0
    /// Frames with payload.
    package internal(set) var segments: UInt32 = 0
    /// Of whole frames, on the wire.
    package internal(set) var frameBytes: UInt64 = 0
    /// On the wire, repetitions included.
    package internal(set) var payloadBytes: UInt64 = 0
    /// On the wire, each byte once; right as long as ``isWhole`` holds.
    package internal(set) var newBytes: UInt64 = 0
    /// Of the first frame with data, and of the last one with new data.
    package internal(set) var firstData = FrameRecord.none
    package internal(set) var lastData = FrameRecord.none
    package internal(set) var finFrame = FrameRecord.none
    package internal(set) var resetFrame = FrameRecord.none
    package internal(set) var flags: TCPFlags = []
    /// Of the last SYN; 0 where it has no such option.
    var synSegmentSize: UInt16 = 0
    var synWindowScale: Int8 = -1
    /// Whether the capture has every byte of this side, in order but for repetitions.
    package internal(set) var isWhole = true
    var synSequence: UInt32 = 0
    /// The largest window outside of SYN segments, unscaled, and that of the SYN.
    package internal(set) var maximumWindow: UInt16 = 0
    package internal(set) var synWindow: UInt16 = 0
    package internal(set) var zeroWindows: UInt32 = 0
    /// Segments that were sent again, fast and spurious ones included, and their bytes.
    package internal(set) var retransmissions: UInt32 = 0
    package internal(set) var retransmittedBytes: UInt64 = 0
    package internal(set) var outOfOrder: UInt32 = 0
    /// Most bytes that were sent and not yet acknowledged.
    package internal(set) var maximumInFlight: UInt32 = 0
    package internal(set) var largestSegment: UInt32 = 0
    /// From this side's segments to the ACKs of their ends.
    package internal(set) var roundTrip = RoundTrip()
    package internal(set) var sequence = SequenceState()

    /// The least, the greatest and the mean of spans in nanoseconds.
    package struct RoundTrip: Sendable, BitwiseCopyable {
        package private(set) var minimum = Int64.max
        package private(set) var maximum = Int64.min
        package private(set) var sum: Int64 = 0
        package private(set) var count: UInt32 = 0

        @inline(__always)
        mutating func add(_ span: Int64) {
            minimum = min(minimum, span)
            maximum = max(maximum, span)
            sum = sum &+ span
            count &+= 1
        }
    }

    /// The sequence number of the SYN.
    package var initialSequence: UInt32? { flags.contains(.syn) ? synSequence : nil }
    package var maximumSegmentSize: UInt16? { synSegmentSize == 0 ? nil : synSegmentSize }
    package var windowScale: UInt8? { synWindowScale < 0 ? nil : UInt8(synWindowScale) }
}
