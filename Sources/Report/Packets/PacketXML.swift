package import Analysis
import Bytes
package import Dissection

/// The tree of every frame in PDML, Wireshark's packet details markup language.
package struct PacketXML: FramePrinter {
    package let needs: FrameNeeds
    private let fields: [PacketField]?
    private let file: String
    private let time: String
    private let shown: ShownProtocols?

    /// - Parameters:
    ///   - file: the capture's name.
    ///   - time: when it is written, as C's asctime has it.
    ///   - fields: shown instead of the whole tree.
    ///   - shown: what of the tree is shown in full; nil for all.
    package init(file: String, time: String, _ fields: [PacketField]? = nil, shown: ShownProtocols? = nil) {
        self.fields = fields
        self.shown = shown
        self.file = file
        self.time = time
        needs = PacketField.needs(of: fields)
    }

    package func appendBegin(to text: inout [UInt8]) {
        text.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        text.append("<pdml version=\"0\" creator=\"wharf\"")
        XML.append("time", time, to: &text)
        XML.append("capture_file", file, to: &text)
        text.append(">\n")
    }

    package func appendEnd(isEmpty: Bool, to text: inout [UInt8]) { text.append("</pdml>\n") }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        page.text.append("<packet>\n")
        appendGeneralInformation(frame.facts.frame, to: &page.text)
        if let fields { append(fields, frame, to: &page.text) } else { append(frame, to: &page) }
        page.text.append("</packet>\n\n\n")
    }

    private func append(_ fields: [PacketField], _ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        for field in fields {
            field.forEachValue(in: frame) { write in
                text.append("  <field")
                XML.append("name", field.name, to: &text)
                XML.append("value", String(writing: write), to: &text)
                text.append("/>\n")
            }
        }
    }

    private func append(_ frame: borrowing DissectedFrame, to page: inout FramePage) {
        var open: [Int] = []
        frame.forEachLayer { reader, input, depth in
            while let last = open.last, last >= depth {
                XML.indent(1 + last, to: &page.text)
                page.text.append("</proto>\n")
                open.removeLast()
            }
            reader.readDetails(input, into: &page.nodes)
            appendStart(reader, input, depth, to: &page.text)
            open.append(depth)
            if let shown, !shown.hasProtocol(reader.id.name) {
                appendFiltered(reader.id.name, 2 + depth, to: &page.text)
            } else {
                append(page.nodes, shown.map { page.nodes.hidden(by: $0) } ?? [], depth, input, to: &page.text)
            }
            guard page.nodes.contains(where: { $0.depth == 0 }) else { return }
            XML.indent(1 + depth, to: &page.text)
            page.text.append("</proto>\n")
            open.removeLast()
            // What belongs to no protocol's tree has a wrapper of its own in PDML.
            for index in page.nodes.indices where page.nodes[index].depth == 0 {
                page.text.append("  <proto name=\"fake-field-wrapper\">\n")
                append(page.nodes[index], 1, input, to: &page.text)
                page.text.append("  </proto>\n")
            }
        }
        while let last = open.popLast() {
            XML.indent(1 + last, to: &page.text)
            page.text.append("</proto>\n")
        }
    }

    private func append(
        _ nodes: [DetailNode], _ hidden: Set<Int>, _ depth: Int, _ input: borrowing FieldInput, to text: inout [UInt8]
    ) {
        var open: [Int] = []
        for index in nodes.indices where nodes[index].depth > 0 && !hidden.contains(index) {
            let node = nodes[index]
            append(node, depth, input, to: &text)
            var last = index
            if node.descendants > 0 {
                open.append(index)
                guard hidden.contains(index + 1) else { continue }
                let name = node.row.name.isEmpty ? "text" : node.row.name
                appendFiltered(name, 2 + depth + node.depth, to: &text)
                last += node.descendants
            }
            // Closes those of which it is the last one below.
            while let outer = open.last, outer + nodes[outer].descendants == last {
                XML.indent(1 + depth + nodes[outer].depth, to: &text)
                text.append("</field>\n")
                open.removeLast()
            }
        }
    }

    private func appendFiltered(_ name: String, _ indent: Int, to text: inout [UInt8]) {
        XML.indent(indent, to: &text)
        text.append("<field name=\"filtered\"")
        XML.append("value", name, to: &text)
        text.append(" />\n")
    }

    /// What Wireshark puts before every packet for readers that want no dissection.
    private func appendGeneralInformation(_ frame: FrameHeaderFacts, to text: inout [UInt8]) {
        let size = frame.length
        text.append("  <proto name=\"geninfo\" pos=\"0\" showname=\"General information\" size=\"\(size)\">\n")
        let number = UInt64(frame.index) + 1
        for (name, show, label, value) in [
            ("num", "\(number)", "Number", String(number, radix: 16)),
            ("len", "\(frame.length)", "Frame Length", String(frame.length, radix: 16)),
            ("caplen", "\(frame.capturedLength)", "Captured Length", String(frame.capturedLength, radix: 16)),
            ("timestamp", AbsoluteTime.text(frame.time), "Captured Time", FieldRow.seconds(frame.time)),
        ] {
            text.append("    <field name=\"\(name)\" pos=\"0\" show=\"\(show)\" showname=\"\(label)\"")
            text.append(" value=\"\(value)\" size=\"\(size)\"/>\n")
        }
        text.append("  </proto>\n")
    }

    private func appendStart(
        _ reader: any ProtocolLayer.Type, _ input: borrowing FieldInput, _ depth: Int, to text: inout [UInt8]
    ) {
        XML.indent(1 + depth, to: &text)
        text.append("<proto")
        XML.append("name", reader.id.name, to: &text)
        XML.append("showname", reader.title(input) ?? reader.id.label, to: &text)
        text.append(" size=\"\(input.layer.length)\" pos=\"\(input.layer.offset)\">\n")
    }

    /// Leaves a node open that others lie below.
    private func append(
        _ node: DetailNode, _ depth: Int, _ input: borrowing FieldInput, to text: inout [UInt8]
    ) {
        XML.indent(1 + depth + node.depth, to: &text)
        let isText = node.row.name.isEmpty
        text.append("<field")
        XML.append("name", node.row.name, to: &text)
        if isText {
            XML.append("show", node.line(in: input), to: &text)
        } else {
            XML.append("showname", node.line(in: input), to: &text)
        }
        if node.row.isHidden { text.append(" hide=\"yes\"") }
        text.append(" size=\"\(node.range.count)\" pos=\"\(node.range.lowerBound)\"")
        if !isText, !node.row.isExpertInfo {
            XML.append("show", node.row.shownText(of: node.value), to: &text)
        }
        appendValue(node, input, to: &text)
        text.append(node.descendants == 0 ? "/>\n" : ">\n")
    }

    private func appendValue(_ node: DetailNode, _ input: borrowing FieldInput, to text: inout [UInt8]) {
        // Wireshark gives what has no value none of its bytes either.
        if node.row.type == .none, !node.row.name.isEmpty { return text.append(" value=\"\"") }
        let bytes = node.bytes(in: input)
        guard !bytes.isEmpty, bytes.count == node.range.count else { return }
        let bits = node.row.maskedText(of: node.value)
        text.append(" value=\"")
        if let bits {
            text.append(bits)
            text.append("\" unmaskedvalue=\"")
        }
        text.append(hexadecimal: bytes)
        text.append("\"")
    }
}

