import CaptureFile
import Dispatch
import Synchronization

/// Walks a capture on one thread and hands on what was found to another, batch after batch, in order.
final class FrameBatches: Sendable {
    /// What has been walked of the capture.
    struct Batch: Sendable {
        var items: [FrameItem] = []
        /// Bytes of the capture read so far.
        var position: UInt64 = 0
    }

    private let capture: Capture
    private let limit: UInt64
    private let queue = BatchQueue<Batch>()
    private let intake = Mutex<FrameIntake?>(nil)

    private static let batchSize = 1024
    /// A capture below this many bytes is read before a thread has begun.
    static let threadless: UInt64 = 1 << 20

    private init(_ capture: Capture, _ limit: UInt64) {
        self.capture = capture
        self.limit = limit
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
        while let batch = batches.queue.take() {
            body(batch)
            batches.queue.giveBack(batch)
        }
        return batches.intake.withLock { $0 } ?? FrameIntake(capture)
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
        while true {
            var batch = queue.takeFree() ?? Batch()
            guard intake.fill(&batch, limit: Self.batchSize, from: capture) else { break }
            queue.put(batch)
        }
        let read = intake
        self.intake.withLock { $0 = read }
        queue.end()
    }
}
