import Analysis
import Bytes
package import Dissection
import FTPProtocol

/// Chosen fields of every frame, one line a frame, as `tshark -T fields` prints them: columns parted by tabs, several
/// values of a field by commas.
package final class FieldLines: FrameTap {
    package let condition: (any FrameTest)?
    private let columns: [Column]
    private let sink: (String) -> Void

    private enum Column {
        case field(FieldHandle)
        /// A protocol is there or not; its text is its name.
        case layer(ProtocolID)
    }

    package struct UnknownField: Error, CustomStringConvertible {
        let name: String
        package var description: String { "\(displayText(name.utf8)): no such field" }
    }

    /// - Parameter sink: takes one line after another.
    /// - Throws: ``UnknownField`` for a name that no protocol has.
    package init(
        _ names: [String], _ condition: (any FrameTest)? = nil, to sink: @escaping (String) -> Void
    ) throws(UnknownField) {
        var columns: [Column] = []
        for name in names {
            if let field = FieldHandle(name) {
                columns.append(.field(field))
            } else if let layer = ProtocolID.allCases.first(where: { $0.name == name }) {
                columns.append(.layer(layer))
            } else {
                throw UnknownField(name: name)
            }
        }
        self.columns = columns
        self.condition = condition
        self.sink = sink
    }

    package var needs: FrameNeeds {
        columns.reduce(into: []) { needs, column in
            switch column {
            case .field(let field): needs.formUnion(field.needs)
            case .layer: needs.insert(.application)
            }
        }
    }

    package func take(_ frame: borrowing DissectedFrame) {
        var line = ""
        for (number, column) in columns.enumerated() {
            if number > 0 { line += "\t" }
            switch column {
            case .layer(let id):
                var isFirst = true
                frame.forEachLayer(id) { input in
                    if !isFirst { line += "," }
                    isFirst = false
                    line += (Registry.reader(of: input.layer) ?? Frame.self).title(input) ?? id.name
                }
            case .field(let field):
                var isFirst = true
                for entry in field.entries where frame.present & entry.layer.id.bit != 0 {
                    field.forEachValue(of: entry, in: frame) { value, _ in
                        if !isFirst { line += "," }
                        isFirst = false
                        line += entry.row.plainText(of: value)
                    }
                }
            }
        }
        sink(line)
    }
}
