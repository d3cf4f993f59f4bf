import Bytes
import Dissection
import FTPProtocol

/// What the sessions say about the frames of a capture: ``FTPFacts``, and which of them each frame has.
struct FTPFactsTable: Sendable {
    let facts: FTPFacts
    /// By control stream, in the order of the frames; -1 where the directory is not known.
    private var changes: [Int: [(frame: UInt32, directory: Int)]] = [:]
    /// By data stream, in the order of the commands.
    private var transfers: [Int: [Int]] = [:]
    private var commands: [UInt32: Int] = [:]
    private var agreements: [UInt32: Int] = [:]
    /// The data streams of transfers of several sessions.
    private var shared: Set<Int> = []
    /// By stream, control and data: whose it is.
    private var sessions: [Int: Int] = [:]

    init(_ story: Story) {
        var directories: [String] = []
        for session in story.sessions where !session.directories.isEmpty {
            changes[session.stream] = session.directories.map { change in
                guard let path = change.path else { return (change.frame, -1) }
                directories.append(displayText(path))
                return (change.frame, directories.count - 1)
            }
        }
        var told: [(frame: UInt32, transfer: Int)] = []
        var answers: [FTPFacts.Answer] = []
        for session in story.sessions {
            for stream in session.negotiations.flatMap(\.streams) + session.unreadableConnections
            where sessions[stream] == nil {
                sessions[stream] = session.id
            }
            answers += Self.answers(session)
        }
        for session in story.sessions { sessions[session.stream] = session.id }
        var all: [FTPFacts.Transfer] = []
        all.reserveCapacity(story.transfers.count)
        for transfer in story.transfers {
            let session = story.sessions[transfer.session]
            var facts = FTPFacts.Transfer()
            facts.say(transfer)
            for step in [transfer.commandStep, transfer.preliminaryStep, transfer.finalStep] {
                guard let step else { continue }
                let frames = Set([session.steps[step].frame, session.steps[step].lastFrame])
                told += frames.map { ($0, all.count) }
            }
            if let number = transfer.negotiation {
                let negotiation = session.negotiations[number]
                if let verb = negotiation.verb {
                    facts.setupFrame = negotiation.frame
                    // Wireshark's name for EPSV.
                    facts.setupMethod = verb == "EPSV" ? "EPASV" : verb.description
                    // The first transfer after an agreement is the one that it was made for.
                    if agreements[negotiation.frame] == nil { agreements[negotiation.frame] = all.count }
                }
                for stream in negotiation.streams where transfers[stream]?.last != all.count {
                    if let other = transfers[stream]?.last, all[other].session != transfer.session {
                        shared.insert(stream)
                    }
                    transfers[stream, default: []].append(all.count)
                }
            }
            if let step = transfer.commandStep, case .command(_, let line, _) = session.steps[step].kind {
                facts.command = displayText(line.text)
                facts.commandFrame = session.steps[step].frame
                if commands[session.steps[step].frame] == nil { commands[session.steps[step].frame] = all.count }
            }
            if let frame = facts.commandFrame, let known = changes[session.stream],
                let directory = Self.last(known, upTo: frame)
            {
                facts.directory = directories[directory]
            }
            facts.data = transfer.data.flatMap { Self.connection($0) }
            all.append(facts)
        }
        facts = FTPFacts(
            all, directories, users: story.sessions.map { $0.user.map { displayText($0) } }, answers: answers,
            told: told)
    }

    private static func answers(_ session: Session) -> [FTPFacts.Answer] {
        var answered = Set<Int>()
        return session.steps.compactMap { step in
            guard case .reply(_, let command?, let latency) = step.kind else { return nil }
            return FTPFacts.Answer(
                request: session.steps[command].frame, reply: step.frame,
                time: answered.insert(command).inserted ? latency : nil)
        }
    }

    private static func connection(_ data: DataFacts) -> FTPFacts.DataConnection? {
        guard let first = data.firstFrame, let last = data.lastFrame, data.segments > 0 else { return nil }
        let span = max(0, (data.lastTime ?? 0) - (data.firstTime ?? 0))
        return FTPFacts.DataConnection(
            firstFrame: first, lastFrame: last, frames: UInt32(clamping: data.segments),
            bytes: UInt32(clamping: data.bytes), duration: UInt32(clamping: span / 1_000_000))
    }

    func reference(_ frame: UInt32, control stream: Int) -> FTPReference {
        var reference = FTPReference()
        reference.directory = changes[stream].flatMap { Self.last($0, upTo: frame) }
        reference.transfer = commands[frame]
        reference.agreed = agreements[frame]
        reference.session = sessions[stream]
        return reference
    }

    /// Of several transfers over one connection (RFC 959 §3.4.2) the one whose command came last.
    func reference(_ frame: UInt32, data stream: Int) -> FTPReference {
        var reference = FTPReference()
        reference.session = sessions[stream]
        guard let candidates = transfers[stream] else { return reference }
        func latest(_ isMeant: (Int) -> Bool) -> Int? {
            candidates.last { isMeant($0) && (facts.transfers[$0].commandFrame ?? 0) <= frame }
                ?? candidates.first(where: isMeant)
        }
        guard let transfer = latest({ _ in true }) else { return reference }
        let session = facts.transfers[transfer].session
        reference.transfer = transfer
        reference.session = session
        if shared.contains(stream) { reference.partner = latest { facts.transfers[$0].session != session } }
        return reference
    }

    private static func last(_ changes: [(frame: UInt32, directory: Int)], upTo frame: UInt32) -> Int? {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle].frame <= frame { low = middle + 1 } else { high = middle }
        }
        guard low > 0, changes[low - 1].directory >= 0 else { return nil }
        return changes[low - 1].directory
    }
}

extension FTPFacts.Transfer {
    /// Takes over what Wharf's own fields say, in the words of its JSON.
    fileprivate mutating func say(_ transfer: Transfer) {
        session = transfer.session
        path = displayText(transfer.path)
        direction = "\(transfer.kind)"
        state = "\(transfer.state)"
        guard let data = transfer.data else { return }
        bytes = UInt64(clamping: transfer.movedBytes)
        guard let duration = data.duration, duration > 0 else { return }
        rate = UInt64(max(0, min(Double(data.bytes) * 1e9 / Double(duration), 1e18)))
    }
}
