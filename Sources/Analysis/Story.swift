import Bytes
import Dissection
package import FTPProtocol

/// All of a capture's FTP: sessions, transfers, and the files that they moved.
package struct Story: Sendable {
    package let index: CaptureIndex
    package private(set) var sessions: [Session] = []
    package private(set) var transfers: [Transfer] = []
    /// Put together whenever it is asked for.
    package var files: [FileAssembly] { FileAssembly.join(self) }
    /// Whether checksums are to be computed when asked for: they read every transferred byte again.
    package var hasChecksums = true

    /// Streams whose readings are made at a time, so that those of hostile captures do not pile up.
    private static let streamsAtATime = 1 << 14
    private static let transfersAtATime = 1 << 13

    /// Finds and reads every FTP session of an indexed capture.
    package init(_ index: CaptureIndex) {
        self.init(connectionsOf: index)
        concludeAll()
    }

    /// What is known so far of a capture that is still coming.
    init(_ index: CaptureIndex, _ sessions: [Session], _ transfers: [Transfer]) {
        self.index = index
        self.sessions = sessions
        self.transfers = transfers
        hasChecksums = false
    }

    /// Finds every session and its data connections, and concludes nothing of the transfers.
    init(connectionsOf index: CaptureIndex) {
        self.index = index
        var connections = DataConnections()
        var explained = [Bool](repeating: false, count: index.streams.count)
        var encrypted: [HostPair: [Int]] = [:]
        for start in stride(from: 0, to: index.streams.count, by: Self.streamsAtATime) {
            let range = start..<min(start + Self.streamsAtATime, index.streams.count)
            var readings = SessionReading.all(of: range, in: index)[...]
            for number in range {
                let stream = index.streams[number]
                let reading = readings.first?.session.stream == number ? readings.popFirst() : nil
                // A data connection may carry a file that reads like a session: what was negotiated is not sniffed.
                let matches = connections.matches(stream) { index.frames[Int($0)].time }
                if !matches.isEmpty {
                    for match in matches { sessions[match.session].tie(number, to: match.negotiation, in: index) }
                    explained[number] = true
                } else if let reading {
                    explained[number] = true
                    add(reading)
                    let session = sessions[sessions.count - 1]
                    connections.expect(session, stream)
                    if session.security != .clear { encrypted[HostPair(stream), default: []].append(session.id) }
                } else if !encrypted.isEmpty, let candidates = encrypted[HostPair(stream)], index.isEncrypted(stream) {
                    for session in candidates where sessions[session].mayHave(stream, in: index) {
                        sessions[session].unreadableConnections.append(number)
                    }
                }
            }
        }
        tieByElimination(explained)
    }

    private mutating func add(_ reading: SessionReading) {
        var session = reading.session
        session.id = sessions.count
        session.transfers = Array(transfers.count..<transfers.count + reading.transfers.count)
        transfers += reading.transfers
        for id in session.transfers {
            transfers[id].id = id
            transfers[id].session = session.id
        }
        sessions.append(session)
    }

    /// Where what was negotiated is not in the capture, a single new connection between the two hosts that nothing else
    /// explains must be the one; two leave it open.
    private mutating func tieByElimination(_ explained: [Bool]) {
        let unsaid = transfers.filter { transfer in
            sessions[transfer.session].isUnsaid(transfer)
        }
        guard !unsaid.isEmpty else { return }
        let free = Dictionary(grouping: index.streams.indices.filter { !explained[$0] }) {
            HostPair(index.streams[$0])
        }
        var taken = Set<Int>()
        for transfer in unsaid {
            let pair = HostPair(index.streams[sessions[transfer.session].stream])
            let candidates = (free[pair] ?? []).filter { !taken.contains($0) }
            if let stream = sessions[transfer.session].infer(transfer, from: candidates, in: index) {
                taken.insert(stream)
            }
        }
    }

    private mutating func concludeAll() {
        let (index, sessions) = (index, sessions)
        // Of each negotiation the last transfer: a search in every transfer's turn would be quadratic.
        let last = sessions.map { session in
            var last = [Int?](repeating: nil, count: session.negotiations.count)
            for id in session.transfers { if let number = transfers[id].negotiation { last[number] = id } }
            return last
        }
        for start in stride(from: 0, to: transfers.count, by: Self.transfersAtATime) {
            let some = Array(transfers[start..<min(start + Self.transfersAtATime, transfers.count)])
            let concluded = Concurrent.map(some.indices, pieces: 256) { range in
                var conclusion = TransferConclusion(index)
                return some[range].map { transfer in
                    var transfer = transfer
                    let isLast = transfer.negotiation.map { last[transfer.session][$0] == transfer.id } ?? false
                    conclusion.conclude(&transfer, of: sessions[transfer.session], isLast: isLast)
                    return transfer
                }
            }
            for transfer in concluded.joined() { transfers[transfer.id] = transfer }
        }
        for id in transfers.indices where transfers[id].isCoded {
            transfers[id].content = readContent(of: transfers[id]) { _ in }
        }
    }

    /// A reply's code and first line.
    package func reply(_ step: Int?, of session: Int) -> Reply? {
        guard let step, case .reply(let reply, _, _) = sessions[session].steps[step].kind else { return nil }
        return reply
    }
}
