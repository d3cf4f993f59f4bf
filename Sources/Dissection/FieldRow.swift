package import Bytes

/// What a field's value is read from: one layer of a frame, with everything around it.
package struct FieldInput: ~Escapable {
    package let frame: Bytes
    package let layers: Layers
    package let layer: Layer
    package let facts: FrameFacts
    /// Nil for a frame that stands alone.
    package let context: CaptureContext?
    /// The datagram that the frame completes; empty for most frames.
    let datagram: Bytes
    let completesDatagram: Bool

    /// - Parameter index: of the layer whose fields are wanted.
    @_lifetime(copy frame)
    package init(
        _ frame: Bytes, _ layers: Layers, _ index: Int, _ facts: FrameFacts = FrameFacts(),
        _ context: CaptureContext? = nil
    ) {
        self.context = context
        self.frame = frame
        self.layers = layers
        self.layer = layers[index]
        self.facts = facts
        datagram = frame.slice(from: 0, count: 0)
        completesDatagram = false
    }

    @_lifetime(copy frame, copy datagram)
    init(
        _ frame: Bytes, _ layers: Layers, _ layer: Layer, _ facts: FrameFacts, _ context: CaptureContext?,
        completing datagram: Bytes, _ completesDatagram: Bool
    ) {
        self.context = context
        self.frame = frame
        self.layers = layers
        self.layer = layer
        self.facts = facts
        self.completesDatagram = completesDatagram
        self.datagram = datagram
    }

    /// Of the layer's first byte, from the start of the frame.
    package var start: Int { Int(layer.offset) }

    package var header: Bytes {
        @_lifetime(copy self)
        get { frame.slice(from: start, count: Int(layer.length)) }
    }

    /// The header and what was captured of its payload, where the layer is the innermost one with a header.
    var message: Bytes {
        @_lifetime(copy self)
        get { frame.slice(from: start, count: max(Int(layer.length), layers.payload.range.upperBound - start)) }
    }
}

