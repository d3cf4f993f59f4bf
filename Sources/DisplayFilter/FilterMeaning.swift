import Bytes
package import Dissection

/// What a filter asks, with all names settled: for telling it in words.
package indirect enum FilterMeaning: Sendable {
    case all([FilterMeaning])
    case any([FilterMeaning])
    /// An odd number of them.
    case exactlyOne([FilterMeaning])
    case not(FilterMeaning)
    case exists(FilterSubject)
    case nonzero(FilterSubject)
    /// Whether one or all of the left side's values have to meet it.
    case compare(FilterSubject, FilterRelation, isAll: Bool, FilterSubject)
    /// Single values, and ranges with both ends.
    case within(FilterSubject, isAll: Bool, [(lower: FilterSubject, upper: FilterSubject?)])
}

package enum FilterRelation: String, Sendable {
    case equal = "==", notEqual = "!=", greater = ">", greaterOrEqual = ">=", less = "<", lessOrEqual = "<="
    case contains, matches
}

/// Something that has values in a frame, or is one.
package indirect enum FilterSubject: Sendable {
    /// - Parameter layers: as they were chosen: `1`, `1-2`; empty for all.
    case field(FieldHandle, layers: String)
    case layer(ProtocolID, layers: String)
    case raw(FieldHandle)
    /// A value, and the name that the field has for it.
    case constant(String, name: String?)
    case slice(FilterSubject, String)
    case call(String, [FilterSubject])
    case arithmetic(FilterSubject, String, FilterSubject)
    case negative(FilterSubject)
    /// What no frame has: a field of a frame that is to be chosen, a number below 0 of a field that has none.
    case absent
    /// A protocol of Wireshark's that Wharf does not read, and its label.
    case foreign(String, label: String)

    /// Whether a frame may have more than one value for it.
    package var occursOften: Bool {
        switch self {
        case .field(let handle, layers: _), .raw(let handle):
            handle.entries.contains { entry in
                entry.row.role == .alias || entry.layer.fields.count { $0.name == handle.name } > 1
            }
        case .slice(let inner, _), .negative(let inner): inner.occursOften
        case .arithmetic(let left, _, let right): left.occursOften || right.occursOften
        case .call(let name, let parts):
            FilterFunction(rawValue: name)?.takesMany ?? false || name == FilterFunction.count.rawValue
                ? false : parts.contains(where: \.occursOften)
        case .layer, .constant, .absent, .foreign: false
        }
    }
}

extension DisplayFilter {
    package var meaning: FilterMeaning { query.meaning }
}

extension Query {
    fileprivate var meaning: FilterMeaning {
        switch self {
        case .exists(let operand): .exists(operand.subject)
        case .nonzero(let operand): .nonzero(operand.subject)
        case .compare(let relation, let quantifier, let left, let right):
            .compare(
                left.subject(beside: right), relation.plain, isAll: quantifier == .all, right.subject(beside: left))
        case .contains(let quantifier, let left, let right):
            .compare(left.subject, .contains, isAll: quantifier == .all, right.subject)
        case .matches(let quantifier, let left, let pattern):
            .compare(
                left.subject, .matches, isAll: quantifier == .all,
                .constant(FilterValue.text(pattern.text).written(.string), name: nil))
        case .membership(let quantifier, let operand, let elements):
            .within(
                operand.subject, isAll: quantifier == .all,
                elements.map { element in
                    switch element {
                    case .value(let value): (value.subject(beside: operand), nil)
                    case .range(let lower, let upper):
                        (lower.subject(beside: operand), upper.subject(beside: operand))
                    }
                })
        case .not(let inner): .not(inner.meaning)
        case .all(let parts): .all(parts.map(\.meaning))
        case .any(let parts): .any(parts.map(\.meaning))
        case .xor(let parts): .exactlyOne(parts.map(\.meaning))
        }
    }
}

extension Relation {
    fileprivate var plain: FilterRelation {
        switch self {
        case .equal, .allEqual: .equal
        case .notEqual, .anyNotEqual: .notEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        }
    }
}

extension Operand {
    fileprivate var subject: FilterSubject { subject(beside: nil) }

