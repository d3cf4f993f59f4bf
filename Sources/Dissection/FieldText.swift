import Bytes

extension FieldRow {
    /// A value alone as trees and their JSON and XML have it: bytes are parted by colons there.
    package func shownText(of value: Value) -> String {
        switch value {
        case .bytes(let bytes):
            String(writing: { text in
                for (number, byte) in bytes.enumerated() {
                    if number > 0 { text.append(UInt8(ascii: ":")) }
                    text.append(hexadecimal: UInt64(byte), digits: 2)
                }
            })
        case .presence: ""
        default: plainText(of: value)
        }
    }

    /// The bits of the loaded number that the field takes; 0 for all of them.
    package var bitMask: UInt64 {
        guard let place, place.mask != .max, !isWhole else { return 0 }
        return place.mask
    }

    /// A value alone, without its name: what scripts read.
    package func plainText(of value: Value) -> String {
        switch value {
        case .number(let number): display == .hexadecimal ? typedHexadecimal(number) : String(number)
        case .integer(let number): String(number)
        case .span(let span): Self.seconds(span)
        case .time(let time): AbsoluteTime.text(time)
        case .presence: "1"
        case .real(let number): Self.text(of: number)
        case .flag(let flag): flag ? "1" : "0"
        case .mac(let address): address.description
        case .address(let address): address.description
        case .text(let text): text
        // As tshark says that a field is there and has no bytes.
        case .bytes([]): display == .bytesOrNone ? "<none>" : "<MISSING>"
        case .bytes(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    /// As many digits as the type has, however few bits of it the field takes.
    private func typedHexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return "0x" + String(repeating: "0", count: max(0, type.bits / 4 - digits.count)) + digits
    }
}