/// A field row without its types, for looking up by name and for walking over all of a header's fields.
package struct FieldRow: Sendable {
    package enum Value: Hashable, Sendable {
        case number(UInt64), flag(Bool), mac(MACAddress), address(IPAddress), text(String), bytes([UInt8])
        /// A number that may be negative, a span of time in nanoseconds, and a finding that is there or not.
        case integer(Int64), span(Int64), presence
        /// A number with fractions.
        case real(Double)
        /// Nanoseconds since 1970.
        case time(Int64)
    }

    /// Takes one value, and where its bytes lie in the frame; an empty range for what stands nowhere.
    package typealias Sink = (Value, Range<Int>) -> Void

    /// Where a value of a fixed field lies.
    package struct Place: Sendable {
        package let byte: Int
        package let width: Int
        package let mask: UInt64
        package let unit: UInt64
        /// Reads the field from a header's bytes.
        package let read: @Sendable (Bytes) -> Value
        /// Whether a header with these bytes has the field; nil if all have it.
        package var isPresent: (@Sendable (Bytes) -> Bool)?
    }

    package enum Source: Sendable {
        /// Always the same bits of a header.
        case fixed(Place)
        /// Found by reading the header or what follows it: no value, one, or several.
        case computed(@Sendable (borrowing FieldInput, Sink) -> Void)
    }

    /// How a row takes part in a tree of details.
    package enum Role: Sendable, Hashable {
        /// In the order of the rows, `level` steps below its protocol.
        case inOrder(level: Int)
        /// With others, in the order of the bytes, below the groups that enclose it.
        case byPlace
        /// As `byPlace`, and encloses others.
        case group
        /// Nowhere.
        case alias
    }

    /// As filters call it; empty for groups that have no name.
    package var name: String { box.properties.name }
    package var label: String { box.properties.label }
    package private(set) var type: FieldType {
        get { box.properties.type }
        set { change { $0.type = newValue } }
    }
    package var display: FieldDisplay { box.properties.display }
    package private(set) var source: Source {
        get { box.properties.source }
        set { change { $0.source = newValue } }
    }
    /// What has to be found out before the field can be read.
    package private(set) var needs: FrameNeeds {
        get { box.properties.needs }
        set { change { $0.needs = newValue } }
    }
    package private(set) var role: Role {
        get { box.properties.role }
        set { change { $0.role = newValue } }
    }
    /// Says what a number stands for: `IPv4` for 0x0800.
    package private(set) var meaning: (@Sendable (UInt64) -> String?)? {
        get { box.properties.meaning }
        set { change { $0.meaning = newValue } }
    }
    /// Worked out rather than read: trees show it in brackets.
    package private(set) var isGenerated: Bool {
        get { box.properties.isGenerated }
        set { change { $0.isGenerated = newValue } }
    }
    /// Left out of what people read: another name for what other rows show, such as `ip.addr`.
    package private(set) var isHidden: Bool {
        get { box.properties.isHidden }
        set { change { $0.isHidden = newValue } }
    }
    /// How many bits a tree writes out before the label; 0 for none, nil for those of the place's bytes.
    package private(set) var shownBits: Int? {
        get { box.properties.shownBits }
        set { change { $0.shownBits = newValue } }
    }
    package private(set) var bitsBelow: Int {
        get { box.properties.bitsBelow }
        set { change { $0.bitsBelow = newValue } }
    }
    /// The findings of a segment of which it says one; nil for what is read otherwise.
    package internal(set) var findings: TCPAnalysis.Flags? {
        get { box.properties.findings }
        set { change { $0.findings = newValue } }
    }
    /// What makes its presence a finding; nil for fields that are none.
    package internal(set) var expertise: Expertise? {
        get { box.properties.expertise }
        set { change { $0.expertise = newValue } }
    }
    /// Shown with all the bits of its bytes, though it takes only some of them.
    package private(set) var isWhole: Bool {
        get { box.properties.isWhole }
        set { change { $0.isWhole = newValue } }
    }
    /// A protocol to Wireshark, which stands for itself and belongs to no other: a TCP option.
    package private(set) var isProtocol: Bool {
        get { box.properties.isProtocol }
        set { change { $0.isProtocol = newValue } }
    }
    /// A number that is shown by its name alone.
    package private(set) var hidesNumber: Bool {
        get { box.properties.hidesNumber }
        set { change { $0.hidesNumber = newValue } }
    }
    /// Whether a number without a name is called unknown.
    package private(set) var namesAllNumbers: Bool {
        get { box.properties.namesAllNumbers }
        set { change { $0.namesAllNumbers = newValue } }
    }
    /// What trees add to the label and the value.
    package private(set) var suffix: Wording? {
        get { box.properties.suffix }
        set { change { $0.suffix = newValue } }
    }
    /// The line in trees, where it is not the label and the value.
    package private(set) var wording: Wording? {
        get { box.properties.wording }
        set { change { $0.wording = newValue } }
    }
    /// What a field of Wharf's own says, for the reference; nil for those that Wireshark has too.
    package private(set) var ownMeaning: String? {
        get { box.properties.ownMeaning }
        set { change { $0.ownMeaning = newValue } }
    }

    private struct Properties: Sendable {
        var name: String
        var label: String
        var type: FieldType
        let display: FieldDisplay
        var source: Source
        var needs: FrameNeeds = []
        var role: Role
        var meaning: (@Sendable (UInt64) -> String?)?
        var isGenerated: Bool = false
        var isHidden: Bool = false
        var shownBits: Int?
        var bitsBelow: Int = 0
        var findings: TCPAnalysis.Flags?
        var expertise: Expertise?
        var isWhole: Bool = false
        var isProtocol: Bool = false
        var hidesNumber: Bool = false
        var namesAllNumbers: Bool = true
        var suffix: Wording?
        var wording: Wording?
        var ownMeaning: String?
    }

    /// Rows are handed about for every value of every frame: one reference is counted instead of a dozen.
    private final class Box: Sendable {
        let properties: Properties
        init(_ properties: Properties) { self.properties = properties }
    }

    private var box: Box

    private mutating func change(_ body: (inout Properties) -> Void) {
        var properties = box.properties
        body(&properties)
        box = Box(properties)
    }

    /// Writes a value's line in trees. The range is where its bytes lie in the frame.
    package typealias Wording = @Sendable (Value, Range<Int>, borrowing FieldInput) -> String

    package init<P, V: ErasableValue>(_ field: Field<P, V>) {
        let place = Place(
            byte: field.byte, width: field.width, mask: field.mask, unit: field.unit,
            read: { V.load(field, from: $0).erased })
        box = Box(
            Properties(
                name: field.name.description, label: field.label.description, type: V.type(width: field.width),
                display: field.display, source: .fixed(place), role: .inOrder(level: 1)))
    }

    init(
        _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay, _ role: Role,
        _ resolve: @escaping @Sendable (borrowing FieldInput, Sink) -> Void
    ) {
        box = Box(
            Properties(name: name, label: label, type: type, display: display, source: .computed(resolve), role: role))
    }

    /// The place of a fixed field, nil for a computed one.
    package var place: Place? {
        if case .fixed(let place) = source { place } else { nil }
    }

    /// Calls `sink` with each value that the layer has for the field.
    package func forEachValue(in input: borrowing FieldInput, _ sink: Sink) {
        switch source {
        case .fixed(let place):
            let header = input.header
            guard header.has(place.width, at: place.byte), place.isPresent?(header) ?? true else { return }
            let start = input.start + place.byte
            sink(place.read(header), start..<start + place.width)
        case .computed(let resolve): resolve(input, sink)
        }
    }
}

