/// What the index keeps of one frame: 32 bytes, whatever the frame's size, and never changed once written.
///
/// Records are addressed by frame index, counted from 0; what people see is the frame number, index + 1. The frames of
/// one TCP stream form a chain through ``previous``, so that a stream is walked without a list of its own.
package struct FrameRecord: Sendable, BitwiseCopyable {
    /// Of the first captured byte, in the capture's address space.
    private let positionAndInterface: UInt64
    /// Nanoseconds since 1970-01-01 UTC.
    package let time: Int64
    private var lengthAndReassembly: UInt32
    /// Bytes on the wire.
    package let originalLength: UInt32
    private var streamAndSender: UInt32
    /// The frame of the same stream before this one; ``none`` for the first one.
    private(set) var previous: UInt32

    package static let none = UInt32.max

    init(position: UInt64, interface: UInt16, time: Int64, capturedLength: UInt32, originalLength: UInt32) {
        positionAndInterface = position << 16 | UInt64(interface)
        self.time = time
        lengthAndReassembly = min(capturedLength, UInt32(Int32.max)) << 1
        self.originalLength = originalLength
        streamAndSender = Self.none
        previous = Self.none
    }

    package var position: UInt64 { positionAndInterface >> 16 }
    /// Index into the capture's interfaces.
    package var interface: UInt16 { UInt16(truncatingIfNeeded: positionAndInterface) }
    /// Bytes in the capture.
    package var capturedLength: Int { Int(lengthAndReassembly >> 1) }

    /// Whether the frame holds the last missing fragment of a datagram, whose upper layers it therefore stands for.
    package var completesDatagram: Bool { lengthAndReassembly & 1 != 0 }

    /// The TCP stream that the frame belongs to, numbered as tshark's `tcp.stream`.
    package var stream: Int? { streamAndSender == Self.none ? nil : Int(streamAndSender >> 1) }
    package var sender: Side { streamAndSender & 1 == 0 ? .initiator : .responder }

    mutating func join(stream: Int, sender: Side, after previous: UInt32) {
        streamAndSender = UInt32(truncatingIfNeeded: stream) << 1 | (sender == .initiator ? 0 : 1)
        self.previous = previous
    }

    mutating func markCompletesDatagram() { lengthAndReassembly |= 1 }
}
