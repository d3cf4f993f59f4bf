import Dissection

/// Follows one stream and says, for each time between two of its segments, what was being waited for.
struct StallObserver {
    private var track = SequenceTrack()
    private var sides = BySide(both: SideState())
    private var lastTime: Int64?

    private struct SideState {
        var next: Int64?
        var acknowledged: Int64?
        /// Whether the window that this side offers is closed, or was filled to its edge.
        var isClosed = false
        /// Until this is acknowledged, something that this side sent is being repaired.
        var recovery: Int64?

        var inFlight: Int64 {
            guard let next, let acknowledged else { return 0 }
            return max(0, next - acknowledged)
        }
        var isRecovering: Bool {
            guard let recovery else { return false }
            return (acknowledged ?? .min) < recovery
        }
    }

    /// Takes the next segment; `body` gets the time since the one before and what was waited for, but not where nothing
    /// was in flight and nothing was wrong.
    mutating func add(_ segment: AnalysedSegment, _ body: (Range<Int64>, DipEvidence.Cause) -> Void) {
        let place = track.place(segment)
        if let lastTime, lastTime < segment.time, let cause = cause(endedBy: segment) {
            body(lastTime..<segment.time, cause)
        }
        lastTime = max(lastTime ?? segment.time, segment.time)
        follow(segment, place)
    }

    private func cause(endedBy segment: AnalysedSegment) -> DipEvidence.Cause? {
        if sides.initiator.isClosed || sides.responder.isClosed { return .receiver }
        let repairs = TCPProblem.retransmission.flags
        if !segment.analysis.flags.isDisjoint(with: repairs) || sides.initiator.isRecovering
            || sides.responder.isRecovering
        {
            return .loss
        }
        return sides.initiator.inFlight > 0 || sides.responder.inFlight > 0 ? .path : nil
    }

    private mutating func follow(_ segment: AnalysedSegment, _ place: SequenceTrack.Place) {
        let (sender, flags) = (segment.sender, segment.analysis.flags)
        guard !segment.flags.contains(.rst) else {
            sides = BySide(both: SideState())
            return
        }
        if place.end > place.start {
            sides[sender].next = max(sides[sender].next ?? place.end, place.end)
            if sides[sender].acknowledged == nil { sides[sender].acknowledged = place.start }
        }
        if let number = place.acknowledged {
            let before = sides[sender.other].acknowledged
            sides[sender.other].acknowledged = max(before ?? number, number)
            sides[sender].isClosed = segment.scaledWindow == 0 && !segment.flags.contains(.fin)
        }
        if flags.contains(.windowFull) { sides[sender.other].isClosed = true }
        if flags.contains(.duplicateACK) { sides[sender.other].recovery = sides[sender.other].next }
        if !flags.isDisjoint(with: [.lostSegment, .retransmission, .fastRetransmission]) {
            sides[sender].recovery = sides[sender].next
        }
    }
}