extension FieldRow {
    /// With names for some of its numbers; others stand for themselves.
    func partlyNamed(_ meaning: @escaping @Sendable (UInt64) -> String?) -> FieldRow {
        var row = named(meaning)
        row.namesAllNumbers = false
        return row
    }

    /// With names for its numbers; one without a name is unknown.
    func named(_ meaning: @escaping @Sendable (UInt64) -> String?) -> FieldRow {
        var row = self
        row.meaning = meaning
        return row
    }

    /// Only read where that has been found out.
    func needing(_ needs: FrameNeeds) -> FieldRow {
        var row = self
        row.needs = needs
        return row
    }

    /// With the type that filters know the name by, where the header has it in fewer bytes.
    func typed(_ type: FieldType) -> FieldRow {
        var row = self
        row.type = type
        return row
    }

    /// One step below the row before it, of whose bits it is a part.
    var part: FieldRow { at(level: 2) }

    /// So many steps below the protocol, in the order of the rows.
    func at(level: Int) -> FieldRow {
        var row = self
        row.role = .inOrder(level: level)
        return row
    }

    /// See ``isGenerated``.
    var generated: FieldRow {
        var row = self
        row.isGenerated = true
        return row
    }

    /// See ``isHidden``.
    var hidden: FieldRow {
        var row = self
        row.isHidden = true
        return row
    }

    /// See ``shownBits``.
    ///
    /// - Parameter above: how many of the bits lie below those of the place.
    func showing(bits: Int, above: Int = 0) -> FieldRow {
        var row = self
        row.shownBits = bits
        row.bitsBelow = above
        return row
    }

    /// See ``wording``.
    func worded(_ wording: @escaping Wording) -> FieldRow {
        var row = self
        row.wording = wording
        return row
    }

    /// See ``suffix``.
    func suffixed(_ suffix: @escaping Wording) -> FieldRow {
        var row = self
        row.suffix = suffix
        return row
    }

    /// See ``isWhole``.
    var whole: FieldRow {
        var row = self
        row.isWhole = true
        return row
    }

    /// See ``isProtocol``.
    var standingAlone: FieldRow {
        var row = self
        row.isProtocol = true
        return row
    }

    /// See ``hidesNumber``.
    var nameAlone: FieldRow {
        var row = self
        row.hidesNumber = true
        return row
    }

    /// See ``ownMeaning``.
    func own(_ meaning: String) -> FieldRow {
        var row = self
        row.ownMeaning = meaning
        return row
    }

    /// Under another name.
    func renamed(_ name: String, _ label: String) -> FieldRow {
        var row = self
        row.change { ($0.name, $0.label) = (name, label) }
        return row
    }

    /// Several rows of one name as one: `ip.addr` is the source's and the destination's.
    static func joined(_ rows: [FieldRow]) -> FieldRow {
        guard rows.count > 1 else { return rows[0] }
        var row = rows[0]
        row.needs = rows.reduce(into: []) { $0.formUnion($1.needs) }
        row.source = .computed { input, sink in for row in rows { row.forEachValue(in: input, sink) } }
        return row
    }

    /// Only in headers that fulfil `condition`.
    func when(_ condition: @escaping @Sendable (Bytes) -> Bool) -> FieldRow {
        guard case .fixed(var place) = source else { return self }
        place.isPresent = condition
        var row = self
        row.source = .fixed(place)
        return row
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

/// A protocol with fields that must be looked for; `resolve` is their one switch.
package protocol ComputingLayer: ProtocolLayer {
    associatedtype Computed: Sendable
    static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink)
}

extension ComputingLayer {
    static func computed(
        _ field: Computed, _ name: String, _ label: String, _ type: FieldType = .uint32,
        _ display: FieldDisplay? = nil, _ role: FieldRow.Role = .byPlace
    ) -> FieldRow {
        FieldRow(name, label, type, display ?? type.display, role) { resolve(field, in: $0, $1) }
    }
}
