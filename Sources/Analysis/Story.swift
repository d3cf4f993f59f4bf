import Bytes
import Dissection
package import FTPProtocol

/// All of a capture's FTP: sessions, transfers, and the files that they moved.
package struct Story: Sendable {
    package let index: CaptureIndex
    package private(set) var sessions: [Session] = []
    package private(set) var transfers: [Transfer] = []
    package private(set) var files: [FileAssembly] = []
    /// Whether checksums are to be computed when asked for: they read every transferred byte again.
    package var hasChecksums = true

    /// Finds and reads every FTP session of an indexed capture.
    package init(_ index: CaptureIndex) {
        self.index = index
        var connections = DataConnections()
        var explained = Set<Int>()
        var encrypted: [HostPair: [Int]] = [:]
        for (number, stream) in index.streams.enumerated() {
            // A data connection may carry a file that reads like a session: what was negotiated is not sniffed.
            let matches = connections.matches(stream) { index.frames[Int($0)].time }
            if !matches.isEmpty {
                for match in matches { tie(number, to: match.negotiation, of: match.session) }
                explained.insert(number)
                continue
            }
            let evidence = ControlEvidence(number, in: index)
            if evidence.isFTP {
                explained.insert(number)
                let session = read(number, client: evidence.client)
                connections.expect(session, stream)
                if session.security != .clear { encrypted[HostPair(stream), default: []].append(session.id) }
            } else if let candidates = encrypted[HostPair(stream)] {
                guard isEncrypted(stream) else { continue }
                for session in candidates where isDataOf(sessions[session], number) {
                    sessions[session].unreadableConnections.append(number)
                }
            }
        }
        tieByElimination(explained)
        concludeAll()
        files = FileAssembly.join(self)
    }

    /// Whether the first bytes of the side that opened the connection are a TLS record.
    private func isEncrypted(_ stream: TCPStream) -> Bool {
        let frame = stream.sides.initiator.firstData
        return frame != FrameRecord.none && index.beginsWithTLS(frame)
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
        var observer = SessionObserver(session, stream) { frames[Int($0)].time }
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

    /// Where what was negotiated is not in the capture, a single new connection between the two hosts that nothing else
    /// explains must be the one; two leave it open.
    private mutating func tieByElimination(_ explained: Set<Int>) {
        let unsaid = transfers.filter { transfer in
            guard let number = transfer.negotiation else { return false }
            let negotiation = sessions[transfer.session].negotiations[number]
            return negotiation.streams.isEmpty && negotiation.announced == nil
                && sessions[transfer.session].security == .clear
        }
        guard !unsaid.isEmpty else { return }
        let free = Dictionary(grouping: index.streams.indices.filter { !explained.contains($0) }) {
            HostPair(index.streams[$0])
        }
        var taken = Set<Int>()
        for transfer in unsaid {
            guard let number = transfer.negotiation else { continue }
            let session = sessions[transfer.session]
            let begin = index.frames[Int(session.negotiations[number].frame)].time
            let end = transfer.finalStep.map { index.frames[Int(session.steps[$0].lastFrame)].time } ?? .max
            // A connection that was open already when the capture began has no SYN here.
            let candidates = (free[HostPair(index.streams[session.stream])] ?? []).filter { candidate in
                let stream = index.streams[candidate]
                return !taken.contains(candidate) && stream.isEstablished && stream.firstTime <= end
                    && stream.lastTime >= begin && (stream.firstTime >= begin || !session.hasBeginning)
            }
            guard candidates.count == 1 else { continue }
            taken.insert(candidates[0])
            sessions[transfer.session].negotiations[number].streams = candidates
            sessions[transfer.session].negotiations[number].isInferred = true
        }
    }

    private func isDataOf(_ session: Session, _ number: Int) -> Bool {
        let (control, stream) = (index.streams[session.stream], index.streams[number])
        return stream.firstTime <= control.lastTime && stream.initiator.port != 21 && stream.responder.port != 21
    }

    private mutating func concludeAll() {
        // Of each negotiation the last transfer: a search in every transfer's turn would be quadratic.
        var last = sessions.map { [Int?](repeating: nil, count: $0.negotiations.count) }
        for transfer in transfers {
            if let number = transfer.negotiation { last[transfer.session][number] = transfer.id }
        }
        var measured: Measured?
        for id in transfers.indices {
            let isLast = transfers[id].negotiation.map { last[transfers[id].session][$0] == id } ?? false
            conclude(id, isLast: isLast, &measured)
        }
    }

    /// What was measured last: in block mode many transfers share one connection.
    private struct Measured {
        let stream: Int
        let sender: Side
        let facts: DataFacts
    }

    /// Gives a transfer its data connection, its numbers and its state.
    private mutating func conclude(_ id: Int, isLast: Bool, _ measured: inout Measured?) {
        let session = sessions[transfers[id].session]
        if let number = transfers[id].negotiation {
            let negotiation = session.negotiations[number]
            // A refused command leaves its connection to the next one.
            if let stream = negotiation.streams.first, isLast || transfers[id].preliminaryStep != nil {
                transfers[id].stream = stream
                transfers[id].sender = sender(of: transfers[id], negotiation, stream)
                let sender = transfers[id].sender
                if measured?.stream != stream || measured?.sender != sender {
                    let facts = index.dataFacts(of: stream, sender: sender)
                    measured = Measured(stream: stream, sender: sender, facts: facts)
                }
                transfers[id].data = measured?.facts
            }
        }
        (transfers[id].state, transfers[id].cause) = TransferState.of(transfers[id], session, index)
        if transfers[id].isCoded { transfers[id].content = readContent(of: transfers[id]) { _ in } }
    }

    private mutating func sender(of transfer: Transfer, _ negotiation: Negotiation, _ stream: Int) -> Side {
        let record = index.streams[stream]
        let server: Side
        if let announced = negotiation.announced, !negotiation.isInferred {
            let listens =
                !record.hasSYN && (negotiation.candidates.contains(record.initiator) || record.initiator == announced)
            let listener: Side = listens ? .initiator : .responder
            server = negotiation.isPassive ? listener : listener.other
        } else {
            server = record.initiator.address == sessions[transfer.session].server.address ? .initiator : .responder
        }
        if transfer.verb == nil, transfer.kind != .listing {
            // The command was not captured: the data says which way it went.
            let isUpload = record.sides[server.other].payloadBytes > record.sides[server].payloadBytes
            transfers[transfer.id].kind = isUpload ? .upload : .download
            return isUpload ? server.other : server
        }
        return transfer.isUpload ? server.other : server
    }

    /// A reply's code and first line.
    package func reply(_ step: Int?, of session: Int) -> Reply? {
        guard let step, case .reply(let reply, _, _) = sessions[session].steps[step].kind else { return nil }
        return reply
    }
}
