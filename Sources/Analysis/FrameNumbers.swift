package import Dissection

/// Some of a capture's frames, by their indices: a bit each, as many as it takes. What a scan keeps is a ``FrameSelection``.
package struct FrameSet: Sendable {
    private var words: [UInt64] = []
    package private(set) var count = 0

    package init() {}

    package func contains(_ frame: UInt32) -> Bool { contains(UInt64(frame)) }

    package func contains(_ frame: UInt64) -> Bool {
        frame >> 6 < UInt64(words.count) && words[Int(frame >> 6)] >> (frame & 63) & 1 == 1
    }

    mutating func insert(_ frame: UInt32) {
        let word = Int(frame >> 6)
        if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
        let bit: UInt64 = 1 << UInt64(frame & 63)
        if words[word] & bit == 0 { count += 1 }
        words[word] |= bit
    }
}

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
        needs = namesTransfers ? .application : []
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
