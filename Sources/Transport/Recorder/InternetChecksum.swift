import Bytes

/// The sum of IP, TCP and UDP (RFC 1071), piece by piece; every piece but the last one has an even length.
struct InternetChecksum {
    private var sum: UInt64 = 0

    mutating func add(_ bytes: Bytes) {
        var offset = 0
        // Four at once: the sum of the halves is the same, and carries have room in 64 bits.
        while offset &+ 4 <= bytes.count {
            sum &+= UInt64(bytes.u32(at: offset))
            offset &+= 4
        }
        if offset &+ 2 <= bytes.count {
            sum &+= UInt64(bytes.u16(at: offset))
            offset &+= 2
        }
        if offset < bytes.count { sum &+= UInt64(bytes.u8(at: offset)) << 8 }
    }

    mutating func add(_ value: UInt32) { sum &+= UInt64(value) }

    /// What goes into the header.
    var value: UInt16 {
        var folded = sum
        while folded >> 16 != 0 { folded = (folded & 0xFFFF) &+ (folded >> 16) }
        return ~UInt16(truncatingIfNeeded: folded)
    }
}
