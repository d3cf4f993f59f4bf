@testable import Analysis
import Bytes
import Dissection

/// A client and a server whose segments a test writes down one by one, and the follower that takes them. Numbers count
/// from each side's first; every segment comes a millisecond after the one before unless it says otherwise.
struct Talk {
    static let client = Endpoint(IPAddress("192.0.2.1")!, 40000)
    static let server = Endpoint(IPAddress("192.0.2.2")!, 9999)

    private(set) var follower = StreamFollower()
    var clientBase: UInt32 = 1_000_000
    var serverBase: UInt32 = 5_000_000
    /// Nanoseconds.
    private(set) var time: Int64 = 1_700_000_000_000_000_000
    private(set) var frame: UInt32 = 0
    private let hash = PairHash()

    typealias Taken = (place: StreamFollower.Place, analysis: SequenceAnalysis)

    var streams: Streams { follower.streams }
    /// What the follower keeps of the first stream.
    var state: StreamState { follower.table[0] }

    @discardableResult
    mutating func client(
        _ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32 = 0, length: UInt32 = 0,
        window: UInt16 = 20_000, options: [UInt8] = [], after span: Int64 = 1_000_000
    ) -> Taken {
        let draft = SegmentDraft(
            flags: flags, sequence: clientBase &+ sequence,
            acknowledgment: flags.contains(.ack) ? serverBase &+ acknowledgment : 0, length: length, window: window,
            options: options)
        return take(draft, from: Self.client, to: Self.server, after: span)
    }

    @discardableResult
    mutating func server(
        _ flags: TCPFlags, _ sequence: UInt32, _ acknowledgment: UInt32 = 0, length: UInt32 = 0,
        window: UInt16 = 20_000, options: [UInt8] = [], after span: Int64 = 1_000_000
    ) -> Taken {
        let draft = SegmentDraft(
            flags: flags, sequence: serverBase &+ sequence,
            acknowledgment: flags.contains(.ack) ? clientBase &+ acknowledgment : 0, length: length, window: window,
            options: options)
        return take(draft, from: Self.server, to: Self.client, after: span)
    }

    mutating func take(_ draft: SegmentDraft, from: Endpoint, to: Endpoint, after span: Int64 = 1_000_000) -> Taken {
        time += span
        var draft = draft
        (draft.frame, draft.time) = (frame, time)
        frame += 1
        return follower.take(draft.header, from: from, to: to, hash: hash(from, to))
    }

    /// Frames 0 to 2; the round trip takes 10 ms.
    mutating func handshake(client: [UInt8] = [], server: [UInt8] = []) {
        self.client(.syn, 0, options: client)
        self.server(.synACK, 0, 1, options: server, after: 9_000_000)
        self.client(.ack, 1, 1)
    }
}

extension TCPAnalysis.Flags {
    /// Those that say something about sequence numbers, without those that only name SYN, FIN and RST.
    var judgments: TCPAnalysis.Flags { intersection(.ofSequences) }
}
