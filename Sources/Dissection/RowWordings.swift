import Bytes

/// Lines of trees that several protocols word alike.
extension FieldRow {
    /// `Type: 8 (Echo (ping) request)`, and the number alone where it has no name.
    func numberFirst(_ name: @escaping @Sendable (UInt64, borrowing FieldInput) -> String?) -> FieldRow {
        let label = label
        return worded { value, _, input in
            guard case .number(let number) = value else { return label }
            return "\(label): \(number)" + (name(number, input).map { " (\($0))" } ?? "")
        }
    }

    /// `Identifier (BE): 4660 (0x1234)`
    var inBothBases: FieldRow {
        let (label, digits) = (label, max(2, type.bits / 4))
        return worded { value, _, _ in
            guard case .number(let number) = value else { return label }
            return "\(label): \(number) (0x\(hexadecimal(number, digits)))"
        }
    }

    /// `Length: 8 bytes`
    func followed(by unit: String) -> FieldRow { suffixed { _, _, _ in unit } }

    /// The label, with what a flag says in the protocol's own words.
    func saying(_ yes: String, _ no: String, _ mask: UInt64) -> FieldRow {
        let label = label
        return worded { value, range, input in
            bitText(mask, range, input) + label + ": " + (value == .flag(true) ? yes : no)
        }.asked(yes, no)
    }

    /// The bits under `mask` before the label and value.
    func writingBits(_ mask: UInt64) -> FieldRow {
        worded { value, range, input in bitText(mask, range, input) + label + ": " + maskedText(value, mask) }
    }

    /// As `writingBits`, for a number of 32 bits that is not the frame's.
    func writingBits(of32 mask: UInt32) -> FieldRow {
        worded { value, _, _ in
            let number: UInt64 =
                switch value {
                case .number(let part): part << UInt64(mask.trailingZeroBitCount)
                case .flag(true): UInt64(mask)
                default: 0
                }
            return bitText(number, mask: UInt64(mask), bits: 32) + label + ": " + maskedText(value, UInt64(mask))
        }
    }

    /// As many digits as the bits need.
    private func maskedText(_ value: Value, _ mask: UInt64) -> String {
        guard display == .hexadecimal, case .number(let number) = value else { return text(of: value) }
        let digits = "0x" + hexadecimal(number, (mask.nonzeroBitCount + 3) / 4)
        return meaning?(number).map { "\($0) (\(digits))" } ?? digits
    }

    /// Names for the parts of a number of flags: `Flags: 0xe0000000, Router, Solicited`.
    func listing(_ digits: Int, _ parts: @escaping @Sendable (UInt64) -> [String]) -> FieldRow {
        let label = label
        return worded { value, _, _ in
            guard case .number(let number) = value else { return label }
            return ([label + ": 0x" + hexadecimal(number, digits)] + parts(number)).joined(separator: ", ")
        }
    }

    /// Only the label, whatever the value is.
    var labelOnly: FieldRow {
        let label = label
        return worded { _, _, _ in label }
    }

    /// The text that the value is.
    var textOnly: FieldRow {
        let label = label
        return worded { value, _, _ in
            if case .text(let text) = value { return text }
            return label
        }
    }
}

/// The flags of `number` that are set, by their masks.
func setFlags(_ number: UInt64, _ names: KeyValuePairs<UInt64, String>) -> [String] {
    names.filter { number & $0.key != 0 }.map(\.value)
}

func hexadecimal(_ number: UInt64, _ digits: Int) -> String {
    let text = String(number, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// `..1. .... = `: the bits under `mask` of the bytes in `range`.
///
/// - Parameters:
///   - count: how many bits are written; nil for those of the bytes.
///   - below: how many of them lie below the bytes.
func bitText(
    _ mask: UInt64, _ range: Range<Int>, _ input: borrowing FieldInput, count: Int? = nil, below: Int = 0
) -> String {
    var text: [UInt8] = []
    var number: UInt64 = 0
    for byte in range.prefix(8) { number = number << 8 | UInt64(input.frame.u8(at: byte)) }
    for bit in (0..<(count ?? 8 * min(range.count, 8))).reversed() {
        let isShown = (mask << UInt64(below)) >> UInt64(bit) & 1 == 1
        let digit = UInt8((number << UInt64(below)) >> UInt64(bit) & 1)
        text.append(isShown ? UInt8(ascii: "0") + digit : UInt8(ascii: "."))
        if bit % 4 == 0 { text.append(UInt8(ascii: " ")) }
    }
    return String(decoding: text, as: UTF8.self) + "= "
}

/// A span of time in words: `30 minutes`, `23 hours, 59 minutes, 59.999 seconds`.
func wordedTime(milliseconds: UInt64, hasFraction: Bool) -> String {
    let seconds = milliseconds / 1000
    var parts: [String] = []
    func add(_ number: UInt64, _ unit: String) {
        if number > 0 { parts.append("\(number) \(unit)\(number == 1 ? "" : "s")") }
    }
    add(seconds / 86400, "day")
    add(seconds / 3600 % 24, "hour")
    add(seconds / 60 % 60, "minute")
    if hasFraction, milliseconds % 1000 > 0 {
        let fraction = String(milliseconds % 1000 + 1000).dropFirst()
        parts.append("\(seconds % 60).\(fraction) seconds")
    } else {
        add(seconds % 60, "second")
    }
    return parts.isEmpty ? "0 seconds" : parts.joined(separator: ", ")
}
