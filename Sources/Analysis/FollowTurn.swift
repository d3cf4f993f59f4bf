/// What one side said on one stream until another one spoke.
package struct FollowTurn: Sendable {
    package let pieces: ArraySlice<FollowPiece>
    /// Of the bytes that the capture has.
    package private(set) var count: Int64 = 0
    package private(set) var firstFrame = UInt32.max
    package private(set) var lastFrame: UInt32 = 0

    package var stream: Int { pieces.first?.stream ?? 0 }
    package var side: Side { pieces.first?.side ?? .initiator }

    init(_ pieces: ArraySlice<FollowPiece>) {
        self.pieces = pieces
        for piece in pieces {
            if !piece.isGap { count += piece.count }
            firstFrame = min(firstFrame, piece.frame)
            lastFrame = max(lastFrame, piece.frame)
        }
    }
}

extension CaptureIndex {
    /// Calls `body` with every turn on `streams`, in the order of time.
    package func forEachTurn(on streams: [Int], _ body: (FollowTurn) -> Void) {
        let pieces = follow(together: streams)
        var start = 0
        for end in stride(from: 1, through: pieces.count, by: 1) {
            let (last, next) = (pieces[end - 1], end < pieces.count ? pieces[end] : nil)
            guard next?.stream != last.stream || next?.side != last.side else { continue }
            body(FollowTurn(pieces[start..<end]))
            start = end
        }
    }
}
