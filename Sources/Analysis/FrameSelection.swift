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
    private(set) var streams = FrameSet()

    mutating func insert(_ frame: UInt32, stream: UInt32?) {
        frames.insert(frame)
        if let stream { streams.insert(stream) }
    }
}
