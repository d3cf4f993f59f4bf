package import Bytes
package import Dissection

/// One TCP connection as the one pass sees it: a flat, bounded record, however long the connection lasts.
package struct TCPStream: Sendable, BitwiseCopyable {
    package let initiator: Endpoint
    package let responder: Endpoint
    package let firstFrame: UInt32
    package internal(set) var lastFrame: UInt32
    /// Nanoseconds since 1970.
    package let firstTime: Int64
    package internal(set) var lastTime: Int64
    package internal(set) var sides = BySide(both: SideFacts())
    /// The last SYN of the initiator and the first ACK without SYN that followed it: the handshake's span in
    /// nanoseconds, as tshark's `tcp.analysis.initial_rtt`.
    package internal(set) var handshakeTime: Int64?
    package internal(set) var lastSYNTime: Int64?
    /// An ICMP error about this stream, as (frame, type, code).
    package internal(set) var refusal: ControlMessage?

    /// What one side has said, in numbers.
    package struct SideFacts: Sendable, BitwiseCopyable {
        package internal(set) var frames: UInt32 = 0
        /// Of whole frames, on the wire.
        package internal(set) var frameBytes: UInt64 = 0
        /// On the wire, repetitions included.
        package internal(set) var payloadBytes: UInt64 = 0
        /// The sequence number of the SYN.
        package internal(set) var initialSequence: UInt32?
        /// Of the first frame with data.
        package internal(set) var firstData = FrameRecord.none
        package internal(set) var flags: TCPFlags = []
        package internal(set) var maximumSegmentSize: UInt16?
        package internal(set) var windowScale: UInt8?
        package internal(set) var finFrame = FrameRecord.none
        package internal(set) var resetFrame = FrameRecord.none
    }

    package struct ControlMessage: Sendable, BitwiseCopyable {
        package let frame: UInt32
        package let isV6: Bool
        package let type: UInt8
        package let code: UInt8
    }

    init(from: Endpoint, to: Endpoint, frame: UInt32, time: Int64) {
        initiator = from
        responder = to
        firstFrame = frame
        lastFrame = frame
        firstTime = time
        lastTime = time
    }

    package func endpoint(_ side: Side) -> Endpoint { side == .initiator ? initiator : responder }

    /// Whether the capture holds the connection's beginning.
    package var hasSYN: Bool { sides.initiator.flags.contains(.syn) || sides.responder.flags.contains(.syn) }

    /// Whether both sides agreed to talk, or were already talking when the capture began. The initiator's ACK proves it
    /// even where the other direction was not captured.
    package var isEstablished: Bool {
        !hasSYN || sides.initiator.flags.contains(.ack) || payloadBytes > 0
    }

    package var payloadBytes: UInt64 { sides.initiator.payloadBytes + sides.responder.payloadBytes }
}
