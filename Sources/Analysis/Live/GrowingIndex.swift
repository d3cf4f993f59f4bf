package import CaptureFile

/// The index of a capture that is still coming (``GrowingCapture``).
package struct GrowingIndex {
    private var intake: FrameIntake?
    private var indexer = Indexer()
    private var batch = FrameBatches.Batch()

    /// Frames that are indexed before somebody may look at them, so that a reader who has fallen behind tells what he has
    /// while he catches up.
    private let turn: Int
    private static let batchSize = 1024

    /// - Parameter turn: for tests.
    package init(turn: Int = 1 << 16) { self.turn = turn }

    /// Reads on, and hands on what is indexed then, again and again until all is read that `capture` has.
    ///
    /// - Parameter body: keeps nothing of the index: it would be copied before it can grow.
    package mutating func read(_ capture: Capture, _ body: (CaptureIndex) throws -> Void) rethrows {
        // Taken out, so that there is one of it: a second one would be copied as it grows.
        var intake = self.intake.take() ?? FrameIntake(capture)
        intake.resume(in: capture)
        var isBehind = true
        while isBehind {
            let end = indexer.frames.count + turn
            while isBehind, indexer.frames.count < end {
                isBehind = intake.fill(&batch, limit: min(turn, Self.batchSize), from: capture)
                if isBehind { indexer.add(batch.items) }
            }
            try body(CaptureIndex(capture, indexer, intake))
        }
        self.intake = intake
    }
}
