package import Dissection

/// Which frames a filter selects, and whose they are.
package final class FrameNumbers: FrameTap {
    package let condition: (any FrameTest)?
    package let displaysFrames = true
    package let needs: FrameNeeds
    package private(set) var found = FrameSet()
    /// The numbers of the TCP streams that have one of them.
    package private(set) var streams: Set<Int> = []
    /// The sessions and transfers that have one, by their indices; only where they were asked for.
    package private(set) var sessions: Set<Int> = []
    package private(set) var transfers: Set<Int> = []

    /// - Parameter namesTransfers: whether sessions and transfers are wanted too.
    package init(_ condition: any FrameTest, namesTransfers: Bool = false) {
        self.condition = condition
        needs = namesTransfers ? .sessions : []
    }

    package func take(_ frame: borrowing DissectedFrame) {
        found.insert(frame.index)
        if let stream = frame.facts.stream { streams.insert(Int(stream)) }
        guard !needs.isEmpty, let table = frame.context?.sessions else { return }
        for session in table.sessions(of: frame.facts) { sessions.insert(session) }
        for transfer in table.transfers(of: frame.facts) {
            transfers.insert(transfer)
            sessions.insert(table.transfers[transfer].session)
        }
    }
}
