package import Dissection

/// Something remarkable about frames: what tshark's `-z expert` has one line for.
package struct ExpertKind: Hashable, Sendable {
    package let severity: Severity
    package let group: ExpertGroup
    /// As the column has it: `TCP`.
    package let layer: String
    package let summary: String

    init(_ severity: Severity, _ summary: String, _ group: ExpertGroup = .sequence, layer: String = "TCP") {
        self.severity = severity
        self.group = group
        self.layer = layer
        self.summary = summary
    }
}

/// A kind of finding and the frames that it is about.
package struct ExpertFinding: Sendable {
    package let kind: ExpertKind
    /// Indices of frames.
    package internal(set) var frames: [UInt32] = []
}

extension ExpertKind {
    /// What the flags of a segment are called, in the order in which a frame's findings stand.
    ///
    /// Those that begin a connection are about the server's port, and duplicate ACKs about their number: what stands
    /// for them here is said by ``ExpertTap``.
    static let ofFlags: [(flag: TCPAnalysis.Flags, kinds: [ExpertKind])] = [
        (.reset, [.init(.warn, "Connection reset (RST)")]),
        (.fin, [.init(.chat, "Connection finish (FIN)")]),
        (.finActive, [.init(.note, "This frame initiates the connection closing")]),
        (.finPassive, [.init(.note, "This frame undergoes the connection closing")]),
        (.retransmission, [.retransmission]),
        (.fastRetransmission, [.init(.note, "This frame is a (suspected) fast retransmission"), .retransmission]),
        (
            .spuriousRetransmission,
            [.init(.note, "This frame is a (suspected) spurious retransmission"), .retransmission]
        ),
        (.outOfOrder, [.init(.warn, "This frame is a (suspected) out-of-order segment")]),
        (
            .reusedPorts,
            [.init(.note, "A new tcp session is started with the same ports as an earlier session in this trace")]
        ),
        (.lostSegment, [.init(.warn, "Previous segment(s) not captured (common at capture start)")]),
        (.ackLostSegment, [.init(.warn, "ACKed segment that wasn't captured (common at capture start)")]),
        (.windowUpdate, [.init(.chat, "TCP window update")]),
        (.windowFull, [.init(.warn, "TCP window specified by the receiver is now completely full")]),
        (.keepAlive, [.init(.note, "TCP keep-alive segment")]),
        (.keepAliveACK, [.init(.note, "ACK to a TCP keep-alive segment")]),
        (.zeroWindowProbe, [.init(.note, "TCP Zero Window Probe")]),
        (.zeroWindow, [.init(.warn, "TCP Zero Window segment")]),
        (.zeroWindowProbeACK, [.init(.note, "ACK to a TCP Zero Window Probe")]),
        (.fastOpenSYN, [.init(.note, "TCP SYN with TFO Cookie")]),
        (.fastOpenACK, [.init(.note, "TCP SYN-ACK accepting TFO data")]),
        (.fastOpenIgnored, [.init(.note, "TCP SYN-ACK ignoring TFO data")]),
    ]

    static let retransmission = ExpertKind(.note, "This frame is a (suspected) retransmission")
    static let duplicateSACK = ExpertKind(.warn, "D-SACK Sequence")
    static let segmentSizeAbsent = ExpertKind(
        .note, "The SYN packet does not contain a MSS option", .protocolRules)
    static let segmentSizePresent = ExpertKind(
        .warn, "The non-SYN packet does contain a MSS option", .protocolRules)

    static func synchronize(_ port: UInt16) -> ExpertKind {
        .init(.chat, "Connection establish request (SYN): server port \(port)")
    }

    static func acknowledge(_ port: UInt16) -> ExpertKind {
        .init(.chat, "Connection establish acknowledge (SYN+ACK): server port \(port)")
    }

    static func duplicateACK(_ number: UInt32) -> ExpertKind { .init(.note, "Duplicate ACK (#\(number))") }
}
