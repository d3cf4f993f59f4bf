package import Analysis
import Bytes
package import Dissection

/// The tree of every frame as tshark's `-T json` and `-T jsonraw` print it.
package struct PacketJSON: FramePrinter {
    package struct Options: Sendable {
        /// Every field by its text, by the bytes that it was read from, or both ways.
        package var hasValues = true
        package var hasRaw = false
        /// Only these protocols are shown in full; nil for all.
        package var shown: ShownProtocols?
        /// Only these fields, as arrays of their values; nil for the whole tree.
        package var fields: [PacketField]?

        package init() {}
    }

    package let needs: FrameNeeds
    private let options: Options

    package init(_ options: Options) {
        self.options = options
        needs = PacketField.needs(of: options.fields)
    }

    package func appendBegin(to text: inout [UInt8]) { text.append("[") }
    package func appendEnd(isEmpty: Bool, to text: inout [UInt8]) { text.append(isEmpty ? "]\n" : "\n]\n") }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        page.text.append(isFirst ? "\n" : ",\n")
        page.text.append("  {\n    \"_index\": \"packets-")
        PacketTime.date.appendDay(of: frame.time, to: &page.text)
        page.text.append("\",\n    \"_type\": \"doc\",\n    \"_score\": null,\n    \"_source\": {\n      \"layers\": {")
        let start = page.text.count
        if let fields = options.fields { append(fields, frame, to: &page.text) } else { append(frame, to: &page) }
        page.text.append(page.text.count > start ? "\n      }\n    }\n  }" : "}\n    }\n  }")
    }

    private func append(_ fields: [PacketField], _ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        var isFirst = true
        for field in fields {
            var isFirstValue = true
            field.forEachValue(in: frame, isEscapedLater: true) { write in
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

    private func append(_ frame: borrowing DissectedFrame, to page: inout FramePage) {
        var isFirst = true
        // A quoted packet's layers lie in the layer that quotes it, so that a layer is closed by the next one.
        var open = 0
        frame.forEachLayer { reader, input, depth in
            while open > depth {
                open -= 1
                JSONText.newline(4 + open, to: &page.text)
                page.text.append("}")
            }
            if !isFirst { page.text.append(",") }
            isFirst = false
            let id = reader.id
            if options.hasRaw {
                let range = input.start..<input.layer.end
                appendRaw(id.name, input.hexadecimal(range), range, 0, .protocol, 4 + depth, to: &page.text)
                page.text.append(",")
            }
            reader.readDetails(input, into: &page.nodes)
            append(reader, page.nodes, depth, input, &open, to: &page.text)
        }
        while open > 0 {
            open -= 1
            JSONText.newline(4 + open, to: &page.text)
            page.text.append("}")
        }
    }

    /// A layer, and what stands beside it.
    ///
    /// - Parameter open: how many layers are open behind it.
    private func append(
        _ reader: any ProtocolLayer.Type, _ nodes: [DetailNode], _ depth: Int, _ input: borrowing FieldInput,
        _ open: inout Int, to text: inout [UInt8]
    ) {
        var (hasTree, hasNeighbours) = (false, false)
        for index in nodes.indices {
            if nodes[index].depth > 0 { hasTree = true } else { hasNeighbours = true }
        }
        JSONText.newline(4 + depth, to: &text)
        JSONText.append(string: reader.id.name, to: &text)
        if hasTree {
            text.append(": {")
            open = depth + 1
            if let shown = options.shown, !shown.hasProtocol(reader.id.name) {
                JSONText.newline(5 + depth, to: &text)
                text.append("\"filtered\": ")
                return JSONText.append(string: reader.id.name, to: &text)
            }
            appendSiblings(nodes, 0..<nodes.count, 1, 5 + depth, input, to: &text)
        } else {
            // A protocol that says no more than its line.
            text.append(": ")
            JSONText.append(string: reader.title(input) ?? reader.id.label, to: &text)
        }
        guard hasNeighbours else { return }
        if hasTree {
            open -= 1
            JSONText.newline(4 + open, to: &text)
            text.append("}")
        }
        for index in nodes.indices where nodes[index].depth == 0 {
            text.append(",")
            append(nodes, index, 4 + depth, input, to: &text)
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
                if !isFirst { text.append(UInt8(ascii: ",")) }
                isFirst = false
                append(nodes, index, indent, input, to: &text)
            }
            index += 1 + nodes[index].descendants
        }
    }

    private func append(
        _ nodes: [DetailNode], _ index: Int, _ indent: Int, _ input: borrowing FieldInput, to text: inout [UInt8]
    ) {
        let row = nodes[index].row
        let children = index + 1..<index + 1 + nodes[index].descendants
        guard row.isNamed else { return appendText(nodes, index, indent, input, to: &text) }
        let hasValue = row.type != .none && !row.isExpertInfo
        // Beside the values stands what was read from bytes; alone, everything.
        if options.hasRaw, !options.hasValues || !nodes[index].range.isEmpty {
            let bytes =
                row.isPlaceless
                ? nil : row.maskedText(of: nodes[index].value) ?? nodes[index].hexadecimal(in: input)
            appendRaw(row.name, bytes, nodes[index].range, row.bitMask, row.type, indent, to: &text)
            if !options.hasValues, children.isEmpty { return }
            text.append(UInt8(ascii: ","))
        }
        if hasValue, options.hasValues {
            append(row, nodes[index].value, indent, to: &text)
            if children.isEmpty { return }
            text.append(UInt8(ascii: ","))
        } else if children.isEmpty {
            JSONText.newline(indent, to: &text)
            JSONText.append(string: row.name, to: &text)
            return text.append(": \"\"")
        }
        text.append(atMost: JSONText.indentLimit + row.nameText.count + 12) {
            JSONText.newline(indent, into: &$0)
            $0.put(UInt8(ascii: "\""))
            $0.put(row.nameText)
            if hasValue { $0.put("_tree") }
            $0.put("\": {")
        }
        appendChildren(nodes, index, children, indent, input, to: &text)
    }

    /// A value of a named row.
    private func append(_ row: FieldRow, _ value: FieldRow.Value, _ indent: Int, to text: inout [UInt8]) {
        var isWhole = false
        text.append(atMost: JSONText.indentLimit + row.nameText.count + FieldRow.shortLength + 8) {
            JSONText.newline(indent, into: &$0)
            $0.put(UInt8(ascii: "\""))
            $0.put(row.nameText)
            $0.put("\": \"")
            isWhole = row.put(value, into: &$0)
            if isWhole { $0.put(UInt8(ascii: "\"")) }
        }
        if isWhole { return }
        let start = text.count
        row.appendShown(value, isEscapedLater: true, to: &text)
        // Bytes and addresses need no escapes.
        if case .text = value { JSONText.escape(from: start, in: &text) }
        text.append(UInt8(ascii: "\""))
    }

    /// A line without a name, which stands for itself.
    private func appendText(
        _ nodes: [DetailNode], _ index: Int, _ indent: Int, _ input: borrowing FieldInput, to text: inout [UInt8]
    ) {
        JSONText.newline(indent, to: &text)
        JSONText.append(string: nodes[index].line(in: input), to: &text)
        guard nodes[index].descendants > 0 else { return text.append(": \"\"") }
        text.append(": {")
        appendChildren(nodes, index, index + 1..<index + 1 + nodes[index].descendants, indent, input, to: &text)
    }

    private func appendChildren(
        _ nodes: [DetailNode], _ index: Int, _ children: Range<Int>, _ indent: Int,
        _ input: borrowing FieldInput, to text: inout [UInt8]
    ) {
        if let shown = options.shown, !shown.hasField(nodes[index].row.name) {
            JSONText.newline(indent + 1, to: &text)
            text.append("\"filtered\": ")
            JSONText.append(
                string: nodes[index].row.isNamed ? nodes[index].row.name : nodes[index].line(in: input), to: &text)
        } else {
            appendSiblings(nodes, children, nodes[index].depth + 1, indent + 1, input, to: &text)
        }
        JSONText.newline(indent, to: &text)
        text.append(UInt8(ascii: "}"))
    }

    /// The bytes of a field, where they lie, the bits that count, and Wireshark's number of the type.
    ///
    /// - Parameter bytes: what stands for the bytes; nil where there are none and no place either.
    private func appendRaw(
        _ name: String, _ bytes: String?, _ range: Range<Int>, _ mask: UInt64, _ type: FieldType, _ indent: Int,
        to text: inout [UInt8]
    ) {
        JSONText.newline(indent, to: &text)
        JSONText.append(string: name + "_raw", to: &text)
        text.append(": [")
        JSONText.newline(indent + 1, to: &text)
        if let bytes {
            JSONText.append(string: bytes, to: &text)
            text.append(",")
            JSONText.newline(indent + 1, to: &text)
        }
        let start = bytes == nil ? 0 : range.lowerBound
        for (place, number) in [UInt64(start), UInt64(range.count), mask, UInt64(type.wiresharkNumber)].enumerated() {
            if place > 0 {
                text.append(",")
                JSONText.newline(indent + 1, to: &text)
            }
            text.append(decimal: number)
        }
        JSONText.newline(indent, to: &text)
        text.append("]")
    }
}

extension FieldInput {
    /// The bytes of a place in the frame.
    func hexadecimal(_ range: Range<Int>) -> String {
        let range = range.clamped(to: 0..<frame.count)
        return String(writing: { text in
            text.append(hexadecimal: frame.slice(from: range.lowerBound, count: range.count).array)
        })
    }
}

extension DetailNode {
    func hexadecimal(in input: borrowing FieldInput) -> String {
        String(writing: { $0.append(hexadecimal: bytes(in: input)) })
    }
}
