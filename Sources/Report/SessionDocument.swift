import Analysis
import Bytes
import Dissection
import FTPProtocol

struct SessionDocument: Encodable {
    struct TLS: Encodable {
        let version: String?
        let cipherSuite: String?
        let serverName: String?
        let alpnOffered: [String]
        let alpnChosen: String?
        let certificateSubject: String?
        let certificateIssuer: String?

        init(_ facts: TLSFacts) {
            version = facts.version.map { TLSNames.version($0) }
            cipherSuite = facts.cipherSuite.map { TLSNames.cipherSuite($0) }
            serverName = facts.serverName.map { displayText($0.utf8) }
            alpnOffered = facts.offeredProtocols.map { displayText($0.utf8) }
            alpnChosen = facts.chosenProtocol.map { displayText($0.utf8) }
            certificateSubject = facts.certificate.map { displayText($0.subject.utf8) }
            certificateIssuer = facts.certificate.map { displayText($0.issuer.utf8) }
        }
    }

    let id: Int
    let tcpStream: Int
    let client: EndpointDocument
    let server: EndpointDocument
    let connection: ConnectionDocument
    let serverSoftware: String?
    let clientSoftware: String?
    let system: String?
    let user: String?
    let password: String?
    let anonymous: Bool
    let loggedIn: Bool
    let security: String
    let tls: TLS?
    let outcome: String
    let hasBeginning: Bool
    let missingBytes: Int64
    let directory: String?
    let unreadableDataStreams: [Int]
    let negotiations: [NegotiationDocument]
    let transfers: [Int]
    let steps: [StepDocument]

    init(_ session: Session, _ story: Story, showsSecrets: Bool) {
        id = session.id + 1
        tcpStream = session.stream
        client = EndpointDocument(session.client, story.index.names)
        server = EndpointDocument(session.server, story.index.names)
        connection = ConnectionDocument(session.stream, story.index)
        serverSoftware = session.serverSoftware
        clientSoftware = session.clientSoftware.map { displayText($0) }
        system = session.system.map { displayText($0) }
        user = session.user.map { displayText($0) }
        password = session.password.map { showsSecrets || !session.isPasswordSecret ? displayText($0) : Secrets.mask }
        anonymous = session.isAnonymous
        loggedIn = session.isLoggedIn
        security =
            switch session.security {
            case .clear:
                switch session.decrypted {
                case nil, .clear: "clear"
                case .explicitTLS: "explicit_tls_decrypted"
                case .implicitTLS: "implicit_tls_decrypted"
                }
            case .explicitTLS: "explicit_tls"
            case .implicitTLS: "implicit_tls"
            }
        tls = session.tls.map { TLS($0) }
        outcome =
            switch session.outcome {
            case .open: "open"
            case .quit: "quit"
            case .closedByServer: "closed_by_server"
            case .closedByClient: "closed_by_client"
            case .resetByServer: "reset_by_server"
            case .resetByClient: "reset_by_client"
            case .refused: "refused"
            case .unanswered: "unanswered"
            }
        hasBeginning = session.hasBeginning
        missingBytes = session.missingBytes
        directory = session.directory.map { displayText($0) }
        unreadableDataStreams = session.unreadableConnections
        negotiations = session.negotiations.filter { $0.verb != nil || !$0.streams.isEmpty }
            .map { NegotiationDocument($0, story.index) }
        transfers = session.transfers.map { $0 + 1 }
        steps = session.steps.map { StepDocument($0, session, story.index, showsSecrets: showsSecrets) }
    }
}

/// A TCP connection in numbers.
struct ConnectionDocument: Encodable {
    let tcpStream: Int
    let initiator: EndpointDocument
    let responder: EndpointDocument
    let firstFrame: UInt32
    let lastFrame: UInt32
    let startTime: Seconds
    let endTime: Seconds
    let established: Bool
    let handshake: Seconds?
    let initiatorInitialSequence: UInt32?
    let responderInitialSequence: UInt32?
    let initiatorMss: UInt16?
    let responderMss: UInt16?
    let initiatorWindowScale: UInt8?
    let responderWindowScale: UInt8?
    let initiatorFrames: UInt32
    let responderFrames: UInt32
    let initiatorPayloadBytes: UInt64
    let responderPayloadBytes: UInt64

