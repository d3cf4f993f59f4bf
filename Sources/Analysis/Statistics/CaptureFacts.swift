import Bytes

/// What a capture is, before anything is read in it: as `capinfos` has it.
package struct CaptureFacts: Sendable {
    package private(set) var frames = 0
    /// On the wire, and in the files.
    package private(set) var bytes: UInt64 = 0
    package private(set) var capturedBytes: UInt64 = 0
    /// Nanoseconds since 1970 of the earliest and the latest frame.
    package private(set) var start: Int64?
    package private(set) var end: Int64?
    /// Whether every frame is as late as the one before it.
    package private(set) var isInOrder = true

    /// - Parameter selection: the frames that count; nil for all.
    package init(_ index: CaptureIndex, _ selection: FrameSet? = nil) {
        var previous = Int64.min
        for number in index.frames.indices where selection?.contains(UInt64(number)) ?? true {
            let frame = index.frames[number]
            frames += 1
            bytes += UInt64(frame.originalLength)
            capturedBytes += UInt64(frame.capturedLength)
            start = min(start ?? frame.time, frame.time)
            end = max(end ?? frame.time, frame.time)
            if frame.time < previous { isInOrder = false }
            previous = frame.time
        }
    }

    /// Nanoseconds from the earliest frame to the latest one.
    package var duration: Int64 {
        guard let start, let end else { return 0 }
        return end - start
    }

    /// Per second; nil where no time passed.
    package var byteRate: Double? { duration > 0 ? Double(bytes) * 1e9 / Double(duration) : nil }
    package var frameRate: Double? { duration > 0 ? Double(frames) * 1e9 / Double(duration) : nil }
    package var averageLength: Double? { frames > 0 ? Double(bytes) / Double(frames) : nil }
}
