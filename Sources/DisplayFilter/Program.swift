import Bytes
import Dissection

/// A filter made ready to be asked of frame after frame.
///
/// Its steps are flat and name each other by their places. What the protocols of a frame can decide is asked first: a
/// frame that lacks a protocol which the filter cannot do without costs one comparison of bits.
struct Program: Sendable {
    /// One step; the steps that it asks come before it.
    enum Step: Sendable {
        /// A protocol, or several of which one is enough.
        case present(UInt64)
        case exists(Operand)
        case nonzero(Operand)
        case compare(Relation, Quantifier, Operand, Operand)
        /// A field and a constant: what nearly every filter asks, without an array for either.
        case compareField(Lasting<FieldComparison>)
        case contains(Quantifier, Operand, Operand)
        case matches(Quantifier, Operand, Pattern)
        case membership(Quantifier, Operand, [Query.Element])
        case not(Int)
        case all([Int])
        case any([Int])
        case xor([Int])
    }

    private(set) var steps: [Step] = []
    /// Protocols without which no frame is selected: bits of which a frame has to have one, of each of these.
    private(set) var required: [UInt64] = []

    @discardableResult
    mutating func add(_ step: Step) -> Int {
        steps.append(step)
        return steps.count - 1
    }

    mutating func require(_ protocols: [UInt64]) { required = protocols }

    func holds(for frame: borrowing DissectedFrame) -> Bool {
        let present = frame.present
        for protocols in required where present & protocols == 0 { return false }
        return holds(steps.count - 1, frame)
    }

    private func holds(_ step: Int, _ frame: borrowing DissectedFrame) -> Bool {
        switch steps[step] {
        case .present(let protocols): return frame.present & protocols != 0
        case .not(let inner): return !holds(inner, frame)
        case .all(let parts):
            for part in parts where !holds(part, frame) { return false }
            return true
        case .any(let parts):
            for part in parts where holds(part, frame) { return true }
            return false
        case .xor(let parts):
            var isOdd = false
            for part in parts where holds(part, frame) { isOdd.toggle() }
            return isOdd
        case .exists(let operand): return operand.exists(in: frame)
        case .nonzero(let operand): return operand.values(in: frame).contains { !$0.isZero }
        case .compare(let relation, let quantifier, let left, let right):
            let (lefts, rights) = (left.ownValues(in: frame), right.ownValues(in: frame))
            if lefts.isEmpty || rights.isEmpty {
                // Of all of no results anything can be said, as long as there is what they would be computed from.
                return quantifier == .all && left.isRead(in: frame) && right.isRead(in: frame)
            }
            return quantifier.holds(lefts) { a in quantifier.holds(rights) { relation.holds(a, $0) } }
        case .compareField(let comparison): return comparison.read { $0.holds(for: frame) }
        case .contains(let quantifier, let left, let right):
            let wanted = right.values(in: frame).compactMap { $0.bytes(right.type) }
            return quantifier.holds(left.values(in: frame)) { value in
                let bytes = value.bytes(left.type) ?? []
                // Nothing at all is part of bytes, but not of text.
                return wanted.contains { $0.isEmpty ? left.type == .bytes : bytes.holds($0) }
            }
        case .matches(let quantifier, let operand, let pattern):
            return quantifier.holds(operand.values(in: frame)) { value in
                guard let bytes = value.bytes(operand.type), !operand.isSlice || !bytes.isEmpty else { return false }
                return pattern.isFound(in: bytes)
            }
        case .membership(let quantifier, let operand, let elements):
            var values: [FilterValue] = []
            var ranges: [(lower: [FilterValue], upper: [FilterValue])] = []
            for element in elements {
                switch element {
                case .value(let value): values += value.values(in: frame)
                case .range(let lower, let upper):
                    ranges.append((lower.values(in: frame), upper.values(in: frame)))
                }
            }
            return quantifier.holds(operand.ownValues(in: frame)) { value in
                values.contains { value.order($0) == 0 }
                    || ranges.contains { lower, upper in
                        lower.contains { value.order($0) ?? -1 >= 0 } && upper.contains { value.order($0) ?? 1 <= 0 }
                    }
            }
        }
    }
}

/// Whether a field's values stand in a relation to a constant. Filters are made once, and asked from several threads.
final class FieldComparison: Sendable {
    private let relation: Relation
    private let quantifier: Quantifier
    private let field: FieldHandle
    private let constant: FilterValue

    init(_ relation: Relation, _ quantifier: Quantifier, _ field: FieldHandle, _ constant: FilterValue) {
        (self.relation, self.quantifier) = (relation, quantifier)
        (self.field, self.constant) = (field, constant)
    }

    func holds(for frame: borrowing DissectedFrame) -> Bool {
        var (isThere, isFound, isMissed) = (false, false, false)
        field.forEachValue(in: frame) { value, _ in
            isThere = true
            if relation.holds(FilterValue(value, field.type), constant) { isFound = true } else { isMissed = true }
        }
        return quantifier == .any ? isFound : isThere && !isMissed
    }
}

extension Quantifier {
    /// Of no values nothing holds.
    func holds(_ values: [FilterValue], _ body: (FilterValue) -> Bool) -> Bool {
        guard !values.isEmpty else { return false }
        return self == .any ? values.contains(where: body) : values.allSatisfy(body)
    }
}

extension Relation {
    func holds(_ a: FilterValue, _ b: FilterValue) -> Bool {
        guard let order = a.order(b) else { return self == .notEqual }
        return switch self {
        case .equal, .allEqual: order == 0
        case .notEqual, .anyNotEqual: order != 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .less: order < 0
        case .lessOrEqual: order <= 0
        }
    }
}

extension Operand {
    func exists(in frame: borrowing DissectedFrame) -> Bool {
        switch kind {
        case .field(let handle, layers: []): return handle.exists(in: frame)
        case .layer(let id, layers: []): return frame.has(id)
        case .absent, .foreign: return false
        case .slice: return values(in: frame).contains { $0.bytes(.bytes)?.isEmpty == false }
        default: return !values(in: frame).isEmpty
        }
    }

    /// Whether the frame has what it is made of, even where that comes to nothing.
    func isRead(in frame: borrowing DissectedFrame) -> Bool {
        switch kind {
        case .constant, .impossible: true
        case .absent, .foreign: false
        case .field, .layer, .raw: exists(in: frame)
        case .slice(let inner, _), .negative(let inner): inner.isRead(in: frame)
        case .arithmetic(_, let left, let right): left.isRead(in: frame) && right.isRead(in: frame)
        case .call(_, let arguments): arguments.contains { $0.isRead(in: frame) }
        }
    }
}

extension [UInt8] {
    /// Whether `part` stands somewhere in it.
    fileprivate func holds(_ part: [UInt8]) -> Bool {
        guard !part.isEmpty, part.count <= count else { return false }
        for start in 0...count - part.count
        where self[start] == part[0] && self[start..<start + part.count] == part[...] {
            return true
        }
        return false
    }
}
