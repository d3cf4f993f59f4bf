package import Bytes
import Dissection

/// A piece of what one side said on a stream: bytes of one frame, or a hole. It refers to the capture; it holds nothing.
package struct FollowPiece: Sendable, BitwiseCopyable {
    private let streamNumber: UInt32
    package let side: Side
    package let isGap: Bool
    /// The frame that carried the bytes; for a hole the one that showed it.
    package let frame: UInt32
    /// The frame that made them readable: a later one where earlier bytes had to be waited for.
    package let shownBy: UInt32
    private let offset: UInt32
    /// How many bytes there are, or are missing.
    package let count: Int64

    package var stream: Int { Int(streamNumber) }

    static func bytes(
        _ stream: Int, _ side: Side, frame: UInt32, offset: UInt32, count: Int64, shownBy: UInt32
    ) -> FollowPiece {
        FollowPiece(
            streamNumber: UInt32(truncatingIfNeeded: stream), side: side, isGap: false, frame: frame, shownBy: shownBy,
            offset: offset, count: count)
    }

    static func gap(_ stream: Int, _ side: Side, _ count: Int64, shownBy frame: UInt32) -> FollowPiece {
        FollowPiece(
            streamNumber: UInt32(truncatingIfNeeded: stream), side: side, isGap: true, frame: frame, shownBy: frame,
            offset: 0, count: count)
    }
}

extension CaptureIndex {
    /// Hands on what a piece looks at; nothing for a hole.
    package func withBytes<Result>(of piece: FollowPiece, _ body: (Bytes) -> Result) -> Result {
        withBytes(ofFrame: piece.frame) { bytes in
            body(piece.slice(of: bytes))
        }
    }
}

extension FollowPiece {
    @_lifetime(copy bytes)
    fileprivate func slice(of bytes: Bytes) -> Bytes {
        bytes.slice(from: Int(offset), count: isGap ? 0 : Int(count))
    }
}
