import Dissection

/// Settles what the names of a filter mean and whether what is compared can be compared.
struct Checker {
    let text: String
    let names = ValueNames()

    /// - Throws: ``FilterError`` for names that there are not, and for comparisons that mean nothing.
    static func query(_ expression: Expression, _ text: String) throws(FilterError) -> Query {
        try Checker(text: text).test(expression)
    }

    func error(_ place: Range<Int>, _ message: String) -> FilterError { FilterError(text, at: place, message) }
    func error(_ operand: Operand, _ message: String) -> FilterError { error(operand.place, message) }

    func test(_ expression: Expression) throws(FilterError) -> Query {
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

    func tests(_ parts: [Expression]) throws(FilterError) -> [Query] {
        var queries: [Query] = []
        for part in parts { queries.append(try test(part)) }
        return queries
    }

    func relations(
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

    func compare(
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

    func contains(_ quantifier: Quantifier, _ left: Expression, _ right: Expression) throws(FilterError)
        -> Query
    {
        let a = try known(left)
        // A part of an address is no address.
        let b = try like(a, right, as: a.type == .string || a.type == .objectIdentifier ? a.type : .bytes)
        if a.type == .ether || a.type == .eui64, case .string = right.kind {
            throw error(b, "the bytes of an address stand without quotes: ff:ff")
        }
        guard a.type.holdsBytes || a.type == .objectIdentifier else {
            throw error(a, "contains searches text and bytes; this is \(a.type.words). Write string(…) around it")
        }
        return .contains(quantifier, a, b)
    }

    func matches(_ quantifier: Quantifier, _ left: Expression, _ right: Expression) throws(FilterError) -> Query {
        let a = try known(left)
        let pattern = try pattern(right)
        guard a.type.holdsBytes else {
            throw error(a, "matches searches text and bytes; this is \(a.type.words). Write string(…) around it")
        }
        return .matches(quantifier, a, pattern)
    }

    func pattern(_ expression: Expression) throws(FilterError) -> Pattern {
        guard case .string(let pattern) = expression.kind else {
            throw error(expression.place, "matches wants a regular expression in double quotes")
        }
        do { return try Pattern(pattern) } catch {
            throw self.error(expression.place, "this is no regular expression: \(error.message)")
        }
    }

    func membership(
        _ quantifier: Quantifier?, _ left: Expression, _ isNegated: Bool, _ elements: [SetElement]
    ) throws(FilterError) -> Query {
        let a = try known(left)
        guard a.type != .none else {
            throw error(a, "this has no value that could be in a set: it is there or not")
        }
        var checked: [Query.Element] = []
        for element in elements {
            switch element {
            case .value(let value):
                checked.append(.value(try like(a, value)))
            case .range(let lower, let upper):
                checked.append(.range(try like(a, lower), try like(a, upper)))
            }
        }
        let query = Query.membership(quantifier ?? .any, a, checked)
        return isNegated ? .not(query) : query
    }
}
