import Bytes
import Dissection

/// Turns a checked filter into a program.
struct Lowering {
    private var program = Program()

    static func program(_ query: Query) -> Program {
        var lowering = Lowering()
        lowering.lower(query)
        lowering.program.require(required(query))
        return lowering.program
    }

    @discardableResult
    private mutating func lower(_ query: Query) -> Int {
        switch query {
        case .not(let inner): return program.add(.not(lower(inner)))
        case .all(let parts): return program.add(.all(lower(parts)))
        case .any(let parts): return program.add(.any(lower(parts)))
        case .xor(let parts): return program.add(.xor(lower(parts)))
        case .exists(let operand):
            if case .layer(let id, layers: []) = operand.kind { return program.add(.present(id.bit)) }
            return program.add(.exists(operand))
        case .nonzero(let operand): return program.add(.nonzero(operand))
        case .compare(let relation, let quantifier, let left, let right):
            if case .field(let handle, layers: []) = left.kind, case .constant(let value) = right.kind {
                return program.add(
                    .compareField(Lasting(FieldComparison(relation, quantifier, handle, value))))
            }
            return program.add(.compare(relation, quantifier, left, right))
        case .contains(let quantifier, let left, let right): return program.add(.contains(quantifier, left, right))
        case .matches(let quantifier, let operand, let pattern):
            return program.add(.matches(quantifier, operand, pattern))
        case .membership(let quantifier, let operand, let elements):
            return program.add(.membership(quantifier, operand, elements))
        }
    }

    private mutating func lower(_ queries: [Query]) -> [Int] {
        var places: [Int] = []
        for query in queries { places.append(lower(query)) }
        return places
    }

    // MARK: - What a frame has to have

    static func requirement(_ query: Query) -> FrameRequirement {
        var requirement = FrameRequirement()
        requirement.protocols = required(query)
        requirement.findings = findings(query)
        return requirement
    }

    /// Findings of which a frame that the query selects has one; nil where it may have none.
    private static func findings(_ query: Query) -> TCPAnalysis.Flags? {
        switch query {
        case .exists(let operand):
            guard case .field(let handle, _) = operand.kind else { return nil }
            var union: TCPAnalysis.Flags = []
            for entry in handle.entries {
                guard let flags = entry.row.findings else { return nil }
                union.formUnion(flags)
            }
            return union
        case .all(let parts): return parts.lazy.compactMap(findings).first
        case .any(let parts):
            var union: TCPAnalysis.Flags = []
            for part in parts {
                guard let flags = findings(part) else { return nil }
                union.formUnion(flags)
            }
            return union
        default: return nil
        }
    }

    /// Sets of protocols, of each of which a frame that the query selects has one.
    static func required(_ query: Query) -> [UInt64] {
        switch query {
        case .not, .xor: return []
        case .all(let parts): return parts.flatMap(required)
        case .any(let parts):
            // One of the alternatives holds: where each needs something, one of these is there.
            var union: UInt64 = 0
            for part in parts {
                guard let first = required(part).first else { return [] }
                union |= first
            }
            return [union]
        case .exists(let operand), .nonzero(let operand), .matches(_, let operand, _),
            .membership(_, let operand, _):
            return required(operand)
        case .compare(_, _, let left, let right), .contains(_, let left, let right):
            return required(left) + required(right)
        }
    }

    private static func required(_ operand: Operand) -> [UInt64] {
        switch operand.kind {
        case .field(let handle, _), .raw(let handle, _): [handle.protocols]
        case .layer(let id, _): [id.bit]
        case .constant, .absent, .impossible, .foreign: []
        case .slice(let inner, _), .negative(let inner): required(inner)
        case .arithmetic(_, let left, let right): required(left) + required(right)
        case .call(let function, let arguments):
            // The greatest of several needs only one of them.
            function.takesMany ? [] : arguments.flatMap(required)
        }
    }
}
