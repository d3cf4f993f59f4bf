package import Bytes
package import FTPProtocol

/// An agreement on where the next data connection will be listened for.
package struct Negotiation: Sendable, Hashable {
    /// The command that asked for it; nil for the default data port (RFC 959 §3.2), which nobody has to ask for.
    package let verb: Verb?
    /// The frame that settled it: PORT's own, or that of PASV's reply.
    package let frame: UInt32
    /// The session's step that settled it; nil where nothing that the capture has did.
    package internal(set) var step: Int?
    /// The frame from which on it holds and the one before it does not: for PORT that of the reply.
    var effectiveFrame: UInt32
    /// Whether the server listens.
    package let isPassive: Bool
    /// What was said; an EPSV reply says no address, which stands for the server's. Nil when it was not captured, or
    /// cannot be read.
    package let announced: Endpoint?
    /// The six numbers of PORT and PASV.
    package let hostPort: HostPort?
    /// Where the connection may really go: to what was said, or to the port that was said at the control connection's
    /// own host, when a router in between rewrote addresses or the client distrusted them.
    package let candidates: [Endpoint]
    /// Whether the listener is announced on a host that has no part in this control connection: FXP, or an attack.
    package let isThirdParty: Bool
    /// Whether its connection was found by elimination: what was said is not in the capture, and between the two hosts
    /// there was just one new connection that nothing else explains.
    package internal(set) var isInferred = false
    /// The data connections that answered it, the one that carried data first.
    package internal(set) var streams: [Int] = []

    init(
        _ verb: Verb?, frame: UInt32, isPassive: Bool, announced: Endpoint?, hostPort: HostPort? = nil, owner: Endpoint
    ) {
        self.verb = verb
        self.frame = frame
        effectiveFrame = frame
        self.isPassive = isPassive
        self.announced = announced
        self.hostPort = hostPort
        guard let announced else {
            candidates = []
            isThirdParty = false
            return
        }
        let atOwner = Endpoint(owner.address, announced.port)
        candidates = announced == atOwner ? [announced] : [announced, atOwner]
        isThirdParty = announced.address != owner.address
    }
}
