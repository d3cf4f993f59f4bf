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

    init(_ story: Story) {
        var directories: [String] = []
        for session in story.sessions where !session.directories.isEmpty {
            changes[session.stream] = session.directories.map { change in
                guard let path = change.path else { return (change.frame, -1) }
                directories.append(displayText(path))
                return (change.frame, directories.count - 1)
            }
        }
        var all: [FTPFacts.Transfer] = []
        all.reserveCapacity(story.transfers.count)
        for transfer in story.transfers {
            let session = story.sessions[transfer.session]
            var facts = FTPFacts.Transfer()
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
        facts = FTPFacts(all, directories)
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
        return reference
    }

    /// Of several transfers over one connection (RFC 959 §3.4.2) the one whose command came last.
    func reference(_ frame: UInt32, data stream: Int) -> FTPReference {
        var reference = FTPReference()
        guard let candidates = transfers[stream] else { return reference }
        reference.transfer =
            candidates.last { (facts.transfers[$0].commandFrame ?? 0) <= frame } ?? candidates.first
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
