/// One reply of a server, of one line or many (RFC 959 §4.2).
package struct Reply: Hashable, Sendable {
    /// The code of the first line.
    package var code: ReplyCode
    /// The text of each line; the first and the last one without code, the others as they came.
    package var lines: [[UInt8]]
    /// Whether its last line was seen.
    package var isComplete = true
    /// How many lines were not kept, for the reader's bounds.
    package var droppedLines = 0

    /// A whole reply.
    package init(_ code: ReplyCode, lines: [[UInt8]]) {
        self.code = code
        self.lines = lines
    }

    /// The first line's text for eyes; see ``displayText(_:)``.
    package var text: String { displayText(lines.first ?? []) }
}

/// Joins the lines of a control connection into replies.
///
/// A reply of many lines begins with `code-` and ends at the first line that starts with the same code and a space, or
/// is the code alone; lines between may start with digits, even with other codes.
package struct ReplyReader: Sendable {
    /// What one more line made known.
    package enum Event: Hashable, Sendable {
        /// The line belongs to a reply that goes on.
        case partial
        case reply(Reply)
        /// The line belongs to no reply, as when a capture begins in the middle of one.
        case stray
    }

    /// The most lines kept of a reply, and the most bytes; the rest is counted in ``Reply/droppedLines``.
    package let maximumLines: Int
    package let maximumBytes: Int

    private var open: Reply?
    private var openBytes = 0

    /// A reader that has seen nothing.
    package init(maximumLines: Int = 10_000, maximumBytes: Int = 1 << 20) {
        self.maximumLines = maximumLines
        self.maximumBytes = maximumBytes
    }

    /// Whether a reply has begun and not ended.
    package var isInReply: Bool { open != nil }

    /// Takes a line without its end.
    package mutating func push(_ line: [UInt8]) -> Event {
        let code = ReplyCode(startOf: line)
        let rest = line.dropFirst(3)
        // Not `if let open`: a second reference would have every line copied at each new one.
        if let openCode = open?.code {
            guard code == openCode, rest.isEmpty || rest.first == UInt8(ascii: " ") else {
                keep(line)
                return .partial
            }
            keep(Array(rest.dropFirst()))
            return finish().map { reply in
                var reply = reply
                reply.isComplete = true
                return .reply(reply)
            } ?? .stray
        }
        guard let code, !(rest.first.map(ASCII.isDigit) ?? false) else { return .stray }
        if rest.first == UInt8(ascii: "-") {
            open = Reply(code, lines: [])
            keep(Array(rest.dropFirst()))
            return .partial
        }
        // The space may be missing in front of the text; servers have been seen to forget it.
        return .reply(Reply(code, lines: [Array(rest.first == UInt8(ascii: " ") ? rest.dropFirst() : rest)]))
    }

    /// As for an array.
    package mutating func push(_ line: some Collection<UInt8>) -> Event { push(Array(line)) }

    /// Gives up what is open, as when the stream ends or has a gap; the reply is marked incomplete.
    package mutating func finish() -> Reply? {
        defer {
            open = nil
            openBytes = 0
        }
        open?.isComplete = false
        return open
    }

    private mutating func keep(_ text: [UInt8]) {
        guard let count = open?.lines.count else { return }
        if count < maximumLines, text.count <= maximumBytes - openBytes {
            open?.lines.append(text)
            openBytes += text.count
        } else {
            open?.droppedLines += 1
        }
    }
}
