import Bytes

extension FieldRow {
    /// A value alone, without its name: what scripts read.
    package func plainText(of value: Value) -> String {
        switch value {
        case .number(let number): display == .hexadecimal ? typedHexadecimal(number) : String(number)
        case .integer(let number): String(number)
        case .span(let span): Self.seconds(span)
        case .time(let time): AbsoluteTime.text(time)
        case .presence: "1"
        case .flag(let flag): flag ? "1" : "0"
        case .mac(let address): address.description
        case .address(let address): address.description
        // A line end or a tab would begin another row or column.
        case .text(let text):
            text.replacing("\n", with: "\\n").replacing("\r", with: "\\r").replacing("\t", with: "\\t")
        case .bytes(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// As many digits as the type has, however few bits of it the field takes.
    private func typedHexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, type.bits / 4 - digits.count)) + digits
    }
}
