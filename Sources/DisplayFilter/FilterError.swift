import FTPProtocol

/// Why a text is no filter, and where.
package struct FilterError: Error, Sendable, Hashable {
    /// What was asked for, whole.
    package let text: String
    /// In bytes of the text's UTF-8; empty where something is missing.
    package let place: Range<Int>
    /// What is wrong, and where there is one, the way out.
    package let message: String

    init(_ text: String, at place: Range<Int>, _ message: String) {
        self.text = text
        self.place = place.clamped(to: 0..<text.utf8.count + 1)
        self.message = message
    }
}

extension FilterError: CustomStringConvertible {
    /// The message, the filter, and below it a caret at the place.
    package var description: String {
        let before = displayText(text.utf8.prefix(place.lowerBound))
        let marked = displayText(text.utf8.dropFirst(place.lowerBound).prefix(place.count))
        let width = DisplayWidth.of(marked)
        return """
            \(message)
                \(displayText(text.utf8))
                \(String(repeating: " ", count: DisplayWidth.of(before)))^\(String(repeating: "~", count: max(0, width - 1)))
            """
    }
}
