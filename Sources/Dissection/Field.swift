package import Bytes

/// A protocol whose header Wharf reads: its identity and its field rows.
package protocol ProtocolLayer: SendableMetatype {
    static var id: ProtocolID { get }
    /// Every field of the header, in the order in which people read it.
    static var fields: [FieldRow] { get }
}

/// One row of a protocol's field table: the single place that says what a field is called and where it lies.
///
/// Rows are computed statics of this type (`Field<TCP, UInt16>.sourcePort`), so that `header[.sourcePort]` compiles to
/// one load, and the same row, erased to a ``FieldRow``, feeds everything that looks fields up by name.
package struct Field<P: ProtocolLayer, Value: FieldValue>: Sendable {
    package let name: StaticString
    package let label: StaticString
    /// Of the first byte, from the start of the header.
    package let byte: Int
    /// How many bytes are loaded.
    package let width: Int
    /// The bits that count, in the loaded number; all ones for whole numbers.
    package let mask: UInt64
    /// What one unit of the number stands for: 4 for lengths counted in words of four bytes.
    package let unit: UInt64
    package let display: FieldDisplay

    package init(
        _ name: StaticString, _ label: StaticString, byte: Int, width: Int = Value.width, mask: UInt64 = .max,
        unit: UInt64 = 1, _ display: FieldDisplay = .decimal
    ) {
        self.name = name
        self.label = label
        self.byte = byte
        self.width = width
        self.mask = mask
        self.unit = unit
        self.display = display
    }

    /// The number in the field's bits, in its unit.
    func number(in header: Bytes) -> UInt64 {
        let raw: UInt64
        switch width {
        case 1: raw = UInt64(header.u8(at: byte))
        case 2: raw = UInt64(header.u16(at: byte))
        case 4: raw = UInt64(header.u32(at: byte))
        case 6: raw = UInt64(header.u16(at: byte)) << 32 | UInt64(header.u32(at: byte &+ 2))
        default: raw = header.u64(at: byte)
        }
        return mask == .max ? raw &* unit : (raw & mask) >> UInt64(mask.trailingZeroBitCount) &* unit
    }
}

/// How a field's value is written.
package enum FieldDisplay: Sendable { case decimal, hexadecimal, flag, address }

/// A type that a field's bytes can be read as.
package protocol FieldValue: Sendable, SendableMetatype {
    static var width: Int { get }
    static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self
    var erased: FieldRow.Value { get }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    package static var width: Int { MemoryLayout<Self>.size }

    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self where Self: FieldValue {
        Self(truncatingIfNeeded: field.number(in: header))
    }

    package var erased: FieldRow.Value { .number(UInt64(self)) }
}

extension UInt8: FieldValue {}
extension UInt16: FieldValue {}
extension UInt32: FieldValue {}
extension UInt64: FieldValue {}

extension Bool: FieldValue {
    package static var width: Int { 1 }
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self {
        field.number(in: header) != 0
    }
    package var erased: FieldRow.Value { .flag(self) }
}

extension MACAddress: FieldValue {
    package static var width: Int { 6 }
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self {
        MACAddress(field.number(in: header))
    }
    package var erased: FieldRow.Value { .mac(self) }
}

extension IPAddress: FieldValue {
    /// Of an IPv6 address; rows of IPv4 addresses say `width: 4`.
    package static var width: Int { 16 }
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self {
        field.width == 4
            ? IPAddress(v4: header.u32(at: field.byte))
            : IPAddress(high: header.u64(at: field.byte), low: header.u64(at: field.byte &+ 8))
    }
    package var erased: FieldRow.Value { .address(self) }
}

/// A field row without its types, for looking up by name and for walking over all of a header's fields.
package struct FieldRow: Sendable {
    package enum Value: Hashable, Sendable {
        case number(UInt64), flag(Bool), mac(MACAddress), address(IPAddress)
    }

    package let name: String
    package let label: String
    package let byte: Int
    package let width: Int
    package let mask: UInt64
    package let display: FieldDisplay
    /// Reads the field from a header's bytes.
    package let read: @Sendable (Bytes) -> Value

    package init<P, V>(_ field: Field<P, V>) {
        name = field.name.description
        label = field.label.description
        byte = field.byte
        width = field.width
        mask = field.mask
        display = field.display
        read = { V.load(field, from: $0).erased }
    }
}

extension ProtocolLayer {
    static func row(_ field: Field<Self, UInt8>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, UInt16>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, UInt32>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, UInt64>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, Bool>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, MACAddress>) -> FieldRow { FieldRow(field) }
    static func row(_ field: Field<Self, IPAddress>) -> FieldRow { FieldRow(field) }
}

/// One protocol's header in a frame.
package struct Header<P: ProtocolLayer>: ~Escapable {
    package let bytes: Bytes

    /// - Parameter layer: where the header lies in `frame`; whatever it claims, nothing outside `frame` is read.
    @_lifetime(copy frame)
    package init(_ frame: Bytes, _ layer: Layer) {
        bytes = frame.slice(from: Int(layer.offset), count: Int(layer.length))
    }

    package subscript<V>(_ field: Field<P, V>) -> V { V.load(field, from: bytes) }
}
