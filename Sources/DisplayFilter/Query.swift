import Dissection

/// A filter whose names and types are settled.
struct Operand: Sendable {
    let kind: Kind
    let type: FieldType
    let place: Range<Int>

    indirect enum Kind: Sendable {
        case field(FieldHandle, layers: [LayerRange])
        case layer(ProtocolID, layers: [LayerRange])
        /// The bytes that a field was read from.
        case raw(FieldHandle, layers: [LayerRange])
        case constant(FilterValue)
        /// No value in any frame: a field of a frame that was chosen, where nobody chooses.
        case absent
        /// An unsigned number below 0: a value that nothing has.
        case impossible
        /// A protocol of Wireshark's that Wharf does not read.
        case foreign(String)
        case slice(Operand, [ByteRange])
        case call(FilterFunction, [Operand])
        case arithmetic(Arithmetic, Operand, Operand)
        case negative(Operand)
    }
}

indirect enum Query: Sendable {
    case exists(Operand)
    /// Arithmetic alone: is it anything but zero?
    case nonzero(Operand)
    case compare(Relation, Quantifier, Operand, Operand)
    case contains(Quantifier, Operand, Operand)
    case matches(Quantifier, Operand, Pattern)
    case membership(Quantifier, Operand, [Element])
    case not(Query)
    case all([Query])
    case any([Query])
    /// Of an odd number of them.
    case xor([Query])

    /// Of a set; a single value is both ends.
    /// What a set holds.
    enum Element: Sendable {
        case value(Operand)
        case range(Operand, Operand)
    }
}

/// What a filter can compute.
enum FilterFunction: String, Sendable, CaseIterable {
    case upper, lower, len, count, string, max, min, abs, double, float

    /// One argument, or any number.
    var takesMany: Bool { self == .max || self == .min }

    var explanation: String {
        switch self {
        case .upper: "upper(text): in capitals"
        case .lower: "lower(text): in small letters"
        case .len: "len(field): how many bytes it has"
        case .count: "count(field): how often it occurs in the frame"
        case .string: "string(field): its value as text"
        case .max: "max(a, b, …): the greatest"
        case .min: "min(a, b, …): the least"
        case .abs: "abs(number): without its sign"
        case .double: "double(number): with fractions"
        case .float: "float(number): with fractions"
        }
    }
}
