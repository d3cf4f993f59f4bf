package import Bytes
import Dissection

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
    /// nanoseconds; `Int64.min` while unknown.
    var handshakeSpan = Int64.min
    /// The last SYN of either side; `Int64.min` while there is none.
    var lastSYNTime = Int64.min
    /// As tshark's `tcp.analysis.initial_rtt`, in nanoseconds; 0 while unknown.
    package internal(set) var initialRoundTrip: Int64 = 0
    /// As tshark's `tcp.completeness`.
    package internal(set) var completeness: Completeness = []
    /// Whether the stream's endpoints belonged to an earlier stream.
    package internal(set) var reusesPorts = false
    /// Whether frame times went backwards, as they do where a capture's writer mixed several queues.
    package internal(set) var isOutOfTime = false
    /// Who sent the first FIN.
    var closer: Side?
    /// Whether a SYN came with a Fast Open cookie and data (RFC 7413).
    var offersFastOpenData = false
    /// An ICMP error about this stream.
    package internal(set) var refusal: ControlMessage?

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

    init(from: Endpoint, to: Endpoint, frame: UInt32, time: Int64) {
        initiator = from
        responder = to
        firstFrame = frame
        lastFrame = FrameRecord.none
        firstTime = time
        lastTime = time
    }

    package var handshakeTime: Int64? { handshakeSpan == .min ? nil : handshakeSpan }

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
