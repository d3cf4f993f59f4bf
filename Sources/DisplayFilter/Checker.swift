import Dissection

/// Settles what the names of a filter mean and whether what is compared can be compared.
struct Checker {
    private let text: String
    private let names = ValueNames()

    /// - Throws: ``FilterError`` for names that there are not, and for comparisons that mean nothing.
    static func query(_ expression: Expression, _ text: String) throws(FilterError) -> Query {
        try Checker(text: text).test(expression)
    }

    private func error(_ place: Range<Int>, _ message: String) -> FilterError { FilterError(text, at: place, message) }
    private func error(_ operand: Operand, _ message: String) -> FilterError { error(operand.place, message) }

    // MARK: - Tests

    private func test(_ expression: Expression) throws(FilterError) -> Query {
        if let foreign = foreign(in: expression) {
            if case .matches(_, _, let right) = expression.kind { _ = try pattern(right) }
            return .exists(foreign)
        }
        switch expression.kind {
        case .not(let operand): return .not(try test(operand))
        case .all(let parts): return .all(try tests(parts))
        case .any(let parts): return .any(try tests(parts))
        case .xor(let parts): return .xor(try tests(parts))
        case .relation(let quantifier, let left, let rest): return try relations(quantifier, left, rest)
        case .contains(let quantifier, let left, let right): return try contains(quantifier ?? .any, left, right)
        case .matches(let quantifier, let left, let right): return try matches(quantifier ?? .any, left, right)
        case .membership(_, let left, isNegated: true, _) where foreign(in: left) != nil:
            return .not(try test(left))
        case .membership(let quantifier, let left, let isNegated, let elements):
            return try membership(quantifier, left, isNegated, elements)
        case .arithmetic, .negative: return .nonzero(try operand(expression))
        default:
            let operand = try operand(expression)
            if case .constant = operand.kind { throw error(operand, "a value alone says nothing about a frame") }
            if case .reference = expression.kind {
                throw error(operand, "a reference stands for the value that a field has in a chosen frame: compare it")
            }
            if case .call(let function, _) = operand.kind {
                throw error(operand, "\(function.rawValue) gives a value: compare it with something")
            }
            return .exists(operand)
        }
    }

    private func tests(_ parts: [Expression]) throws(FilterError) -> [Query] {
        var queries: [Query] = []
        for part in parts { queries.append(try test(part)) }
        return queries
    }

    private func relations(
        _ quantifier: Quantifier?, _ first: Expression, _ rest: [(relation: Relation, right: Expression)]
    ) throws(FilterError) -> Query {
        var queries: [Query] = []
        var left = first
        for (relation, right) in rest {
            queries.append(try compare(relation, quantifier, left, right))
            left = right
        }
        return queries.count == 1 ? queries[0] : .all(queries)
    }

    private func compare(
        _ relation: Relation, _ quantifier: Quantifier?, _ left: Expression, _ right: Expression
    ) throws(FilterError) -> Query {
        let (a, b) = try pair(left, right)
        for operand in [a, b] where operand.type == .none {
            throw error(operand, "this has no value that could be compared: it is there or not")
        }
        let usual: Quantifier =
            switch relation {
            case .notEqual, .allEqual: .all
            default: .any
            }
        let plain: Relation =
            switch relation {
            case .allEqual: .equal
            case .anyNotEqual: .notEqual
            default: relation
            }
        return .compare(plain, quantifier ?? usual, a, b)
    }

    private func contains(_ quantifier: Quantifier, _ left: Expression, _ right: Expression) throws(FilterError)
        -> Query
    {
        let a = try known(left)
        // A part of an address is no address.
        let b = try like(a, right, as: a.type == .string ? .string : .bytes)
        if a.type == .ether || a.type == .eui64, case .string = right.kind {
            throw error(b, "the bytes of an address stand without quotes: ff:ff")
        }
        guard a.type.holdsBytes else {
            throw error(a, "contains searches text and bytes; this is \(a.type.words). Write string(…) around it")
        }
        return .contains(quantifier, a, b)
    }

