import Bytes
import Dissection
import FTPProtocol

/// What the sessions say about the frames of a capture: ``FTPFacts``, and which of them each frame has.
///
/// Every frame of a session asks: lists are found by number, and none is copied.
final class FTPFactsTable: Sendable {
    let facts: FTPFacts
    private let streams: [OfStream]
    /// By session, in the order of the frames; -1 where the directory is not known.
    private let changes: [[Mark]]
    /// By session: where transfers are asked for, and where their data connections are agreed on.
    private let commands: [[Mark]]
    private let agreements: [[Mark]]
    /// Of one data stream after the other, in the order of the commands.
    private let transfers: [Int]

    /// What is known of a stream, control and data.
    private struct OfStream: Sendable, BitwiseCopyable {
        var session: Int32 = -1
        /// Where in ``transfers`` those of a data stream begin, and how many there are.
        var first: UInt32 = 0
        var count: UInt32 = 0
        /// Whether they are of several sessions.
        var isShared = false
    }

    init(_ story: Story) {
        let parts = Concurrent.map(story.sessions.indices, pieces: 64) { range in
            range.map { OfSession(story.sessions[$0], story) }
        }.flatMap { $0 }
        changes = parts.map(\.changes)
        commands = parts.map(\.commands)
        agreements = parts.map(\.agreements)
        var streams = [OfStream](repeating: OfStream(), count: story.index.streams.count)
        func claim(_ stream: Int, _ session: Int) {
            if streams[stream].session < 0 { streams[stream].session = Int32(truncatingIfNeeded: session) }
        }
        for session in story.sessions {
            for stream in session.unreadableConnections { claim(stream, session.id) }
            for negotiation in session.negotiations {
                for stream in negotiation.streams { claim(stream, session.id) }
            }
        }
        for session in story.sessions { streams[session.stream].session = Int32(truncatingIfNeeded: session.id) }
        var transfers: [(stream: Int, transfer: Int)] = []
        for id in story.transfers.indices {
            let session = story.transfers[id].session
            guard let number = story.transfers[id].negotiation else { continue }
            for stream in story.sessions[session].negotiations[number].streams { transfers.append((stream, id)) }
        }
        transfers.sort { ($0.stream, $0.transfer) < ($1.stream, $1.transfer) }
        for (place, entry) in transfers.enumerated() {
            if streams[entry.stream].count == 0 { streams[entry.stream].first = UInt32(truncatingIfNeeded: place) }
            streams[entry.stream].count += 1
            let first = transfers[Int(streams[entry.stream].first)].transfer
            if story.transfers[first].session != story.transfers[entry.transfer].session {
                streams[entry.stream].isShared = true
            }
        }
        self.streams = streams
        self.transfers = transfers.map(\.transfer)
        facts = FTPFacts(
            parts.flatMap(\.facts), users: parts.map(\.user), directories: parts.map(\.directories),
            answers: parts.flatMap(\.answers), told: parts.flatMap(\.told))
    }

    func reference(_ frame: UInt32, control stream: Int) -> FTPReference {
        var reference = FTPReference()
        let session = Int(streams[stream].session)
        guard session >= 0 else { return reference }
        reference.session = session
        reference.directory = changes[session].last(upTo: frame)
        reference.transfer = commands[session].first(in: frame)
        reference.agreed = agreements[session].first(in: frame)
        return reference
    }

    /// Of several transfers over one connection (RFC 959 §3.4.2) the one whose command came last.
    func reference(_ frame: UInt32, data stream: Int) -> FTPReference {
        var reference = FTPReference()
        let known = streams[stream]
        if known.session >= 0 { reference.session = Int(known.session) }
        guard let transfer = latest(known, upTo: frame, where: { _ in true }) else { return reference }
        reference.transfer = transfer
        let session = facts.transfers[transfer].session
        reference.session = session
        if known.isShared {
            reference.partner = latest(known, upTo: frame) { facts.transfers[$0].session != session }
        }
        return reference
    }

    private func latest(_ known: OfStream, upTo frame: UInt32, where isMeant: (Int) -> Bool) -> Int? {
        let first = Int(known.first)
        if known.count == 1 { return isMeant(transfers[first]) ? transfers[first] : nil }
        let candidates = transfers[first..<first + Int(known.count)]
        return candidates.last { isMeant($0) && (facts.transfers[$0].commandFrame ?? 0) <= frame }
            ?? candidates.first(where: isMeant)
    }
}

