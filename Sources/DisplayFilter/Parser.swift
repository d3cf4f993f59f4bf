/// Puts tokens together, loosest first: `or`, `xor`, `and`, `not`, relations, `&`, `+ -`, `* / %`, signs, slices.
struct Parser {
    private let text: String
    private let tokens: [Token]
    private var position = 0
    private var depth = 0

    /// Deeper nesting is an attack on the stack.
    private static let maximumDepth = 150

    /// - Throws: ``FilterError`` for what is no sentence of the language.
    static func expression(_ text: String) throws(FilterError) -> Expression {
        var parser = Parser(text, try Lexer.tokens(of: text))
        return try parser.whole()
    }

    private init(_ text: String, _ tokens: [Token]) {
        self.text = text
        self.tokens = tokens
    }

    private var token: Token { tokens[position] }

    private func error(_ place: Range<Int>, _ message: String) -> FilterError { FilterError(text, at: place, message) }

    private mutating func take(_ symbol: Symbol) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func whole() throws(FilterError) -> Expression {
        guard token.kind != .end else { throw error(0..<0, "the filter is empty") }
        let expression = try alternatives()
        guard token.kind == .end else {
            if case .word(let word) = token.kind, let symbol = Symbol.words[word.lowercased()] {
                throw error(
                    token.place,
                    "operators are written in small letters: \(symbol == .within ? "in" : word.lowercased())")
            }
            throw unexpected("the filter goes on after it is complete", isOver: true)
        }
        return expression
    }

    private func unexpected(_ otherwise: String, isOver: Bool = false) -> FilterError {
        switch token.kind {
        case .end: error(token.place, "the filter ends where something should follow")
        case .symbol(.close): error(token.place, "nothing is open that this parenthesis could close")
        case .symbol(.closeBrace): error(token.place, "nothing is open that this brace could close")
        case .word where isOver, .string where isOver, .character where isOver:
            error(token.place, otherwise + (habit ?? ": is an operator missing before this?"))
        default: error(token.place, otherwise)
        }
    }

    /// What somebody may be used to who writes two words side by side.
    private var habit: String? {
        func word(_ place: Int) -> String { if case .word(let word) = tokens[place].kind { word } else { "" } }
        if Self.wordsOfCaptureFilters.contains(word(position))
            || position == 1 && Self.wordsOfCaptureFilters.contains(word(0))
        {
            return ". Capture filters are another language; here it is tcp.port == 21 and ip.addr == 192.0.2.1"
        }
        let isDate = word(position - 1).utf8.count { $0 == UInt8(ascii: "-") } == 2
        return isDate && word(position).contains(":")
            ? ": a date and a time of day stand together in double quotes" : nil
    }

    private static let wordsOfCaptureFilters: Set<String> = [
        "host", "port", "portrange", "net", "src", "dst", "gateway", "proto", "broadcast", "multicast",
    ]

    // MARK: - Logic

    private mutating func alternatives() throws(FilterError) -> Expression {
        let first = try exclusive()
        var parts = [first]
        while take(.or) { parts.append(try exclusive()) }
        return parts.count == 1 ? first : join(parts, .any(parts))
    }

    private mutating func exclusive() throws(FilterError) -> Expression {
        let first = try conjunction()
        var parts = [first]
        while take(.xor) { parts.append(try conjunction()) }
        return parts.count == 1 ? first : join(parts, .xor(parts))
    }

    private mutating func conjunction() throws(FilterError) -> Expression {
        let first = try negation()
        var parts = [first]
        while take(.and) { parts.append(try negation()) }
        return parts.count == 1 ? first : join(parts, .all(parts))
    }

    private mutating func negation() throws(FilterError) -> Expression {
        let start = token.place.lowerBound
        guard take(.not) else { return try relation() }
        let operand = try nested { parser throws(FilterError) in try parser.negation() }
        return Expression(kind: .not(operand), place: start..<operand.place.upperBound)
    }

    private mutating func nested<Result>(
        _ body: (inout Parser) throws(FilterError) -> Result
    ) throws(FilterError) -> Result {
        depth += 1
        guard depth <= Self.maximumDepth else { throw error(token.place, "nested too deeply") }
        let result = try body(&self)
        depth -= 1
        return result
    }

