/// A 48-bit IEEE 802 address, in the low six bytes of an integer.
@usableFromInline
package struct MACAddress: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    @usableFromInline package let value: UInt64

    @inlinable package init(_ value: UInt64) {
        self.value = value & 0xFFFF_FFFF_FFFF
    }

    /// `00:00:5e:00:53:01`, lower case as tshark prints it.
    @usableFromInline package var description: String { String(writing: { $0.append(self) }) }
}

extension [UInt8] {
    /// Appends an address as its description has it.
    package mutating func append(_ address: MACAddress) {
        for index in 0..<6 {
            if index > 0 { append(UInt8(ascii: ":")) }
            append(hexadecimal: address.value >> UInt64(40 - 8 * index) & 0xFF, digits: 2)
        }
    }
}