    /// - Parameter other: whose field may have a name for the number.
    fileprivate func subject(beside other: Operand?) -> FilterSubject {
        switch kind {
        case .field(let handle, let layers): .field(handle, layers: LayerRange.text(layers))
        case .layer(let id, let layers): .layer(id, layers: LayerRange.text(layers))
        case .raw(let handle, _): .raw(handle)
        case .constant(let value): .constant(value.written(type), name: value.name(in: other?.row))
        case .absent, .impossible: .absent
        case .foreign(let name): .foreign(name, label: ForeignNames.label(name) ?? name)
        case .slice(let inner, let ranges): .slice(inner.subject, ranges.map(\.text).joined(separator: ","))
        case .call(let function, let arguments): .call(function.rawValue, arguments.map(\.subject))
        case .arithmetic(let arithmetic, let left, let right):
            .arithmetic(left.subject, arithmetic.rawValue, right.subject)
        case .negative(let inner): .negative(inner.subject)
        }
    }
}

extension ByteRange {
    fileprivate var text: String {
        switch end {
        case .length(let length): "\(start):\(length)"
        case .last(let last): "\(start)-\(last)"
        case .open: "\(start):"
        }
    }
}

extension LayerRange {
    fileprivate static func text(_ ranges: [LayerRange]) -> String {
        ranges.map { range in
            guard let last = range.last else { return "\(range.first):" }
            return last == range.first ? "\(last)" : "\(range.first)-\(last)"
        }.joined(separator: ",")
    }
}

extension FilterValue {
    /// The way a filter would have it.
    fileprivate func written(_ type: FieldType) -> String {
        switch self {
        case .unsigned(let number) where type == .boolean: return number == 0 ? "False" : "True"
        case .nanoseconds(let span):
            return type == .absoluteTime ? AbsoluteTime.text(span) : FieldRow.seconds(span)
        case .address(let address, let bits):
            let all: UInt8 = 128
            let shown = type == .ipv4 ? Int(bits) - 96 : Int(bits)
            return bits == all ? address.description : "\(address)/\(shown)"
        case .bytes(let bytes) where type == .objectIdentifier: return ObjectIdentifierText.text(bytes)
        case .text(let bytes):
            return "\""
                + String(decoding: bytes, as: UTF8.self).flatMap { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }
                + "\""
        default: return text(nil)
        }
    }

    fileprivate func name(in row: FieldRow?) -> String? {
        guard case .unsigned(let number) = self, row?.type != .boolean else { return nil }
        return row?.meaning?(number)
    }
}

// MARK: - Trees

extension FilterMeaning {
    /// One line a node, two spaces a level.
    package var tree: [String] {
        func nested(_ head: String, _ parts: [[String]]) -> [String] {
            [head] + parts.flatMap { $0.map { "  " + $0 } }
        }
        return switch self {
        case .all(let parts): nested("and", parts.map(\.tree))
        case .any(let parts): nested("or", parts.map(\.tree))
        case .exactlyOne(let parts): nested("xor", parts.map(\.tree))
        case .not(let part): nested("not", [part.tree])
        case .exists(let subject): nested("exists", [subject.tree])
        case .nonzero(let subject): nested("nonzero", [subject.tree])
        case .compare(let left, let relation, let isAll, let right):
            nested("\(isAll ? "all" : "any") \(relation.rawValue)", [left.tree, right.tree])
        case .within(let subject, let isAll, let parts):
            nested(
                "\(isAll ? "all" : "any") in",
                [subject.tree]
                    + parts.map { part in
                        part.upper.map { nested("..", [part.lower.tree, $0.tree]) } ?? part.lower.tree
                    }
            )
        }
    }
}

extension FilterSubject {
    var tree: [String] {
        func nested(_ head: String, _ parts: [FilterSubject]) -> [String] {
            [head] + parts.flatMap { $0.tree.map { "  " + $0 } }
        }
        return switch self {
        case .field(let handle, let layers):
            ["field \(handle.name) \(handle.type.name)" + (layers.isEmpty ? "" : " #\(layers)")]
        case .layer(let id, let layers): ["protocol \(id.name)" + (layers.isEmpty ? "" : " #\(layers)")]
        case .raw(let handle): ["bytes of \(handle.name)"]
        case .constant(let text, let name): ["constant \(text)" + (name.map { " \($0)" } ?? "")]
        case .slice(let inner, let ranges): nested("slice [\(ranges)]", [inner])
        case .call(let name, let arguments): nested("call \(name)", arguments)
        case .arithmetic(let left, let sign, let right): nested(sign, [left, right])
        case .negative(let inner): nested("-", [inner])
        case .absent: ["nothing"]
        case .foreign(let name, _): ["protocol \(name), not read"]
        }
    }
}
