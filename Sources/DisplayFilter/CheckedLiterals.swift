import Dissection

/// What literals are beside fields: a value of what the other side of a comparison is.
extension Checker {
    /// Two sides of a comparison: a literal becomes what the other side is.
    func pair(
        _ left: Expression, _ right: Expression, areTerms: Bool = false
    ) throws(FilterError) -> (Operand, Operand) {
        switch (isLiteral(left), isLiteral(right)) {
        case (true, true):
            if case .word(let word) = left.kind, word.first.map({ !$0.isNumber }) ?? true {
                throw unknown(word, left.place)
            }
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
    func way(_ a: Operand, _ b: Operand) -> String {
        for operand in [a, b] {
            if case .foreign(let name) = operand.kind { return ForeignNames.advice(name) }
        }
        return switch (a.type, b.type) {
        case (.string, _) where b.isField && b.type.isWritten, (_, .string) where a.isField && a.type.isWritten:
            ". string(…) around the one that is no text makes text of it"
        default: ""
        }
    }

    func known(_ expression: Expression) throws(FilterError) -> Operand {
        let operand = try operand(expression)
        if case .constant = operand.kind { throw error(operand, "a field should stand here") }
        return operand
    }

    /// Whether an expression is written down as a value and not read from a frame.
    func isLiteral(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .string, .character: true
        case .word(let word): !isName(word)
        case .negative(let operand): isLiteral(operand)
        case .arithmetic(_, let left, let right): isLiteral(left) && isLiteral(right)
        default: false
        }
    }

    func isName(_ word: String) -> Bool { field(word) != nil }

    func field(_ word: String) -> (kind: Operand.Kind, type: FieldType)? {
        // Numbers and addresses, which are most of what is compared with, are looked up in no table.
        guard word.utf8.contains(where: { !(0x2E...0x3A).contains($0) }) else { return nil }
        let name = ForeignNames.current(word.hasPrefix(".") ? String(word.dropFirst()) : word)
        if let id = ProtocolID.allCases.first(where: { $0.name == name }) { return (.layer(id, layers: []), .protocol) }
        if let handle = FieldHandle(name) { return (.field(handle, layers: []), handle.type) }
        return ForeignNames.label(name) == nil ? nil : (.foreign(name), .protocol)
    }

    /// A literal as a value of the other side's type, or any other expression that can be compared with it.
    ///
    /// - Parameter isTerm: of a sum, where a number below 0 is one like any other.
    func like(
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
                let isQuestion = error.message.hasSuffix("?")
                throw self.error(
                    expression.place, error.message + (isQuestion ? " " : ". ") + "If a field was meant: \(near)")
            }
            throw self.error(expression.place, error.message)
        }
    }

    func literal(_ expression: Expression) -> Literal? {
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
    func reference(_ content: String, _ place: Range<Int>) throws(FilterError) -> String {
        guard let hash = content.firstIndex(of: "#") else { return content }
        let layers = content[content.index(after: hash)...]
        let numbers = layers.hasPrefix("[") && layers.hasSuffix("]") ? layers.dropFirst().dropLast() : layers
        _ = try RangeReader(text, place, String(numbers)).layerRanges()
        return String(content[..<hash])
    }

    func unknown(_ word: String, _ place: Range<Int>) -> FilterError {
        let near = Suggestions.nearest(to: word)
        return error(
            place,
            "\"\(word)\" is neither a field nor a protocol"
                + (near.map { ": did you mean \($0)?" } ?? "; wharf fields lists what there is"))
    }
}
