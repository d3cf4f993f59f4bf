import Dissection

/// What fields, slices, functions and sums are, each by itself.
extension Checker {
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

    func compute(
        _ arithmetic: Arithmetic, _ left: Expression, _ right: Expression, _ place: Range<Int>
    ) throws(FilterError) -> Operand {
        let (a, b) = try pair(left, right, areTerms: true)
        return try computed(arithmetic, a, b, place)
    }

    func computed(
        _ arithmetic: Arithmetic, _ a: Operand, _ b: Operand, _ place: Range<Int>
    ) throws(FilterError) -> Operand {
        for operand in [a, b] where !operand.type.takes(arithmetic) {
            throw error(operand, "\(operand.type.words) cannot be computed with \(arithmetic.rawValue)")
        }
        return Operand(kind: .arithmetic(arithmetic, a, b), type: a.type, place: place)
    }

    func call(_ name: String, _ arguments: [Expression], _ place: Range<Int>) throws(FilterError) -> Operand {
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
