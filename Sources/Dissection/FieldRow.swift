package import Bytes
import Synchronization

/// A field row without its types, for looking up by name and for walking over all of a header's fields.
///
/// Rows are made once, for the tables of their protocols, and live as long as the program: a row is one address, and
/// handing it about for every value of every frame counts no references. So none is to be made for a frame.
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
    package struct Place: Sendable, BitwiseCopyable {
        package let byte: Int
        package let width: Int
        package let mask: UInt64
        package let unit: UInt64
        let kind: ValueKind

        /// Reads the field from a header's bytes.
        func value(in header: Bytes) -> Value {
            switch kind {
            case .number: .number(number(in: header))
            case .flag: .flag(number(in: header) != 0)
            case .mac: .mac(MACAddress(number(in: header)))
            case .address: .address(IPAddress(header, at: byte, width: width))
            }
        }

        private func number(in header: Bytes) -> UInt64 {
            FieldBits.number(in: header, byte: byte, width: width, mask: mask, unit: unit)
        }
    }

    /// Finds what stands at no fixed place, by reading the header or what follows it: no value, one, or several.
    package typealias Resolve = @Sendable (borrowing FieldInput, Sink) -> Void

    /// How a row takes part in a tree of details.
    package enum Role: Sendable, Hashable, BitwiseCopyable {
        /// In the order of the rows, `level` steps below its protocol.
        case inOrder(level: Int)
        /// With others, in the order of the bytes, below the groups that enclose it.
        case byPlace
        /// As `byPlace`, and encloses others.
        case group
        /// Nowhere.
        case alias
    }

    /// Writes a value's line in trees. The range is where its bytes lie in the frame.
    package typealias Wording = @Sendable (Value, Range<Int>, borrowing FieldInput) -> String

    /// Everything that is said of a row; ``FieldRow`` says it one by one.
    struct Properties: Sendable {
        var name: String
        var label: String
        var type: FieldType
        let display: FieldDisplay
        var role: Role
        /// Nil for what `resolve` finds.
        var place: Place?
        /// Whether a header has a fixed field; nil if all have it.
        var isPresent: (@Sendable (Bytes) -> Bool)?
        var resolve: Resolve?
        var needs: FrameNeeds = []
        var meaning: (@Sendable (UInt64) -> String?)?
        var wordsOfFilters: (@Sendable (UInt64) -> String?)?
        var isGenerated = false
        var isHidden = false
        var shownBits: Int?
        var bitsBelow = 0
        var findings: TCPAnalysis.Flags?
        var expertise: Expertise?
        var isWhole = false
        var isProtocol = false
        var isPlaceless = false
        var hidesNumber = false
        var namesAllNumbers = true
        var suffix: Wording?
        var wording: Wording?
        var ownMeaning: String?
    }

    private final class Box: Sendable {
        let properties: Properties
        let name: LastingText
        let isExpertInfo: Bool

        init(_ properties: Properties) {
            self.properties = properties
            name = LastingText(properties.name)
            isExpertInfo = properties.name == ExpertRows.name
        }
    }

    private let box: Lasting<Box>
    package let role: Role
    /// The findings of a segment of which it says one; nil for what is read otherwise.
    package let findings: TCPAnalysis.Flags?

    /// How many rows there are, for tests.
    package static var count: Int { made.load(ordering: .relaxed) }
    private static let made = Atomic(0)

    init(_ properties: Properties) {
        Self.made.add(1, ordering: .relaxed)
        box = Lasting(Box(properties))
        role = properties.role
        findings = properties.findings
    }

    /// Another row that differs from this one by what `body` changes.
    func changed(_ body: (inout Properties) -> Void) -> FieldRow {
        var properties = box.read { $0.properties }
        body(&properties)
        return FieldRow(properties)
    }

    package init<P, V: ErasableValue>(_ field: Field<P, V>) {
        self.init(
            Properties(
                name: field.name.description, label: field.label.description, type: V.type(width: field.width),
                display: field.display, role: .inOrder(level: 1),
                place: Place(
                    byte: field.byte, width: field.width, mask: field.mask, unit: field.unit, kind: V.kind)))
    }

    init(
        _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay, _ role: Role,
        _ resolve: @escaping Resolve
    ) {
        self.init(
            Properties(name: name, label: label, type: type, display: display, role: role, resolve: resolve))
    }

    /// Calls `sink` with each value that the layer has for the field.
    package func forEachValue(in input: borrowing FieldInput, _ sink: Sink) {
        guard let place else {
            return box.read { $0.properties.resolve?(input, sink) ?? () }
        }
        let header = input.header
        guard isPresent(in: header) else { return }
        let start = input.start + place.byte
        sink(place.value(in: header), start..<start + place.width)
    }

    /// Whether a header has the field, if that is a fixed one.
    func isPresent(in header: Bytes) -> Bool {
        box.read { box in
            guard let place = box.properties.place, header.has(place.width, at: place.byte) else { return false }
            return box.properties.isPresent?(header) ?? true
        }
    }
}

