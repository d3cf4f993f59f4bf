import Bytes
import CaptureFile
import Dissection

/// What the walk of one frame hands on to the index: flat, so that frames can be walked ahead of their indexing.
struct FrameItem: Sendable, BitwiseCopyable {
    var record: FrameRecord
    var kind = Kind.other
    var source = Endpoint(.unspecified, 0)
    var destination = Endpoint(.unspecified, 0)
    var segment = SegmentHeader()
    /// Of the two endpoints (``PairHash``).
    var hash: UInt32 = 0

    init(_ header: FrameHeader) {
        record = FrameRecord(
            position: header.position, interface: header.interface, time: header.time,
            capturedLength: header.capturedLength, originalLength: header.originalLength)
    }

    enum Kind: Sendable, BitwiseCopyable {
        case other
        case segment
        /// An ICMP error that quotes a segment from `source` to `destination`.
        case refusal(isV6: Bool, type: UInt8, code: UInt8)
    }
}
