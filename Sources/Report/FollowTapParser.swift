import Bytes

/// Reads what follows `-z ` as tshark 4.0 does, faults and their words included.
struct FollowTapParser {
    private var rest: Substring

    init(_ argument: String) { rest = argument[...] }

    mutating func format() throws(FollowTapError) -> FollowFormat {
        guard take("follow,") else { throw FollowTapError("Invalid argument.") }
        guard take("tcp") else { throw FollowTapError("Only follow,tcp is offered.") }
        _ = take(",")
        guard let format = FollowFormat.allCases.first(where: { rest.hasPrefix($0.rawValue) }) else {
            throw FollowTapError("Invalid display mode.")
        }
        rest = rest.dropFirst(format.rawValue.count)
        return format
    }

    /// A stream's number, or two endpoints.
    mutating func selection() throws(FollowTapError) -> FollowTap.Selection {
        let whole = rest
        if take(","), let number = number(), rest.isEmpty || rest.first == "," {
            guard number <= UInt32(Int32.max) else { throw FollowTapError("Error registering tap listener.") }
            return .stream(number)
        }
        rest = whole
        guard let one = try endpoint(), let other = try endpoint() else { throw FollowTapError("Invalid address.") }
        guard one.address.isV4 == other.address.isV4 else { throw FollowTapError("Invalid address.") }
        return .endpoints(one, other)
    }

    mutating func range() throws(FollowTapError) -> ClosedRange<UInt32> {
        guard !rest.isEmpty else { return 1...UInt32.max }
        guard take(","), let first = number() else { throw FollowTapError("Invalid range.") }
        var last = first
        let behindFirst = rest
        if take("-") {
            if let number = number() { last = number } else { rest = behindFirst }
        }
        guard first >= 1, first <= last else { throw FollowTapError("Invalid range value.") }
        guard rest.isEmpty else { throw FollowTapError("Invalid parameter.") }
        return first...last
    }

    private mutating func take(_ prefix: String) -> Bool {
        guard rest.hasPrefix(prefix) else { return false }
        rest = rest.dropFirst(prefix.count)
        return true
    }

    /// As C's `%u` reads one: blanks and a sign before it, and modulo 2^32.
    private mutating func number() -> UInt32? {
        var text = rest.drop { $0 == " " }
        let isNegative = text.first == "-"
        if isNegative || text.first == "+" { text = text.dropFirst() }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for digit in digits.utf8 {
            let (high, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = high.addingReportingOverflow(UInt64(digit - 0x30))
            value = overflow || carry ? .max : sum
        }
        rest = text.dropFirst(digits.count)
        return UInt32(truncatingIfNeeded: isNegative ? 0 &- value : value)
    }

    /// `,192.0.2.1:21` or `,[2001:db8::1]:21`; nil where that is not what stands there.
    private mutating func endpoint() throws(FollowTapError) -> Endpoint? {
        guard take(",") else { return nil }
        let isV6 = take("[")
        let host = rest.prefix { $0 != (isV6 ? "]" : ":") && $0 != "," }
        rest = rest.dropFirst(host.count)
        guard !host.isEmpty, take(isV6 ? "]:" : ":") else { return nil }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        guard rest.isEmpty || rest.first == "," else { return nil }
        guard let port = UInt16(digits), port > 0 else { throw FollowTapError("Invalid port.") }
        guard let address = IPAddress(host), address.isV4 != isV6 else {
            throw FollowTapError("Can't get \(isV6 ? "IPv6" : "IPv4") address")
        }
        return Endpoint(address, port)
    }
}