    private func join(_ parts: [Expression], _ kind: Expression.Kind) -> Expression {
        Expression(kind: kind, place: parts[0].place.lowerBound..<parts[parts.count - 1].place.upperBound)
    }

    // MARK: - Relations

    private static func relation(_ symbol: Symbol) -> Relation? {
        switch symbol {
        case .equal: .equal
        case .allEqual: .allEqual
        case .notEqual: .notEqual
        case .anyNotEqual: .anyNotEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        default: nil
        }
    }

    private mutating func relation() throws(FilterError) -> Expression {
        let start = token.place.lowerBound
        let quantifier: Quantifier? = take(.any) ? .any : take(.all) ? .all : nil
        let left = try bits()
        func placed(_ kind: Expression.Kind, to end: Int) -> Expression { Expression(kind: kind, place: start..<end) }
        var rest: [(relation: Relation, right: Expression)] = []
        while case .symbol(let symbol) = token.kind, let relation = Self.relation(symbol) {
            position += 1
            rest.append((relation, try bits()))
        }
        if let last = rest.last {
            return placed(.relation(quantifier, left, rest), to: last.right.place.upperBound)
        }
        if take(.contains) {
            let right = try bits()
            return placed(.contains(quantifier, left, right), to: right.place.upperBound)
        }
        if take(.matches) {
            let right = try bits()
            return placed(.matches(quantifier, left, right), to: right.place.upperBound)
        }
        let isNegated = token.kind == .symbol(.not) && tokens[position + 1].kind == .symbol(.within)
        if isNegated { position += 1 }
        if take(.within) {
            let (elements, end) = try set()
            return placed(.membership(quantifier, left, isNegated: isNegated, elements), to: end)
        }
        guard quantifier == nil else { throw error(token.place, "any and all stand before a comparison") }
        return left
    }

    private mutating func set() throws(FilterError) -> (elements: [SetElement], end: Int) {
        guard take(.openBrace) else { throw error(token.place, "a set is written {a, b .. c}") }
        guard token.kind != .symbol(.closeBrace) else {
            throw error(token.place, "a set holds at least one value: {a, b .. c}")
        }
        var elements: [SetElement] = []
        repeat {
            let first = try bits()
            elements.append(take(.range) ? .range(first, try bits()) : .value(first))
        } while take(.comma)
        let end = token.place.upperBound
        guard take(.closeBrace) else {
            if token.kind == .end { throw error(token.place, "the set is not closed: } is missing") }
            throw unexpected("a set goes on with a comma or ends with }")
        }
        return (elements, end)
    }

    // MARK: - Values

    private mutating func bits() throws(FilterError) -> Expression {
        var left = try sum()
        while take(.bitAnd) { left = try computed(.bitAnd, left, try sum()) }
        return left
    }

    private mutating func sum() throws(FilterError) -> Expression {
        var left = try product()
        while true {
            let arithmetic: Arithmetic
            if take(.plus) { arithmetic = .plus } else if take(.minus) { arithmetic = .minus } else { return left }
            left = try computed(arithmetic, left, try product())
        }
    }

    private mutating func product() throws(FilterError) -> Expression {
        var left = try signed()
        while true {
            let arithmetic: Arithmetic
            if take(.times) {
                arithmetic = .times
            } else if take(.divided) {
                arithmetic = .divided
            } else if take(.modulo) {
                arithmetic = .modulo
            } else {
                return left
            }
            left = try computed(arithmetic, left, try signed())
        }
    }

    /// A chain of operators is a tree that leans to the left.
    private func computed(
        _ arithmetic: Arithmetic, _ left: Expression, _ right: Expression
    ) throws(FilterError) -> Expression {
        try limited(join([left, right], .arithmetic(arithmetic, left, right)))
    }

    private func limited(_ expression: Expression) throws(FilterError) -> Expression {
        guard expression.height <= Self.maximumDepth else {
            throw error(
                expression.place.upperBound - 1..<expression.place.upperBound, "this has too many parts one in another")
        }
        return expression
    }

