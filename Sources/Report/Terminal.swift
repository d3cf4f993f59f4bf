import FTPProtocol
import Synchronization

/// What text is put out on: whether it understands colour.
package struct Style: Sendable {
    package let hasColour: Bool

    package init(hasColour: Bool) {
        self.hasColour = hasColour
    }

    enum Role: String {
        case heading = "1"
        case command = "36"
        case success = "32"
        case warning = "33"
        case failure = "31"
        case quiet = "2"
    }

    func callAsFunction(_ role: Role?, _ text: String) -> String {
        guard hasColour, let role, !text.isEmpty else { return text }
        return "\u{1B}[\(role.rawValue)m\(text)\u{1B}[0m"
    }
}

extension DisplayWidth {
    static func padded(_ text: String, to width: Int) -> String {
        text + blanks(width - of(text))
    }

    static func leftPadded(_ text: String, to width: Int) -> String {
        blanks(width - of(text)) + text
    }

    /// So many spaces; none for a negative number.
    static func blanks(_ count: Int) -> String {
        count < knownBlanks.count ? knownBlanks[max(0, count)] : String(repeating: " ", count: count)
    }

    /// Columns are padded again and again.
    private static let knownBlanks = (0..<100).map { String(repeating: " ", count: $0) }

    /// Breaks a text into lines of at most `width` columns: at spaces, and between ideographs, which need none.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        var used = 0
        for word in words(text) {
            let length = of(word)
            if used + length > width, used > 0 {
                while line.last == " " { line.removeLast() }
                lines.append(line)
                (line, used) = ("", 0)
            }
            if line.isEmpty && word == " " { continue }
            line += word
            used += length
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }

    /// Breaks a text with escape sequences, which take no columns, into lines. A style that goes on in the next line ends
    /// with the one and begins anew in the other, so that what a line is put behind keeps its own.
    ///
    /// - Parameter first: columns of the first line, which may have less room than the others.
    static func wrapped(styled text: String, first: Int, to width: Int) -> [String] {
        guard ofStyled(text) > first else { return [text] }
        var lines: [String] = []
        var line = ""
        var used = 0
        var room = first
        var active = ""
        for word in withUnits(words(text)) {
            let length = ofStyled(word)
            if used + length > room, used > 0, word != " " {
                while line.last == " " { line.removeLast() }
                lines.append(active.isEmpty ? line : line + reset)
                (line, used, room) = (active, 0, width)
            }
            if used == 0, word == " ", !lines.isEmpty { continue }
            line += word
            used += length
            if let start = word.lastIndex(of: "\u{1B}") {
                let rest = word[start...]
                active = rest.hasPrefix(reset) ? "" : String(rest.prefix { $0 != "m" }) + "m"
            }
        }
        while line.last == " " { line.removeLast() }
        if used > 0 { lines.append(line) }
        return lines
    }

    /// Puts units to their numbers: no line ends between them.
    private static func withUnits(_ words: [String]) -> [String] {
        var joined: [String] = []
        for word in words {
            let unit = word.prefix { $0.isLetter || $0 == "%" }
            if units.contains(String(unit)), joined.count > 1, joined[joined.count - 1] == " ",
                joined[joined.count - 2].last?.isNumber == true
            {
                joined.removeLast()
                joined[joined.count - 1] += " " + word
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    private static let units: Set<String> = ["B", "kB", "MB", "GB", "TB", "ns", "µs", "ms", "s", "min", "h", "%"]

    private static let reset = "\u{1B}[0m"

    /// Columns without those of escape sequences.
    static func ofStyled(_ text: String) -> Int {
        guard text.utf8.contains(0x1B) else { return of(text) }
        var width = 0
        var isInside = false
        for scalar in text.unicodeScalars {
            if scalar == "\u{1B}" { isInside = true }
            if !isInside { width += of(String(scalar)) }
            if isInside, scalar == "m" { isInside = false }
        }
        return width
    }

    /// Pieces between which a line may end. Closing punctuation stays with what stands before it.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            let isWide = of(String(character)) == 2
            if character == " " {
                if !word.isEmpty { words.append(word) }
                words.append(" ")
                word = ""
            } else if isWide, "，。；：、）！？”』」》".contains(character) {
                word.append(character)
            } else if isWide {
                if !word.isEmpty { words.append(word) }
                word = String(character)
            } else {
                if let last = word.last, of(String(last)) == 2, !"“（《「『".contains(last) {
                    words.append(word)
                    word = ""
                }
                word.append(character)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}

extension String {
    mutating func removeTrailingSpaces() {
        let space = UInt8(ascii: " ")
        guard utf8.last == space else { return }
        let end = utf8.lastIndex { $0 != space }.map { utf8.index(after: $0) } ?? startIndex
        self = String(self[..<end])
    }
}

/// Texts that were broken into lines before: a long session says the same things again and again.
final class WrappedTexts: Sendable {
    private let known = Mutex([String: [String]]())
    /// Texts with numbers of the moment in them do not come again; they must not pile up.
    private static let limit = 512

    func lines(of text: String, width: Int) -> [String] {
        if let lines = known.withLock({ $0[text] }) { return lines }
        let lines = DisplayWidth.wrapped(text, to: width)
        known.withLock { known in
            if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
            known[text] = lines
        }
        return lines
    }
}
