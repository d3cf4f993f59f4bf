import Dispatch
import Synchronization

/// Work that one thread hands out piece by piece, that several threads do, and whose results come back in order.
///
/// The order is kept, so nothing depends on how many threads there are. Pieces and results that were used are handed
/// back for the next ones, so that neither is allocated again and again.
final class OrderedWork<Piece: Sendable, Result: Sendable>: Sendable {
    private struct State: Sendable {
        var pieces: [(number: Int, piece: Piece)] = []
        var results: [Int: Result] = [:]
        var freePieces: [Piece] = []
        var freeResults: [Result] = []
        /// How many pieces were put, and how many results were taken.
        var (put, taken) = (0, 0)
        var isEnded = false
    }

    private let state = Mutex(State())
    private let pieceCount = DispatchSemaphore(value: 0)
    private let resultCount = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: 0)
    private let workers: Int

    /// Begins work.
    ///
    /// - Parameters:
    ///   - workers: how many threads do it.
    ///   - work: makes a result of a piece, in a result that was used before, if there is one.
    init(workers: Int = 2, _ work: @escaping @Sendable (inout Piece, Result?) -> Result) {
        self.workers = workers
        // Counted up from 0: a semaphore must not end below where it began.
        for _ in 0..<4 * workers { room.signal() }
        for _ in 0..<workers {
            DispatchQueue(label: "work", qos: .userInitiated).async { self.run(work) }
        }
    }

    private func run(_ work: (inout Piece, Result?) -> Result) {
        while true {
            pieceCount.wait()
            let next = state.withLock { state in
                state.pieces.isEmpty ? nil : (state.pieces.removeFirst(), state.freeResults.popLast())
            }
            guard let ((number, piece), free) = next else { return }
            var used = piece
            let result = work(&used, free)
            state.withLock { state in
                state.results[number] = result
                state.freePieces.append(used)
            }
            resultCount.signal()
        }
    }

    /// A piece that is done with; nil where there is room for a new one. Waits until there is room.
    func takeFree() -> Piece? {
        room.wait()
        return state.withLock { $0.freePieces.popLast() }
    }

    /// After ``takeFree()``.
    func put(_ piece: Piece) {
        state.withLock { state in
            state.pieces.append((state.put, piece))
            state.put += 1
        }
        pieceCount.signal()
    }

    /// After the last piece.
    func end() {
        state.withLock { $0.isEnded = true }
        for _ in 0..<workers { pieceCount.signal() }
        resultCount.signal()
    }

    /// The next result in order; nil after the last.
    func take() -> Result? {
        while true {
            let (result, isOver) = state.withLock { state -> (Result?, Bool) in
                let result = state.results.removeValue(forKey: state.taken)
                if result != nil { state.taken += 1 }
                return (result, state.isEnded && state.taken == state.put)
            }
            if let result { return result }
            if isOver { return nil }
            resultCount.wait()
        }
    }

    func giveBack(_ result: Result) {
        state.withLock { $0.freeResults.append(result) }
        room.signal()
    }
}
