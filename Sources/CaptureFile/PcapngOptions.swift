import Bytes

/// Walks the options at the end of a block: code, length, value padded to four bytes (section 3.5). Every step moves
/// on by at least four bytes, and a value that claims more than is left ends the walk.
struct PcapngOptions: ~Escapable {
    private let bytes: Bytes
    private let order: ByteOrder
    private var offset = 0
    private(set) var code: UInt16 = 0
    private var length = 0

    @_lifetime(copy bytes)
    init(_ bytes: Bytes, _ order: ByteOrder) {
        self.bytes = bytes
        self.order = order
    }

    static let endOfOptions: UInt16 = 0
    static let comment: UInt16 = 1

    /// Moves to the next option; false when there is none.
    @_lifetime(self: copy self)
    mutating func advance() -> Bool {
        code = bytes.u16(at: offset, order)
        length = Int(bytes.u16(at: offset + 2, order))
        guard code != Self.endOfOptions, bytes.has(4 + length, at: offset) else { return false }
        offset += 4 + (length + 3) & ~3
        return true
    }

    var value: Bytes {
        @_lifetime(copy self)
        get { bytes.slice(from: offset - (length + 3) & ~3, count: length) }
    }

    /// The value as text, without the zeros some writers end it with.
    var text: String { value.text }

    /// The value as a number; nil when it is not as long as the number.
    var u8: UInt8? { length == 1 ? value.u8(at: 0) : nil }
    var u32: UInt32? { length == 4 ? value.u32(at: 0, order) : nil }
    var u64: UInt64? { length == 8 ? value.u64(at: 0, order) : nil }
    var mac: MACAddress? {
        length == 6 ? MACAddress(UInt64(value.u16(at: 0)) << 32 | UInt64(value.u32(at: 2))) : nil
    }
    /// Two 32-bit halves, the high one first in both byte orders, as timestamps are written.
    var ticks: UInt64? {
        length == 8 ? UInt64(value.u32(at: 0, order)) << 32 | UInt64(value.u32(at: 4, order)) : nil
    }
}

extension Bytes {
    /// UTF-8 up to trailing zeros; what is not UTF-8 is replaced, never refused.
    var text: String {
        var end = count
        while end > 0, u8(at: end - 1) == 0 { end -= 1 }
        return String(decoding: slice(from: 0, count: end).array, as: UTF8.self)
    }
}