    private func matches(_ quantifier: Quantifier, _ left: Expression, _ right: Expression) throws(FilterError) -> Query
    {
        let a = try known(left)
        let pattern = try pattern(right)
        guard a.type.holdsBytes else {
            throw error(a, "matches searches text and bytes; this is \(a.type.words). Write string(…) around it")
        }
        return .matches(quantifier, a, pattern)
    }

    private func pattern(_ expression: Expression) throws(FilterError) -> Pattern {
        guard case .string(let pattern) = expression.kind else {
            throw error(expression.place, "matches wants a regular expression in double quotes")
        }
        do { return try Pattern(pattern) } catch {
            throw self.error(expression.place, "this is no regular expression: \(error.message)")
        }
    }

    private func membership(
        _ quantifier: Quantifier?, _ left: Expression, _ isNegated: Bool, _ elements: [SetElement]
    ) throws(FilterError) -> Query {
        let a = try known(left)
        guard a.type != .none else {
            throw error(a, "this has no value that could be in a set: it is there or not")
        }
        var intervals: [Query.Interval] = []
        for element in elements {
            switch element {
            case .value(let value):
                let value = try like(a, value)
                intervals.append(Query.Interval(lower: value, upper: value))
            case .range(let lower, let upper):
                intervals.append(Query.Interval(lower: try like(a, lower), upper: try like(a, upper)))
            }
        }
        let query = Query.membership(quantifier ?? .any, a, intervals)
        return isNegated ? .not(query) : query
    }

    // MARK: - Operands

    /// Two sides of a comparison: a literal becomes what the other side is.
    private func pair(
        _ left: Expression, _ right: Expression, areTerms: Bool = false
    ) throws(FilterError) -> (Operand, Operand) {
        switch (isLiteral(left), isLiteral(right)) {
        case (true, true):
            if case .word(let word) = left.kind { throw unknown(word, left.place) }
            throw error(left.place.lowerBound..<right.place.upperBound, "two values say nothing about a frame")
        case (true, false):
            let b = try operand(right)
            return (try like(b, left, isTerm: areTerms), b)
        case (false, true):
            let a = try operand(left)
            return (a, try like(a, right, isTerm: areTerms))
        case (false, false):
            let (a, b) = (try operand(left), try operand(right))
            if a.isComparable(to: b) { return (a, b) }
            // A slice is compared with the bytes of whatever has some.
            if a.isSlice, let b = b.sliced { return (a, b) }
            if b.isSlice, let a = a.sliced { return (a, b) }
            throw error(
                left.place.lowerBound..<right.place.upperBound,
                "\(a.type.words) and \(b.type.words) cannot be compared" + way(a, b))
        }
    }

    /// What somebody may have meant who compares what cannot be compared.
    private func way(_ a: Operand, _ b: Operand) -> String {
        for operand in [a, b] {
            if case .foreign(let name) = operand.kind { return ForeignNames.advice(name) }
        }
        return switch (a.type, b.type) {
        case (.string, _) where b.isField && b.type.isWritten, (_, .string) where a.isField && a.type.isWritten:
            ". string(…) around the one that is no text makes text of it"
        default: ""
        }
    }

    private func known(_ expression: Expression) throws(FilterError) -> Operand {
        let operand = try operand(expression)
        if case .constant = operand.kind { throw error(operand, "a field should stand here") }
        return operand
    }

