public import Bytes

/// What tells one protocol's fields and headers from another's. It demands nothing, so that what is inlined into other
/// modules refers to nothing else.
@usableFromInline
package protocol HeaderKind: SendableMetatype {}

/// A protocol whose header Wharf reads: its identity and its field rows.
package protocol ProtocolLayer: HeaderKind {
    static var id: ProtocolID { get }
    /// Every field, in the order in which people read it.
    static var fields: [FieldRow] { get }
    /// The line that stands for the protocol in a tree: `User Datagram Protocol, Src Port: 53, Dst Port: 40000`; nil
    /// where it is no more than the protocol's label.
    static func title(_ input: borrowing FieldInput) -> String?
    /// What the packet list's Protocol column says of a frame whose last protocol this is: `TCP`, `TLSv1.3`.
    static func column(_ input: borrowing FieldInput) -> String
    /// Appends its lines in a tree; the rows say them, unless the order of what was read is another.
    static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode])
    /// What its Info column says, without a line end.
    static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8])
}

extension ProtocolLayer {
    package static func title(_ input: borrowing FieldInput) -> String? { nil }
    package static func column(_ input: borrowing FieldInput) -> String { id.column }
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) { text.append(id.label) }
}

/// One row of a protocol's field table: the single place that says what a field is called and where it lies.
///
/// Rows are computed statics of this type (`Field<TCP, UInt16>.sourcePort`), so that `header[.sourcePort]` compiles to
/// one load, and the same row, erased to a ``FieldRow``, feeds everything that looks fields up by name.
@usableFromInline
package struct Field<P: HeaderKind, Value: FieldValue>: Sendable {
    @usableFromInline package let name: StaticString
    @usableFromInline package let label: StaticString
    /// Of the first byte, from the start of the header.
    @usableFromInline package let byte: Int
    /// How many bytes are loaded.
    @usableFromInline package let width: Int
    /// The bits that count, in the loaded number; all ones for whole numbers.
    @usableFromInline package let mask: UInt64
    /// What one unit of the number stands for: 4 for lengths counted in words of four bytes.
    @usableFromInline package let unit: UInt64
    @usableFromInline package let display: FieldDisplay

    @inlinable
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
    @inlinable @inline(__always)
    package func number(in header: Bytes) -> UInt64 {
        FieldBits.number(in: header, byte: byte, width: width, mask: mask, unit: unit)
    }
}

/// Numbers in a header's bytes.
@usableFromInline
enum FieldBits {
    @inlinable @inline(__always)
    static func number(in header: Bytes, byte: Int, width: Int, mask: UInt64, unit: UInt64) -> UInt64 {
        let raw: UInt64
        switch width {
        case 1: raw = UInt64(header.u8(at: byte))
        case 2: raw = UInt64(header.u16(at: byte))
        case 3: raw = UInt64(header.u24(at: byte))
        case 4: raw = UInt64(header.u32(at: byte))
        case 6: raw = UInt64(header.u16(at: byte)) << 32 | UInt64(header.u32(at: byte &+ 2))
        default: raw = header.u64(at: byte)
        }
        return mask == .max ? raw &* unit : ((raw & mask) &>> UInt64(mask.trailingZeroBitCount)) &* unit
    }
}

/// What a number in a header stands for.
package enum ValueKind: Sendable, BitwiseCopyable { case number, flag, mac, address }

/// How a field's value is written: numbers in either base, `Set` or `Not set`, `True` or `False`, or as its type has it.
/// `bytesOrNone` is for fields to which having no bytes is nothing unusual.
@usableFromInline
package enum FieldDisplay: Sendable { case decimal, hexadecimal, flag, truth, address, text, bytes, bytesOrNone }

/// A type that a field's bytes can be read as.
@usableFromInline
package protocol FieldValue: Sendable, SendableMetatype {
    static var width: Int { get }
    static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self
}

/// A value that a row can hand on without its type.
package protocol ErasableValue: FieldValue {
    static func type(width: Int) -> FieldType
    static var kind: ValueKind { get }
}

extension FixedWidthInteger where Self: UnsignedInteger {
    package static func type(width: Int) -> FieldType {
        switch width {
        case 1: .uint8
        case 2: .uint16
        case 3: .uint24
        case 4: .uint32
        case 5: .uint40
        case 6: .uint48
        case 7: .uint56
        default: .uint64
        }
    }

    @inlinable package static var width: Int { MemoryLayout<Self>.size }

    @inlinable @inline(__always)
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self where Self: FieldValue {
        Self(truncatingIfNeeded: field.number(in: header))
    }

    package static var kind: ValueKind { .number }
}

extension UInt8: ErasableValue {}
extension UInt16: ErasableValue {}
extension UInt32: ErasableValue {}
extension UInt64: ErasableValue {}

extension Bool: ErasableValue {
    package static func type(width: Int) -> FieldType { .boolean }

    @inlinable package static var width: Int { 1 }

    @inlinable @inline(__always)
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self {
        field.number(in: header) != 0
    }

    package static var kind: ValueKind { .flag }
}

extension MACAddress: ErasableValue {
    package static func type(width: Int) -> FieldType { .ether }

    @inlinable package static var width: Int { 6 }

    @inlinable @inline(__always)
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self {
        MACAddress(field.number(in: header))
    }

    package static var kind: ValueKind { .mac }
}

extension IPAddress: ErasableValue {
    package static func type(width: Int) -> FieldType { width == 4 ? .ipv4 : .ipv6 }

    /// Of an IPv6 address; rows of IPv4 addresses say `width: 4`.
    @inlinable package static var width: Int { 16 }

    @inlinable @inline(__always)
    package static func load<P>(_ field: Field<P, Self>, from header: Bytes) -> Self {
        IPAddress(header, at: field.byte, width: field.width)
    }

    @inlinable @inline(__always)
    init(_ header: Bytes, at byte: Int, width: Int) {
        self =
            width == 4
            ? IPAddress(v4: header.u32(at: byte))
            : IPAddress(high: header.u64(at: byte), low: header.u64(at: byte &+ 8))
    }

    package static var kind: ValueKind { .address }
}

/// One protocol's header in a frame.
@usableFromInline
package struct Header<P: HeaderKind>: ~Escapable {
    @usableFromInline package let bytes: Bytes

    /// - Parameter layer: where the header lies in `frame`; whatever it claims, nothing outside `frame` is read.
    @inlinable
    @_lifetime(copy frame)
    package init(_ frame: Bytes, _ layer: Layer) {
        bytes = frame.slice(from: Int(layer.offset), count: Int(layer.length))
    }

    @inlinable @inline(__always) package subscript<V>(_ field: Field<P, V>) -> V { V.load(field, from: bytes) }
}
