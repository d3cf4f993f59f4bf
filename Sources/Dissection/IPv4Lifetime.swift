import Bytes

extension IPv4 {
    /// What is remarkable about a time to live.
    package static let lifetimeFindings: [FieldRow] =
        [
            finding("ip.ttl.lncb", "Time To Live", byte: 8) { input in
                guard let (lifetime, destination) = lifetime(input), destination >> 8 == 0xE00000 else { return false }
                return lifetime != 1 && !isExempt(destination, lifetime)
            }.worded { _, _, input in
                let due = Self.lifetime(input).map { isSentFar($0.1) } ?? false ? 255 : 1
                return "\"Time To Live\" != \(due) for a packet sent to the Local Network Control Block (see RFC 3171)"
            }.expert(.note, .sequence),
            finding("ip.ttl.too_small", "Time To Live", byte: 8) { input in
                guard let (lifetime, destination) = lifetime(input) else { return false }
                return lifetime < 5 && destination >> 28 != 0xE
            }.worded { _, _, input in "\"Time To Live\" only \(input.header.u8(at: 8))" }.expert(.note, .sequence),
        ]

    private static func lifetime(_ input: borrowing FieldInput) -> (UInt8, UInt32)? {
        let header = input.header
        return header.has(20, at: 0) ? (header.u8(at: 8), header.u32(at: 16)) : nil
    }

    /// Groups of the local network control block (RFC 5771 §4) whose protocols have their own rule: VRRP, mDNS and GLBP
    /// send with 255, IGMPv3 reports and LLMNR with anything.
    private static func isExempt(_ destination: UInt32, _ lifetime: UInt8) -> Bool {
        switch destination & 0xFF {
        case 22, 252: true
        default: isSentFar(destination) && lifetime == 255
        }
    }

    private static func isSentFar(_ destination: UInt32) -> Bool { [18, 102, 251].contains(destination & 0xFF) }
}
