package import FTPProtocol

/// What a capture's FTP sessions asked for and were answered, counted.
package struct FTPStatistics: Sendable {
    /// One command: how often it was given, and how long the server took to answer it.
    package struct CommandRow: Sendable {
        package let verb: Verb
        package internal(set) var count = 0
        /// Nanoseconds to the first reply, shortest first.
        package internal(set) var replyTimes: [Int64] = []

        package var minimum: Int64? { replyTimes.first }
        package var maximum: Int64? { replyTimes.last }
        package var median: Int64? { quantile(50) }
        package var ninetieth: Int64? { quantile(90) }

        /// By nearest rank: a time that was measured, never one between two.
        private func quantile(_ percent: Int) -> Int64? {
            guard !replyTimes.isEmpty else { return nil }
            return replyTimes[(replyTimes.count * percent + 99) / 100 - 1]
        }
    }

    package struct ReplyRow: Sendable {
        package let code: ReplyCode
        package let count: Int
    }

    /// The transfers of one kind.
    package struct TransferRow: Sendable {
        package let kind: Transfer.Kind
        package internal(set) var states: [Transfer.State: Int] = [:]
        package internal(set) var count = 0
        package internal(set) var bytes: Int64 = 0
    }

    /// Most frequent first, else by name.
    package private(set) var commands: [CommandRow] = []
    /// By code.
    package private(set) var replies: [ReplyRow] = []
    package private(set) var transfers: [TransferRow] = []
    package let sessions: Int

    /// - Parameter selected: the frames that count, and whose they are; nil for all.
    package init(_ story: Story, _ selected: FrameNumbers? = nil) {
        sessions = selected?.sessions.count ?? story.sessions.count
        func counts(_ step: Step) -> Bool {
            guard let frames = selected?.found else { return true }
            return frames.contains(step.frame) || frames.contains(step.lastFrame)
        }
        var commands: [Verb: CommandRow] = [:]
        var replies: [UInt16: ReplyRow] = [:]
        for session in story.sessions {
            var answered = Set<Int>()
            for step in session.steps where counts(step) {
                switch step.kind {
                case .command(let command, _, _):
                    commands[command.verb, default: CommandRow(verb: command.verb)].count += 1
                case .reply(let reply, let answers, let latency):
                    replies[reply.code.rawValue] = ReplyRow(
                        code: reply.code, count: (replies[reply.code.rawValue]?.count ?? 0) + 1)
                    guard let answers, let latency, counts(session.steps[answers]), answered.insert(answers).inserted,
                        case .command(let command, _, _) = session.steps[answers].kind
                    else { continue }
                    commands[command.verb]?.replyTimes.append(latency)
                default: break
                }
            }
        }
        for verb in commands.keys { commands[verb]?.replyTimes.sort() }
        self.commands = commands.values.sorted {
            $0.count != $1.count ? $0.count > $1.count : $0.verb.description < $1.verb.description
        }
        self.replies = replies.values.sorted { $0.code.rawValue < $1.code.rawValue }
        transfers = [Transfer.Kind.download, .upload, .listing].compactMap { kind in
            var row = TransferRow(kind: kind)
            for transfer in story.transfers
            where transfer.kind == kind && selected?.transfers.contains(transfer.id) ?? true {
                row.count += 1
                row.states[transfer.state, default: 0] += 1
                row.bytes += transfer.movedBytes
            }
            return row.count > 0 ? row : nil
        }
    }
}
