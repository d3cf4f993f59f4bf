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
            output.write { $0.append("\n") }
        }
        if options.hasBytes {
            output.write {
                HexDump.append(frame.carrierBytes, to: &$0)
                $0.append("\n")
            }
            if frame.completesDatagram {
                output.write {
                    $0.append("Reassembled datagram (\(frame.bytes.count) bytes):\n")
                    HexDump.append(frame.bytes, to: &$0)
                    $0.append("\n")
                }
            }
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
