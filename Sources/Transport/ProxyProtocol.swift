package import Bytes

/// The header by which a load balancer tells who is really connecting: the PROXY protocol of HAProxy, versions 1 and 2.
package enum ProxyProtocol {
    package enum Reading: Sendable, Hashable {
        /// More bytes have to come.
        case partial
        /// Who connects; nil for connections of the balancer itself, such as health checks. Then `count` bytes are the header's.
        case header(source: Endpoint?, count: Int)
        case malformed
    }

    /// `\r\n\r\n\0\r\nQUIT\n`
    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    /// The longest line of version 1, its end included.
    private static let maximumLine = 107

    /// Reads the header at the start of `bytes`.
    package static func read(_ bytes: [UInt8]) -> Reading {
        if bytes.count < signature.count, signature.starts(with: bytes) { return .partial }
        return bytes.starts(with: signature) ? readBinary(bytes) : readLine(bytes)
    }

    private static func readLine(_ bytes: [UInt8]) -> Reading {
        guard "PROXY ".utf8.starts(with: bytes.prefix(6)) || bytes.starts(with: "PROXY ".utf8) else {
            return .malformed
        }
        guard let end = bytes.prefix(maximumLine).firstIndex(of: UInt8(ascii: "\n")) else {
            return bytes.count < maximumLine ? .partial : .malformed
        }
        guard end > 0, bytes[end - 1] == UInt8(ascii: "\r") else { return .malformed }
        let words = String(decoding: bytes[..<(end - 1)], as: UTF8.self).split(separator: " ")
        if words.count >= 2, words[1] == "UNKNOWN" { return .header(source: nil, count: end + 1) }
        guard words.count == 6, words[1] == "TCP4" || words[1] == "TCP6", let source = IPAddress(String(words[2])),
            IPAddress(String(words[3])) != nil, let port = UInt16(words[4]), UInt16(words[5]) != nil
        else { return .malformed }
        return .header(source: Endpoint(source, port), count: end + 1)
    }

    private static func readBinary(_ bytes: [UInt8]) -> Reading {
        guard bytes.count >= 16 else { return .partial }
        let length = Int(bytes[14]) << 8 | Int(bytes[15])
        guard bytes[12] >> 4 == 2, length <= 4096 else { return .malformed }
        guard bytes.count >= 16 + length else { return .partial }
        let count = 16 + length
        // LOCAL: the balancer speaks for itself.
        if bytes[12] & 0x0F == 0 { return .header(source: nil, count: count) }
        guard bytes[12] & 0x0F == 1 else { return .malformed }
        let body = Array(bytes[16..<count])
        switch bytes[13] {
        case 0x11 where length >= 12:
            return .header(source: Endpoint(IPAddress(v4: number(body[0..<4])), number(body[8..<10])), count: count)
        case 0x21 where length >= 36:
            let address = IPAddress(high: number(body[0..<8]), low: number(body[8..<16]))
            return .header(source: Endpoint(address, number(body[32..<34])), count: count)
        case 0x11, 0x21: return .malformed
        default: return .header(source: nil, count: count)
        }
    }

    private static func number<N: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> N {
        bytes.reduce(0) { $0 << 8 | N($1) }
    }
}
