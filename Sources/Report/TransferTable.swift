import Analysis
import FTPProtocol

/// The table of all transfers, one line each.
struct TransferTable {
    private let text: TextStory
    private let transfers: [Transfer]

    init(_ text: TextStory) {
        self.text = text
        transfers = text.story.transfers.filter { text.isWanted(text.story.sessions[$0.session]) }
    }

    func tell() {
        let files = transfers.filter { $0.kind != .listing }
        let moved = files.reduce(Int64(0)) { $0 + $1.movedBytes }
        text.write(
            text.options.style(
                .heading,
                text.say(.transfers) + "   "
                    + text.say(
                        .transferSummary, "\(files.count { $0.isUpload })", "\(files.count { !$0.isUpload })",
                        "\(transfers.count - files.count)", Quantity.bytes(moved))))
        let heads: [Message] = [
            .numberColumn, .session, .fileColumn, .howColumn, .sizeColumn, .durationColumn, .rateColumn, .stateColumn,
        ]
        let rows = [heads.map { $0 == .session ? text.say(.session, "").trimmed : text.say($0) }] + transfers.map(row)
        let widths = (0..<heads.count).map { column in rows.map { DisplayWidth.of($0[column]) }.max() ?? 0 }
        for (number, row) in rows.enumerated() {
            let cells = row.enumerated().map { column, cell in
                // Numbers stand on the right, the last column needs no padding.
                [0, 1, 4, 5, 6].contains(column)
                    ? DisplayWidth.leftPadded(cell, to: widths[column])
                    : column == heads.count - 1 ? cell : DisplayWidth.padded(cell, to: widths[column])
            }
            var line = "  " + cells.joined(separator: "   ")
            line.removeTrailingSpaces()
            let role: Style.Role? = number == 0 ? .quiet : transfers[number - 1].state == .complete ? nil : .failure
            text.write(text.options.style(role, line))
        }
    }

    private func row(_ transfer: Transfer) -> [String] {
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
        let negotiation = text.story.sessions[transfer.session].negotiations[number]
        // What nobody said and nobody did is neither active nor passive.
        guard negotiation.verb != nil || !negotiation.streams.isEmpty else { return verb }
        var how = "\(verb) \(text.say(negotiation.isPassive ? .passive : .active))"
        if transfer.parameters.mode != .stream { how += " MODE \(transfer.parameters.mode.letter)" }
        if transfer.parameters.structure != .file { how += " STRU \(transfer.parameters.structure.letter)" }
        if let offset = transfer.offset, offset > 0 { how += " " + text.say(.offsetNote, "\(offset)") }
        return how
    }

    private func state(_ transfer: Transfer) -> String {
        var parts = [text.say(transfer.state.message)]
        if transfer.state != .complete {
            let reply = text.story.reply(transfer.finalStep, of: transfer.session)
            let why = reply.map { "\($0.code) \($0.text)" } ?? transfer.cause.map { text.say($0.message) }
            if let why { parts[0] += text.say(.colon) + why }
        }
        if transfer.content?.isDamaged == true { parts.append(text.say(.codingDamaged)) }
        if let missing = transfer.data?.missing, missing > 0 {
            parts.append(text.say(.gapNote, Quantity.count(Int(missing))))
        }
        if transfer.kind != .listing, let digests = text.story.digests(of: transfer) {
            parts.append("md5 \(digests.md5)")
            parts.append("sha256 \(digests.sha256)")
        }
        return parts.joined(separator: "   ")
    }
}

extension String {
    fileprivate var trimmed: String { split(separator: " ").joined(separator: " ") }
}
