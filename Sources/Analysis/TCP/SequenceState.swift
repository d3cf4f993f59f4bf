/// What the analysis remembers of one direction of a stream: flat, of the same size however long the stream lasts.
package struct SequenceState: Sendable, BitwiseCopyable {
    /// The number that counts as 0 in relative numbers.
    package internal(set) var base: UInt32 = 0
    /// The highest end of a segment seen, and the frame that brought it. Of this number and the next two, 0 stands for
    /// unknown, as after the RST that refuses a connection.
    var next: UInt32 = 0
    var nextTime: Int64 = 0
    var nextFrame: UInt32 = 0
    /// The end of what was seen without a hole: what the other side may acknowledge.
    var contiguous: UInt32 = 0
    /// As the last segment had them.
    var lastTime: Int64 = 0
    var acknowledged: UInt32 = 0
    var window: Int32 = -1
    /// Bytes that this side's SACK blocks cover.
    var sacked: UInt32 = 0
    /// The frame of the last ACK that was no duplicate, and how many duplicates followed it.
    var originalACK = FrameRecord.none
    var duplicateACKs: UInt32 = 0
    /// What ``duplicateACKs`` says once the other side has acknowledged bytes that nobody saw, until this side's
    /// acknowledgment moves: more than two, and no longer none.
    static let acknowledgedUnseen = UInt32.max
    /// Bytes since the last PSH.
    var pushed: UInt32 = 0
    /// What has been sent and not yet acknowledged.
    var unacknowledged = UnacknowledgedQueue()
    /// Shift of the window; see ``WindowScale``.
    var windowScale = WindowScale.unknown
    var lastFlags: UInt16 = 0
    var knows: Knowledge = .flight

    /// What a direction has shown so far.
    struct Knowledge: OptionSet, Sendable, BitwiseCopyable {
        let rawValue: UInt8
        static let base = Knowledge(rawValue: 1)
        /// Nothing is missing that would make the bytes in flight a guess.
        static let flight = Knowledge(rawValue: 2)
        /// The last segment had PSH.
        static let push = Knowledge(rawValue: 4)
        /// The window is still the one of the SYN, which is never scaled (RFC 7323 §2.2).
        static let windowOfSYN = Knowledge(rawValue: 8)
    }
}

/// How many bits one side's windows are shifted by (RFC 7323 §2).
package enum WindowScale {
    /// No handshake was seen.
    package static let unknown: Int8 = -1
    /// A handshake in which not both sides offered it.
    package static let unused: Int8 = -2
}
