import Bytes

/// Finds the dips of a rate and gathers what was going on in each of them.
package struct DipExplainer {
    private let story: Story
    private let scope: GraphScope
    private var index: CaptureIndex { story.index }

    package init(_ story: Story, _ scope: GraphScope) {
        self.story = story
        self.scope = scope
    }

    /// - Parameter interval: in nanoseconds; nil chooses one (``chosenInterval(_:)``).
    /// - Returns: nil if the scope has no frame.
    package func dips(interval: Int64? = nil) throws(GraphError) -> RateDips? {
        guard let span = index.span(of: scope) else { return nil }
        guard
            let table = try index.intervals(of: scope, interval ?? chosenInterval(span.upperBound &- span.lowerBound)),
            case let activity = FTPActivity(story, scope), var result = table.dips(busyUntil: lastTrouble(activity))
        else { return nil }
        addFindings(&result.dips)
        addWaits(&result.dips)
        addIdleness(&result.dips, activity)
        if let last = result.dips.last, last.end > result.fastEnd, !isUnderWay(last, activity) {
            result.dips.removeLast()
            result.activeEnd = result.fastEnd
        }
        return result
    }

    /// Whether a rate that never came back was still wanted: a transfer goes on, or somebody waits for the other side.
    private func isUnderWay(_ dip: RateDip, _ activity: FTPActivity) -> Bool {
        if let end = activity.lastMove, end > dip.start { return true }
        return [.loss, .receiver, .path].contains(dip.evidence.dominant)
    }

    /// When a transfer moved for the last time, or TCP was last in trouble.
    private func lastTrouble(_ activity: FTPActivity) -> Int64? {
        var last = activity.lastMove
        index.forEachProblem(of: scope) { frame, _ in last = max(last ?? .min, index.frames[Int(frame)].time) }
        return last
    }

    /// A hundredth of the time, made handsome; longer where that would leave fewer than ten frames to an interval, or
    /// less than two round trips: the rhythm of a single window is no dip.
    private func chosenInterval(_ duration: Int64) -> Int64 {
        var frames = index.frames.count
        var candidates = index.streams.indices.map { $0 }
        if let streams = scope.streams {
            candidates = streams.filter(index.streams.indices.contains)
            frames = candidates.reduce(0) {
                $0 + Int(index.streams[$1].sides.initiator.frames) + Int(index.streams[$1].sides.responder.frames)
            }
        }
        if let selected = scope.frames { frames = min(frames, selected.count) }
        let largest = candidates.max { index.streams[$0].payloadBytes < index.streams[$1].payloadBytes }
        let roundTrip = largest.flatMap { index.streams[$0].handshakeTime } ?? 0
        let perFrame = Double(duration) / Double(max(1, frames))
        let tenFrames = Int64(min(perFrame * 10, Double(duration)))
        guard duration > 0 else { return IntervalScale.whenNoTimePasses }
        return IntervalScale.nice(max(duration / 100, tenFrames, min(roundTrip, duration / 8) * 2))
    }

    private func addFindings(_ dips: inout [RateDip]) {
        var first = 0
        index.forEachProblem(of: scope) { frame, problem in
            let time = index.frames[Int(frame)].time
            // Frames of several streams need not be in the order of time: one step back is allowed for.
            while first < dips.count, (dips[first].frameAfter ?? dips[first].lastFrame ?? 0) < frame { first += 1 }
            for number in first..<min(first + 2, dips.count) {
                let isBeside = frame == dips[number].frameBefore || frame == dips[number].frameAfter
                if isBeside || (dips[number].start..<dips[number].end).contains(time) {
                    dips[number].evidence.note(problem, frame)
                }
            }
        }
    }

    /// Of several streams that wait at the same time the longest wait counts.
    private func addWaits(_ dips: inout [RateDip]) {
        guard let begin = dips.first?.start, let end = dips.last?.end else { return }
        let controls = Set(story.sessions.map(\.stream))
        for stream in scope.streams ?? Array(index.streams.indices) where index.streams.indices.contains(stream) {
            let record = index.streams[stream]
            guard record.firstTime < end, record.lastTime > begin else { continue }
            var observer = StallObserver()
            var waits: [Int: [DipEvidence.Cause: Int64]] = [:]
            var first = 0
            index.replay(stream) { segment in
                observer.add(segment) { span, cause in
                    // A command that is not acknowledged yet waits for its reply, not for the path.
                    guard cause != .path || !controls.contains(stream) else { return }
                    while first < dips.count, dips[first].end <= span.lowerBound { first += 1 }
                    var number = first
                    while number < dips.count, dips[number].start < span.upperBound {
                        let part = span.clamped(to: dips[number].start..<dips[number].end)
                        waits[number, default: [:]][cause, default: 0] += Int64(part.count)
                        number += 1
                    }
                }
            }
            for (number, causes) in waits {
                dips[number].evidence.waits.merge(causes) { max($0, $1) }
            }
        }
    }

    /// What is left of a dip is idleness; FTP may know whose.
    private func addIdleness(_ dips: inout [RateDip], _ activity: FTPActivity) {
        for number in dips.indices {
            let span = dips[number].start..<dips[number].end
            let busy = dips[number].evidence.waits.values.reduce(0, +)
            var idle = max(0, dips[number].duration - busy)
            dips[number].evidence.replies = activity.replyWaits(in: span)
            let reply = min(idle, activity.replying.overlap(with: span))
            idle -= reply
            let between =
                activity.hasTransfers ? min(idle, dips[number].duration - activity.moving.overlap(with: span)) : 0
            idle -= between
            for (cause, time) in [
                (DipEvidence.Cause.serverReply, reply), (.betweenTransfers, between), (.application, idle),
            ]
            where time > 0 {
                dips[number].evidence.waits[cause] = time
            }
        }
    }
}