    /// Whether an expression is written down as a value and not read from a frame.
    private func isLiteral(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .string, .character: true
        case .word(let word): !isName(word)
        case .negative(let operand): isLiteral(operand)
        case .arithmetic(_, let left, let right): isLiteral(left) && isLiteral(right)
        default: false
        }
    }

    func isName(_ word: String) -> Bool { field(word) != nil }

    private func field(_ word: String) -> (kind: Operand.Kind, type: FieldType)? {
        let name = ForeignNames.current(word.hasPrefix(".") ? String(word.dropFirst()) : word)
        if let id = ProtocolID.allCases.first(where: { $0.name == name }) { return (.layer(id, layers: []), .protocol) }
        if let handle = FieldHandle(name) { return (.field(handle, layers: []), handle.type) }
        return ForeignNames.label(name) == nil ? nil : (.foreign(name), .protocol)
    }

    /// A literal as a value of the other side's type, or any other expression that can be compared with it.
    ///
    /// - Parameter isTerm: of a sum, where a number below 0 is one like any other.
    private func like(
        _ other: Operand, _ expression: Expression, as type: FieldType? = nil, isTerm: Bool = false
    ) throws(FilterError) -> Operand {
        let type = type ?? other.type
        if case .arithmetic(let arithmetic, let left, let right) = expression.kind, isLiteral(expression) {
            let a = try like(other, left, as: type, isTerm: true)
            let b = try like(other, right, as: type, isTerm: true)
            return try computed(arithmetic, a, b, expression.place)
        }
        guard let literal = literal(expression) else {
            let operand = try operand(expression)
            guard operand.isComparable(to: other) else {
                throw error(
                    operand, "\(operand.type.words) and \(other.type.words) cannot be compared" + way(operand, other))
            }
            return operand
        }
        do {
            let value = try literal.value(type, other.row, names)
            var kind = Operand.Kind.constant(value)
            if literal.isNegative, type.isUnsigned, !value.isZero {
                // What is computed may be below 0 whatever it is computed from.
                kind = isTerm || other.isComputed ? value.negated.map { .constant($0) } ?? .impossible : .impossible
            }
            return Operand(kind: kind, type: type, place: expression.place)
        } catch {
            if case .word(let word) = literal.content, let near = Suggestions.nearest(to: word) {
                throw self.error(expression.place, error.message + ". If a field was meant: \(near)")
            }
            throw self.error(expression.place, error.message)
        }
    }

    private func literal(_ expression: Expression) -> Literal? {
        switch expression.kind {
        case .word(let word): isName(word) ? nil : Literal(content: .word(word), isNegative: false)
        case .string(let bytes): Literal(content: .string(bytes), isNegative: false)
        case .character(let code): Literal(content: .character(code), isNegative: false)
        case .negative(let operand):
            literal(operand).map { Literal(content: $0.content, isNegative: !$0.isNegative) }
        default: nil
        }
    }

    /// The name in `${name}`, behind which `#` and layers may stand.
    private func reference(_ content: String, _ place: Range<Int>) throws(FilterError) -> String {
        guard let hash = content.firstIndex(of: "#") else { return content }
        let layers = content[content.index(after: hash)...]
        let numbers = layers.hasPrefix("[") && layers.hasSuffix("]") ? layers.dropFirst().dropLast() : layers
        _ = try RangeReader(text, place, String(numbers)).layerRanges()
        return String(content[..<hash])
    }

    private func unknown(_ word: String, _ place: Range<Int>) -> FilterError {
        let near = Suggestions.nearest(to: word)
        return error(
            place,
            "\"\(word)\" is neither a field nor a protocol"
                + (near.map { ": did you mean \($0)?" } ?? "; wharf fields lists what there is"))
    }

    func operand(_ expression: Expression) throws(FilterError) -> Operand {
        func made(_ kind: Operand.Kind, _ type: FieldType) -> Operand {
            Operand(kind: kind, type: type, place: expression.place)
        }
        switch expression.kind {
        case .word(let word):
            guard let (kind, type) = field(word) else { throw unknown(word, expression.place) }
            return made(kind, type)
        case .string(let bytes): return made(.constant(.text(bytes)), .string)
        case .character(let code): return made(.constant(.unsigned(UInt64(code))), .character)
        case .reference(let content):
            let name = try reference(content, expression.place)
            guard let handle = FieldHandle(name) else { throw unknown(name, expression.place) }
            return made(.absent, handle.type)
        case .raw(let inner):
            let inner = try operand(inner)
            switch inner.kind {
            case .field(let handle, let layers): return made(.raw(handle, layers: layers), .bytes)
            case .layer: return made(inner.kind, .protocol)
            default: throw error(inner, "@ stands before a field, whose bytes are meant")
            }
        case .layer(let inner, let ranges):
            let inner = try operand(inner)
            switch inner.kind {
            case .field(let handle, layers: []): return made(.field(handle, layers: ranges), inner.type)
            case .layer(let id, layers: []): return made(.layer(id, layers: ranges), inner.type)
            default: throw error(inner, "# stands behind a field or a protocol")
            }
        case .slice(let inner, let ranges):
            let inner = try operand(inner)
            guard inner.type.canBeSliced else {
                throw error(inner, "\(inner.type.words) has no bytes to be sliced")
            }
            return made(.slice(inner, ranges), .bytes)
        case .call(let name, let arguments): return try call(name, arguments, expression.place)
        case .arithmetic(let arithmetic, let left, let right):
            return try compute(arithmetic, left, right, expression.place)
        case .negative(let inner):
            let inner = try operand(inner)
            guard inner.type.isNumeric, inner.type != .boolean else {
                throw error(inner, "\(inner.type.words) has no sign")
            }
            return made(.negative(inner), inner.type.isUnsigned ? .int64 : inner.type)
        case .not, .all, .any, .xor, .relation, .contains, .matches, .membership:
            throw error(expression.place, "a value should stand here, and this is true or false")
        }
    }

    private func compute(
        _ arithmetic: Arithmetic, _ left: Expression, _ right: Expression, _ place: Range<Int>
    ) throws(FilterError) -> Operand {
        let (a, b) = try pair(left, right, areTerms: true)
        return try computed(arithmetic, a, b, place)
    }

    private func computed(
        _ arithmetic: Arithmetic, _ a: Operand, _ b: Operand, _ place: Range<Int>
    ) throws(FilterError) -> Operand {
        for operand in [a, b] where !operand.type.takes(arithmetic) {
            throw error(operand, "\(operand.type.words) cannot be computed with \(arithmetic.rawValue)")
        }
        return Operand(kind: .arithmetic(arithmetic, a, b), type: a.type, place: place)
    }

    private func call(_ name: String, _ arguments: [Expression], _ place: Range<Int>) throws(FilterError) -> Operand {
        guard let function = FilterFunction(rawValue: name) else {
            let known = FilterFunction.allCases.map(\.rawValue).joined(separator: ", ")
            let near = Suggestions.nearest(to: name, among: FilterFunction.allCases.map(\.rawValue))
            let way = near.map { "did you mean \($0)?" } ?? "there are \(known)"
            throw error(
                place.lowerBound..<place.lowerBound + name.utf8.count, "there is no function \(name): \(way)")
        }
        guard !arguments.isEmpty, arguments.count == 1 || function.takesMany else {
            throw error(place, "\(function.explanation); this has \(arguments.count) arguments")
        }
        var operands: [Operand] = []
        for argument in arguments {
            if let first = operands.first {
                operands.append(try like(first, argument))
            } else {
                operands.append(try operand(argument))
            }
        }
        if case .constant = operands[0].kind { throw error(operands[0], "\(function.explanation); this is a value") }
        let type = operands[0].type
        let result: FieldType
        switch function {
        case .upper, .lower:
            guard type == .string else { throw error(operands[0], "\(name) takes text; this is \(type.words)") }
            result = .string
        case .len:
            result = .uint32
        case .count:
            guard operands[0].isField else { throw error(operands[0], "count takes a field") }
            result = .uint32
        case .string:
            guard operands[0].isField, type.isWritten else {
                throw error(operands[0], "string takes a number or an address; this is \(type.words)")
            }
            result = .string
        case .max, .min:
            guard type != .none else { throw error(operands[0], "\(type.words) has no order") }
            result = type
        case .abs:
            guard type.isNumeric else {
                throw error(operands[0], "abs takes a number; this is \(type.words)")
            }
            result = type
        case .double, .float:
            guard type.isNumeric else { throw error(operands[0], "\(name) takes a number; this is \(type.words)") }
            result = .double
        }
        return Operand(kind: .call(function, operands), type: result, place: place)
    }
}

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
    var canBeSliced: Bool { holdsBytes || self == .ipv4 || self == .ipv6 }

    func takes(_ arithmetic: Arithmetic) -> Bool {
        switch self {
        case .relativeTime: arithmetic == .plus || arithmetic == .minus
        case .bytes, .ether, .ipv4, .ipv6: arithmetic == .bitAnd
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