extension FieldRow {
    /// As filters call it; empty for groups that have no name.
    package var name: String { box.read { $0.properties.name } }
    package var label: String { box.read { $0.properties.label } }
    package var type: FieldType { box.read { $0.properties.type } }
    package var display: FieldDisplay { box.read { $0.properties.display } }
    /// The place of a fixed field, nil for a computed one.
    package var place: Place? { box.read { $0.properties.place } }
    /// What has to be found out before the field can be read.
    package var needs: FrameNeeds { box.read { $0.properties.needs } }
    /// Says what a number stands for: `IPv4` for 0x0800.
    package var meaning: (@Sendable (UInt64) -> String?)? {
        box.read { $0.properties.meaning }
    }
    /// Names by which filters ask for numbers that lines show otherwise.
    package var wordsOfFilters: (@Sendable (UInt64) -> String?)? {
        box.read { $0.properties.wordsOfFilters }
    }
    /// Worked out rather than read: trees show it in brackets.
    package var isGenerated: Bool { box.read { $0.properties.isGenerated } }
    /// Left out of what people read: another name for what other rows show, such as `ip.addr`.
    package var isHidden: Bool { box.read { $0.properties.isHidden } }
    /// How many bits a tree writes out before the label; 0 for none, nil for those of the place's bytes.
    package var shownBits: Int? { box.read { $0.properties.shownBits } }
    package var bitsBelow: Int { box.read { $0.properties.bitsBelow } }
    /// What makes its presence a finding; nil for fields that are none.
    package var expertise: Expertise? { box.read { $0.properties.expertise } }
    /// Shown with all the bits of its bytes, though it takes only some of them.
    package var isWhole: Bool { box.read { $0.properties.isWhole } }
    /// A protocol to Wireshark, which stands for itself and belongs to no other: a TCP option.
    package var isProtocol: Bool { box.read { $0.properties.isProtocol } }
    /// Added by Wireshark without a place in the packet: it has no bytes, not even none.
    package var isPlaceless: Bool { box.read { $0.properties.isPlaceless } }
    /// A number that is shown by its name alone.
    package var hidesNumber: Bool { box.read { $0.properties.hidesNumber } }
    /// Whether a number without a name is called unknown.
    package var namesAllNumbers: Bool { box.read { $0.properties.namesAllNumbers } }
    /// What trees add to the label and the value.
    package var suffix: Wording? { box.read { $0.properties.suffix } }
    /// The line in trees, where it is not the label and the value.
    package var wording: Wording? { box.read { $0.properties.wording } }
    /// What a field of Wharf's own says, for the reference; nil for those that Wireshark has too.
    package var ownMeaning: String? { box.read { $0.properties.ownMeaning } }
    package var isNamed: Bool { box.read { !$0.properties.name.isEmpty } }
    /// The name, for printers.
    package var nameText: LastingText { box.read { $0.name } }
    /// Whether it is the line around a finding, which is no field with a value.
    package var isExpertInfo: Bool { box.read { $0.isExpertInfo } }
}
