import Bytes

extension IPv4 {
    /// What is remarkable about a time to live.
    static var lifetimeFindings: [FieldRow] {
        [
            finding("ip.ttl.lncb", "Time To Live", byte: 8) { input in
                guard let (lifetime, destination) = lifetime(input), destination >> 8 == 0xE00000 else { return false }
                return lifetime != 1 && !isExempt(destination, lifetime)
            },
            finding("ip.ttl.too_small", "Time To Live", byte: 8) { input in
                guard let (lifetime, destination) = lifetime(input) else { return false }
                return lifetime < 5 && destination >> 28 != 0xE
            },
        ]
    }

    private static func lifetime(_ input: borrowing FieldInput) -> (UInt8, UInt32)? {
        let header = input.header
        return header.has(20, at: 0) ? (header.u8(at: 8), header.u32(at: 16)) : nil
    }

    /// Groups of the local network control block (RFC 5771 §4) whose protocols have their own rule: VRRP, mDNS and GLBP
    /// send with 255, IGMPv3 reports and LLMNR with anything.
    private static func isExempt(_ destination: UInt32, _ lifetime: UInt8) -> Bool {
        switch destination & 0xFF {
        case 18, 102, 251: lifetime == 255
        case 22, 252: true
        default: false
        }
    }
}
