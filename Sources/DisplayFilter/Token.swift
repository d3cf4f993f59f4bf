/// The smallest pieces of a filter that mean something.
struct Token: Sendable, Hashable {
    let kind: Kind
    /// In bytes of the text's UTF-8.
    let place: Range<Int>

    enum Kind: Sendable, Hashable {
        /// A name, a number, an address: what it is, its surroundings say.
        case word(String)
        /// What stood in double quotes, escapes resolved; bytes, because an escape can be any.
        case string([UInt8])
        /// What stood in single quotes.
        case character(UInt32)
        /// What stood in `${…}`.
        case reference(String)
        /// What stood in square brackets: a slice, or behind `#` a range of layers.
        case brackets(String)
        case symbol(Symbol)
        case end
    }
}

/// Operators and punctuation, in either spelling.
enum Symbol: Sendable, Hashable {
    case open, close, openBrace, closeBrace, comma, range, layer, raw
    case equal, allEqual, notEqual, anyNotEqual, greater, greaterOrEqual, less, lessOrEqual
    case contains, matches, within
    case plus, minus, times, divided, modulo, bitAnd
    case not, and, or, xor, any, all

    /// Words that are operators wherever they stand.
    static let words: [String: Symbol] = [
        "eq": .equal, "any_eq": .equal, "all_eq": .allEqual, "ne": .notEqual, "all_ne": .notEqual,
        "any_ne": .anyNotEqual, "gt": .greater, "ge": .greaterOrEqual, "lt": .less, "le": .lessOrEqual,
        "contains": .contains, "matches": .matches, "in": .within, "bitand": .bitAnd, "bitwise_and": .bitAnd,
        "not": .not, "and": .and, "or": .or, "xor": .xor, "any": .any, "all": .all,
    ]

    /// Longer ones first.
    static let signs: [(text: StaticString, symbol: Symbol)] = [
        ("===", .allEqual), ("!==", .anyNotEqual), ("==", .equal), ("!=", .notEqual), ("~=", .anyNotEqual),
        (">=", .greaterOrEqual), ("<=", .lessOrEqual), ("&&", .and), ("||", .or), ("^^", .xor), ("..", .range),
        ("(", .open), (")", .close), ("{", .openBrace), ("}", .closeBrace), (",", .comma), ("#", .layer),
        ("@", .raw), (">", .greater), ("<", .less), ("~", .matches), ("!", .not), ("+", .plus), ("-", .minus),
        ("*", .times), ("/", .divided), ("%", .modulo), ("&", .bitAnd),
    ]
}
