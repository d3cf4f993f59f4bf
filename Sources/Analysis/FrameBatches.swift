import CaptureFile
import Dispatch
import Synchronization

/// Walks a capture on one thread and hands on what was found to another, batch after batch, in order.
///
/// Reading waits for memory, indexing computes: side by side they take the time of the slower one. The order of the
/// frames is kept, so nothing that is found depends on there being two threads.
final class FrameBatches: Sendable {
    /// What has been walked of the capture.
    struct Batch: Sendable {
        var items: [FrameItem] = []
        /// Bytes of the capture read so far.
        var position: UInt64 = 0
    }

    private struct State: Sendable {
        var filled: [Batch] = []
        var free: [Batch] = []
        var intake: FrameIntake?
    }

    private let capture: Capture
    private let state: Mutex<State>
    private let filledCount = DispatchSemaphore(value: 0)
    private let freeCount = DispatchSemaphore(value: 0)

    private let limit: UInt64

    private static let batchSize = 1024
    /// Enough that neither thread waits for the other's moods.
    private static let inFlight = 8
    /// A capture below this many bytes is read before a thread has begun.
    static let threadless: UInt64 = 1 << 20

    private init(_ capture: Capture, _ limit: UInt64) {
        self.capture = capture
        self.limit = limit
        state = Mutex(State())
        // Counted up from 0: a semaphore must not end below where it began.
        for _ in 0..<Self.inFlight { freeCount.signal() }
    }

    /// Hands all frames of `capture` to `body`, on the calling thread.
    ///
    /// - Parameters:
    ///   - limit: how many frames are read at most.
    ///   - threadless: bytes from which on a thread of its own walks the frames.
    /// - Returns: what only reading knows, after the last frame.
    static func read(
        _ capture: Capture, limit: UInt64 = .max, threadless: UInt64 = FrameBatches.threadless,
        _ body: (borrowing Batch) -> Void
    ) -> FrameIntake {
        guard capture.size >= threadless else { return readAlone(capture, limit, body) }
        let batches = FrameBatches(capture, limit)
        DispatchQueue(label: "frames", qos: .userInitiated).async { batches.walk() }
        while let batch = batches.take() {
            body(batch)
            batches.giveBack(batch)
        }
        return batches.state.withLock { $0.intake } ?? FrameIntake(capture)
    }

    private static func readAlone(
        _ capture: Capture, _ limit: UInt64, _ body: (borrowing Batch) -> Void
    ) -> FrameIntake {
        var intake = FrameIntake(capture, limit: limit)
        var batch = Batch()
        while intake.fill(&batch, limit: batchSize, from: capture) { body(batch) }
        return intake
    }

    /// The walking thread.
    private func walk() {
        var intake = FrameIntake(capture, limit: limit)
        var isFilled = true
        while isFilled {
            freeCount.wait()
            var batch = state.withLock { $0.free.popLast() } ?? Batch()
            isFilled = intake.fill(&batch, limit: Self.batchSize, from: capture)
            let (full, ended) = (batch, isFilled ? nil : intake)
            state.withLock {
                $0.filled.append(full)
                $0.intake = ended
            }
            filledCount.signal()
        }
    }

    /// The next batch; nil after the last.
    private func take() -> Batch? {
        filledCount.wait()
        let batch = state.withLock { $0.filled.removeFirst() }
        return batch.items.isEmpty ? nil : batch
    }

    private func giveBack(_ batch: Batch) {
        state.withLock { $0.free.append(batch) }
        freeCount.signal()
    }
}
