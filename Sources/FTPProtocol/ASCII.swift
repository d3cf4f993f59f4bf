/// What the grammars of FTP need to know about ASCII.
enum ASCII {
    static let space = UInt8(ascii: " ")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let quote = UInt8(ascii: "\"")

    static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte & 0xDF)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == UInt8(ascii: "\t") }

    /// The value of decimal digits; nil if there are none, if anything else is among them, or if it exceeds the type.
    ///
    /// Unlike the standard library's conversions it takes no sign.
    static func number<N: FixedWidthInteger>(_ digits: some Collection<UInt8>, as type: N.Type = N.self) -> N? {
        guard !digits.isEmpty else { return nil }
        var value: N = 0
        for digit in digits {
            guard isDigit(digit), let next = N(exactly: digit - UInt8(ascii: "0")) else { return nil }
            let (product, overflowed) = value.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(next)
            guard !overflowed, !carried else { return nil }
            value = sum
        }
        return value
    }

    /// `text` without spaces and tabs at either end.
    static func trimmed(_ text: some BidirectionalCollection<UInt8>) -> [UInt8] {
        let start = text.drop(while: isSpace)
        return Array(start.reversed().drop(while: isSpace).reversed())
    }
}
