import Dissection
import Bytes
package import FTPProtocol

/// All of a capture's FTP: sessions, transfers, and the files that they moved.
package struct Story: Sendable {
    package let index: CaptureIndex
    package private(set) var sessions: [Session] = []
    package private(set) var transfers: [Transfer] = []
    package private(set) var files: [FileAssembly] = []

    /// Finds and reads every FTP session of an indexed capture.
    package init(_ index: CaptureIndex) {
        self.index = index
        var connections = DataConnections()
        var encrypted: [HostPair: [Int]] = [:]
        for (number, stream) in index.streams.enumerated() {
            // A data connection may carry a file that reads like a session: what was negotiated is not sniffed.
            let matches = connections.matches(stream) { index.frames[Int($0)].time }
            if !matches.isEmpty {
                for match in matches { tie(number, to: match.negotiation, of: match.session) }
                continue
            }
            let evidence = ControlEvidence(number, in: index)
            if evidence.isFTP {
                let session = read(number, client: evidence.client)
                connections.expect(session)
                if session.security != .clear { encrypted[HostPair(stream), default: []].append(session.id) }
            } else if let candidates = encrypted[HostPair(stream)] {
                for session in candidates where isDataOf(sessions[session], number) {
                    sessions[session].unreadableConnections.append(number)
                }
            }
        }
        for transfer in transfers.indices { conclude(transfer) }
        files = FileAssembly.join(self)
    }

    /// The two hosts of a connection, whoever opened it.
    private struct HostPair: Hashable {
        let addresses: Set<IPAddress>

        init(_ stream: TCPStream) {
            addresses = [stream.initiator.address, stream.responder.address]
        }
    }

    private mutating func read(_ number: Int, client: Side) -> Session {
        let stream = index.streams[number]
        var session = Session(
            id: sessions.count, stream: number, client: stream.endpoint(client), server: stream.endpoint(client.other),
            clientSide: client)
        session.hasBeginning = stream.sides[client].flags.contains(.syn)
        let frames = index.frames
        var observer = SessionObserver(session) { frames[Int($0)].time }
        var conversation = ControlConversation()
        conversation.read(number, in: index) { observer.take($0) }
        observer.finish()
        observer.note(conversation.tls, stream)
        session = observer.session
        for var transfer in observer.transfers {
            transfer.id = transfers.count
            session.transfers.append(transfer.id)
            transfers.append(transfer)
        }
        sessions.append(session)
        return session
    }

    private mutating func tie(_ stream: Int, to negotiation: Int, of session: Int) {
        let isFirstWithData =
            index.streams[stream].payloadBytes > 0
            && !sessions[session].negotiations[negotiation].streams.contains { index.streams[$0].payloadBytes > 0 }
        if isFirstWithData || sessions[session].negotiations[negotiation].streams.isEmpty {
            sessions[session].negotiations[negotiation].streams.insert(stream, at: 0)
        } else {
            sessions[session].negotiations[negotiation].streams.append(stream)
        }
    }

    private func isDataOf(_ session: Session, _ number: Int) -> Bool {
        let (control, stream) = (index.streams[session.stream], index.streams[number])
        guard stream.firstTime <= control.lastTime, stream.initiator.port != 21, stream.responder.port != 21 else {
            return false
        }
        return index.dataFacts(of: number, sender: .initiator, limit: 16).isEncrypted
    }

    /// Gives a transfer its data connection, its numbers and its state.
    private mutating func conclude(_ id: Int) {
        let session = sessions[transfers[id].session]
        if let number = transfers[id].negotiation {
            let negotiation = session.negotiations[number]
            // A refused command leaves its connection to the next one.
            let isLast = session.transfers.last { transfers[$0].negotiation == number } == id
            if let stream = negotiation.streams.first, isLast || transfers[id].preliminaryStep != nil {
                transfers[id].stream = stream
                transfers[id].sender = sender(of: transfers[id], negotiation, stream)
                let facts = index.dataFacts(of: stream, sender: transfers[id].sender)
                transfers[id].data = facts
            }
        }
        if transfers[id].verb == nil, let data = transfers[id].data, data.bytes == 0, transfers[id].kind == .download,
            let stream = transfers[id].stream, index.streams[stream].payloadBytes > 0
        {
            // The command was not captured: the data says which way it went.
            transfers[id].kind = .upload
            transfers[id].sender = transfers[id].sender.other
            transfers[id].data = index.dataFacts(of: stream, sender: transfers[id].sender)
        }
        transfers[id].state = TransferState.of(transfers[id], session, index)
    }

    private func sender(of transfer: Transfer, _ negotiation: Negotiation, _ stream: Int) -> Side {
        let record = index.streams[stream]
        let listener: Side =
            !record.hasSYN && negotiation.candidates.contains(record.initiator) ? .initiator : .responder
        let server = negotiation.isPassive ? listener : listener.other
        return transfer.isUpload ? server.other : server
    }

    /// A reply's code and first line.
    package func reply(_ step: Int?, of session: Int) -> Reply? {
        guard let step, case .reply(let reply, _, _) = sessions[session].steps[step].kind else { return nil }
        return reply
    }
}
