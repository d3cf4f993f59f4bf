/// A filter as it is written: what belongs to what, before anybody knows what the names mean.
struct Expression: Sendable {
    let kind: Kind
    /// In bytes of the filter's UTF-8.
    let place: Range<Int>
    /// Of the tree: what follows it downwards needs so many calls one in another.
    let height: Int

    init(kind: Kind, place: Range<Int>) {
        self.kind = kind
        self.place = place
        height = 1 + kind.heightOfParts
    }

    indirect enum Kind: Sendable {
        case word(String)
        case string([UInt8])
        case character(UInt32)
        case reference(String)
        case call(String, [Expression])
        case slice(Expression, [ByteRange])
        case layer(Expression, [LayerRange])
        case raw(Expression)
        case arithmetic(Arithmetic, Expression, Expression)
        case negative(Expression)
        /// `a < b < c`: each with the next one.
        case relation(Quantifier?, Expression, [(relation: Relation, right: Expression)])
        case contains(Quantifier?, Expression, Expression)
        case matches(Quantifier?, Expression, Expression)
        case membership(Quantifier?, Expression, isNegated: Bool, [SetElement])
        case not(Expression)
        /// Chains are flat, however long.
        case all([Expression])
        case any([Expression])
        case xor([Expression])
    }
}

extension Expression.Kind {
    fileprivate var heightOfParts: Int {
        func greatest(_ parts: [Expression]) -> Int { parts.reduce(0) { max($0, $1.height) } }
        return switch self {
        case .word, .string, .character, .reference: 0
        case .slice(let inner, _), .layer(let inner, _), .raw(let inner), .negative(let inner), .not(let inner):
            inner.height
        case .arithmetic(_, let left, let right), .contains(_, let left, let right), .matches(_, let left, let right):
            max(left.height, right.height)
        case .relation(_, let left, let rest): rest.reduce(left.height) { max($0, $1.right.height) }
        case .membership(_, let left, _, let elements):
            elements.reduce(left.height) { height, element in
                switch element {
                case .value(let value): max(height, value.height)
                case .range(let lower, let upper): max(height, lower.height, upper.height)
                }
            }
        case .call(_, let parts), .all(let parts), .any(let parts), .xor(let parts): greatest(parts)
        }
    }
}

enum Arithmetic: String, Sendable {
    case plus = "+", minus = "-", times = "*", divided = "/", modulo = "%", bitAnd = "&"
}

enum Relation: String, Sendable {
    case equal = "==", allEqual = "===", notEqual = "!=", anyNotEqual = "!==", greater = ">", greaterOrEqual = ">="
    case less = "<", lessOrEqual = "<="
}

/// Whether one value has to meet a comparison, or all of them.
enum Quantifier: Sendable { case any, all }

/// `{a, b .. c}`
enum SetElement: Sendable {
    case value(Expression)
    case range(Expression, Expression)
}

/// Bytes of a value: `[0:4]`, `[1-3]`, `[-2:]`.
struct ByteRange: Sendable, Hashable {
    /// Counted from the end when negative.
    let start: Int
    let end: End

    enum End: Sendable, Hashable {
        case length(Int)
        /// Inclusive; counted from the end when negative.
        case last(Int)
        case open
    }
}

/// Layers of one protocol, counted from 1, or from the innermost one when negative.
struct LayerRange: Sendable, Hashable {
    let first: Int
    /// Inclusive; nil for all that follow.
    let last: Int?

    func contains(_ number: Int, of count: Int) -> Bool {
        let place = { $0 < 0 ? count + 1 + $0 : $0 }
        return number >= place(first) && last.map { number <= place($0) } ?? true
    }
}
