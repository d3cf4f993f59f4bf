import Analysis
import Bytes
package import Dissection

/// The tree of every frame as tshark's `-T json` and `-T jsonraw` print it.
package final class PacketJSON: FrameTap {
    package struct Options: Sendable {
        /// Every field by its text, by the bytes that it was read from, or both ways.
        package var hasValues = true
        package var hasRaw = false
        /// Only these protocols are shown in full; nil for all.
        package var expanded: Set<String>?
        /// Only these fields, as arrays of their values; nil for the whole tree.
        package var fields: [PacketField]?

        package init() {}
    }

    package let condition: (any FrameTest)?
    package let needs: FrameNeeds
    package let displaysFrames = true
    private let options: Options
    private let output: TextOutput
    private var isFirst = true

    package init(_ options: Options, _ condition: (any FrameTest)? = nil, to output: TextOutput) {
        self.options = options
        self.condition = condition
        self.output = output
        needs = PacketField.needs(of: options.fields)
    }

    package func begin() { output.write { $0.append("[") } }
    package func end() { output.write { $0.append(isFirst ? "]\n" : "\n]\n") } }

    package func take(_ frame: borrowing DissectedFrame) {
        output.write { text in
            text.append(isFirst ? "\n" : ",\n")
            isFirst = false
            text.append("  {\n    \"_index\": \"packets-")
            PacketTime.date.appendDay(of: frame.time, to: &text)
            text.append("\",\n    \"_type\": \"doc\",\n    \"_score\": null,\n    \"_source\": {\n      \"layers\": {")
            if let fields = options.fields { append(fields, frame, to: &text) } else { append(frame, to: &text) }
            text.append("\n      }\n    }\n  }")
        }
    }

    private func append(_ fields: [PacketField], _ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        var isFirst = true
        for field in fields {
            var isFirstValue = true
            field.forEachValue(in: frame) { write in
                if isFirstValue {
                    if !isFirst { text.append(",") }
                    isFirst = false
                    JSONText.newline(4, to: &text)
                    JSONText.append(string: field.name, to: &text)
                    text.append(": [")
                } else {
                    text.append(",")
                }
                isFirstValue = false
                JSONText.newline(5, to: &text)
                JSONText.append(writing: write, to: &text)
            }
            if !isFirstValue {
                JSONText.newline(4, to: &text)
                text.append("]")
            }
        }
    }

    private func append(_ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        var isFirst = true
        // A quoted packet's layers lie in the layer that quotes it, so that a layer is closed by the next one.
        var open = 0
        frame.forEachLayer { reader, input, depth in
            while open > depth {
                open -= 1
                JSONText.newline(4 + open, to: &text)
                text.append("}")
            }
            if !isFirst { text.append(",") }
            isFirst = false
            if options.hasRaw {
                defer { text.append(",") }
                appendRaw(reader.id.name, input.start..<input.layer.end, 0, .protocol, 4 + depth, input, to: &text)
            }
            let nodes = reader.details(input)
            JSONText.newline(4 + depth, to: &text)
            JSONText.append(string: reader.id.name, to: &text)
            let hasNodes = nodes.contains { $0.depth > 0 }
            if hasNodes {
                text.append(": {")
                open = depth + 1
                if let expanded = options.expanded, !expanded.contains(reader.id.name) {
                    JSONText.newline(5 + depth, to: &text)
                    text.append("\"filtered\": ")
                    JSONText.append(string: reader.id.name, to: &text)
                    return
                }
                appendSiblings(nodes, 0..<nodes.count, 1, 5 + depth, input, to: &text)
            } else {
                // A protocol that says no more than its line.
                text.append(": ")
                JSONText.append(string: reader.title(input) ?? reader.id.label, to: &text)
            }
            guard nodes.contains(where: { $0.depth == 0 }) else { return }
            if hasNodes {
                open -= 1
                JSONText.newline(4 + open, to: &text)
                text.append("}")
            }
            for index in nodes.indices where nodes[index].depth == 0 {
                text.append(",")
                append(nodes, index, 4 + depth, input, to: &text)
            }
        }
        while open > 0 {
            open -= 1
            JSONText.newline(4 + open, to: &text)
            text.append("}")
        }
    }

    /// Writes the nodes of `range` that stand at `depth`, each with what lies below it.
    private func appendSiblings(
        _ nodes: [DetailNode], _ range: Range<Int>, _ depth: Int, _ indent: Int, _ input: borrowing FieldInput,
        to text: inout [UInt8]
    ) {
        var index = range.lowerBound
        var isFirst = true
        while index < range.upperBound {
            if nodes[index].depth >= depth {
                if !isFirst { text.append(",") }
                isFirst = false
                append(nodes, index, indent, input, to: &text)
            }
            index += 1 + nodes[index].descendants
        }
    }

    private func append(
        _ nodes: [DetailNode], _ index: Int, _ indent: Int, _ input: borrowing FieldInput, to text: inout [UInt8]
    ) {
        let node = nodes[index]
        let row = node.row
        let name = row.name.isEmpty ? node.line(in: input) : row.name
        let children = index + 1..<index + 1 + node.descendants
        let hasValue = !row.name.isEmpty && row.type != .none && row.name != ExpertRows.name
        // Beside the values stands what was read from bytes; alone, everything.
        if !row.name.isEmpty, options.hasRaw, !options.hasValues || !node.range.isEmpty {
            appendRaw(name, node.range, row.bitMask, row.type, indent, input, row.maskedText(of: node.value), to: &text)
            if options.hasValues || !children.isEmpty { text.append(",") }
        }
        if hasValue, options.hasValues {
            JSONText.newline(indent, to: &text)
            JSONText.append(key: name, to: &text)
            if case .text = node.value {
                JSONText.append(writing: { row.appendShown(node.value, to: &$0) }, to: &text)
            } else {
                // Numbers and addresses need no escapes either.
                text.append(UInt8(ascii: "\""))
                row.appendShown(node.value, to: &text)
                text.append(UInt8(ascii: "\""))
            }
            if !children.isEmpty { text.append(",") }
        }
        if children.isEmpty {
            if !hasValue {
                JSONText.newline(indent, to: &text)
                JSONText.append(string: name, to: &text)
                text.append(": \"\"")
            }
            return
        }
        JSONText.newline(indent, to: &text)
        JSONText.append(string: hasValue ? name + "_tree" : name, to: &text)
        text.append(": {")
        appendSiblings(nodes, children, node.depth + 1, indent + 1, input, to: &text)
        JSONText.newline(indent, to: &text)
        text.append("}")
    }

    /// The bytes of a field, where they lie, the bits that count, and Wireshark's number of the type.
    private func appendRaw(
        _ name: String, _ range: Range<Int>, _ mask: UInt64, _ type: FieldType, _ indent: Int,
        _ input: borrowing FieldInput, _ masked: String? = nil, to text: inout [UInt8]
    ) {
        JSONText.newline(indent, to: &text)
        JSONText.append(string: name + "_raw", to: &text)
        text.append(": [")
        JSONText.newline(indent + 1, to: &text)
        text.append("\"")
        if let masked {
            text.append(masked)
        } else {
            for byte in range.clamped(to: 0..<input.frame.count) {
                text.append(hexadecimal: UInt64(input.frame.u8(at: byte)), digits: 2)
            }
        }
        text.append("\"")
        for number in [UInt64(range.lowerBound), UInt64(range.count), mask, UInt64(type.wiresharkNumber)] {
            text.append(",")
            JSONText.newline(indent + 1, to: &text)
            text.append(decimal: number)
        }
        JSONText.newline(indent, to: &text)
        text.append("]")
    }
}

