import Bytes

/// When FTP's sessions were moving data, and when they were waiting for a reply.
struct FTPActivity {
    /// From a transfer's first byte to its last.
    private(set) var moving = TimeRanges([])
    /// From a command to its reply, or from the last byte of its data to the final reply.
    private(set) var replying = TimeRanges([])
    private(set) var hasTransfers = false
    /// When a transfer on a stream of the scope moved its last byte.
    private(set) var lastMove: Int64?
    private var waits: [(span: Range<Int64>, wait: DipEvidence.ReplyWait)] = []

    init(_ story: Story, _ scope: GraphScope) {
        let index = story.index
        let sessions = story.sessions.filter { session in
            scope.contains(session.stream)
                || session.transfers.contains { story.transfers[$0].stream.map(scope.contains) ?? false }
        }
        var movements: [Range<Int64>] = []
        for session in sessions {
            var dataEnds: [Int: Int64] = [:]
            for number in session.transfers {
                let transfer = story.transfers[number]
                guard let first = transfer.data?.firstTime, let last = transfer.data?.lastTime, first <= last else {
                    continue
                }
                movements.append(first..<last)
                if scope.contains(transfer.stream) { lastMove = max(lastMove ?? last, last) }
                if let command = transfer.commandStep { dataEnds[command] = last }
            }
            addReplies(session, index, dataEnds)
        }
        hasTransfers = !movements.isEmpty
        moving = TimeRanges(movements)
        replying = TimeRanges(waits.map(\.span))
        waits.sort { $0.span.lowerBound < $1.span.lowerBound }
    }

    private mutating func addReplies(_ session: Session, _ index: CaptureIndex, _ dataEnds: [Int: Int64]) {
        // When each command's last reply came.
        var answered: [Int: Int64] = [:]
        for step in session.steps {
            guard case .reply(_, let command?, _) = step.kind, session.steps.indices.contains(command) else { continue }
            let asked = session.steps[command]
            let end = index.frames[Int(step.frame)].time
            var begin = answered[command] ?? index.frames[Int(asked.lastFrame)].time
            if answered[command] != nil, let dataEnd = dataEnds[command] { begin = max(begin, dataEnd) }
            answered[command] = end
            guard begin < end else { continue }
            waits.append(
                (
                    begin..<end,
                    DipEvidence.ReplyWait(
                        session: session.id, commandStep: command, commandFrame: asked.frame, replyFrame: step.frame,
                        wait: end - begin)
                ))
        }
    }

    /// Those that make up at least a tenth of a span, the longest first, at most four.
    func replyWaits(in span: Range<Int64>) -> [DipEvidence.ReplyWait] {
        var found: [DipEvidence.ReplyWait] = []
        for (range, wait) in waits {
            if range.lowerBound >= span.upperBound { break }
            let part = Int64(range.clamped(to: span).count)
            guard range.overlaps(span), part >= Int64(span.count) / 10, part > 0 else { continue }
            found.append(
                DipEvidence.ReplyWait(
                    session: wait.session, commandStep: wait.commandStep, commandFrame: wait.commandFrame,
                    replyFrame: wait.replyFrame, wait: part))
        }
        return Array(found.sorted { $0.wait > $1.wait }.prefix(4))
    }
}
