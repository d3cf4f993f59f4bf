package import Analysis
import Bytes
package import Dissection

/// One line a frame, in tshark's form.
package struct PacketList: FramePrinter {
    package struct Options: Sendable {
        package var columns = PacketColumn.standard
        package var time = PacketTime.relative
        /// Parts columns by tabs instead of spaces.
        package var hasTabs = false

        package init() {}
    }

    package let needs: FrameNeeds
    private let options: Options

    package init(_ options: Options) {
        self.options = options
        needs = options.columns.reduce(into: []) { $0.formUnion($1.needs) }
    }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        append(frame, to: &page.text)
        page.text.append(0x0A)
    }

    private func append(_ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        var previous: PacketColumn?
        for column in options.columns {
            if let previous { appendSeparator(previous, column, to: &text) }
            previous = column
            let start = text.count
            column.append(frame, options.time, to: &text)
            switch column.alignment {
            case .none: break
            case .left(let width): text.pad(from: start, to: width)
            case .right(let width): text.alignRight(from: start, to: width)
            }
        }
    }

    /// An arrow from source to destination, and back.
    private func appendSeparator(_ left: PacketColumn, _ right: PacketColumn, to text: inout [UInt8]) {
        let space = options.hasTabs ? UInt8(ascii: "\t") : UInt8(ascii: " ")
        text.append(space)
        switch (left, right) {
        case (.source, .destination): text.append("→")
        case (.destination, .source): text.append("←")
        default: return
        }
        text.append(space)
    }
}
