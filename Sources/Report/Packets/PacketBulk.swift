package import Analysis
import Bytes
package import Dissection

/// Two lines of JSON a frame, as Elasticsearch's bulk interface takes them and tshark's `-T ek` writes them.
package struct PacketBulk: FramePrinter {
    package struct Options: Sendable {
        /// The bytes of each field beside its value.
        package var hasRaw = false
        /// Only these protocols are shown in full; nil for all.
        package var shown: ShownProtocols?
        /// Only these fields; nil for the whole tree.
        package var fields: [PacketField]?

        package init() {}
    }

    package let needs: FrameNeeds
    private let options: Options

    package init(_ options: Options) {
        self.options = options
        needs = PacketField.needs(of: options.fields)
    }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        page.text.append("{\"index\":{\"_index\":\"packets-")
        PacketTime.date.appendDay(of: frame.time, to: &page.text)
        page.text.append("\",\"_type\":\"doc\"}}\n{\"timestamp\":\"")
        // Milliseconds, which have three digits even where there are no seconds.
        page.text.append(decimal: UInt64(max(0, frame.time / 1_000_000_000)))
        page.text.append(decimal: UInt64(max(0, frame.time / 1_000_000 % 1000)), digits: 3)
        page.text.append("\",\"layers\":{")
        if let fields = options.fields { append(fields, frame, to: &page.text) } else { append(frame, to: &page) }
        page.text.append("}}\n")
    }

    private func append(_ fields: [PacketField], _ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        var isFirst = true
        for field in fields {
            var isFirstValue = true
            field.forEachValue(in: frame, isEscapedLater: true) { write in
                if isFirstValue {
                    if !isFirst { text.append(",") }
                    isFirst = false
                    append(key: field.name, in: nil, to: &text)
                    text.append("[")
                } else {
                    text.append(",")
                }
                isFirstValue = false
                JSONText.append(writing: write, to: &text)
            }
            if !isFirstValue { text.append("]") }
        }
    }

    private func append(_ frame: borrowing DissectedFrame, to page: inout FramePage) {
        var isFirst = true
        var open = 0
        frame.forEachLayer { reader, input, depth in
            while open > depth {
                open -= 1
                page.text.append("}")
            }
            if !isFirst { page.text.append(",") }
            isFirst = false
            let layer = reader.id.name
            if options.hasRaw {
                append(key: layer + "_raw", in: nil, to: &page.text)
                JSONText.append(string: input.hexadecimal(input.start..<input.layer.end), to: &page.text)
                page.text.append(",")
            }
            append(key: layer, in: nil, to: &page.text)
            page.text.append("{")
            open = depth + 1
            if let shown = options.shown, !shown.hasProtocol(layer) {
                page.text.append("\"filtered\":")
                JSONText.append(string: layer, to: &page.text)
                return
            }
            reader.readDetails(input, into: &page.nodes)
            let nodes = page.nodes
            var isFirstField = true
            append(nodes, nodes.indices.filter { nodes[$0].depth == 1 }, layer, input, &isFirstField, to: &page.text)
            guard nodes.contains(where: { $0.depth == 0 }) else { return }
            open -= 1
            page.text.append("}")
            for index in nodes.indices where nodes[index].depth == 0 {
                page.text.append(",")
                append(
                    key: nodes[index].row.name, in: reader.id == .ftpData ? ProtocolID.ftp.name : layer, to: &page.text)
                if let shown = options.shown, !shown.hasProtocol(nodes[index].row.name) {
                    append(filtered: nodes[index].row.name, to: &page.text)
                } else {
                    append(value: nodes[index], to: &page.text)
                }
            }
        }
        for _ in 0..<open { page.text.append("}") }
    }

    /// Writes siblings: those of one name as an array where the first of them stands, each followed by what lies below.
    private func append(
        _ nodes: [DetailNode], _ siblings: [Int], _ layer: String, _ input: borrowing FieldInput,
        _ isFirst: inout Bool, to text: inout [UInt8]
    ) {
        var places: [String: [Int]] = [:]
        for index in siblings { places[nodes[index].row.name, default: []].append(index) }
        for index in siblings {
            let row = nodes[index].row
            guard let same = places.removeValue(forKey: row.name) else { continue }
            if row.name == ExpertRows.name {
                for finding in same {
                    appendComma(&isFirst, to: &text)
                    append(key: row.name, in: nil, to: &text)
                    text.append("{")
                    var isFirstField = true
                    append(nodes, nodes.children(of: finding), layer, input, &isFirstField, to: &text)
                    text.append("}")
                }
                continue
            }
            if options.hasRaw, !row.name.isEmpty {
                appendComma(&isFirst, to: &text)
                append(key: row.name + "_raw", in: layer, to: &text)
                appendArray(same, to: &text) { JSONText.append(string: nodes[$0].hexadecimal(in: input), to: &$1) }
            }
            appendComma(&isFirst, to: &text)
            let name = row.name.isEmpty ? "text" : row.name
            append(key: name, in: row.name.isEmpty || row.isProtocol ? nil : layer, to: &text)
            if let shown = options.shown, !shown.hasField(name) {
                appendArray(same, to: &text) { append(filtered: name, to: &$1) }
                continue
            }
            appendArray(same, to: &text) { place, text in
                if row.name.isEmpty {
                    JSONText.append(string: nodes[place].line(in: input), to: &text)
                } else {
                    append(value: nodes[place], to: &text)
                }
            }
            // What lies below them is told together too.
            append(nodes, same.flatMap { nodes.children(of: $0) }, layer, input, &isFirst, to: &text)
        }
    }

    private func appendComma(_ isFirst: inout Bool, to text: inout [UInt8]) {
        if !isFirst { text.append(",") }
        isFirst = false
    }

    private func appendArray(_ places: [Int], to text: inout [UInt8], _ body: (Int, inout [UInt8]) -> Void) {
        if places.count > 1 { text.append("[") }
        for (number, place) in places.enumerated() {
            if number > 0 { text.append(",") }
            body(place, &text)
        }
        if places.count > 1 { text.append("]") }
    }

    /// A name with its protocol before it, and no dots, which would mean objects there.
    private func append(key name: String, in layer: String?, to text: inout [UInt8]) {
        text.append("\"")
        if let layer, !name.hasPrefix(ExpertRows.name) {
            append(dotless: Self.owner(of: name) ?? layer, to: &text)
            text.append("_")
        } else if layer != nil {
            text.append("_ws_expert_")
        }
        append(dotless: name, to: &text)
        text.append("\":")
    }

    /// The protocol that a field is registered by, where that is not the one in whose tree it stands: X.509 in TLS.
    private static func owner(of name: String) -> String? {
        switch name.prefix(while: { $0 != "." }) {
        case "pkcs1": "pkcs-1"
        case let group where group.hasPrefix("x509") || group == "ber": String(group)
        default: nil
        }
    }

    private func append(dotless name: String, to text: inout [UInt8]) {
        for byte in name.utf8 { text.append(byte == UInt8(ascii: ".") ? UInt8(ascii: "_") : byte) }
    }

    private func append(filtered name: String, to text: inout [UInt8]) {
        text.append("{\"filtered\":")
        JSONText.append(string: name, to: &text)
        text.append("}")
    }

    private func append(value node: DetailNode, to text: inout [UInt8]) {
        switch node.value {
        case .flag(let flag): text.append(flag ? "true" : "false")
        case .presence: text.append("null")
        case .time(let time):
            text.append("\"")
            PacketTime.utcDate.appendDay(of: time, to: &text)
            text.append("T")
            var header = FrameHeaderFacts()
            header.time = time
            PacketTime.utc.append(header, digits: 9, to: &text)
            text.append("Z\"")
        default:
            JSONText.append(writing: { node.row.appendShown(node.value, isEscapedLater: true, to: &$0) }, to: &text)
        }
    }
}

extension [DetailNode] {
    /// The nodes directly below another.
    func children(of index: Int) -> [Int] {
        var children: [Int] = []
        var place = index + 1
        while place <= index + self[index].descendants {
            if self[place].depth == self[index].depth + 1 { children.append(place) }
            place += 1 + self[place].descendants
        }
        return children
    }
}