extension [DetailNode] {
    /// The nodes below those that are not shown in full.
    fileprivate func hidden(by shown: ShownProtocols) -> Set<Int> {
        var hidden: Set<Int> = []
        for (index, node) in enumerated() where node.descendants > 0 && !hidden.contains(index) {
            if !shown.hasField(node.row.name) { hidden.formUnion(index + 1...index + node.descendants) }
        }
        return hidden
    }
}

enum XML {
    static func indent(_ steps: Int, to text: inout [UInt8]) { for _ in 0..<steps { text.append("  ") } }

    static func append(_ name: StaticString, _ value: String, to text: inout [UInt8]) {
        text.append(" ")
        text.append(name)
        text.append("=\"")
        append(escaped: value, to: &text)
        text.append("\"")
    }

    /// Characters that markup means something by, and those that XML 1.0 has no place for (§2.2).
    static func append(escaped value: String, to text: inout [UInt8]) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "&"): text.append("&amp;")
            case UInt8(ascii: "<"): text.append("&lt;")
            case UInt8(ascii: ">"): text.append("&gt;")
            case UInt8(ascii: "\""): text.append("&quot;")
            case UInt8(ascii: "'"): text.append("&#x27;")
            case 0..<0x20 where byte != 0x09 && byte != 0x0A && byte != 0x0D:
                text.append("\\x")
                text.append(hexadecimal: UInt64(byte), digits: 2)
            default: text.append(byte)
            }
        }
    }
}
