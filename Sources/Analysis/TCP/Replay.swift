package import Dissection

/// One segment of a stream with everything that following the stream says about it.
package struct AnalysedSegment: Sendable, BitwiseCopyable {
    package let frame: UInt32
    /// Nanoseconds since 1970.
    package let time: Int64
    package let sender: Side
    package let flags: TCPFlags
    /// As they stand in the header.
    package let sequence: UInt32
    package let acknowledgment: UInt32
    package let window: UInt16
    /// Of the payload on the wire, in bytes.
    package let length: UInt32
    package let options: TCPOptions
    package let analysis: TCPAnalysis
}

extension CaptureIndex {
    /// Follows one stream again and hands on each of its segments, in the order of the frames.
    package func replay(_ stream: Int, _ body: (AnalysedSegment) -> Void) {
    }
}
