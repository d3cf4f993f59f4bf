/// Some frames of a capture, and the streams that they belong to.
package struct FrameSelection: Sendable {
    private var frames: [UInt64]
    private var streams: [UInt64]
    package private(set) var count = 0

    init(frames: Int, streams: Int) {
        self.frames = [UInt64](repeating: 0, count: (frames + 63) / 64)
        self.streams = [UInt64](repeating: 0, count: (streams + 63) / 64)
    }

    mutating func insert(frame: Int, stream: Int?) {
        frames[frame / 64] |= 1 << UInt64(frame % 64)
        if let stream { streams[stream / 64] |= 1 << UInt64(stream % 64) }
        count += 1
    }

    @inline(__always)
    package func holds(frame: Int) -> Bool { frames[frame / 64] >> UInt64(frame % 64) & 1 != 0 }

    @inline(__always)
    func holds(stream: Int) -> Bool { streams[stream / 64] >> UInt64(stream % 64) & 1 != 0 }
}
