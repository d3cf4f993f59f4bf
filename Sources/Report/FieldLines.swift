package import Analysis
import Bytes
import Dissection
import FTPProtocol

/// Chosen fields of every frame, one line a frame, as `tshark -T fields` prints them.
package struct FieldLines {
    private let columns: [[Registry.Entry]]
    private let names: [String]

    /// - Throws: ``UnknownField`` for a name that no protocol has.
    package init(_ names: [String]) throws(UnknownField) {
        var columns: [[Registry.Entry]] = []
        for name in names {
            let entries = Registry.rows(named: name)
            guard !entries.isEmpty || name == Self.number else { throw UnknownField(name: name) }
            columns.append(entries)
        }
        self.columns = columns
        self.names = names
    }

    package struct UnknownField: Error, CustomStringConvertible {
        let name: String
        package var description: String { "\(displayText(name.utf8)): no such field" }
    }

    private static let number = "frame.number"

    /// Hands on one line after another: columns parted by tabs, several values of a field by commas.
    package func write(_ index: CaptureIndex, to sink: (String) -> Void) {
        index.forEachFrame { frame, bytes, layers, facts in
            var line = ""
            for column in columns.indices {
                if column > 0 { line += "\t" }
                if names[column] == Self.number { line += String(frame + 1) }
                append(columns[column], bytes, layers, facts, to: &line)
            }
            sink(line)
        }
    }

    private func append(
        _ entries: [Registry.Entry], _ bytes: Bytes, _ layers: Layers, _ facts: FrameFacts, to line: inout String
    ) {
        var isFirst = true
        for slot in 0..<layers.count {
            for entry in entries where entry.layer.id == layers[slot].id {
                entry.row.forEachValue(in: FieldInput(bytes, layers, slot, facts)) { value, _ in
                    if !isFirst { line += "," }
                    isFirst = false
                    line += entry.row.plainText(of: value)
                }
            }
        }
    }
}

extension FieldRow {
    /// A value alone, without its name: what scripts read.
    fileprivate func plainText(of value: Value) -> String {
        switch value {
        case .number(let number): display == .hexadecimal ? text(of: value) : String(number)
        case .integer(let number): String(number)
        case .span(let span): Self.seconds(span)
        case .presence: "1"
        case .flag(let flag): flag ? "1" : "0"
        case .mac(let address): address.description
        case .address(let address): address.description
        case .text(let text): text
        case .bytes(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
