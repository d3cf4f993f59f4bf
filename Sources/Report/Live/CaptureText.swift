package import Analysis
package import FTPProtocol

/// What is said while frames come in.
package enum CaptureText {
    package static func progress(_ frames: UInt64, _ bytes: UInt64, _ dropped: UInt64, _ language: Language) -> String {
        let line = LiveMessage.progress.text(
            language, Quantity.count(Int(clamping: frames)), Quantity.bytes(Int64(clamping: bytes)))
        guard dropped > 0 else { return line }
        return line + " · " + LiveMessage.dropped.text(language, Quantity.count(Int(clamping: dropped)))
    }

    /// The transfer that runs for the longest time, and how many others do.
    ///
    /// - Parameter rate: its bytes a second; nil while that is not known.
    package static func running(_ transfers: [LiveStory.Running], rate: Double?, _ language: Language) -> String {
        guard let first = transfers.first else { return "" }
        var parts = [first.verb.map { "\($0) \(displayText(first.path))" } ?? displayText(first.path)]
        if let size = first.size, size > 0, first.bytes <= size {
            let share = Quantity.percent(Int(first.bytes), of: Int(size))
            parts.append(LiveMessage.share.text(language, share, Quantity.bytes(size)))
        } else {
            parts.append(Quantity.bytes(first.bytes))
        }
        if let rate { parts.append(Quantity.rate(rate)) }
        if transfers.count > 1 { parts.append(LiveMessage.others.text(language, "\(transfers.count - 1)")) }
        return parts.joined(separator: "   ")
    }

    /// As much of a line as a terminal has room for.
    package static func clipped(_ line: String, to width: Int) -> String {
        guard DisplayWidth.of(line) > width else { return line }
        var (clipped, used) = ("", 0)
        for character in line {
            used += DisplayWidth.of(String(character))
            if used >= width { break }
            clipped.append(character)
        }
        return clipped + "…"
    }
}
