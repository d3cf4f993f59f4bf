package import Bytes

/// What happens to a session of a server.
package enum ServerEvent: Sendable {
    /// The control connection is there.
    case connected
    case line(ControlLine)
    case performed(FileResult)
    case authenticated(Authentication)
    /// The port for the next data connection is open, at this place as seen from the client.
    case listening(Endpoint)
    case notListening
    /// Nobody made use of the port, and it is closed again.
    case portExpired
    case prepared(PreparedTransfer)
    case notPrepared(FileError)
    /// The client sent a restart marker of its own, which stands for this byte of the file (RFC 959 §3.5).
    case marker([UInt8], UInt64)
    case transferEnded(TransferOutcome)
    /// The answer to ``ServerAction/selectHost(_:)``.
    case hostSelected(ServerPolicy?)
    /// The TLS handshake of the control connection is done.
    case secured
    /// The TLS layer is taken off (CCC).
    case unsecured
    /// Nothing was said for too long.
    case idle
    /// The server is about to stop.
    case shutdown
    /// Answers ``ServerAction/askSessions``: one line for each session, without its end.
    case sessions([[UInt8]])
}

/// What a session wants to be done, in this order.
package enum ServerAction: Sendable {
    case reply(Reply)
    case perform(FileRequest)
    case authenticate(user: [UInt8], password: [UInt8])
    /// Opens a port for the client to connect to; `inV4` if the reply can only name an IPv4 address.
    case listen(inV4: Bool)
    /// Closes what was opened by ``listen(inV4:)`` and not used.
    case stopListening
    /// Opens the file and answers by ``ServerEvent/prepared(_:)``.
    case prepare(TransferRequest)
    /// Moves what was prepared.
    case move
    /// End the transfer, or the work on files, that is under way.
    case abort
    case selectHost([UInt8])
    case startTLS
    case stopTLS
    /// If the client ends TLS right now, or goes on without it, so does the server.
    case letTLSEnd
    case setIdleLimit(seconds: Int)
    case askSessions
    /// Forget who was logged in.
    case loggedOut
    /// Forget the idle limit that was asked for, and the site that HOST has chosen.
    case reinitialize
    case close
}

/// What came of a login.
package enum Authentication: Sendable, Hashable {
    /// In, with the directory to begin in.
    case accepted(directory: ServerPath, message: String?)
    case rejected
    /// A limit, which may have passed later.
    case refused(Phrase)
}
