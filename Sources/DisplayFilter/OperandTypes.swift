import Dissection

extension Operand {
    /// A slice is even compared with a protocol, whose bytes could be meant.
    func isComparable(to other: Operand) -> Bool {
        type.isComparable(to: other.type) || isForeign && other.isSlice || isSlice && other.isForeign
    }

    private var isForeign: Bool { if case .foreign = kind { true } else { false } }

    var isComputed: Bool {
        switch kind {
        case .arithmetic, .negative: true
        default: false
        }
    }
    var isSlice: Bool { if case .slice = kind { true } else { false } }

    /// All its bytes; nil for what has none.
    var sliced: Operand? {
        guard isField, type.canBeSliced else { return nil }
        return Operand(kind: .slice(self, [ByteRange(start: 0, end: .open)]), type: .bytes, place: place)
    }

    var isField: Bool {
        switch kind {
        case .field, .layer, .raw: true
        default: false
        }
    }

    /// The row that may name the numbers of a field.
    var row: FieldRow? { if case .field(let handle, _) = kind { handle.entries.first?.row } else { nil } }
}

extension FieldType {
    /// Text or bytes, or something that is made of them.
    var holdsBytes: Bool { self == .string || self == .bytes || self == .protocol || self == .ether || self == .eui64 }
    /// Whether `string(…)` has a text for it.
    var isWritten: Bool {
        isInteger || [.ipv4, .ipv6, .ether, .eui64, .double, .objectIdentifier].contains(self)
    }
    var canBeSliced: Bool { holdsBytes || [.ipv4, .ipv6, .objectIdentifier].contains(self) }

    func takes(_ arithmetic: Arithmetic) -> Bool {
        switch self {
        case .relativeTime: arithmetic == .plus || arithmetic == .minus
        case .bytes, .ether, .ipv4, .ipv6, .objectIdentifier: arithmetic == .bitAnd
        case .double: arithmetic != .bitAnd && arithmetic != .modulo
        default: isInteger
        }
    }
    var isNumeric: Bool { isInteger || self == .double || self == .relativeTime || self == .boolean }

    func isComparable(to other: FieldType) -> Bool {
        if self == other || [self, other].allSatisfy({ $0.isInteger || $0 == .boolean }) { return true }
        return [self, other].allSatisfy { $0 == .bytes || $0 == .ether || $0 == .eui64 }
    }

    /// For people.
    var words: String {
        switch self {
        case .none: "a label"
        case .protocol: "a protocol"
        case .boolean: "a Boolean"
        case .absoluteTime: "a point in time"
        case .relativeTime: "a span of time"
        case .string: "text"
        case .bytes: "a sequence of bytes"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .ether: "an Ethernet address"
        case .eui64: "an EUI-64 address"
        case .double: "a number with fractions"
        case .objectIdentifier: "an object identifier"
        default: "a number"
        }
    }
}
