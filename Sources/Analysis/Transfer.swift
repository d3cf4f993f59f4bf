import Bytes
package import FTPProtocol

/// One command that moved, or should have moved, bytes over a data connection.
package struct Transfer: Sendable {
    /// From 0 on, over all sessions, in the order of their commands.
    package internal(set) var id: Int
    package internal(set) var session: Int
    /// Nil when the command itself was not captured.
    package let verb: Verb?
    package let argument: [UInt8]
    package internal(set) var kind: Kind
    /// The absolute path on the server where that can be known, else the name as it was said. For listings the
    /// directory.
    package internal(set) var path: [UInt8]
    package internal(set) var parameters = TransferParameters()
    /// Where in the file it began; nil when that was not said (APPE).
    package internal(set) var offset: Int64? = 0
    /// RANG's last byte.
    package internal(set) var rangeEnd: Int64?
    /// What SIZE, the reply 150 or the client said of the file's size.
    package internal(set) var announcedSize: Int64?
    /// Index into the session's negotiations.
    package internal(set) var negotiation: Int?
    package internal(set) var commandStep: Int?
    package internal(set) var preliminaryStep: Int?
    package internal(set) var finalStep: Int?
    package internal(set) var isAbortRequested = false
    /// Whether ABOR got no reply of its own, so that the one that seems to end the transfer is ABOR's.
    var isAbortUnanswered = false
    /// The data connection's stream number.
    package internal(set) var stream: Int?
    package internal(set) var sender = Side.responder
    package internal(set) var data: DataFacts?
    /// What came out of the transfer mode's or structure's coding; nil where there is none and the bytes are the file's.
    package internal(set) var content: ContentEnd?
    package internal(set) var state = State.cut
    /// Why it is not complete.
    package internal(set) var cause: Cause?
    /// Whether the session's state has been written into it.
    var isSettled = false

    package enum Kind: String, Sendable, Hashable { case download, upload, listing }

    package enum State: String, Sendable, Hashable, CaseIterable {
        /// The server said so (2yz) and the data connection ended as it should.
        case complete
        /// ABOR, or an error reply after the transfer had begun.
        case aborted
        /// It ended in the middle, or its end is not in the capture, and nobody said that it was complete.
        case cut
        /// The data connection could not be made.
        case blocked
        /// The server refused before anything moved (4yz, 5yz).
        case refused
    }

    /// What kept a transfer from being complete.
    package enum Cause: String, Sendable, Hashable, CaseIterable {
        /// The client sent ABOR.
        case abortCommand
        /// The server gave up (451, 452, 552 …), or refused to begin.
        case serverReply
        /// The data connection was closed before its end; the server said so (426).
        case dataConnectionClosed
        /// The data connection was reset.
        case dataConnectionReset
        /// The control connection ended first.
        case controlConnectionEnded
        /// The capture ends first.
        case captureEnds
        /// The server's replies are not in the capture.
        case repliesNotCaptured
        /// The SYN of the data connection was never answered.
        case dataConnectionUnanswered
        /// It was answered with RST.
        case dataConnectionRefused
        /// Nobody tried to connect.
        case nobodyConnected
    }

    package var isUpload: Bool { kind == .upload }

    /// How many bytes of the file were moved, as far as that can be told.
    package var movedBytes: Int64 { content?.bytes ?? data?.bytes ?? 0 }

    /// Whether MODE or STRU put something else on the wire than the file's bytes.
    var isCoded: Bool {
        (parameters.mode != .stream || parameters.structure == .record) && data?.isEncrypted == false
    }
}

/// The settings that hold for transfers (RFC 959 §3.1, §3.3, §3.4; RFC 2228 §3).
package struct TransferParameters: Sendable, Hashable {
    package var type = RepresentationType.initial
    package var structure = FileStructure.initial
    package var mode = TransferMode.initial
    package var protection = ProtectionLevel.initial
}
