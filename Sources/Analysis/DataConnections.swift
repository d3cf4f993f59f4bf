import Bytes

/// Ties data connections to the negotiations that announced them: by the endpoint that was agreed on, never by what
/// happens to lie beside it in time.
struct DataConnections {
    private struct Expectation {
        let session: Int
        let negotiation: Int
        let isPassive: Bool
        let frame: UInt32
        let isExact: Bool
        /// Who should connect.
        let caller: IPAddress
    }

    /// Of a session's negotiations, the frames from which on they do not hold any more: something else was agreed on, or
    /// the session was over.
    private struct Ends {
        var frames: [UInt32] = []
        /// Those from here on still hold.
        var firstOpen = 0

        mutating func close(at frame: UInt32) {
            for number in firstOpen..<frames.count { frames[number] = frame }
            firstOpen = frames.count
        }
    }

    /// How far a data connection's first frame may stand before the frame that negotiated it: captures from several
    /// interfaces or queues put frames into a wrong order, by milliseconds.
    private static let reorderingTolerance: Int64 = 500_000_000

    /// Of each endpoint, what is still expected there.
    private var expected: [Endpoint: [Expectation]] = [:]

    /// By session.
    private var ends: [Ends] = []

    /// Expects all connections of a session that is read to its end.
    ///
    /// - Parameter control: the session's stream.
    mutating func expect(_ session: Session, _ control: TCPStream) {
        for number in session.negotiations.indices { expect(number, of: session) }
        let last = Side.allCases.flatMap { [control.sides[$0].finFrame, control.sides[$0].resetFrame] }
        if last.contains(where: { $0 != FrameRecord.none }) { end(session, at: control.lastFrame) }
    }

    /// Expects the connection of a session's next negotiation.
    mutating func expect(_ number: Int, of session: Session) {
        let negotiation = session.negotiations[number]
        while ends.count <= session.id { ends.append(Ends()) }
        if negotiation.verb != nil { ends[session.id].close(at: negotiation.effectiveFrame) }
        ends[session.id].frames.append(.max)
        for candidate in negotiation.candidates {
            expected[candidate, default: []].append(
                Expectation(
                    session: session.id, negotiation: number, isPassive: negotiation.isPassive,
                    frame: negotiation.frame, isExact: candidate == negotiation.announced,
                    caller: negotiation.isPassive ? session.client.address : session.server.address))
        }
    }

    /// Expects nothing any more of a session.
    mutating func end(_ session: Session, at frame: UInt32) {
        guard session.id < ends.count else { return }
        ends[session.id].close(at: frame)
    }

    /// The negotiations that a stream answers: one, or for FXP the one that listens and the one that connects.
    ///
    /// Streams come in the order of their first frames. A negotiation that has its connection expects no other.
    mutating func matches(
        _ stream: TCPStream, time: (UInt32) -> Int64
    ) -> [(session: Int, negotiation: Int, listener: Side)] {
        // Where the handshake is missing either end may be the one that listened.
        for side in stream.hasSYN ? [Side.responder] : [.responder, .initiator] {
            let endpoint = stream.endpoint(side)
            guard var list = expected[endpoint] else { continue }
            list.removeAll { ends[$0.session].frames[$0.negotiation] < stream.firstFrame }
            let caller = stream.endpoint(side.other).address
            var best: [(rank: (fit: Int, closeness: Int64), index: Int)?] = [nil, nil]
            for (index, expectation) in list.enumerated() {
                guard let age = age(of: expectation, for: stream, time) else { continue }
                let rank = ((expectation.isExact ? 2 : 0) + (expectation.caller == caller ? 1 : 0), -age)
                let role = expectation.isPassive ? 0 : 1
                if let known = best[role], known.rank > rank { continue }
                // Of equal ones the session's last one is meant.
                if let known = best[role], known.rank == rank, list[known.index].session != expectation.session {
                    continue
                }
                best[role] = (rank, index)
            }
            var found = best.compactMap { $0 }.sorted { $0.rank > $1.rank }
            // A second session has a part in it only if it named just this endpoint.
            if found.count == 2, found[1].rank.fit < 2 || list[found[0].index].session == list[found[1].index].session {
                found.removeLast()
            }
            let matches = found.map { (list[$0.index].session, list[$0.index].negotiation, side) }
            if stream.isEstablished {
                for index in found.map(\.index).sorted(by: >) { list.remove(at: index) }
            }
            expected[endpoint] = list
            if !matches.isEmpty { return matches.sorted { $0.0 < $1.0 } }
        }
        return []
    }

    /// Nanoseconds from the negotiation to the connection; nil when the connection cannot be meant.
    private func age(of expectation: Expectation, for stream: TCPStream, _ time: (UInt32) -> Int64) -> Int64? {
        let age = stream.firstTime - time(expectation.frame)
        if expectation.frame <= stream.firstFrame { return max(0, age) }
        // A connection that was under way before the capture saw the negotiation cannot have come from it, one a
        // moment too early can.
        return age >= -Self.reorderingTolerance ? Self.reorderingTolerance - age : nil
    }
}
