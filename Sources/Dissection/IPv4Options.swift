import Bytes

extension IPv4 {
    /// What is read from the options (RFC 791 §3.1).
    package enum Computed: Sendable { case option, optionType, optionLength }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let start = input.start
        forEachOption(in: input.header) { type, offset, length in
            let place = start + offset
            switch field {
            case .option:
                let name = optionName(UInt64(type)) ?? "Unknown (\(type))"
                sink(.text("\(name) (\(length) byte\(length == 1 ? "" : "s"))"), place..<place + length)
            case .optionType: sink(.number(UInt64(type)), place..<place + 1)
            case .optionLength: if length > 1 { sink(.number(UInt64(length)), place + 1..<place + 2) }
            }
        }
    }

    /// Calls `body` with type, offset and length of each option; stops at the first that contradicts the header.
    static func forEachOption(in header: Bytes, _ body: (_ type: UInt8, _ offset: Int, _ length: Int) -> Void) {
        var offset = 20
        while offset < header.count {
            let type = header.u8(at: offset)
            // End of Options List and No Operation are the ones of a single byte.
            let length = type <= 1 ? 1 : Int(header.u8(at: offset + 1))
            guard length >= (type <= 1 ? 1 : 2), header.has(length, at: offset) else { return }
            body(type, offset, length)
            if type == 0 { return }
            offset += length
        }
    }

    /// IANA's registry of IP option numbers; copy bit and class included.
    static func optionName(_ type: UInt64) -> String? {
        switch type {
        case 0: "End of Options List (EOL)"
        case 1: "No-Operation (NOP)"
        case 7: "Record Route"
        case 11: "MTU Probe"
        case 12: "MTU Reply"
        case 25: "Quick-Start"
        case 68: "Time Stamp"
        case 82: "Traceroute"
        case 130: "Security"
        case 131: "Loose Source Route"
        case 134: "Commercial Security"
        case 136: "Stream ID"
        case 137: "Strict Source Route"
        case 148: "Router Alert"
        default: nil
        }
    }
}
