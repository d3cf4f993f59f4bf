/// A 48-bit IEEE 802 address, in the low six bytes of an integer.
@usableFromInline
package struct MACAddress: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    @usableFromInline package let value: UInt64

    @inlinable package init(_ value: UInt64) {
        self.value = value & 0xFFFF_FFFF_FFFF
    }

    /// `00:00:5e:00:53:01`, lower case as tshark prints it.
    @usableFromInline package var description: String { String(atMost: 17) { $0.put(self) } }

    /// What addresses that stand for many are called: all stations, and those that IP's groups map to (RFC 1112 §6.4,
    /// RFC 2464 §7); nil for others.
    package var name: String? {
        if value == 0xFFFF_FFFF_FFFF { return "Broadcast" }
        if value >> 23 == 0x01_005E << 1 { return "IPv4mcast_" + end(3) }
        if value >> 32 == 0x3333 { return "IPv6mcast_" + end(4) }
        return nil
    }

    private func end(_ count: Int) -> String {
        String(writing: { text in
            for index in (0..<count).reversed() {
                text.append(hexadecimal: value >> UInt64(8 * index) & 0xFF, digits: 2)
                if index > 0 { text.append(UInt8(ascii: ":")) }
            }
        })
    }
}

extension [UInt8] {
    /// Appends an address as its description has it.
    package mutating func append(_ address: MACAddress) {
        append(atMost: 17) { $0.put(address) }
    }
}
