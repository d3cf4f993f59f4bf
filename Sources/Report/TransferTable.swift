import Analysis
import FTPProtocol

/// The table of all transfers, one line each.
struct TransferTable {
    private let text: TextStory
    /// Indexes of the transfers that are shown.
    private let shown: [Int]

    init(_ text: TextStory) {
        self.text = text
        let story = text.story
        shown = story.transfers.indices.filter { text.isWanted(story.transfers[$0]) }
    }

    func tell() {
        tellSummary()
        let heads: [Message] = [
            .numberColumn, .session, .fileColumn, .howColumn, .sizeColumn, .durationColumn, .rateColumn, .stateColumn,
        ]
        let head = heads.map { $0 == .session ? text.say(.session, "").trimmed : text.say($0) }
        let rows = rows()
        let widths = heads.indices.map { column in
            rows.reduce(DisplayWidth.of(head[column])) { max($0, DisplayWidth.of($1[column])) }
        }
        text.write(text.options.style(.quiet, Self.line(head, widths)))
        let (story, shown) = (text.story, shown)
        text.tellSideBySide(rows.indices, pieces: 256) { text, number in
            let isComplete = story.transfers[shown[number]].state == .complete
            text.write(text.options.style(isComplete ? nil : .failure, Self.line(rows[number], widths)))
        }
    }

    private func tellSummary() {
        let story = text.story
        var (uploads, downloads, moved) = (0, 0, Int64(0))
        for number in shown where story.transfers[number].kind != .listing {
            if story.transfers[number].isUpload { uploads += 1 } else { downloads += 1 }
            moved += story.transfers[number].movedBytes
        }
        text.write(
            text.options.style(
                .heading,
                text.say(.transfers) + "   "
                    + text.say(
                        .transferSummary, "\(uploads)", "\(downloads)", "\(shown.count - uploads - downloads)",
                        Quantity.bytes(moved))))
    }

    /// Checksums make rows dear: they read what was transferred.
    private func rows() -> [[String]] {
        let (row, shown) = (TransferRow(text), shown)
        return Concurrent.map(shown.indices, pieces: 64) { range in
            shown[range].map { row.cells(row.story.transfers[$0]) }
        }.flatMap { $0 }
    }

    private static func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = " "
        line.reserveCapacity(widths.reduce(64, +))
        for (column, cell) in cells.enumerated() {
            line += column == 0 ? " " : "   "
            // Numbers stand on the right, the last column needs no padding.
            let isNumber = [0, 1, 4, 5, 6].contains(column)
            let padding = DisplayWidth.blanks(widths[column] - DisplayWidth.of(cell))
            if isNumber { line += padding }
            line += cell
            if !isNumber, column < cells.count - 1 { line += padding }
        }
        line.removeTrailingSpaces()
        return line
    }
}

/// One line of the table.
private struct TransferRow: Sendable {
    let story: Story
    private let options: TextStory.Options

    init(_ text: TextStory) {
        story = text.story
        options = text.options
    }

    private func say(_ message: Message, _ arguments: String...) -> String {
        message.text(options.language, arguments)
    }

    func cells(_ transfer: Transfer) -> [String] {
        // One segment has no duration, and so no rate.
        let duration = transfer.data?.duration.flatMap { $0 > 0 ? $0 : nil }
        let bytes = transfer.movedBytes
        let hasMoved = bytes > 0
        return [
            "\(transfer.id + 1)", "\(transfer.session + 1)", name(transfer), how(transfer),
            transfer.data == nil ? "–" : Quantity.bytes(bytes),
            hasMoved ? duration.map { Quantity.span($0) } ?? "–" : "–",
            hasMoved ? duration.map { Quantity.rate(Double(bytes) * 1e9 / Double($0)) } ?? "–" : "–",
            state(transfer),
        ]
    }

    private func name(_ transfer: Transfer) -> String {
        let path = transfer.path.isEmpty ? "?" : displayText(transfer.path)
        guard DisplayWidth.of(path) > 60 else { return path }
        return "…" + path.suffix(59)
    }

    private func how(_ transfer: Transfer) -> String {
        let verb = Secrets.verb(of: transfer)
        guard let number = transfer.negotiation else { return verb }
        let negotiation = story.sessions[transfer.session].negotiations[number]
        // What nobody said and nobody did is neither active nor passive.
        guard negotiation.verb != nil || !negotiation.streams.isEmpty else { return verb }
        var how = "\(verb) \(say(negotiation.isPassive ? .passive : .active))"
        if transfer.parameters.mode != .stream { how += " MODE \(transfer.parameters.mode.letter)" }
        if transfer.parameters.structure != .file { how += " STRU \(transfer.parameters.structure.letter)" }
        if let offset = transfer.offset, offset > 0 { how += " " + say(.offsetNote, "\(offset)") }
        return how
    }

    private func state(_ transfer: Transfer) -> String {
        var parts = [say(transfer.state.message)]
        if transfer.state != .complete {
            let reply = story.reply(transfer.finalStep, of: transfer.session)
            let why = reply.map { "\($0.code) \($0.text)" } ?? transfer.cause.map { say($0.message) }
            if let why { parts[0] += say(.colon) + why }
        }
        if transfer.content?.isDamaged == true { parts.append(say(.codingDamaged)) }
        if let missing = transfer.data?.missing, missing > 0 {
            parts.append(say(.gapNote, Quantity.count(Int(missing))))
        }
        if transfer.kind != .listing, let digests = story.digests(of: transfer) {
            parts.append("md5 \(digests.md5)")
            parts.append("sha256 \(digests.sha256)")
        }
        return parts.joined(separator: "   ")
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
