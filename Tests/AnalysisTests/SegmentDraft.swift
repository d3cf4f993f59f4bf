@testable import Analysis
import Bytes
@testable import Dissection

/// A segment that a test writes down value by value, and the header that says so.
struct SegmentDraft {
    var flags: TCPFlags = .ack
    var sequence: UInt32 = 0
    var acknowledgment: UInt32 = 0
    var length: UInt32 = 0
    /// Of the payload; all of it unless said otherwise.
    var captured: UInt32?
    var window: UInt16 = 1000
    var options: [UInt8] = []
    var frame: UInt32 = 0
    /// Nanoseconds.
    var time: Int64 = 0

    var header: SegmentHeader {
        let padding = [UInt8](repeating: 1, count: (4 - options.count % 4) % 4)
        let words = UInt16(20 + options.count + padding.count) / 4
        let ports: [UInt8] = [0, 1, 0, 2]
        var bytes = ports + Self.bigEndian(sequence) + Self.bigEndian(acknowledgment)
        bytes += Self.bigEndian(UInt32(words << 12 | flags.rawValue) << 16 | UInt32(window))
        bytes += [0, 0, 0, 0] + options + padding
        let payload = PayloadRange(offset: UInt32(bytes.count), length: length, captured: captured ?? length)
        return SegmentHeader(
            bytes.bytes, payload, frame: frame, length: UInt32(bytes.count) + length, time: time)
    }

    static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }

    /// RFC 7323 §2.2.
    static func windowScale(_ shift: UInt8) -> [UInt8] { [3, 3, shift] }
    /// RFC 2018 §3.
    static func sack(_ blocks: [(UInt32, UInt32)]) -> [UInt8] {
        [5, UInt8(2 + blocks.count * 8)] + blocks.flatMap { bigEndian($0.0) + bigEndian($0.1) }
    }
    /// RFC 7413 §4.1.1: the request for a cookie when there is none.
    static func fastOpen(_ cookie: [UInt8] = []) -> [UInt8] { [34, UInt8(2 + cookie.count)] + cookie }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
