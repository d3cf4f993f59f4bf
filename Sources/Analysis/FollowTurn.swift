/// What one side said on one stream until another one spoke.
package struct FollowTurn: Sendable {
    package let pieces: ArraySlice<FollowPiece>

    package var stream: Int { pieces.first?.stream ?? 0 }
    package var side: Side { pieces.first?.side ?? .initiator }
    /// Of the bytes that the capture has.
    package var count: Int64 { pieces.reduce(0) { $0 + ($1.isGap ? 0 : $1.count) } }
    package var firstFrame: UInt32 { pieces.reduce(.max) { min($0, $1.frame) } }
    package var lastFrame: UInt32 { pieces.reduce(0) { max($0, $1.frame) } }
}

extension CaptureIndex {
    /// Calls `body` with every turn on `streams`, in the order of time.
    package func forEachTurn(on streams: [Int], _ body: (FollowTurn) -> Void) {
        let pieces = follow(together: streams)
        var start = 0
        for end in stride(from: 1, through: pieces.count, by: 1) {
            let (last, next) = (pieces[end - 1], end < pieces.count ? pieces[end] : nil)
            guard next?.stream != last.stream || next?.side != last.side else { continue }
            body(FollowTurn(pieces: pieces[start..<end]))
            start = end
        }
    }
}