/// Parts of JSON (RFC 8259).
enum JSONText {
    static func newline(_ steps: Int, to text: inout [UInt8]) {
        text.append(contentsOf: lineBegin.prefix(1 + 2 * steps))
    }

    private static let lineBegin: [UInt8] = [0x0A] + [UInt8](repeating: 0x20, count: 128)

    /// A name that needs no escapes.
    static func append(key: String, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        text.append(key)
        text.append("\": ")
    }

    static func append(string value: String, to text: inout [UInt8]) {
        append(writing: { $0.append(value) }, to: &text)
    }

    /// A string of what `write` appends.
    static func append(writing write: (inout [UInt8]) -> Void, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        let start = text.count
        write(&text)
        if text[start...].contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            escape(from: start, in: &text)
        }
        text.append(UInt8(ascii: "\""))
    }

    private static func escape(from start: Int, in text: inout [UInt8]) {
        let value = Array(text[start...])
        text.removeSubrange(start...)
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""): text.append("\\\"")
            case UInt8(ascii: "\\"): text.append("\\\\")
            case 0x0A: text.append("\\n")
            case 0x0D: text.append("\\r")
            case 0x09: text.append("\\t")
            case 0..<0x20:
                text.append("\\u")
                text.append(hexadecimal: UInt64(byte), digits: 4)
            default: text.append(byte)
            }
        }
    }
}
