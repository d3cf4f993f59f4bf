import Analysis
import Bytes
package import Dissection

/// The tree of every frame as text, as tshark's `-V`, `-O` and `-x` print it.
package final class PacketDetails: FrameTap {
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

    package let condition: (any FrameTest)?
    package var needs: FrameNeeds { .everything }
    package let displaysFrames = true
    private let options: Options
    private let output: TextOutput
    private let list: PacketList?

    package init(_ options: Options, _ condition: (any FrameTest)? = nil, to output: TextOutput) {
        self.options = options
        self.condition = condition
        self.output = output
        list = options.summary.map { PacketList($0, to: output) }
    }

    package func take(_ frame: borrowing DissectedFrame) {
        if let list {
            list.take(frame)
            if !options.hasTree { output.write { $0.append("\n") } }
        }
        if options.hasTree {
            frame.forEachLayer { reader, input, depth in
                output.write { append(reader, input, depth, to: &$0) }
            }
            if options.hasBytes { output.write { $0.append("\n") } }
        }
        if options.hasBytes {
            output.write { appendBytes(of: frame, to: &$0) }
        }
        output.write {
            $0.append(options.separator)
            $0.append("\n")
        }
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
        _ reader: any ProtocolLayer.Type, _ input: borrowing FieldInput, _ depth: Int, to text: inout [UInt8]
    ) {
        append(reader.title(input) ?? reader.id.label, depth, isGenerated: false, to: &text)
        if let expanded = options.expanded, !expanded.contains(reader.id.name) { return }
        for node in reader.details(input) where !node.row.isHidden {
            append(node.line(in: input), depth + node.depth, isGenerated: node.row.isGenerated, to: &text)
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
