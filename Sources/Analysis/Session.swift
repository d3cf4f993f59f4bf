package import Bytes
package import Dissection
package import FTPProtocol

/// One FTP control connection and everything that was said on it.
package struct Session: Sendable {
    /// From 0 on, in the order of first frames; people see it plus one.
    package internal(set) var id: Int
    /// The control connection's stream number.
    package let stream: Int
    package let client: Endpoint
    package let server: Endpoint
    /// Which side of the stream the client is.
    package let clientSide: Side
    package internal(set) var steps: [Step] = []
    /// Indexes into the story's transfers.
    package internal(set) var transfers: [Int] = []
    package internal(set) var negotiations: [Negotiation] = []

    /// As said in USER; nil when nothing was said or it was said encrypted.
    package internal(set) var user: [UInt8]?
    /// As said in PASS.
    package internal(set) var password: [UInt8]?
    /// Whether that is to be masked; what an anonymous user gives as a password is no secret (RFC 1635).
    package internal(set) var isPasswordSecret = true
    package internal(set) var isLoggedIn = false
    /// What the server calls itself: `vsFTPd 3.0.3`.
    package internal(set) var serverSoftware: String?
    /// The reply to SYST.
    package internal(set) var system: [UInt8]?
    /// What CLNT said.
    package internal(set) var clientSoftware: [UInt8]?
    package internal(set) var security = Security.clear
    /// Set where TLS was in use, and what was said inside stands here in clear all the same: whoever wrote the capture had it
    /// from an end of the connection, as `wharf serve --record` does. Then ``security`` is `clear`.
    package internal(set) var decrypted: Security?
    package internal(set) var tls: TLSFacts?
    package internal(set) var outcome = Outcome.open
    /// Whether the capture holds the connection's beginning.
    package internal(set) var hasBeginning = true
    /// How many bytes of each direction the capture lacks.
    package internal(set) var missingBytes: Int64 = 0
    /// The directory that the client was in at the end, if it is known.
    package internal(set) var directory: [UInt8]?
    /// Where the client was, from which frame on.
    package internal(set) var directories: [DirectoryChange] = []
    /// Connections between the same two hosts that began encrypted while this session was: surely some of its data
    /// connections, but what was negotiated for them cannot be read.
    package internal(set) var unreadableConnections: [Int] = []

    package struct DirectoryChange: Sendable {
        package let frame: UInt32
        /// Nil while it is not known.
        package let path: [UInt8]?
    }

    package enum Security: Sendable, Hashable {
        case clear
        /// TLS asked for by AUTH (RFC 4217 §4).
        case explicitTLS
        /// TLS from the first byte, on a port of its own.
        case implicitTLS
    }

    /// How the control connection came to its end.
    package enum Outcome: Sendable, Hashable {
        /// The capture ends, or what would tell was not captured.
        case open
        /// QUIT and 221.
        case quit
        /// The server said 421 or closed by itself.
        case closedByServer
        case closedByClient
        case resetByServer
        case resetByClient
        /// The server's host answered the SYN with RST.
        case refused
        /// Nobody answered the SYN.
        case unanswered
    }

    /// RFC 1635: the names that ask for anonymous access.
    package var isAnonymous: Bool {
        guard let user else { return false }
        let name = String(decoding: user, as: UTF8.self).lowercased()
        return name == "anonymous" || name == "ftp"
    }
}

/// One thing that happened in a session, in the order in which it did.
package struct Step: Sendable {
    /// Index of the frame in which it began and of the one that completed it.
    package let frame: UInt32
    package let lastFrame: UInt32
    package let kind: Kind

    package enum Kind: Sendable {
        /// `isSecret` says that the argument is to be masked.
        case command(Command, line: ControlLine, isSecret: Bool)
        /// `answers` is the step of the command, `latency` the nanoseconds since it was complete.
        case reply(Reply, answers: Int?, latency: Int64?)
        /// A line that is neither.
        /// It is secret where it may be a piece of a password.
        case unreadable(ControlLine, fromClient: Bool, isSecret: Bool)
        /// Bytes that the capture lacks.
        case gap(Int64, fromClient: Bool)
        /// TLS begins; what it says of itself is in the session.
        case encrypted
        /// TLS was taken off again (CCC).
        case clear
    }
}
