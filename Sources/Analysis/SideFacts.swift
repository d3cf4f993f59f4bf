import Bytes
package import Dissection

/// What one side of a stream has said, in numbers.
package struct SideFacts: Sendable, BitwiseCopyable {
    package let frames: UInt32
    /// Frames with payload.
    package let segments: UInt32
    /// Of whole frames, on the wire.
    package let frameBytes: UInt64
    /// On the wire, repetitions included.
    package let payloadBytes: UInt64
    /// On the wire, each byte once; right as long as ``isWhole`` holds.
    package let newBytes: UInt64
    /// Whether the capture has every byte of this side, in order but for repetitions.
    package let isWhole: Bool
    /// Of the first frame with data, and of the last one with new data.
    package let firstData: UInt32
    package let lastData: UInt32
    package let finFrame: UInt32
    package let resetFrame: UInt32
    package let flags: TCPFlags
    /// The sequence number of the SYN.
    package let initialSequence: UInt32?
    package let maximumSegmentSize: UInt16?
    /// As the SYN offers it.
    package let windowScale: UInt8?
    /// How many bits this side's windows are shifted by; 0 where that is not known.
    package let windowShift: UInt8
    /// The largest window outside of SYN segments, unscaled, and that of the SYN.
    package let maximumWindow: UInt16
    package let synWindow: UInt16
    package let zeroWindows: UInt32
    /// Segments that were sent again, fast and spurious ones included, and their bytes.
    package let retransmissions: UInt32
    package let retransmittedBytes: UInt64
    package let outOfOrder: UInt32
    /// Most bytes that were sent and not yet acknowledged.
    package let maximumInFlight: UInt32
    package let largestSegment: UInt32
    /// From this side's segments to the ACKs of their ends.
    package let roundTrip: RoundTrip

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

    init(_ side: SideState, _ parts: borrowing SideParts) {
        let payload = side.payload == FrameRecord.none ? PayloadState() : parts.payloads[Int(side.payload)]
        let repetition =
            payload.repetition == FrameRecord.none
            ? RepetitionState() : parts.repetitions[Int(payload.repetition)]
        frames = side.frames
        segments = payload.segments
        frameBytes = side.frameBytes
        payloadBytes = payload.bytes
        newBytes = payload.bytes &- repetition.bytes
        isWhole = side.isWhole
        firstData = payload.firstFrame
        lastData = payload.lastFrame
        finFrame = side.finFrame
        resetFrame = side.resetFrame
        flags = side.flags
        initialSequence = side.flags.contains(.syn) ? side.synSequence : nil
        maximumSegmentSize = side.synSegmentSize == 0 ? nil : side.synSegmentSize
        windowScale = side.synWindowScale < 0 ? nil : UInt8(side.synWindowScale)
        windowShift = UInt8(max(0, side.sequence.windowScale))
        maximumWindow = side.maximumWindow
        synWindow = side.synWindow
        zeroWindows = side.zeroWindows
        retransmissions = repetition.retransmissions
        retransmittedBytes = repetition.retransmittedBytes
        outOfOrder = repetition.outOfOrder
        maximumInFlight = payload.maximumInFlight
        largestSegment = payload.largestSegment
        roundTrip = payload.roundTrip
    }
}
