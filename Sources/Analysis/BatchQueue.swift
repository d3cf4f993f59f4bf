import Dispatch
import Synchronization

/// Hands batches from one thread to others, in order, and back again for the next ones, so that none allocates.
///
/// Work that waits for memory and work that computes take the time of the slower one when they go side by side. The
/// order is kept, so nothing that is found depends on there being two threads.
final class BatchQueue<Batch: Sendable>: Sendable {
    private struct State: Sendable {
        var filled: [Batch] = []
        var free: [Batch] = []
    }

    private let state = Mutex(State())
    private let filledCount = DispatchSemaphore(value: 0)
    private let freeCount = DispatchSemaphore(value: 0)

    /// Enough that neither thread waits for the other's moods.
    private static var inFlight: Int { 8 }

    init() {
        // Counted up from 0: a semaphore must not end below where it began.
        for _ in 0..<Self.inFlight { freeCount.signal() }
    }

    /// A batch that was given back; nil where there is room for a new one.
    func takeFree() -> Batch? {
        freeCount.wait()
        return state.withLock { $0.free.popLast() }
    }

    /// As ``takeFree()``, but whoever would have to wait does something useful instead, for as long as there is any.
    ///
    /// - Parameter work: does a piece of it; false where there is none.
    func takeFree(orDo work: () -> Bool) -> Batch? {
        while freeCount.wait(timeout: .now()) == .timedOut {
            guard work() else { return takeFree() }
        }
        return state.withLock { $0.free.popLast() }
    }

    func put(_ batch: Batch) {
        state.withLock { $0.filled.append(batch) }
        filledCount.signal()
    }

    /// After the last batch.
    func end() {
        filledCount.signal()
    }

    /// The next batch; nil after the last, for each thread that takes.
    func take() -> Batch? {
        filledCount.wait()
        return takeCounted()
    }

    /// The next batch, if there is one by now.
    func takeReady() -> Batch? {
        filledCount.wait(timeout: .now()) == .success ? takeCounted() : nil
    }

    /// After the last batch every thread finds that there is none, so that the count is put back.
    private func takeCounted() -> Batch? {
        let next = state.withLock { $0.filled.isEmpty ? nil : $0.filled.removeFirst() }
        if next == nil { filledCount.signal() }
        return next
    }

    func giveBack(_ batch: Batch) {
        state.withLock { $0.free.append(batch) }
        freeCount.signal()
    }
}