/// What is so from a frame on, or in a frame: the number of a directory or of a transfer.
private struct Mark: Sendable, BitwiseCopyable {
    let frame: UInt32
    let number: Int
}

extension [Mark] {
    fileprivate func last(upTo frame: UInt32) -> Int? {
        let next = partitioningIndex { $0.frame > frame }
        guard next > 0, self[next - 1].number >= 0 else { return nil }
        return self[next - 1].number
    }

    fileprivate func first(in frame: UInt32) -> Int? {
        let place = partitioningIndex { $0.frame >= frame }
        return place < count && self[place].frame == frame ? self[place].number : nil
    }

    /// By frame; several of one frame as they were, as the sort is stable.
    fileprivate mutating func arrange() {
        for place in indices.dropFirst() where self[place].frame < self[place - 1].frame {
            return sort { $0.frame < $1.frame }
        }
    }
}

/// What one session says; made of each by itself.
private struct OfSession: Sendable {
    let user: String?
    private(set) var directories: [String] = []
    private(set) var changes: [Mark] = []
    private(set) var commands: [Mark] = []
    private(set) var agreements: [Mark] = []
    private(set) var facts: [FTPFacts.Transfer] = []
    private(set) var answers: [FTPFacts.Answer] = []
    private(set) var told: [(frame: UInt32, transfer: Int)] = []

    init(_ session: Session, _ story: Story) {
        user = session.user.map { displayText($0) }
        for change in session.directories {
            changes.append(Mark(frame: change.frame, number: change.path == nil ? -1 : directories.count))
            if let path = change.path { directories.append(displayText(path)) }
        }
        for id in session.transfers { add(story.transfers[id], of: session) }
        commands.arrange()
        agreements.arrange()
        var answered = Set<Int>()
        for step in session.steps {
            guard case .reply(_, let command?, let latency) = step.kind else { continue }
            let isFirst = answered.insert(command).inserted
            answers.append(
                FTPFacts.Answer(
                    request: session.steps[command].frame, reply: step.frame, time: isFirst ? latency : nil))
        }
    }

    private mutating func add(_ transfer: Transfer, of session: Session) {
        var facts = FTPFacts.Transfer()
        facts.say(transfer)
        for step in [transfer.commandStep, transfer.preliminaryStep, transfer.finalStep] {
            guard let step else { continue }
            let (first, last) = (session.steps[step].frame, session.steps[step].lastFrame)
            told.append((first, transfer.id))
            if last != first { told.append((last, transfer.id)) }
        }
        if let number = transfer.negotiation, let verb = session.negotiations[number].verb {
            facts.setupFrame = session.negotiations[number].frame
            // Wireshark's name for EPSV.
            facts.setupMethod = verb == "EPSV" ? "EPASV" : verb.description
            // The first transfer after an agreement is the one that it was made for.
            agreements.append(Mark(frame: session.negotiations[number].frame, number: transfer.id))
        }
        if let step = transfer.commandStep, case .command(_, let line, _) = session.steps[step].kind {
            facts.command = displayText(line.text)
            facts.commandFrame = session.steps[step].frame
            facts.directory = changes.last(upTo: session.steps[step].frame).map { directories[$0] }
            commands.append(Mark(frame: session.steps[step].frame, number: transfer.id))
        }
        facts.data = transfer.data.flatMap(FTPFacts.DataConnection.init)
        self.facts.append(facts)
    }
}

extension FTPFacts.DataConnection {
    /// Nil where no data was seen.
    fileprivate init?(_ data: DataFacts) {
        guard let first = data.firstFrame, let last = data.lastFrame, data.segments > 0 else { return nil }
        let span = max(0, (data.lastTime ?? 0) - (data.firstTime ?? 0))
        self.init(
            firstFrame: first, lastFrame: last, frames: UInt32(clamping: data.segments),
            bytes: UInt32(clamping: data.bytes), duration: UInt32(clamping: span / 1_000_000))
    }
}

extension FTPFacts.Transfer {
    /// Takes over what Wharf's own fields say, in the words of its JSON.
    fileprivate mutating func say(_ transfer: Transfer) {
        session = transfer.session
        path = displayText(transfer.path)
        direction = transfer.kind.rawValue
        state = transfer.state.rawValue
        guard let data = transfer.data else { return }
        bytes = UInt64(clamping: transfer.movedBytes)
        guard let duration = data.duration, duration > 0 else { return }
        rate = UInt64(max(0, min(Double(data.bytes) * 1e9 / Double(duration), 1e18)))
    }
}
