package import Dissection
import Bytes

/// A column of the packet list.
package enum PacketColumn: Sendable {
    case number, time, source, destination, `protocol`, length, info
    /// Any field, as `-T fields` prints it.
    case field(FieldHandle)

    /// tshark's columns.
    package static let standard: [PacketColumn] = [.number, .time, .source, .destination, .protocol, .length, .info]

    /// - Parameter name: of a column, or of a field; nil for what is neither.
    package init?(_ name: String) {
        if let column = PacketColumn(shown: name) {
            self = column
        } else if let field = FieldHandle(name) {
            self = .field(field)
        } else {
            return nil
        }
    }

    /// - Parameter name: as it stands above the column, or short for that.
    init?(shown name: String) {
        switch name.lowercased() {
        case "no.", "no", "number": self = .number
        case "time": self = .time
        case "source", "src", "def_src": self = .source
        case "destination", "dst", "def_dst": self = .destination
        case "protocol", "proto": self = .protocol
        case "length", "len", "packet_length": self = .length
        case "info": self = .info
        default: return nil
        }
    }

    package var title: String {
        switch self {
        case .number: "No."
        case .time: "Time"
        case .source: "Source"
        case .destination: "Destination"
        case .protocol: "Protocol"
        case .length: "Length"
        case .info: "Info"
        case .field(let field): field.name
        }
    }

    /// What frames have to be asked for before the column can be filled.
    package var needs: FrameNeeds {
        switch self {
        case .number, .time, .source, .destination, .length: []
        case .protocol: .carried
        case .info: [.carried, .sequences, .echoes]
        case .field(let field): field.needs
        }
    }

    package func append(_ frame: borrowing DissectedFrame, _ time: PacketTime, to text: inout [UInt8]) {
        switch self {
        case .number: text.append(decimal: UInt64(frame.number))
        case .time:
            time.append(frame.facts.frame, digits: frame.timeDigits, to: &text)
        case .source: frame.appendSource(to: &text)
        case .destination: frame.appendDestination(to: &text)
        case .protocol: frame.appendProtocol(to: &text)
        case .length: text.append(decimal: frame.length)
        case .info: frame.appendInfo(to: &text)
        case .field(let field):
            var isFirst = true
            PacketField.field(field).forEachValue(in: frame) { write in
                if !isFirst { text.append(",") }
                isFirst = false
                write(&text)
            }
        }
    }

    /// How much room the list gives the column, and on which side of it.
    enum Alignment { case none, left(Int), right(Int) }

    var alignment: Alignment {
        switch self {
        case .number: .right(5)
        case .time: .right(10)
        case .source: .right(12)
        case .destination: .left(12)
        case .protocol, .length, .info, .field: .none
        }
    }
}
