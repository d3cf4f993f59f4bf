import Bytes
import Dissection

/// What following a TCP connection keeps of it: flat and of the same size however long the connection lasts.
///
/// There may be one for every frame (a flood of SYNs), so the fields stand in an order that leaves no gaps, and what not
/// every side needs lies in ``StreamParts``. Everybody else reads a ``TCPStream``.
struct StreamState: Sendable, BitwiseCopyable {
    private let initiatorAddress: IPAddress
    private let responderAddress: IPAddress
    private let initiatorPort: UInt16
    private let responderPort: UInt16
    let firstFrame: UInt32
    var lastFrame = FrameRecord.none
    /// As tshark's `tcp.completeness`.
    var completeness: TCPStream.Completeness = []
    var life: Life = []
    private var progress: Handshake = []
    /// Nanoseconds since 1970.
    let firstTime: Int64
    var lastTime: Int64
    /// As tshark's `tcp.analysis.initial_rtt`, in nanoseconds; 0 while unknown.
    private(set) var initialRoundTrip: Int64 = 0
    /// Until the handshake is complete, the time of the last SYN of either side; then how long it took.
    private var handshake: Int64 = 0
    var sides = BySide(both: SideState())

    struct Life: OptionSet, Sendable, BitwiseCopyable {
        let rawValue: UInt8
        /// The stream's endpoints belonged to an earlier stream.
        static let reusesPorts = Life(rawValue: 1)
        /// Frame times went backwards, as they do where a capture's writer mixed several queues.
        static let isOutOfTime = Life(rawValue: 2)
        /// A SYN came with a Fast Open cookie and data (RFC 7413).
        static let offersFastOpenData = Life(rawValue: 4)
        /// The first FIN was the initiator's, or the responder's.
        static let closedByInitiator = Life(rawValue: 8)
        static let closedByResponder = Life(rawValue: 16)
    }

    /// What ``handshake`` stands for.
    private struct Handshake: OptionSet, Sendable, BitwiseCopyable {
        let rawValue: UInt8
        static let hasSYN = Handshake(rawValue: 1)
        /// The initiator's ACK has ended it.
        static let isComplete = Handshake(rawValue: 2)
        /// It has, in no time; the round trip is still looked for.
        static let tookNoTime = Handshake(rawValue: 4)
    }

    init(from: Endpoint, to: Endpoint, frame: UInt32, time: Int64) {
        (initiatorAddress, initiatorPort) = (from.address, from.port)
        (responderAddress, responderPort) = (to.address, to.port)
        firstFrame = frame
        firstTime = time
        lastTime = time
    }

    var initiator: Endpoint { Endpoint(initiatorAddress, initiatorPort) }
    var responder: Endpoint { Endpoint(responderAddress, responderPort) }

    /// Which side `from` is, if the stream is one between the two endpoints.
    @inline(__always)
    func sender(from: Endpoint, to: Endpoint) -> Side? {
        if from.port == initiatorPort, to.port == responderPort, from.address == initiatorAddress,
            to.address == responderAddress
        {
            return .initiator
        }
        let isResponder =
            from.port == responderPort && to.port == initiatorPort && from.address == responderAddress
            && to.address == initiatorAddress
        return isResponder ? .responder : nil
    }

    func endpoint(_ side: Side) -> Endpoint { side == .initiator ? initiator : responder }

    var frames: Int { Int(sides.initiator.frames) + Int(sides.responder.frames) }

    /// The initiator's SYN to its ACK, in nanoseconds.
    var handshakeTime: Int64? {
        if progress.contains(.tookNoTime) { return 0 }
        return progress.contains(.isComplete) ? handshake : nil
    }

    @inline(__always)
    mutating func noteSYN(at time: Int64) {
        guard !progress.contains(.isComplete) else { return }
        handshake = time
        progress.insert(.hasSYN)
    }

    /// Takes a segment with ACK and without SYN: the first one tells the round trip, the initiator's first one how long the
    /// handshake took.
    @inline(__always)
    mutating func noteACK(_ segment: SegmentHeader, _ sender: Side) {
        if progress.contains(.hasSYN), !progress.contains(.isComplete) { endHandshake(segment, sender) }
    }

    @inline(never)
    private mutating func endHandshake(_ segment: SegmentHeader, _ sender: Side) {
        let span = segment.time - handshake
        if initialRoundTrip == 0 { initialRoundTrip = span }
        guard sender == .initiator, !segment.flags.contains(.rst) else { return }
        if span == 0 {
            progress.insert(.tookNoTime)
        } else {
            handshake = span
            progress.insert(.isComplete)
        }
    }
}

/// One direction of a stream.
struct SideState: Sendable, BitwiseCopyable {
    /// Of whole frames, on the wire.
    var frameBytes: UInt64 = 0
    var frames: UInt32 = 0
    var finFrame = FrameRecord.none
    var resetFrame = FrameRecord.none
    /// Of the first SYN.
    var synSequence: UInt32 = 0
    var zeroWindows: UInt32 = 0
    /// Index of the side's ``PayloadState``; `FrameRecord.none` while it has sent no data.
    var payload = FrameRecord.none
    /// The largest window outside of SYN segments, unscaled, and that of the SYN.
    var maximumWindow: UInt16 = 0
    var synWindow: UInt16 = 0
    /// Of the last SYN; 0 and -1 where it has no such option.
    var synSegmentSize: UInt16 = 0
    var flags: TCPFlags = []
    var synWindowScale: Int8 = -1
    /// Whether the capture has every byte of this side, in order but for repetitions.
    var isWhole = true
    var sequence = SequenceState()
}
