import Bytes
import Analysis
package import Dissection

/// The packet list in PSML, Wireshark's packet summary markup language.
package final class PacketListXML: FrameTap {
    package let condition: (any FrameTest)?
    package let needs: FrameNeeds
    package let displaysFrames = true
    private let options: PacketList.Options
    private let output: TextOutput

    package init(_ options: PacketList.Options, _ condition: (any FrameTest)? = nil, to output: TextOutput) {
        self.options = options
        self.condition = condition
        self.output = output
        needs = options.columns.reduce(into: []) { $0.formUnion($1.needs) }
    }

    package func begin() {
        output.write { text in
            text.append(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<psml version=\"0\" creator=\"wharf\">\n<structure>\n")
            for column in options.columns { append(section: column.title, to: &text) }
            text.append("</structure>\n\n")
        }
    }

    package func end() { output.write { $0.append("</psml>\n") } }

    package func take(_ frame: borrowing DissectedFrame) {
        output.write { text in
            text.append("<packet>\n")
            for column in options.columns {
                var cell: [UInt8] = []
                column.append(frame, options.time, to: &cell)
                append(section: String(decoding: cell, as: UTF8.self), to: &text)
            }
            text.append("</packet>\n\n")
        }
    }

    private func append(section: String, to text: inout [UInt8]) {
        text.append("<section>")
        XML.append(escaped: section, to: &text)
        text.append("</section>\n")
    }
}
