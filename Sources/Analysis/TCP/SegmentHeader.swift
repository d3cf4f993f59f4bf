import Bytes
package import Dissection

/// What following a TCP stream takes from a frame.
package struct SegmentHeader: Sendable, BitwiseCopyable {
    package let frame: UInt32
    /// Nanoseconds since 1970.
    package let time: Int64
    package let sequence: UInt32
    package let acknowledgment: UInt32
    /// Of the payload on the wire, in bytes.
    package let length: UInt32
    /// Of the payload in the capture, in bytes.
    package let captured: UInt32
    /// Of the whole frame on the wire, in bytes.
    package let frameLength: UInt32
    package let flags: TCPFlags
    /// As it stands in the header, unscaled.
    package let window: UInt16
    /// -1 without the option.
    let windowScale: Int8
    /// 0 without the option.
    let maximumSegmentSize: UInt16
    /// RFC 7413 §4.1.1: a cookie, not just the request for one.
    let hasFastOpenCookie: Bool
    /// Whether the snap length cut options of a SYN off, so that what is missing says nothing.
    let hasCutOptions: Bool
    /// Bytes in the SACK blocks (RFC 2018), three of them at most.
    let sackedBytes: UInt32

    @inline(__always)
    init(_ header: Bytes, _ payload: PayloadRange, frame: UInt32, length: UInt32, time: Int64) {
        let flags = TCPFlags(rawValue: header.u16(at: 12) & 0x0FFF)
        self.frame = frame
        self.time = time
        self.flags = flags
        sequence = header.u32(at: 4)
        acknowledgment = header.u32(at: 8)
        self.length = payload.length
        captured = payload.captured
        frameLength = length
        window = header.u16(at: 14)
        hasCutOptions = flags.contains(.syn) && header.count < Int(header.u8(at: 12) >> 4) * 4
        // Nearly every header with options has just the timestamps, aligned as RFC 7323 appendix A shows them.
        if header.count == 20 || (header.count == 32 && header.u32(at: 20) == 0x0101_080A) {
            (windowScale, maximumSegmentSize, sackedBytes, hasFastOpenCookie) = (-1, 0, 0, false)
        } else {
            let options = TCPOptions(header)
            windowScale = options.windowScale.map { Int8($0) } ?? -1
            maximumSegmentSize = options.maximumSegmentSize ?? 0
            sackedBytes = options.sackedBytes
            hasFastOpenCookie = options.hasFastOpenCookie
        }
    }

    /// The sequence number behind the segment. SYN and FIN take one number (RFC 9293 §3.4).
    @inline(__always)
    var end: UInt32 { sequence &+ length &+ (flags.isDisjoint(with: .synFin) ? 0 : 1) }

    /// Nothing, where a frame holds no segment.
    init() {
        (frame, time, sequence, acknowledgment, length, captured, frameLength) = (0, 0, 0, 0, 0, 0, 0)
        (flags, window, windowScale, maximumSegmentSize, sackedBytes) = ([], 0, -1, 0, 0)
        (hasFastOpenCookie, hasCutOptions) = (false, false)
    }

    /// None of SYN, FIN, RST: an ordinary segment of an open connection.
    @inline(__always)
    var isOrdinary: Bool { flags.isDisjoint(with: .synFinRst) }
}

extension TCPOptions {
    /// Bytes between the edges of the blocks, modulo 2^32; of three, as many as fit beside timestamps (RFC 2018 §3).
    fileprivate var sackedBytes: UInt32 {
        var sum: UInt32 = 0
        for index in 0..<min(3, sackCount) { sum &+= sackBlocks[index].right &- sackBlocks[index].left }
        return sum
    }
}

/// Comparison of sequence numbers, modulo 2^32 (RFC 9293 §3.4). Numbers exactly half the space apart are before and
/// after each other.
enum Sequence32 {
    @inline(__always) static func isBefore(_ left: UInt32, _ right: UInt32) -> Bool {
        Int32(bitPattern: left &- right) < 0
    }
    @inline(__always) static func isAfter(_ left: UInt32, _ right: UInt32) -> Bool {
        Int32(bitPattern: right &- left) < 0
    }
}
