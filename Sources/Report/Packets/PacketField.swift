import Bytes
import DisplayFilter
package import Dissection

/// A field or a protocol whose values are printed by name, as `-e` chooses it.
package enum PacketField: Sendable {
    case field(FieldHandle)
    /// A protocol is there or not; its text is its line in the tree.
    case layer(ProtocolID)
    /// A column of the packet list, by `_ws.col.` and its name.
    case column(PacketColumn, String)
    /// Of a protocol that Wharf does not read: in no frame.
    case foreign(String)

    /// - Returns: nil for a name that neither a field nor a protocol has.
    package init?(_ name: String) {
        if let field = FieldHandle(name) {
            self = .field(field)
        } else if let layer = ProtocolID.allCases.first(where: { $0.name == name }) {
            self = .layer(layer)
        } else if name.lowercased().hasPrefix("_ws.col."), let column = PacketColumn(shown: String(name.dropFirst(8))) {
            self = .column(column, name)
        } else if ForeignNames.label(name) != nil || ForeignNames.isField(name) {
            self = .foreign(name)
        } else {
            return nil
        }
    }

    package var name: String {
        switch self {
        case .field(let field): field.name
        case .layer(let layer): layer.name
        case .column(_, let name), .foreign(let name): name
        }
    }

    package var needs: FrameNeeds {
        switch self {
        case .field(let field): field.needs
        // A line in the tree says whatever is known.
        case .layer: [.application, .sequences]
        case .column(let column, _): column.needs
        case .foreign: []
        }
    }

    /// - Parameter fields: nil for the whole tree.
    static func needs(of fields: [PacketField]?) -> FrameNeeds {
        fields.map { $0.reduce(into: []) { $0.formUnion($1.needs) } } ?? .everything
    }

    /// Calls `body` with each value, as what appends its text.
    ///
    /// - Parameter isEscapedLater: whether control characters are to stay, for `body` to escape them.
    package func forEachValue(
        in frame: borrowing DissectedFrame, isEscapedLater: Bool = false, _ body: ((inout [UInt8]) -> Void) -> Void
    ) {
        switch self {
        case .foreign: break
        case .layer(let id):
            frame.forEachLayer(id) { input in
                // The bytes that nobody reads are a field of their own to tshark.
                if id == .data { return body { $0.append(hexadecimal: input.header.array) } }
                let title = (Registry.reader(of: input.layer) ?? Frame.self).title(input) ?? id.name
                body { $0.append(title) }
            }
        case .field(let field):
            for entry in field.entries where frame.present & entry.layer.id.bit != 0 {
                field.forEachValue(of: entry, in: frame) { value, _ in
                    body { entry.row.appendPlain(value, isEscapedLater: isEscapedLater, to: &$0) }
                }
            }
        case .column(let column, _):
            var text: [UInt8] = []
            column.append(frame, .relative, to: &text)
            body { $0.append(contentsOf: text) }
        }
    }
}
