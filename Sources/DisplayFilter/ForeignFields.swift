import Dissection

/// Fields of protocols that Wharf does not read: whatever they are compared with, no frame has them.
extension Checker {
    /// The first such field in a test, if it is one that they decide.
    func foreign(in expression: Expression) -> Operand? {
        switch expression.kind {
        case .word(let word):
            let name = ForeignNames.current(word)
            guard !isName(word), ForeignNames.isField(name) else { return nil }
            return Operand(kind: .foreign(name), type: .none, place: expression.place)
        case .slice(let inner, _), .layer(let inner, _), .raw(let inner), .negative(let inner):
            return foreign(in: inner)
        case .arithmetic(_, let left, let right): return foreign(in: left) ?? foreign(in: right)
        case .call(let name, let arguments):
            return FilterFunction(rawValue: name) == nil ? nil : foreign(amongArguments: arguments)
        case .relation(_, let left, let rest):
            var left = left
            for (_, right) in rest {
                if let found = foreign(in: left, right) { return found }
                left = right
            }
            return nil
        case .contains(_, let left, let right): return foreign(in: left, right)
        case .matches(_, let left, _): return foreign(in: left)
        case .membership(_, let left, isNegated: false, _): return foreign(in: left)
        default: return nil
        }
    }

    private func foreign(amongArguments arguments: [Expression]) -> Operand? {
        arguments.lazy.compactMap { foreign(in: $0) }.first
    }

    /// A word beside a text is text: `dns.qry.name == http.example`.
    private func foreign(in left: Expression, _ right: Expression) -> Operand? {
        if let found = foreign(in: left) { return found }
        if !isLiteral(left), let type = try? operand(left).type, type == .string || type == .bytes || type == .protocol
        {
            return nil
        }
        return foreign(in: right)
    }
}

extension Query {
    func forEachForeign(_ body: (String) -> Void) {
        switch self {
        case .not(let inner): inner.forEachForeign(body)
        case .all(let parts), .any(let parts), .xor(let parts): for part in parts { part.forEachForeign(body) }
        case .exists(let operand), .nonzero(let operand), .matches(_, let operand, _): operand.forEachForeign(body)
        case .compare(_, _, let left, let right), .contains(_, let left, let right):
            left.forEachForeign(body)
            right.forEachForeign(body)
        case .membership(_, let operand, _): operand.forEachForeign(body)
        }
    }
}

extension Operand {
    fileprivate func forEachForeign(_ body: (String) -> Void) {
        switch kind {
        case .foreign(let name): body(name)
        case .slice(let inner, _), .negative(let inner): inner.forEachForeign(body)
        case .arithmetic(_, let left, let right):
            left.forEachForeign(body)
            right.forEachForeign(body)
        case .call(_, let arguments): for argument in arguments { argument.forEachForeign(body) }
        default: break
        }
    }
}
