import Bytes
package import Dissection

/// A frame that following its stream found something remarkable about. Most frames are none.
package struct TCPEvent: Sendable, BitwiseCopyable {
    package let frame: UInt32
    package let flags: TCPAnalysis.Flags
}

extension Chunks<TCPEvent> {
    /// The flags of a frame, found by halving.
    package func flags(of frame: UInt32) -> TCPAnalysis.Flags {
        var range = 0..<count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if self[middle].frame == frame { return self[middle].flags }
            range = self[middle].frame < frame ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return []
    }
}