    init(_ number: Int, _ index: CaptureIndex) {
        let stream = index.streams[number]
        tcpStream = number
        initiator = EndpointDocument(stream.initiator)
        responder = EndpointDocument(stream.responder)
        firstFrame = stream.firstFrame + 1
        lastFrame = stream.lastFrame + 1
        startTime = Seconds(stream.firstTime)
        endTime = Seconds(stream.lastTime)
        established = stream.isEstablished
        handshake = Seconds(stream.handshakeTime)
        let (own, other) = (stream.sides.initiator, stream.sides.responder)
        initiatorInitialSequence = own.initialSequence
        responderInitialSequence = other.initialSequence
        initiatorMss = own.maximumSegmentSize
        responderMss = other.maximumSegmentSize
        initiatorWindowScale = own.windowScale
        responderWindowScale = other.windowScale
        initiatorFrames = own.frames
        responderFrames = other.frames
        initiatorPayloadBytes = own.payloadBytes
        responderPayloadBytes = other.payloadBytes
    }
}

struct NegotiationDocument: Encodable {
    let verb: String?
    let frame: UInt32
    let mode: String
    let announced: EndpointDocument?
    let inferred: Bool
    let arithmetic: String?
    let thirdParty: Bool
    let connections: [ConnectionDocument]

    init(_ negotiation: Negotiation, _ index: CaptureIndex) {
        verb = negotiation.verb?.description
        frame = negotiation.frame + 1
        mode = negotiation.isPassive ? "passive" : "active"
        announced = negotiation.announced.map { EndpointDocument($0) }
        inferred = negotiation.isInferred
        arithmetic = negotiation.hostPort?.arithmetic
        thirdParty = negotiation.isThirdParty
        connections = negotiation.streams.map { ConnectionDocument($0, index) }
    }
}

struct StepDocument: Encodable {
    let frame: UInt32
    let lastFrame: UInt32
    let time: Seconds
    let kind: String
    let from: String?
    var verb: String?
    var argument: String?
    var code: UInt16?
    var lines: [String]?
    var complete: Bool?
    var answersFrame: UInt32?
    var latency: Seconds?
    var text: String?
    var missingBytes: Int64?
    var truncated: Bool?
    var telnet: [String]?

    init(_ step: Step, _ session: Session, _ index: CaptureIndex, showsSecrets: Bool) {
        frame = step.frame + 1
        lastFrame = step.lastFrame + 1
        time = Seconds(index.frames[Int(step.frame)].time)
        switch step.kind {
        case .command(let command, let line, let isSecret):
            (kind, from) = ("command", "client")
            verb = command.verb.description
            argument = Secrets.argument(of: command, isMasked: isSecret && !showsSecrets)
            truncated = line.isTruncated ? true : nil
            telnet = line.telnet.isEmpty ? nil : line.telnet.map(\.description)
        case .reply(let reply, let answers, let span):
            (kind, from) = ("reply", "server")
            code = reply.code.rawValue
            lines = reply.lines.map { displayText($0) }
            complete = reply.isComplete
            answersFrame = answers.map { session.steps[$0].frame + 1 }
            latency = Seconds(span)
        case .unreadable(let line, let fromClient, let isSecret):
            (kind, from) = ("unreadable", fromClient ? "client" : "server")
            text = isSecret && !showsSecrets ? Secrets.mask : displayText(line.text)
            truncated = line.isTruncated ? true : nil
        case .gap(let count, let fromClient):
            (kind, from) = ("gap", fromClient ? "client" : "server")
            missingBytes = count
        case .encrypted: (kind, from) = ("encrypted", nil)
        case .clear: (kind, from) = ("clear", nil)
        }
    }
}
