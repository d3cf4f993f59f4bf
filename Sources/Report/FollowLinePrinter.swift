import Bytes
import Analysis
import Dissection
import FTPProtocol

/// Puts the pieces of a conversation on lines. It holds one line at most.
struct FollowLinePrinter {
    private let source: FollowSource
    private let options: FollowText.Options
    private let write: (String) -> Void
    private let start: Int64

    /// The line that has not ended yet, and what it belongs to.
    private var line: [UInt8] = []
    private var lineOwner: FollowSource.Part?
    /// The frame that the last line was labelled with: its other lines need no label.
    private var labelled: UInt32?
    /// How many bytes each side of each stream has said.
    private var positions: [Int: BySide<Int64>] = [:]
    /// Whether the turn is neither text nor to be shown whole, and how much of it was shown.
    private var isBinary = false
    private var shownOfTurn = 0

    /// Whoever sends no line ends gets them here.
    private static let longestLine = 4096
    /// What is shown of bytes that are no text.
    private static let headLength = 32

    init(_ source: FollowSource, _ options: FollowText.Options, _ write: @escaping (String) -> Void) {
        self.source = source
        self.options = options
        self.write = write
        start = source.story.index.frames.count > 0 ? source.story.index.frames[0].time : 0
    }

    mutating func take(_ part: FollowSource.Part) {
        if part.isFirstOfTurn { beginTurn(part) }
        let isGap = part.piece.isGap && part.bytes.isEmpty
        if isGap {
            flush()
            let text = Message.followGap.text(options.language, [Quantity.count(Int(clamping: part.piece.count))])
            put(part, options.style(.warning, text))
        } else if isBinary {
            showHead(part)
        } else if options.format == .hex {
            dump(part, part.bytes[...])
        } else {
            takeText(part)
        }
        positions[part.piece.stream, default: BySide(both: 0)][part.piece.side] +=
            isGap ? part.piece.count : Int64(part.bytes.count)
    }

    /// Writes the line that is open, if one is.
    mutating func flush() {
        guard !line.isEmpty, let owner = lineOwner else { return }
        if line.last == 0x0D { line.removeLast() }
        put(owner, coloured(owner, text(of: line)))
        line = []
    }

    private mutating func beginTurn(_ part: FollowSource.Part) {
        flush()
        labelled = nil
        shownOfTurn = 0
        isBinary = options.format == nil && !part.bytes.isEmpty && !Self.isText(part.bytes)
        if case .control = source.role(of: part.piece.stream), !isBinary { return }
        let turn = part.turn
        let (first, last) = (turn.firstFrame + 1, turn.lastFrame + 1)
        let count = Quantity.count(Int(clamping: turn.count))
        let size =
            first == last
            ? Message.followTurnInFrame.text(options.language, [count, "\(first)"])
            : Message.followTurn.text(options.language, [count, "\(first)", "\(last)"])
        let name =
            switch source.role(of: turn.stream) {
            case .data(let transfer): Message.followTransfer.text(options.language, ["\(transfer + 1)"]) + " · "
            default: ""
            }
        let stream = Message.followStream.text(options.language, ["\(turn.stream)"])
        put(part, options.style(.quiet, "\(name)\(stream) · \(size)"), arrow: part.isFromClient ? "⇒" : "⇐")
    }

    // MARK: - Text

    private mutating func takeText(_ part: FollowSource.Part) {
        for byte in part.bytes {
            if line.isEmpty { lineOwner = part }
            if byte == (options.format == .ebcdic ? 0x25 : 0x0A) || (options.format == .ebcdic && byte == 0x15) {
                endLine(part)
            } else {
                line.append(byte)
                if line.count >= Self.longestLine { flush() }
            }
        }
    }

    private mutating func endLine(_ part: FollowSource.Part) {
        guard line.isEmpty || line == [0x0D] else { return flush() }
        line = []
        put(part, "")
    }

    private func text(of line: [UInt8]) -> String {
        switch options.format {
        case .ascii: String(decoding: line.map(FollowCharacters.shown), as: UTF8.self)
        case .ebcdic: String(decoding: line.map { FollowCharacters.shown(FollowCharacters.ebcdic($0)) }, as: UTF8.self)
        default: displayText(line)
        }
    }

    /// Judged by its beginning: no control characters but those of text, and mostly ASCII or valid UTF-8.
    private static func isText(_ bytes: [UInt8]) -> Bool {
        let sample = bytes.prefix(512)
        guard !sample.contains(where: { ($0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1B) || $0 == 0x7F }) else {
            return false
        }
        return sample.count { $0 >= 0x80 } * 3 <= sample.count || String(validating: sample, as: UTF8.self) != nil
    }

    // MARK: - Bytes

    private mutating func showHead(_ part: FollowSource.Part) {
        guard shownOfTurn < Self.headLength, !part.bytes.isEmpty else { return }
        let whole = part.turn.count
        let head = part.bytes.prefix(Self.headLength - shownOfTurn)
        dump(part, head)
        shownOfTurn += head.count
        let rest = whole - Int64(shownOfTurn)
        guard rest > 0, shownOfTurn == Self.headLength else { return }
        let text = Message.followMore.text(options.language, [Quantity.count(Int(clamping: rest))])
        put(part, options.style(.quiet, text))
    }

    private mutating func dump(_ part: FollowSource.Part, _ bytes: ArraySlice<UInt8>) {
        let position = positions[part.piece.stream]?[part.piece.side] ?? 0
        var row = bytes.startIndex
        while row < bytes.endIndex {
            let end = min(row + 16, bytes.endIndex)
            let line = FollowCharacters.dumpLine(bytes[row..<end], at: position + Int64(row - bytes.startIndex))
            put(part, coloured(part, String(decoding: line, as: UTF8.self)))
            row = end
        }
    }

    // MARK: - Lines

    private func coloured(_ part: FollowSource.Part, _ text: String) -> String {
        options.style(part.isFromClient ? .command : .success, text)
    }

    /// One line in the columns of the story; frame and time stand on the first line of a frame.
    private mutating func put(_ part: FollowSource.Part, _ text: String, arrow heading: String? = nil) {
        let isLabelled = labelled != part.piece.frame
        labelled = heading == nil ? part.piece.frame : nil
        let time = source.story.index.frames[Int(part.piece.frame)].time - start
        let isControl: Bool = if case .control = source.role(of: part.piece.stream) { true } else { false }
        let arrow = heading ?? (isControl || source.streams.count == 1 ? (part.isFromClient ? "→" : "←") : "│")
        let columns =
            DisplayWidth.leftPadded(isLabelled && heading == nil ? "\(part.piece.frame + 1)" : "", to: 7)
            + DisplayWidth.leftPadded(isLabelled && heading == nil ? Quantity.seconds(time) : "", to: 10)
        let line = "\(columns)   \(isLabelled || !isControl ? arrow : " ")  \(text)"
        write(text.isEmpty ? String(line.reversed().drop { $0 == " " }.reversed()) : line)
    }
}
