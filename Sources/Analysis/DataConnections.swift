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

    /// How many of one session's negotiations for one endpoint are compared, before and after a connection's first
    /// frame: a server with a single passive port announces it again and again.
    private static let window = 64

    /// Of each endpoint, the expectations session by session, each session's in the order of its frames.
    private var expected: [Endpoint: [[Expectation]]] = [:]

    mutating func expect(_ session: Session) {
        for (index, negotiation) in session.negotiations.enumerated() {
            for candidate in negotiation.candidates {
                let expectation = Expectation(
                    session: session.id, negotiation: index, frame: negotiation.frame,
                    isExact: candidate == negotiation.announced,
                    caller: negotiation.isPassive ? session.client.address : session.server.address)
                add(expectation, at: candidate)
            }
        }
    }

    private mutating func add(_ expectation: Expectation, at endpoint: Endpoint) {
        let last = (expected[endpoint]?.count ?? 0) - 1
        if last >= 0, expected[endpoint]?[last].first?.session == expectation.session {
            expected[endpoint]?[last].append(expectation)
        } else {
            expected[endpoint, default: []].append([expectation])
        }
    }

    /// Those of a session that may be meant by a connection that begins with `frame`.
    private static func near(_ frame: UInt32, _ expectations: [Expectation]) -> ArraySlice<Expectation> {
        var range = 0..<expectations.count
        guard range.count > 2 * window else { return expectations[...] }
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = expectations[middle].frame <= frame ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return expectations[max(0, range.lowerBound - window)..<min(expectations.count, range.lowerBound + window)]
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
            for expectation in expectations.lazy.flatMap({ Self.near(stream.firstFrame, $0) }) {
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
