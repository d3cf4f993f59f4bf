package import Analysis
import Bytes
package import Dissection

/// The tree of every frame as text, as tshark's `-V`, `-O` and `-x` print it.
package struct PacketDetails: FramePrinter {
    package struct Options: Sendable {
        /// The protocols whose fields are shown; nil for all of them.
        package var expanded: Set<String>?
        package var hasTree = true
        package var hasBytes = false
        /// The line behind each frame.
        package var separator = ""
        /// The line of the packet list that goes before; nil for none.
        package var summary: PacketList.Options?

        package init() {}
    }

    package var needs: FrameNeeds { .everything }
    private let options: Options
    private let list: PacketList?

    package init(_ options: Options) {
        self.options = options
        list = options.summary.map { PacketList($0) }
    }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        if let list {
            list.append(frame, isFirst: isFirst, to: &page)
            if !options.hasTree { page.text.append("\n") }
        }
        if options.hasTree {
            var isOpen = true
            frame.forEachLayer { reader, input, depth in
                if depth == 0 { isOpen = options.expanded?.contains(reader.id.name) ?? true }
                // What a protocol quotes is shown as its fields are.
                if depth == 0 || isOpen { append(reader, input, depth, isOpen: isOpen, to: &page) }
            }
            if options.hasBytes { page.text.append("\n") }
        }
        if options.hasBytes { appendBytes(of: frame, to: &page.text) }
        page.text.append(options.separator)
        page.text.append("\n")
    }

    /// The frame, and what was put together of it and earlier ones.
    private func appendBytes(of frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        func append(_ title: String, _ bytes: Bytes, to text: inout [UInt8]) {
            text.append("\(title) (\(bytes.count) bytes):\n")
            HexDump.append(bytes, to: &text)
        }
        var parts: [(title: String, bytes: [UInt8])] = []
        if frame.completesDatagram {
            parts.append((frame.carrier.has(.ipv6) ? "Reassembled IPv6" : "Reassembled IPv4", frame.bytes.array))
        }
        frame.forEachReassembled { parts.append(("Reassembled TCP", $0.frame.array)) }
        if parts.isEmpty {
            HexDump.append(frame.carrierBytes, to: &text)
        } else {
            append("Frame", frame.carrierBytes, to: &text)
            for part in parts { append(part.title, part.bytes.bytes, to: &text) }
        }
    }

    private func append(
        _ reader: any ProtocolLayer.Type, _ input: borrowing FieldInput, _ depth: Int, isOpen: Bool,
        to page: inout FramePage
    ) {
        append(reader.title(input) ?? reader.id.label, depth, isGenerated: false, to: &page.text)
        // Bytes that nobody reads are shown as such, unless all of them follow.
        if isOpen, reader.id == .data, !options.hasBytes {
            page.text.append("\n")
            HexDump.append(input.header, to: &page.text)
        }
        reader.readDetails(input, into: &page.nodes)
        // What stands beside a protocol is no part of it that could be left out.
        for node in page.nodes where !node.row.isHidden && (isOpen || node.depth == 0) {
            append(node.line(in: input), depth + node.depth, isGenerated: node.isGenerated, to: &page.text)
        }
    }

    private func append(_ line: String, _ depth: Int, isGenerated: Bool, to text: inout [UInt8]) {
        for _ in 0..<depth { text.append("    ") }
        if isGenerated { text.append("[") }
        text.append(line)
        if isGenerated { text.append("]") }
        text.append("\n")
    }
}
