import Analysis
import Bytes
package import Dissection

/// One line a frame, in tshark's form.
package final class PacketList: FrameTap {
    package struct Options: Sendable {
        package var columns = PacketColumn.standard
        package var time = PacketTime.relative
        /// Parts columns by tabs instead of spaces.
        package var hasTabs = false

        package init() {}
    }

    package let condition: (any FrameTest)?
    package let needs: FrameNeeds
    package let displaysFrames = true
    private let options: Options
    private let output: TextOutput

    package init(_ options: Options, _ condition: (any FrameTest)? = nil, to output: TextOutput) {
        self.options = options
        self.condition = condition
        self.output = output
        needs = options.columns.reduce(into: []) { $0.formUnion($1.needs) }
    }

    package func take(_ frame: borrowing DissectedFrame) {
        output.write { text in
            append(frame, to: &text)
            text.append("\n")
        }
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
