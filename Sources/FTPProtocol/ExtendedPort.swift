package import Bytes

/// Where a data connection will be accepted, as EPRT and the 229 reply name it (RFC 2428).
package struct ExtendedPort: Hashable, Sendable {
    /// The network protocol: 1 is IPv4, 2 is IPv6; others have no meaning yet. Nil in a 229 reply that leaves it out.
    package var family: UInt8?
    /// Nil where it was left out, as in a proper 229 reply: the address of the control connection holds.
    package var address: IPAddress?
    /// The scope of a link-local IPv6 address, the part behind `%`; only its writer knows what it means.
    package var scope: String?
    /// 1 … 65535 in what was read.
    package var port: UInt16

    /// A place to be announced; the family follows from the address.
    package init(address: IPAddress?, port: UInt16) {
        family = address.map { $0.isV4 ? 1 : 2 }
        self.address = address
        self.port = port
    }
}

extension ExtendedPort {
    /// Reads the argument of EPRT, `|1|192.0.2.1|5001|`: any delimiter of 33 … 126, the last one dispensable.
    ///
    /// An unknown family gives a value without address, for the server to refuse by 522. Nil for a bad form, or an
    /// address that does not fit its family.
    package static func eprt(argument: some Collection<UInt8>) -> ExtendedPort? {
        let argument = ASCII.trimmed(Array(argument))
        guard let fields = Fields(argument, at: 0), fields.end == argument.count, fields.family != nil else {
            return nil
        }
        return fields.value
    }

    /// Finds `(|||5001|)` in the text of a 229 reply.
    ///
    /// Also reads forms that servers have been seen to send: without parentheses, or with family and address filled in.
    package static func passive(reply text: some Collection<UInt8>) -> ExtendedPort? {
        let text = Array(text)
        for open in text.indices where text[open] == UInt8(ascii: "(") {
            if let value = Fields(text, at: open + 1)?.passiveValue { return value }
        }
        for start in text.indices where text[start] > 0x20 && Verb.folded(text[start]) == nil {
            if let value = Fields(text, at: start)?.passiveValue { return value }
        }
        return nil
    }

    /// `|1|192.0.2.1|5001|`; nil without an address.
    package var eprtArgument: String? {
        address.map { "|\($0.isV4 ? 1 : 2)|\($0)|\(port)|" }
    }

    /// The text of a 229 reply; it names the port only, as RFC 2428 §3 wants it.
    package var epsvReplyText: String { "Entering Extended Passive Mode (|||\(port)|)" }
}

/// The parts of `<d><family><d><address><d><port><d>`.
private struct Fields {
    var family: UInt8?
    var address: ArraySlice<UInt8>
    var port: UInt16
    /// The offset behind the last delimiter.
    var end: Int

    /// The longest text taken for an address: IPv6 with a scope.
    static let maximumAddressLength = 80

    init?(_ text: [UInt8], at start: Int) {
        guard start < text.count, (33...126).contains(text[start]) else { return nil }
        let delimiter = text[start]
        var offset = start + 1
        func field(atMost length: Int) -> ArraySlice<UInt8>? {
            let field = text[offset...].prefix(length + 1).prefix { $0 != delimiter }
            guard field.count <= length, field.endIndex < text.count else { return nil }
            offset = field.endIndex + 1
            return field
        }
        guard let family = field(atMost: 3), let address = field(atMost: Self.maximumAddressLength) else { return nil }
        let digits = text[offset...].prefix(6).prefix { ASCII.isDigit($0) && $0 != delimiter }
        guard let port = ASCII.number(digits, as: UInt16.self), port > 0 else { return nil }
        let number = ASCII.number(family, as: UInt8.self)
        guard family.isEmpty || number != nil else { return nil }
        self.family = number
        self.address = address
        self.port = port
        end = digits.endIndex
        if end < text.count, text[end] == delimiter { end += 1 }
    }

    /// Nil also for an unknown family: where the client shall connect, a guess at the form would be dangerous.
    var passiveValue: ExtendedPort? {
        family == nil || family == 1 || family == 2 ? value : nil
    }

    /// Nil if the address is none of its family.
    var value: ExtendedPort? {
        var value = ExtendedPort(address: nil, port: port)
        value.family = family
        guard !address.isEmpty, family == nil || family == 1 || family == 2 else { return value }
        let parts = address.split(separator: UInt8(ascii: "%"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let parsed = IPAddress(String(decoding: first, as: UTF8.self)) else {
            return nil
        }
        let isWrittenAsV6 = first.contains(UInt8(ascii: ":"))
        guard family == nil || isWrittenAsV6 == (family == 2) else { return nil }
        value.address = parsed
        value.scope = parts.count > 1 ? displayText(parts[1]) : nil
        return value
    }
}
