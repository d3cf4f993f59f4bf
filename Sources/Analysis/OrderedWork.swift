import Bytes
import Dispatch
import Synchronization

/// Work that one thread hands out piece by piece, that several threads do, and whose results come back in order. Who
/// hands out does some of it too, instead of waiting: threads that wait for each other leave cores idle.
///
/// The order is kept, so nothing depends on how many threads there are. Results that were used are handed back for the
/// next ones, as the pieces are by the queue below, so that neither is allocated again and again.
final class OrderedWork<Piece: Sendable, Result: Sendable>: Sendable {
    private struct Numbered: Sendable {
        let number: Int
        let piece: Piece
    }

    private struct State: Sendable {
        /// By the numbers of their pieces, which are kept: there is room for another one when a result was used.
        var done: [Int: (piece: Numbered, result: Result)] = [:]
        var used: [Numbered] = []
        var free: [Result] = []
        /// How many pieces were put, and how many results were taken.
        var (put, taken) = (0, 0)
        var isEnded = false
    }

    private let work: @Sendable (Piece, Result?) -> Result
    private let pieces = BatchQueue<Numbered>()
    private let state = Mutex(State())
    private let changes = DispatchSemaphore(value: 0)

    /// Begins work.
    ///
    /// - Parameters:
    ///   - workers: how many threads do it, beside the one that hands it out, which is busy with few of them.
    ///   - work: makes a result of a piece, in a result that was used before, if there is one.
    init(
        workers: Int = min(4, max(1, Processors.count - 1)),
        _ work: @escaping @Sendable (Piece, Result?) -> Result
    ) {
        self.work = work
        for _ in 0..<workers {
            DispatchQueue(label: "work", qos: .userInitiated).async {
                while let next = self.pieces.take() { self.run(next) }
            }
        }
    }

    private func run(_ next: Numbered) {
        let free = state.withLock { $0.free.popLast() }
        let result = work(next.piece, free)
        state.withLock { $0.done[next.number] = (next, result) }
        changes.signal()
    }

    /// A piece that is done with; nil where there is room for a new one. Until there is room, works or waits.
    func takeFree() -> Piece? {
        let free = pieces.takeFree {
            guard let next = pieces.takeReady() else { return false }
            run(next)
            return true
        }
        return free?.piece
    }

    /// After ``takeFree()``.
    func put(_ piece: Piece) {
        let number = state.withLock { state in
            state.put += 1
            return state.put - 1
        }
        pieces.put(Numbered(number: number, piece: piece))
    }

    /// After the last piece; does of what is left whatever nobody else has begun.
    func end() {
        state.withLock { $0.isEnded = true }
        pieces.end()
        changes.signal()
        while let next = pieces.takeReady() { run(next) }
    }

    /// The next result in order; nil after the last.
    func take() -> Result? {
        while true {
            let (next, isOver) = state.withLock { state -> (Result?, Bool) in
                guard let (piece, result) = state.done.removeValue(forKey: state.taken) else {
                    return (nil, state.isEnded && state.taken == state.put)
                }
                state.taken += 1
                state.used.append(piece)
                return (result, false)
            }
            if let next { return next }
            if isOver { return nil }
            changes.wait()
        }
    }

    /// After ``take()``.
    func giveBack(_ result: Result) {
        let piece = state.withLock { state in
            state.free.append(result)
            return state.used.popLast()
        }
        if let piece { pieces.giveBack(piece) }
    }
}
