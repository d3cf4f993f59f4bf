import Bytes

/// What HOST can ask for.
package enum HostName {
    /// Whether `name` is one of the DNS, or an address in brackets (RFC 7151 §3.1).
    package static func isLawful(_ name: some Collection<UInt8>) -> Bool {
        let text = String(decoding: name, as: UTF8.self)
        if text.hasPrefix("["), text.hasSuffix("]") { return IPAddress(String(text.dropFirst().dropLast())) != nil }
        return !name.isEmpty && name.allSatisfy { Verb.folded($0) != nil || [0x2D, 0x2E, 0x5F].contains($0) }
    }
}
