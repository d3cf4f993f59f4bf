/// What following a TCP stream's sequence numbers says about one of its segments: the values behind Wireshark's
/// `tcp.analysis.*` and the other `tcp.*` fields that depend on earlier frames.
///
/// `Analysis` works it out; numbers of frames are indices, counted from 0. Times are nanoseconds.
package struct TCPAnalysis: Sendable, Hashable, BitwiseCopyable {
    /// What is remarkable about the segment.
    package struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let zeroWindowProbe = Flags(rawValue: 1 << 0)
        package static let zeroWindow = Flags(rawValue: 1 << 1)
        package static let lostSegment = Flags(rawValue: 1 << 2)
        package static let keepAlive = Flags(rawValue: 1 << 3)
        package static let windowUpdate = Flags(rawValue: 1 << 4)
        package static let windowFull = Flags(rawValue: 1 << 5)
        package static let keepAliveACK = Flags(rawValue: 1 << 6)
        package static let zeroWindowProbeACK = Flags(rawValue: 1 << 7)
        package static let duplicateACK = Flags(rawValue: 1 << 8)
        package static let ackLostSegment = Flags(rawValue: 1 << 9)
        package static let spuriousRetransmission = Flags(rawValue: 1 << 10)
        package static let fastRetransmission = Flags(rawValue: 1 << 11)
        package static let outOfOrder = Flags(rawValue: 1 << 12)
        package static let retransmission = Flags(rawValue: 1 << 13)
        package static let reusedPorts = Flags(rawValue: 1 << 14)
        // What the flags of the header and the state of the connection say; Wireshark's tcp.connection.*.
        package static let syn = Flags(rawValue: 1 << 16)
        package static let synACK = Flags(rawValue: 1 << 17)
        package static let fin = Flags(rawValue: 1 << 18)
        package static let finActive = Flags(rawValue: 1 << 19)
        package static let finPassive = Flags(rawValue: 1 << 20)
        package static let reset = Flags(rawValue: 1 << 21)
        // RFC 7413: data in a SYN, and what became of it.
        package static let fastOpenSYN = Flags(rawValue: 1 << 22)
        package static let fastOpenACK = Flags(rawValue: 1 << 23)
        package static let fastOpenIgnored = Flags(rawValue: 1 << 24)

        /// Those under `tcp.analysis`.
        package static let ofSequences = Flags(rawValue: 0xFFFF)
        package static let ofConnections = Flags(rawValue: 0xFFFF_0000)
    }

    package var flags: Flags = []
    /// `tcp.completeness` as of this segment: SYN 1, SYN-ACK 2, ACK 4, DATA 8, FIN 16, RST 32.
    package var completeness: UInt8 = 0
    /// `tcp.window_size_scalefactor`: the factor; -1 where the handshake was not seen, -2 where scaling is not in use.
    package var windowFactor: Int32 = -1
    /// `tcp.seq`, `tcp.ack` and `tcp.nxtseq`: counted from each side's first sequence number.
    package var relativeSequence: UInt32 = 0
    package var relativeAcknowledgment: UInt32 = 0
    package var relativeNext: UInt32?
    /// `tcp.analysis.acks_frame` and `ack_rtt`: the segment whose end is acknowledged, and the time since it.
    package var acknowledgedFrame: UInt32?
    package var roundTrip: Int64?
    /// `tcp.analysis.initial_rtt`, where it is known by now.
    package var initialRoundTrip: Int64?
    /// `tcp.analysis.bytes_in_flight`, this segment included.
    package var bytesInFlight: UInt32?
    /// `tcp.analysis.push_bytes_sent`.
    package var bytesSincePush: UInt32?
    /// `tcp.analysis.rto` and `rto_frame`.
    package var retransmissionTimeout: Int64?
    package var retransmissionBase: UInt32?
    /// `tcp.analysis.duplicate_ack_num` and `duplicate_ack_frame`.
    package var duplicateACKNumber: UInt32 = 0
    package var duplicateACKFrame: UInt32?
    /// `tcp.time_relative` and `tcp.time_delta`.
    package var timeSinceFirst: Int64 = 0
    package var timeSincePrevious: Int64 = 0

    package init() {}
}
