import Bytes
package import FTPProtocol

/// One command that moved, or should have moved, bytes over a data connection.
package struct Transfer: Sendable {
    /// From 0 on, over all sessions, in the order of their commands.
    package internal(set) var id: Int
    package let session: Int
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
    /// The data connection's stream number.
    package internal(set) var stream: Int?
    package internal(set) var sender = Side.responder
    package internal(set) var data: DataFacts?
    package internal(set) var state = State.unfinished
    /// Whether the session's state has been written into it.
    var isSettled = false

    package enum Kind: Sendable, Hashable { case download, upload, listing }

    package enum State: Sendable, Hashable, CaseIterable {
        /// The server said so (2yz) and the data connection ended as it should.
        case complete
        /// ABOR, or an error reply after the transfer had begun.
        case aborted
        /// One of the connections ended in the middle and nobody said that it was complete.
        case cut
        /// The data connection could not be made.
        case blocked
        /// The server refused before anything moved (4yz, 5yz).
        case refused
        /// The capture ends first.
        case unfinished
    }

    package var isUpload: Bool { kind == .upload }
}

/// The settings that hold for transfers (RFC 959 §3.1, §3.3, §3.4; RFC 2228 §3).
package struct TransferParameters: Sendable, Hashable {
    package var type = RepresentationType.initial
    package var structure = FileStructure.initial
    package var mode = TransferMode.initial
    package var protection = ProtectionLevel.initial
}
