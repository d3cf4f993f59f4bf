import Bytes

/// A protocol whose contents depend on what stands before them: they are read from front to back, item by item, and
/// each row shows the items of its own kind.
///
/// A kind's raw value is the rest of its field's name; one that begins with a capital has no name.
protocol MessageLayer: ComputingLayer where Computed: RawRepresentable, Computed.RawValue == String {
    typealias Emit = (_ kind: Computed, _ value: FieldRow.Value, _ range: Range<Int>) -> Void
    static func read(_ input: borrowing FieldInput, _ emit: Emit)
    /// What the names of its fields begin with.
    static var prefix: String { get }
}

extension MessageLayer {
    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        read(input) { kind, value, range in if kind == field { sink(value, range) } }
    }

    /// A row of the items of one kind.
    static func item(
        _ kind: Computed, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil,
        _ role: FieldRow.Role = .byPlace
    ) -> FieldRow {
        let name = kind.rawValue.first?.isUppercase == true ? "" : "\(prefix).\(kind.rawValue)"
        return computed(kind, name, label, type, display, role)
    }

    static var prefix: String { id.name }

    /// Some bits of the numbers of one kind, under a name of their own. The row is written as the bits are.
    static func bits(
        of kind: Computed, _ mask: UInt64, _ name: String, _ label: String, _ type: FieldType = .boolean,
        _ display: FieldDisplay? = nil
    ) -> FieldRow {
        let resolve: @Sendable (borrowing FieldInput, FieldRow.Sink) -> Void = { input, sink in
            read(input) { found, value, range in
                guard found == kind, case .number(let number) = value else { return }
                let part = (number & mask) >> UInt64(mask.trailingZeroBitCount)
                sink(type == .boolean ? .flag(part != 0) : .number(part), range)
            }
        }
        return FieldRow(
            "\(prefix).\(name)", label, type, display ?? (type == .boolean ? .flag : .decimal), .byPlace, resolve
        ).writingBits(mask)
    }
}

/// The bytes of a message and where it begins in its frame: hands on what stands at a place, if it was captured.
struct MessageBytes: ~Escapable {
    let bytes: Bytes
    let start: Int

    @_lifetime(copy bytes)
    init(_ bytes: Bytes, at start: Int) {
        self.bytes = bytes
        self.start = start
    }

    var count: Int { bytes.count }

    func value(_ byte: Int, _ width: Int) -> UInt64 {
        var number: UInt64 = 0
        for place in byte..<byte + min(width, 8) { number = number << 8 | UInt64(bytes.u8(at: place)) }
        return number
    }

    func place(_ byte: Int, _ count: Int) -> Range<Int> { start + byte..<start + byte + count }

    func number<K>(_ kind: K, _ byte: Int, _ width: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        if bytes.has(width, at: byte) { emit(kind, .number(value(byte, width)), place(byte, width)) }
    }

    func raw<K>(_ kind: K, _ byte: Int, _ count: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        if count > 0, bytes.has(count, at: byte) {
            emit(kind, .bytes(bytes.slice(from: byte, count: count).array), place(byte, count))
        }
    }

    func presence<K>(_ kind: K, _ byte: Int, _ count: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        if count > 0, bytes.has(count, at: byte) { emit(kind, .presence, place(byte, count)) }
    }

    func text<K>(_ kind: K, _ byte: Int, _ count: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        guard bytes.has(count, at: byte) else { return }
        var text = bytes.slice(from: byte, count: count).array
        if let end = text.firstIndex(of: 0) { text.removeSubrange(end...) }
        emit(kind, .text(String(decoding: text, as: UTF8.self)), place(byte, count))
    }

    func ipv4<K>(_ kind: K, _ byte: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        if bytes.has(4, at: byte) { emit(kind, .address(IPAddress(v4: bytes.u32(at: byte))), place(byte, 4)) }
    }

    func ipv6<K>(_ kind: K, _ byte: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        if bytes.has(16, at: byte) { emit(kind, .address(address(byte)), place(byte, 16)) }
    }

    /// A prefix of which only the first `count` bytes stand there; the others are zero.
    func prefix<K>(_ kind: K, _ byte: Int, _ count: Int, _ emit: (K, FieldRow.Value, Range<Int>) -> Void) {
        guard count > 0, bytes.has(count, at: byte) else { return }
        emit(kind, .address(prefix(byte, count)), place(byte, count))
    }

    func prefix(_ byte: Int, _ count: Int) -> IPAddress {
        var halves = [value(byte, 8), value(byte + 8, 8)]
        for half in 0..<2 {
            let kept = min(max(count - 8 * half, 0), 8)
            halves[half] &= kept == 0 ? 0 : UInt64.max << UInt64(64 - 8 * kept)
        }
        return IPAddress(high: halves[0], low: halves[1])
    }

    func address(_ byte: Int) -> IPAddress { IPAddress(high: bytes.u64(at: byte), low: bytes.u64(at: byte + 8)) }
}
