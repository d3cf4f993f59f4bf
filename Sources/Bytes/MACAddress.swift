/// A 48-bit IEEE 802 address, in the low six bytes of an integer.
@usableFromInline
package struct MACAddress: Hashable, Sendable, BitwiseCopyable, CustomStringConvertible {
    @usableFromInline package let value: UInt64

    @inlinable package init(_ value: UInt64) {
        self.value = value & 0xFFFF_FFFF_FFFF
    }

    /// `00:00:5e:00:53:01`, lower case as tshark prints it.
    @usableFromInline package var description: String {
        (0..<6).map { index in
            let octet = value >> UInt64(40 - 8 * index) & 0xFF
            return (octet < 16 ? "0" : "") + String(octet, radix: 16)
        }.joined(separator: ":")
    }
}
