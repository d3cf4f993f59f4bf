package import Analysis
import Bytes
import DisplayFilter
package import Dissection
import FTPProtocol

/// Chosen fields of every frame, one line a frame, as `tshark -T fields` prints them.
package struct FieldLines: FramePrinter {
    package let needs: FrameNeeds
    private let columns: [PacketField]
    private let format: FieldLineFormat

    package struct UnknownField: Error, CustomStringConvertible {
        let names: [String]
        package var description: String {
            let lines = names.map { name in
                let near = Suggestions.nearest(to: name).map { ": did you mean \($0)?" } ?? ""
                return "\n  \(displayText(name.utf8))\(near)"
            }
            return "there is no field of this name; wharf fields lists what there is:" + lines.joined()
        }
    }

    /// - Throws: ``UnknownField`` for a name that no protocol has.
    package static func columns(_ names: [String]) throws(UnknownField) -> [PacketField] {
        var columns: [PacketField] = []
        var unknown: [String] = []
        for name in names {
            if let column = PacketField(name) { columns.append(column) } else { unknown.append(name) }
        }
        guard unknown.isEmpty else { throw UnknownField(names: unknown) }
        return columns
    }

    package init(_ columns: [PacketField], _ format: FieldLineFormat = FieldLineFormat()) {
        self.columns = columns
        self.format = format
        needs = PacketField.needs(of: columns)
    }

    package func appendBegin(to text: inout [UInt8]) {
        if format.hasByteOrderMark { text.append("\u{FEFF}") }
        guard format.hasHeader else { return }
        for (number, column) in columns.enumerated() {
            if number > 0 { text.append(format.separator) }
            text.append(column.name)
        }
        text.append("\n")
    }

    package func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage) {
        for (number, column) in columns.enumerated() {
            if number > 0 { page.text.append(format.separator) }
            append(column, frame, to: &page.text)
        }
        page.text.append("\n")
    }

    private func append(_ column: PacketField, _ frame: borrowing DissectedFrame, to text: inout [UInt8]) {
        let start = text.count
        var isFirst = true
        column.forEachValue(in: frame) { write in
            switch format.occurrence {
            case .all:
                if !isFirst { text.append(format.aggregator) }
            case .first: if !isFirst { return }
            case .last:
                if !isFirst { text.removeSubrange((start + format.quote.count)...) }
            }
            if isFirst { text.append(contentsOf: format.quote) }
            isFirst = false
            let begin = text.count
            write(&text)
            if format.escapes { escape(from: begin, in: &text) }
        }
        if !isFirst { text.append(contentsOf: format.quote) }
    }

    /// A line end or a tab would begin another row or column.
    private func escape(from start: Int, in text: inout [UInt8]) {
        guard text[start...].contains(where: { $0 < 0x20 }) else { return }
        let value = Array(text[start...])
        text.removeSubrange(start...)
        for byte in value {
            switch byte {
            case 0x0A: text.append("\\n")
            case 0x0D: text.append("\\r")
            case 0x09: text.append("\\t")
            default: text.append(byte)
            }
        }
    }
}

/// How `-T fields` writes its lines: tshark's `-E`.
package struct FieldLineFormat: Sendable {
    package enum Occurrence: Sendable { case first, last, all }

    package var hasByteOrderMark = false
    package var hasHeader = false
    package var separator: UInt8 = 0x09
    package var occurrence = Occurrence.all
    /// Parts several values of a field.
    package var aggregator = UInt8(ascii: ",")
    /// Around the values of a field: one character, or none.
    package var quote: [UInt8] = []
    package var escapes = true

    package init() {}

    package struct WrongOption: Error, CustomStringConvertible {
        let text: String
        package var description: String {
            "-E \(text): expected header=y|n, separator=/t|/s|CHARACTER, occurrence=f|l|a, aggregator=,|/s|CHARACTER, "
                + "quote=d|s|n, escape=y|n or bom=y|n"
        }
    }

    /// Takes `header=y` and the like.
    package mutating func set(_ option: String) throws(WrongOption) {
        let wrong = WrongOption(text: option)
        guard let equals = option.firstIndex(of: "=") else { throw wrong }
        let value = String(option[option.index(after: equals)...])
        func yes() throws(WrongOption) -> Bool {
            switch value.lowercased() {
            case "y": return true
            case "n": return false
            default: throw wrong
            }
        }
        func character() throws(WrongOption) -> UInt8 {
            switch value {
            case "/t": return 0x09
            case "/s": return 0x20
            default:
                // The first character is taken, and a backslash for what a slash stands before, as tshark does.
                guard let byte = value.utf8.first else { throw wrong }
                return byte == UInt8(ascii: "/") && value.utf8.count > 1 ? UInt8(ascii: "\\") : byte
            }
        }
        switch option[..<equals].lowercased() {
        case "header": hasHeader = try yes()
        case "bom": hasByteOrderMark = try yes()
        case "escape": escapes = try yes()
        case "separator": separator = try character()
        case "aggregator": aggregator = try character()
        case "occurrence":
            switch value.lowercased() {
            case "f": occurrence = .first
            case "l": occurrence = .last
            case "a": occurrence = .all
            default: throw wrong
            }
        case "quote":
            switch value.lowercased() {
            case "d": quote = [UInt8(ascii: "\"")]
            case "s": quote = [UInt8(ascii: "'")]
            case "n": quote = []
            default: throw wrong
            }
        default: throw wrong
        }
    }
}
