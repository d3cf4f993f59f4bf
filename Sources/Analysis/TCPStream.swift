package import Bytes
import Dissection

/// One TCP connection as the one pass saw it.
package struct TCPStream: Sendable, BitwiseCopyable {
    package let initiator: Endpoint
    package let responder: Endpoint
    package let firstFrame: UInt32
    package let lastFrame: UInt32
    /// Nanoseconds since 1970.
    package let firstTime: Int64
    package let lastTime: Int64
    package let sides: BySide<SideFacts>
    /// The initiator's SYN to its ACK, in nanoseconds.
    package let handshakeTime: Int64?
    /// As tshark's `tcp.analysis.initial_rtt`, in nanoseconds; 0 while unknown.
    package let initialRoundTrip: Int64
    /// As tshark's `tcp.completeness`.
    package let completeness: Completeness
    /// Whether the stream's endpoints belonged to an earlier stream.
    package let reusesPorts: Bool
    /// Whether frame times went backwards, as they do where a capture's writer mixed several queues.
    package let isOutOfTime: Bool
    /// An ICMP error about this stream.
    package let refusal: ControlMessage?

    /// What of a connection's life is in the capture, with tshark's bits.
    package struct Completeness: OptionSet, Sendable, BitwiseCopyable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let syn = Completeness(rawValue: 1)
        package static let synACK = Completeness(rawValue: 2)
        package static let ack = Completeness(rawValue: 4)
        package static let data = Completeness(rawValue: 8)
        package static let fin = Completeness(rawValue: 16)
        package static let rst = Completeness(rawValue: 32)
    }

    package struct ControlMessage: Sendable, BitwiseCopyable {
        package let frame: UInt32
        package let isV6: Bool
        package let type: UInt8
        package let code: UInt8
    }

    init(_ state: StreamState, _ parts: borrowing SideParts, refusal: ControlMessage?) {
        initiator = state.initiator
        responder = state.responder
        firstFrame = state.firstFrame
        lastFrame = state.lastFrame
        firstTime = state.firstTime
        lastTime = state.lastTime
        sides = BySide(SideFacts(state.sides.initiator, parts), SideFacts(state.sides.responder, parts))
        handshakeTime = state.handshakeTime
        initialRoundTrip = state.initialRoundTrip
        completeness = state.completeness
        reusesPorts = state.life.contains(.reusesPorts)
        isOutOfTime = state.life.contains(.isOutOfTime)
        self.refusal = refusal
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
    package var frames: Int { Int(sides.initiator.frames) + Int(sides.responder.frames) }
}
