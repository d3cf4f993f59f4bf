package import Bytes

/// What following a TCP stream's sequence numbers says about one of its segments: the values behind Wireshark's
/// `tcp.analysis.*` and the other `tcp.*` fields that depend on earlier frames.
///
/// `Analysis` works it out; numbers of frames are indices, counted from 0. Times are nanoseconds.
@usableFromInline
package struct TCPAnalysis: Sendable, Hashable, BitwiseCopyable {
    /// What is remarkable about the segment.
    @usableFromInline
    package struct Flags: OptionSet, Hashable, Sendable, BitwiseCopyable {
        @usableFromInline package let rawValue: UInt32
        @inlinable package init(rawValue: UInt32) { self.rawValue = rawValue }

        @inlinable package static var zeroWindowProbe: Flags { Flags(rawValue: 1 << 0) }
        @inlinable package static var zeroWindow: Flags { Flags(rawValue: 1 << 1) }
        @inlinable package static var lostSegment: Flags { Flags(rawValue: 1 << 2) }
        @inlinable package static var keepAlive: Flags { Flags(rawValue: 1 << 3) }
        @inlinable package static var windowUpdate: Flags { Flags(rawValue: 1 << 4) }
        @inlinable package static var windowFull: Flags { Flags(rawValue: 1 << 5) }
        @inlinable package static var keepAliveACK: Flags { Flags(rawValue: 1 << 6) }
        @inlinable package static var zeroWindowProbeACK: Flags { Flags(rawValue: 1 << 7) }
        @inlinable package static var duplicateACK: Flags { Flags(rawValue: 1 << 8) }
        @inlinable package static var ackLostSegment: Flags { Flags(rawValue: 1 << 9) }
        @inlinable package static var spuriousRetransmission: Flags { Flags(rawValue: 1 << 10) }
        @inlinable package static var fastRetransmission: Flags { Flags(rawValue: 1 << 11) }
        @inlinable package static var outOfOrder: Flags { Flags(rawValue: 1 << 12) }
        @inlinable package static var retransmission: Flags { Flags(rawValue: 1 << 13) }
        @inlinable package static var reusedPorts: Flags { Flags(rawValue: 1 << 14) }
        // What the flags of the header and the state of the connection say; Wireshark's tcp.connection.*.
        @inlinable package static var syn: Flags { Flags(rawValue: 1 << 16) }
        @inlinable package static var synACK: Flags { Flags(rawValue: 1 << 17) }
        @inlinable package static var fin: Flags { Flags(rawValue: 1 << 18) }
        @inlinable package static var finActive: Flags { Flags(rawValue: 1 << 19) }
        @inlinable package static var finPassive: Flags { Flags(rawValue: 1 << 20) }
        @inlinable package static var reset: Flags { Flags(rawValue: 1 << 21) }
        // RFC 7413: data in a SYN, and what became of it.
        @inlinable package static var fastOpenSYN: Flags { Flags(rawValue: 1 << 22) }
        @inlinable package static var fastOpenACK: Flags { Flags(rawValue: 1 << 23) }
        @inlinable package static var fastOpenIgnored: Flags { Flags(rawValue: 1 << 24) }

        /// Those that a header's own flags say.
        package static var ofFlags: Flags { [.syn, .synACK, .fin, .finActive, .finPassive, .reset] }

        /// Those of segments whose payload Wireshark leaves unread, because it stands in another segment or comes before
        /// what it follows.
        package static var repeated: Flags { [.retransmission, .spuriousRetransmission, .outOfOrder] }

        /// Those of segments whose payload nobody tries to read. A spurious retransmission alone does not count.
        package static var unread: Flags { [.retransmission, .outOfOrder] }

        /// Those under `tcp.analysis`.
        @inlinable package static var ofSequences: Flags { Flags(rawValue: 0xFFFF) }
    }

    package var flags: Flags = []
    /// `tcp.completeness` as of this segment: SYN 1, SYN-ACK 2, ACK 4, DATA 8, FIN 16, RST 32.
    package var completeness: UInt8 = 0
    /// `tcp.window_size_scalefactor`: the factor; -1 where the handshake was not seen, -2 where scaling is not in use.
    package var windowFactor: Int32 = -1
    /// `tcp.seq`, `tcp.ack` and `tcp.nxtseq`: counted from each side's first sequence number.
    /// Whether these are the numbers of the headers themselves, which people may ask for.
    package private(set) var isAbsolute = false
    package var relativeSequence: UInt32 = 0
    package var relativeAcknowledgment: UInt32 = 0
    package var relativeNext: UInt32?
    /// The other side's first sequence number, which the blocks of SACK are counted from.
    package var acknowledgmentBase: UInt32 = 0
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

    /// `tcp.analysis`: whether there is anything to say about the segment.
    package var isRemarkable = false

    package init() {}
}

extension TCPAnalysis {
    /// Takes the numbers of a header instead of those counted from the beginning of its stream.
    package mutating func becomeAbsolute(_ header: Bytes) {
        guard header.has(12, at: 0) else { return }
        let sequence = header.u32(at: 4)
        relativeNext = relativeNext.map { $0 &- relativeSequence &+ sequence }
        (relativeSequence, relativeAcknowledgment) = (sequence, header.u32(at: 8))
        (acknowledgmentBase, isAbsolute) = (0, true)
    }
}
