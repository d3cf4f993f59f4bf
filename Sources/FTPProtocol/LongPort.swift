package import Bytes

/// The forms of LPRT and the 228 reply, `af,hal,h1,…,pal,p1,p2` (RFC 1639): 4 is IPv4, 6 is IPv6.
package enum LongPort {
    /// Reads the argument of LPRT; nil for other families than IPv4 and IPv6, and for lengths that do not fit them.
    package static func lprt(argument: some Collection<UInt8>) -> Endpoint? {
        let text = ASCII.trimmed(Array(argument))
        guard let (endpoint, end) = numbers(in: text, at: 0), end == text.count else { return nil }
        return endpoint
    }

    /// Finds the numbers in the text of a 228 reply.
    package static func passive(reply text: some Collection<UInt8>) -> Endpoint? {
        let text = Array(text)
        for start in text.indices where ASCII.isDigit(text[start]) && (start == 0 || !ASCII.isDigit(text[start - 1])) {
            if let (endpoint, _) = numbers(in: text, at: start) { return endpoint }
        }
        return nil
    }

    /// `4,4,192,0,2,1,2,19,137`, or the twenty-one numbers of IPv6.
    package static func lprtArgument(_ endpoint: Endpoint) -> String {
        let address = endpoint.address
        let all = [address.high, address.low].flatMap { half in
            (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
        }
        let octets = address.isV4 ? Array(all.suffix(4)) : all
        let numbers = [address.isV4 ? 4 : 6, UInt8(octets.count)] + octets
        return (numbers + [2, UInt8(endpoint.port >> 8), UInt8(endpoint.port & 0xFF)])
            .map(String.init).joined(separator: ",")
    }

    /// The text of a 228 reply.
    package static func lpsvReplyText(_ endpoint: Endpoint) -> String {
        "Entering Long Passive Mode (\(lprtArgument(endpoint)))"
    }

    private static func numbers(in text: [UInt8], at start: Int) -> (Endpoint, Int)? {
        for (family, length) in [(UInt8(4), 4), (6, 16)] {
            var offset = start
            guard let octets = HostPort.octets(length + 5, in: text, at: &offset),
                octets[0] == family, octets[1] == length, octets[length + 2] == 2
            else { continue }
            let value = { (range: Range<Int>) in octets[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
            let port = UInt16(value((length + 3)..<(length + 5)))
            let address =
                family == 4 ? IPAddress(v4: UInt32(value(2..<6))) : IPAddress(high: value(2..<10), low: value(10..<18))
            return (Endpoint(address, port), offset)
        }
        return nil
    }
}
