import Bytes
package import Analysis
package import Dissection

/// The packet list in PSML, Wireshark's packet summary markup language.
package struct PacketListXML: FramePrinter {
    package let needs: FrameNeeds
    private let options: PacketList.Options

    package init(_ options: PacketList.Options) {
        self.options = options
        needs = options.columns.reduce(into: []) { $0.formUnion($1.needs) }
    }

    package func appendBegin(to text: inout [UInt8]) {
        text.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<psml version=\"0\" creator=\"wharf\">\n<structure>\n")
        for column in options.columns { append(section: column.title, to: &text) }
        text.append("</structure>\n\n")
    }

    package func appendEnd(isEmpty: Bool, to text: inout [UInt8]) { text.append("</psml>\n") }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        page.text.append("<packet>\n")
        for column in options.columns {
            var cell: [UInt8] = []
            column.append(frame, options.time, to: &cell)
            append(section: String(decoding: cell, as: UTF8.self), to: &page.text)
        }
        page.text.append("</packet>\n\n")
    }

    private func append(section: String, to text: inout [UInt8]) {
        text.append("<section>")
        XML.append(escaped: section, to: &text)
        text.append("</section>\n")
    }
}
