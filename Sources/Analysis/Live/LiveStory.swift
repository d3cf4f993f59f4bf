import Bytes
import Dissection
package import FTPProtocol

/// Tells of FTP while it happens: reads frames as they come, and says what they add to the story.
///
/// It goes by the same rules as ``Story``, which knows the whole capture, but judges as soon as it can: bytes that do not
/// come are given up after a while, and a transfer is concluded when its final reply is there and its data connection
/// over.
package struct LiveStory {
    /// Something to tell. What has been told does not change any more.
    package enum Event: Hashable, Sendable {
        case session(Int)
        case step(Int, ofSession: Int)
        /// How it ended.
        case transfer(Int)
        case end(session: Int)
    }

    /// What a stream has turned out to be.
    private enum Role: UInt8 { case open, control, data, other }

    /// Of those that go on, by stream.
    private var readings: [Int: LiveReading] = [:]
    /// By number; what is said on them lies with their readings until they are over, and then no longer.
    private var sessions: [Session] = []
    private var transfers: [Transfer] = []
    private var connections = DataConnections()
    /// By stream.
    private var roles: [Role] = []
    /// Connections to FTP's own ports on which nothing has been said yet, and that were not made yet.
    private var silent: [Int] = []
    /// By their hosts: those that nothing has explained yet, and some that were explained meanwhile.
    private var unexplained: [HostPair: [Int]] = [:]
    /// By their hosts, those with TLS.
    private var encrypted: [HostPair: [Int]] = [:]
    private var taken = 0

    /// Frames by which a stream has shown whether it is a control connection.
    private static let frameLimit = 256
    /// A connection to FTP's port is told of even if nothing is said on it for so long, in nanoseconds.
    private static let patienceWithSilence: Int64 = 1_000_000_000
    /// The same, if the server's host has not answered: SYNs are sent again after 1, 3, 7 and 15 seconds (RFC 6298 §5.7).
    private static let patienceWithAttempts: Int64 = 30_000_000_000
    /// After its final reply a transfer's data connection is waited for no longer.
    private static let patienceWithData: Int64 = 1_000_000_000

    package init() {}

    /// Takes the frames that have come since the last time.
    ///
    /// - Parameters:
    ///   - time: now, in nanoseconds since 1970.
    ///   - isLast: whether nothing more will come: all that is open is told.
    ///   - tell: called with one event after another, in the order of their frames. The story holds what is known of
    ///     the sessions and transfers that are told of, and is not kept.
    package mutating func take(
        _ index: CaptureIndex, at time: Int64, isLast: Bool = false, tell: (Story, Event) -> Void
    ) {
        forgetFinished()
        let touched = read(index).union(silent)
        silent = []
        for stream in readings.keys.sorted() {
            guard var reading = readings.removeValue(forKey: stream) else { continue }
            reading.giveUp(at: time, in: index)
            if isLast || index.streams[stream].isOver { reading.finish(in: index) }
            note(&reading)
            readings[stream] = reading
        }
        for stream in touched.sorted() { judge(stream, at: time, isLast: isLast, in: index) }
        var events: [(frame: UInt32, event: Event)] = []
        for stream in readings.keys.sorted() {
            guard var reading = readings.removeValue(forKey: stream) else { continue }
            collect(&reading, at: time, in: index, &events)
            readings[stream] = reading
        }
        guard !events.isEmpty else { return }
        self.tell(events, index, tell)
    }

    // MARK: - Frames

    /// Hands new frames to the readings; returns the streams that may become something.
    private mutating func read(_ index: CaptureIndex) -> Set<Int> {
        while roles.count < index.streams.count {
            unexplained[HostPair(index.streams[roles.count]), default: []].append(roles.count)
            roles.append(.open)
        }
        var touched = Set<Int>()
        for number in taken..<index.frames.count {
            guard let stream = index.frames[number].stream else { continue }
            switch roles[stream] {
            case .control: readings[stream]?.take(UInt32(truncatingIfNeeded: number), in: index)
            case .open: touched.insert(stream)
            case .data, .other: break
            }
        }
        taken = index.frames.count
        return touched
    }

    // MARK: - Streams

    private mutating func judge(_ number: Int, at time: Int64, isLast: Bool, in index: CaptureIndex) {
        let stream = index.streams[number]
        let isSilent = stream.payloadBytes == 0
        // Some servers say that they accept PORT when they have connected already: before there is data, what is agreed on
        // may not be known.
        if !isSilent || stream.isOver, match(number, stream, index) { return }
        let patience = stream.isEstablished ? Self.patienceWithSilence : Self.patienceWithAttempts
        if !isSilent || isLast || stream.isOver || time - stream.firstTime >= patience {
            let evidence = ControlEvidence(number, in: index)
            if evidence.isFTP { return begin(number, evidence.client, isLast: isLast, in: index) }
        }
        if isSilent, !stream.isOver {
            if stream.responder.port == 21 { silent.append(number) }
        } else if stream.isOver || stream.frames > Self.frameLimit {
            settle(number, stream, index)
        }
    }

    private mutating func match(_ number: Int, _ stream: TCPStream, _ index: CaptureIndex) -> Bool {
        let matches = connections.matches(stream) { index.frames[Int($0)].time }
        guard !matches.isEmpty else { return false }
        roles[number] = .data
        for match in matches {
            let control = sessions[match.session].stream
            readings[control]?.session.tie(number, to: match.negotiation, in: index)
        }
        return true
    }

    /// A stream that is no control connection and that nobody agreed on.
    private mutating func settle(_ number: Int, _ stream: TCPStream, _ index: CaptureIndex) {
        roles[number] = .other
        guard let candidates = encrypted[HostPair(stream)], index.isEncrypted(stream) else { return }
        for session in candidates {
            let control = sessions[session].stream
            guard readings[control]?.session.mayHave(stream, in: index) == true else { continue }
            readings[control]?.session.unreadableConnections.append(number)
        }
    }

    private mutating func begin(_ number: Int, _ client: Side, isLast: Bool, in index: CaptureIndex) {
        roles[number] = .control
        var reading = LiveReading(number, client: client, id: sessions.count, in: index)
        sessions.append(reading.session)
        index.forEachFrame(of: number) { reading.take($0, in: index) }
        if isLast || index.streams[number].isOver { reading.finish(in: index) }
        note(&reading)
        readings[number] = reading
    }

    // MARK: - Sessions

    /// Takes over what a session has agreed on and asked for since the last time.
    private mutating func note(_ reading: inout LiveReading) {
        let id = reading.session.id
        while reading.knownNegotiations < reading.session.negotiations.count {
            connections.expect(reading.knownNegotiations, of: reading.session)
            reading.knownNegotiations += 1
        }
        for number in reading.session.transfers.count..<reading.observer.transfers.count {
            var transfer = reading.observer.transfers[number]
            (transfer.id, transfer.session) = (transfers.count, id)
            transfers.append(transfer)
            reading.session.transfers.append(transfer.id)
            reading.open.append((transfer.id, number))
        }
        if reading.session.security != .clear, !reading.isKnownEncrypted {
            reading.isKnownEncrypted = true
            let pair = HostPair(reading.session.client.address, reading.session.server.address)
            encrypted[pair, default: []].append(id)
        }
    }

    private mutating func collect(
        _ reading: inout LiveReading, at time: Int64, in index: CaptureIndex,
        _ events: inout [(frame: UInt32, event: Event)]
    ) {
        let id = reading.session.id
        let stream = index.streams[reading.stream]
        if !reading.isAnnounced {
            reading.isAnnounced = true
            events.append((stream.firstFrame, .session(id)))
        }
        let end = reading.tellableSteps(at: time, in: index)
        // Steps keep their order, whatever their frames are.
        var frame: UInt32 = 0
        while reading.toldSteps < end {
            frame = max(frame, reading.session.steps[reading.toldSteps].lastFrame)
            events.append((frame, .step(reading.toldSteps, ofSession: id)))
            reading.toldSteps += 1
        }
        conclude(&reading, at: time, in: index, &events)
        if reading.isOver {
            findSilent(&reading, in: index)
            connections.end(reading.session, at: stream.lastFrame)
            events.append((stream.lastFrame, .end(session: id)))
        }
    }

    private mutating func conclude(
        _ reading: inout LiveReading, at time: Int64, in index: CaptureIndex,
        _ events: inout [(frame: UInt32, event: Event)]
    ) {
        var open: [(id: Int, number: Int)] = []
        for (id, number) in reading.open {
            var transfer = reading.observer.transfer(number)
            (transfer.id, transfer.session) = (id, reading.session.id)
            guard isDue(transfer, reading, at: time, in: index) else {
                open.append((id, number))
                continue
            }
            find(transfer, &reading, in: index)
            let later = reading.observer.transfers[(number + 1)...]
            var conclusion = TransferConclusion(index)
            conclusion.conclude(
                &transfer, of: reading.session, isLast: !later.contains { $0.negotiation == transfer.negotiation })
            transfers[id] = transfer
            let frame = transfer.finalStep.map { reading.session.steps[$0].lastFrame }
            events.append((frame ?? index.streams[reading.stream].lastFrame, .transfer(id)))
        }
        reading.open = open
    }

    /// Whether nothing more is to be learned of a transfer.
    private func isDue(
        _ transfer: Transfer, _ reading: LiveReading, at time: Int64, in index: CaptureIndex
    ) -> Bool {
        if reading.isOver { return true }
        guard let step = transfer.finalStep, step < reading.toldSteps else { return false }
        guard case .reply(let reply, _, _) = reading.session.steps[step].kind,
            reply.code.rawValue < 400 || transfer.preliminaryStep != nil
        else { return true }
        let streams = transfer.negotiation.map { reading.session.negotiations[$0].streams } ?? []
        if !streams.isEmpty, streams.allSatisfy({ index.streams[$0].isOver }) { return true }
        return time - index.frames[Int(reading.session.steps[step].lastFrame)].time >= Self.patienceWithData
    }

    /// Looks for the data connection of a transfer among those that never were made, and those that nothing explains.
    private mutating func find(_ transfer: Transfer, _ reading: inout LiveReading, in index: CaptureIndex) {
        guard let number = transfer.negotiation, reading.session.negotiations[number].streams.isEmpty else { return }
        findSilent(&reading, in: index)
        guard reading.session.isUnsaid(transfer) else { return }
        let free = unexplained[HostPair(index.streams[reading.stream])] ?? []
        if let stream = reading.session.infer(transfer, from: free, in: index) { roles[stream] = .data }
    }

    /// Ties the connections to a session that were never made, or on which nothing was sent.
    private mutating func findSilent(_ reading: inout LiveReading, in index: CaptureIndex) {
        let pair = HostPair(index.streams[reading.stream])
        for stream in unexplained[pair] ?? []
        where roles[stream] == .open && index.streams[stream].payloadBytes == 0 {
            for match in connections.matches(index.streams[stream], time: { index.frames[Int($0)].time })
            where match.session == reading.session.id {
                roles[stream] = .data
                reading.session.tie(stream, to: match.negotiation, in: index)
            }
        }
        unexplained[pair]?.removeAll { roles[$0] == .control || roles[$0] == .data }
    }

    /// A transfer that is under way.
    package struct Running: Sendable {
        package let id: Int
        package let verb: Verb?
        package let path: [UInt8]
        /// That have been sent, without what was sent again.
        package let bytes: Int64
        /// What the server has announced.
        package let size: Int64?
    }

    /// The transfers that data is coming of, in the order of their commands.
    package func running(in index: CaptureIndex) -> [Running] {
        readings.values.flatMap { reading in
            reading.open.compactMap { id, number -> Running? in
                let transfer = reading.observer.transfer(number)
                let stream = transfer.negotiation.flatMap { reading.session.negotiations[$0].streams.first }
                guard transfer.preliminaryStep != nil, transfer.finalStep == nil, let stream else { return nil }
                let sides = index.streams[stream].sides
                // Those that were cut count too: ``SideFacts/newBytes`` leaves them out.
                let bytes = Side.allCases.map { sides[$0].payloadBytes &- sides[$0].retransmittedBytes }.max() ?? 0
                return Running(
                    id: id, verb: transfer.verb, path: transfer.path, bytes: Int64(clamping: bytes),
                    size: transfer.announcedSize.map { max(0, $0 - (transfer.offset ?? 0)) })
            }
        }
        .sorted { $0.id < $1.id }
    }

    // MARK: - Telling

    private mutating func tell(
        _ events: [(frame: UInt32, event: Event)], _ index: CaptureIndex, _ tell: (Story, Event) -> Void
    ) {
        let streams = Array(readings.keys)
        for stream in streams { lend(stream) }
        do {
            let story = Story(index, sessions, transfers)
            // What happened in one frame stays in its order: the sort is stable.
            for (_, event) in events.sorted(by: { $0.frame < $1.frame }) { tell(story, event) }
        }
        for stream in streams { lend(stream) }
    }

    /// Those that are over are kept until the next frames come, for whoever wants to know about the last ones.
    private mutating func forgetFinished() {
        for (stream, reading) in readings where reading.isOver {
            readings[stream] = nil
            roles[stream] = .other
        }
    }

    /// What speaks in the streams of some frames, as far as it is known by now.
    func applications(in frames: Range<Int>, of index: CaptureIndex) -> ApplicationTable {
        let streams = Set(frames.compactMap { index.frames[$0].stream })
        var (sessions, transfers): ([Session], [Transfer]) = ([], [])
        for reading in readings.values.sorted(by: { $0.stream < $1.stream }) {
            var session = reading.session
            session.id = sessions.count
            session.transfers = []
            for number in reading.observer.transfers.indices {
                var transfer = reading.observer.transfers[number]
                guard let negotiation = transfer.negotiation,
                    session.negotiations[negotiation].streams.contains(where: streams.contains)
                else { continue }
                (transfer.id, transfer.session) = (transfers.count, session.id)
                session.transfers.append(transfer.id)
                transfers.append(transfer)
            }
            sessions.append(session)
        }
        return ApplicationTable(Story(index, sessions, transfers), of: streams)
    }

    /// Swaps what a reading and the list of all know of a session: nothing is copied when there is one of it.
    private mutating func lend(_ stream: Int) {
        guard var reading = readings.removeValue(forKey: stream) else { return }
        swap(&sessions[reading.session.id], &reading.session)
        readings[stream] = reading
    }
}

extension TCPStream {
    /// Whether both sides have said their last word, or one has said it for both.
    fileprivate var isOver: Bool {
        Side.allCases.contains { sides[$0].resetFrame != FrameRecord.none }
            || Side.allCases.allSatisfy { sides[$0].finFrame != FrameRecord.none }
    }
}
