import Bytes

/// Parts of JSON (RFC 8259).
enum JSONText {
    /// A new line, and two spaces a step.
    static func newline(_ steps: Int, into text: inout TextPieces) {
        text.put(0x0A)
        text.put(UInt8(ascii: " "), times: 2 * min(steps, maximumSteps))
    }

    static func newline(_ steps: Int, to text: inout [UInt8]) {
        text.append(atMost: indentLimit) { newline(steps, into: &$0) }
    }

    /// Deeper lines stand no further right.
    private static var maximumSteps: Int { 64 }
    static var indentLimit: Int { 1 + 2 * maximumSteps }

    static func append(string value: String, to text: inout [UInt8]) {
        append(writing: { $0.append(value) }, to: &text)
    }

    /// A string of what `write` appends.
    static func append(writing write: (inout [UInt8]) -> Void, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "\""))
        let start = text.count
        write(&text)
        escape(from: start, in: &text)
        text.append(UInt8(ascii: "\""))
    }

    /// Escapes what needs it in the text behind `start`.
    static func escape(from start: Int, in text: inout [UInt8]) {
        guard needsEscapes(text.span.extracting(start...)) else { return }
        let value = Array(text[start...])
        text.removeSubrange(start...)
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""): text.append("\\\"")
            case UInt8(ascii: "\\"): text.append("\\\\")
            case 0x0A: text.append("\\n")
            case 0x0D: text.append("\\r")
            case 0x09: text.append("\\t")
            case 0..<0x20, 0x7F:
                text.append("\\u")
                text.append(hexadecimal: UInt64(byte), digits: 4)
            default: text.append(byte)
            }
        }
    }

    private static func needsEscapes(_ text: Span<UInt8>) -> Bool {
        for index in text.indices {
            let byte = text[index]
            if byte < 0x20 || byte == 0x7F || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        }
        return false
    }
}
