package import Bytes

/// Where a data connection will be accepted, as PORT and the 227 reply name it: `h1,h2,h3,h4,p1,p2` (RFC 959 §4.1.2).
package struct HostPort: Hashable, Sendable {
    /// The IPv4 address, its first octet in the highest bits.
    package let v4: UInt32
    /// p1 × 256 + p2; 0 … 65535.
    package let port: UInt16

    /// The place that PORT or a 227 reply shall name.
    package init(v4: UInt32, port: UInt16) {
        self.v4 = v4
        self.port = port
    }

    /// Nil for an IPv6 address, which this form cannot express.
    package init?(_ endpoint: Endpoint) {
        guard let v4 = endpoint.address.v4 else { return nil }
        self.init(v4: v4, port: endpoint.port)
    }

    /// h1, h2, h3, h4, p1, p2.
    package var octets: [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: v4 >> $0) } + [UInt8(port >> 8), UInt8(port & 0xFF)]
    }

    /// h1.h2.h3.h4
    package var address: IPAddress { IPAddress(v4: v4) }
    /// Address and port together.
    package var endpoint: Endpoint { Endpoint(address, port) }

    /// How the last two numbers make the port: `19 × 256 + 137 = 5001`.
    package var arithmetic: String { "\(port >> 8) × 256 + \(port & 0xFF) = \(port)" }
}

extension HostPort {
    /// Reads the argument of PORT: exactly six numbers of at most 255, apart from spaces and parentheses.
    package static func port(argument: some Collection<UInt8>) -> HostPort? {
        let bare = argument.filter { !ASCII.isSpace($0) && $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ")") }
        guard let (hostPort, end) = sixNumbers(in: bare, at: 0), end == bare.count else { return nil }
        return hostPort
    }

    /// Finds the numbers in the text of a 227 reply.
    ///
    /// RFC 959 shows parentheses but does not demand them (RFC 1123 §4.1.2.6), so the first six numbers that commas
    /// join are taken, wherever they stand.
    package static func passive(reply text: some Collection<UInt8>) -> HostPort? {
        let text = Array(text)
        for start in text.indices where ASCII.isDigit(text[start]) && (start == 0 || !ASCII.isDigit(text[start - 1])) {
            if let (hostPort, _) = sixNumbers(in: text, at: start) { return hostPort }
        }
        return nil
    }

    /// `192,0,2,1,19,137`
    package var portArgument: String { octets.map(String.init).joined(separator: ",") }

    /// The text of a 227 reply.
    package var passiveReplyText: String { "Entering Passive Mode (\(portArgument))." }

    /// Six comma-separated octets from `start` on, and the offset behind them.
    private static func sixNumbers(in text: [UInt8], at start: Int) -> (HostPort, Int)? {
        var offset = start
        guard let octets = octets(6, in: text, at: &offset) else { return nil }
        let value = octets.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return (HostPort(v4: UInt32(value >> 16), port: UInt16(truncatingIfNeeded: value)), offset)
    }

    /// `count` numbers of at most 255, joined by commas that spaces may surround; moves `offset` behind the last one.
    ///
    /// Leading zeros are allowed, up to four digits in all.
    static func octets(_ count: Int, in text: [UInt8], at offset: inout Int) -> [UInt8]? {
        var octets: [UInt8] = []
        octets.reserveCapacity(count)
        func passSpaces() { while offset < text.count, ASCII.isSpace(text[offset]) { offset += 1 } }
        while true {
            var (value, digits) = (0, 0)
            while offset < text.count, digits < 5, ASCII.isDigit(text[offset]) {
                value = value * 10 + Int(text[offset] - UInt8(ascii: "0"))
                digits += 1
                offset += 1
            }
            guard (1...4).contains(digits), let octet = UInt8(exactly: value) else { return nil }
            octets.append(octet)
            if octets.count == count { return octets }
            passSpaces()
            guard offset < text.count, text[offset] == UInt8(ascii: ",") else { return nil }
            offset += 1
            passSpaces()
        }
    }
}
