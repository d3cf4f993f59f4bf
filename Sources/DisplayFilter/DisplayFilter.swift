package import Dissection

/// A display filter: which frames to show, in Wireshark's language.
package struct DisplayFilter: FrameTest {
    /// As it was written.
    package let text: String
    package let needs: FrameNeeds
    package let requirement: FrameRequirement
    let query: Query
    private let program: Program

    /// - Throws: ``FilterError``, which names the place and what would be right.
    package init(_ text: String, macros: FilterMacros = FilterMacros()) throws(FilterError) {
        self.text = text
        let whole = try macros.expanded(text)
        query = try Checker.query(try Parser.expression(whole), whole)
        program = Lowering.program(query)
        needs = query.needs
        requirement = Lowering.requirement(query)
    }

    /// Makes the tables of names before the first filter asks for them; any thread may.
    package static func prepare() { Registry.prepare() }

    /// Protocols and fields in it that Wharf does not read, and no frame has here; each once, as the filter names them.
    package var foreignNames: [String] {
        var names: [String] = []
        query.forEachForeign { if !names.contains($0) { names.append($0) } }
        return names
    }

    package func holds(for frame: borrowing DissectedFrame) -> Bool { program.holds(for: frame) }
}

extension Query {
    /// What has to be found out about a frame before it can be asked.
    var needs: FrameNeeds {
        switch self {
        case .not(let inner): inner.needs
        case .all(let parts), .any(let parts), .xor(let parts): parts.reduce(into: []) { $0.formUnion($1.needs) }
        case .exists(let operand), .nonzero(let operand), .matches(_, let operand, _): operand.needs
        case .compare(_, _, let left, let right), .contains(_, let left, let right): left.needs.union(right.needs)
        case .membership(_, let operand, let elements):
            elements.reduce(into: operand.needs) { needs, element in
                switch element {
                case .value(let value): needs.formUnion(value.needs)
                case .range(let lower, let upper): needs.formUnion(lower.needs.union(upper.needs))
                }
            }
        }
    }
}

extension Operand {
    var needs: FrameNeeds {
        switch kind {
        case .field(let handle, _), .raw(let handle, _): handle.needs
        case .layer(let id, _): id.needs
        case .constant, .absent, .impossible, .foreign: []
        case .slice(let inner, _), .negative(let inner): inner.needs
        case .arithmetic(_, let left, let right): left.needs.union(right.needs)
        case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.needs) }
        }
    }
}
