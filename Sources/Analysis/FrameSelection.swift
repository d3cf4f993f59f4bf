/// Some of a capture's frames, or of its streams, by their indices: a bit each, as many as it takes.
package struct FrameSet: Sendable {
    private var words: [UInt64] = []
    package private(set) var count = 0

    package init() {}

    package func contains(_ frame: UInt32) -> Bool { contains(UInt64(frame)) }

    @inline(__always)
    package func contains(_ frame: UInt64) -> Bool {
        frame >> 6 < UInt64(words.count) && words[Int(frame >> 6)] >> (frame & 63) & 1 == 1
    }

    mutating func insert(_ frame: UInt32) {
        let word = Int(frame >> 6)
        if word >= words.count { words += repeatElement(0, count: word + 1 - words.count) }
        let bit: UInt64 = 1 << UInt64(frame & 63)
        if words[word] & bit == 0 { count += 1 }
        words[word] |= bit
    }
}

/// Some frames of a capture, and the streams that they belong to.
package struct FrameSelection: Sendable {
    private(set) var frames = FrameSet()
    /// By stream: one more than its last frame; 0 for the others.
    private var ends: [UInt32] = []

    mutating func insert(_ frame: UInt32, stream: UInt32?) {
        frames.insert(frame)
        guard let stream = stream.map(Int.init) else { return }
        if stream >= ends.count { ends += repeatElement(0, count: stream + 1 - ends.count) }
        ends[stream] = max(ends[stream], frame + 1)
    }

    /// Whether following the stream as far as its last frame of these comes by that frame.
    func isFollowed(_ stream: Int, at frame: UInt32) -> Bool { stream < ends.count && frame < ends[stream] }
}
