import Bytes

/// Where things lie in the body of a ClientHello or ServerHello (RFC 8446 §4.1.2, §4.1.3).
enum TLSHello {
    /// Version and random come first, then the session's identifier behind its length.
    private static func behindSession(_ body: Bytes) -> Int { 35 + Int(body.u8(at: 34)) }

    /// The offsets of the cipher suites: those that a client offers, or the one that a server took.
    static func cipherSuites(in body: Bytes, isClient: Bool) -> [Int] {
        let start = behindSession(body)
        guard isClient else { return body.has(2, at: start) ? [start] : [] }
        let end = min(body.count, start + 2 + Int(body.u16(at: start)))
        return Array(stride(from: start + 2, to: max(start + 2, end - 1), by: 2))
    }

    /// Calls `read` with type, offset and length of each extension's data; nothing lies outside `body`.
    static func forEachExtension(
        in body: Bytes, isClient: Bool, _ read: (_ type: UInt16, _ offset: Int, _ length: Int) -> Void
    ) {
        var offset = behindSession(body)
        if isClient {
            offset += 2 + Int(body.u16(at: offset))
            // Compression methods.
            offset += 1 + Int(body.u8(at: offset))
        } else {
            offset += 3
        }
        let end = min(body.count, offset + 2 + Int(body.u16(at: offset)))
        offset += 2
        while offset + 4 <= end {
            let length = Int(body.u16(at: offset + 2))
            read(body.u16(at: offset), offset + 4, min(length, end - offset - 4))
            offset += 4 + length
        }
    }

    /// Calls `read` with offset and length of each protocol's name (RFC 7301 §3.1), at most 32.
    static func forEachProtocol(in data: Bytes, _ read: (_ offset: Int, _ length: Int) -> Void) {
        var offset = 2
        var count = 0
        while count < 32, data.has(1 + Int(data.u8(at: offset)), at: offset) {
            read(offset + 1, Int(data.u8(at: offset)))
            offset += 1 + Int(data.u8(at: offset))
            count += 1
        }
    }
}