    private mutating func signed() throws(FilterError) -> Expression {
        let start = token.place.lowerBound
        if take(.minus) {
            let operand = try nested { parser throws(FilterError) in try parser.signed() }
            return Expression(kind: .negative(operand), place: start..<operand.place.upperBound)
        }
        if take(.plus) { return try nested { parser throws(FilterError) in try parser.signed() } }
        if take(.raw) {
            let operand = try postfixed()
            return Expression(kind: .raw(operand), place: start..<operand.place.upperBound)
        }
        return try postfixed()
    }

    private mutating func postfixed() throws(FilterError) -> Expression {
        var operand = try primary()
        while true {
            if case .brackets(let content) = token.kind {
                let ranges = try RangeReader(text, token.place, content).byteRanges()
                operand = try limited(
                    Expression(kind: .slice(operand, ranges), place: operand.place.lowerBound..<token.place.upperBound))
                position += 1
            } else if take(.layer) {
                operand = try layered(operand)
            } else {
                return operand
            }
        }
    }

    private mutating func layered(_ operand: Expression) throws(FilterError) -> Expression {
        let ranges: [LayerRange]
        switch token.kind {
        case .word(let word):
            guard let number = Int(word) else {
                throw error(token.place, "# wants the number of a layer, from 1 on")
            }
            ranges = [LayerRange(first: number, last: number)]
        case .brackets(let content): ranges = try RangeReader(text, token.place, content).layerRanges()
        default: throw error(token.place, "# wants the number of a layer, or several in brackets: #[1-2]")
        }
        let end = token.place.upperBound
        position += 1
        return try limited(Expression(kind: .layer(operand, ranges), place: operand.place.lowerBound..<end))
    }

    private mutating func primary() throws(FilterError) -> Expression {
        let (kind, place) = (token.kind, token.place)
        switch kind {
        case .word(let word):
            position += 1
            if token.kind == .symbol(.open) { return try call(word, place) }
            return Expression(kind: .word(word), place: place)
        case .string(let content):
            position += 1
            return Expression(kind: .string(content), place: place)
        case .character(let character):
            position += 1
            return Expression(kind: .character(character), place: place)
        case .reference(let name):
            position += 1
            return Expression(kind: .reference(name), place: place)
        case .symbol(.open): return try group(.close, place) { parser throws(FilterError) in try parser.alternatives() }
        case .symbol(.openBrace):
            return try group(.closeBrace, place) { parser throws(FilterError) in try parser.bits() }
        case .symbol(let symbol) where Self.relation(symbol) != nil:
            throw error(place, "a comparison wants something on its left")
        case .symbol(.contains), .symbol(.matches), .symbol(.within), .symbol(.and), .symbol(.or), .symbol(.xor):
            throw error(place, "this operator wants something on its left")
        default: throw unexpected("a field or a value should stand here")
        }
    }

    private mutating func group(
        _ close: Symbol, _ place: Range<Int>, _ content: (inout Parser) throws(FilterError) -> Expression
    ) throws(FilterError) -> Expression {
        position += 1
        let inner = try nested(content)
        let end = token.place.upperBound
        guard take(close) else {
            let sign = close == .close ? ")" : "}"
            if token.kind == .end { throw error(place, "this is not closed: \(sign) is missing") }
            throw unexpected("an operator or \(sign) should stand here")
        }
        return Expression(kind: inner.kind, place: place.lowerBound..<end)
    }

    private mutating func call(_ name: String, _ place: Range<Int>) throws(FilterError) -> Expression {
        position += 1
        var arguments: [Expression] = []
        if token.kind != .symbol(.close) {
            repeat {
                arguments.append(try nested { parser throws(FilterError) in try parser.alternatives() })
            } while take(.comma)
        }
        let end = token.place.upperBound
        guard take(.close) else {
            if token.kind == .end { throw error(token.place, "the arguments of \(name) are not closed: ) is missing") }
            throw unexpected("the arguments of \(name) are parted by commas and end with )")
        }
        return Expression(kind: .call(name, arguments), place: place.lowerBound..<end)
    }
}
