import Bytes
package import Dissection

/// A frame that following its stream found something remarkable about. Most frames are none.
package struct TCPEvent: Sendable, BitwiseCopyable {
    package let frame: UInt32
    package let flags: TCPAnalysis.Flags
}

extension Chunks<TCPEvent> {
    package func flags(of frame: UInt32) -> TCPAnalysis.Flags {
        let place = firstIndex(from: frame)
        return place < count && self[place].frame == frame ? self[place].flags : []
    }

    /// Of the first event in that frame or behind it, found by halving.
    func firstIndex(from frame: UInt32) -> Int {
        var range = 0..<count
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            range = self[middle].frame < frame ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return range.lowerBound
    }
}
