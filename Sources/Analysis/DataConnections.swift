import Bytes

/// Ties data connections to the negotiations that announced them: by the endpoint that was agreed on, never by what
/// happens to lie beside it in time.
struct DataConnections {
    private struct Expectation {
        let session: Int
        let negotiation: Int
        let frame: UInt32
        let isExact: Bool
        /// Who should connect.
        let caller: IPAddress
    }

    /// How far a data connection's first frame may stand before the frame that negotiated it: captures from several
    /// interfaces or queues put frames into a wrong order, by milliseconds.
    private static let reorderingTolerance: Int64 = 500_000_000

    private var expected: [Endpoint: [Expectation]] = [:]

    mutating func expect(_ session: Session) {
        for (index, negotiation) in session.negotiations.enumerated() {
            for candidate in negotiation.candidates {
                expected[candidate, default: []].append(
                    Expectation(
                        session: session.id, negotiation: index, frame: negotiation.frame,
                        isExact: candidate == negotiation.announced,
                        caller: negotiation.isPassive ? session.client.address : session.server.address))
            }
        }
    }

    /// The negotiations that a stream answers: one of each session that announced its listener (two for FXP).
    func matches(
        _ stream: TCPStream, time: (UInt32) -> Int64
    ) -> [(session: Int, negotiation: Int, listener: Side)] {
        // Where the handshake is missing either end may be the one that listened.
        for side in stream.hasSYN ? [Side.responder] : [.responder, .initiator] {
            guard let expectations = expected[stream.endpoint(side)] else { continue }
            let caller = stream.endpoint(side.other).address
            var best: [Int: (rank: (Int, Int64), negotiation: Int)] = [:]
            for expectation in expectations {
                guard let age = age(of: expectation, for: stream, time) else { continue }
                let fit = (expectation.isExact ? 2 : 0) + (expectation.caller == caller ? 1 : 0)
                let rank = (fit, -age)
                if let known = best[expectation.session], known.rank >= rank { continue }
                best[expectation.session] = (rank, expectation.negotiation)
            }
            guard let top = best.values.map(\.rank.0).max() else { continue }
            // A session that announced just this endpoint outranks one whose own host merely has the same port.
            return best.filter { $0.value.rank.0 >= min(top, 2) }
                .map { ($0.key, $0.value.negotiation, side) }
                .sorted { $0.session < $1.session }
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
