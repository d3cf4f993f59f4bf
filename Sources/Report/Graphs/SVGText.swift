/// Builds an SVG document piece by piece; whatever is not markup goes through ``escape(_:)``.
struct SVGText {
    private(set) var text = ""

    mutating func add(_ line: String) {
        if !text.isEmpty { text += "\n" }
        text += line
    }

    /// Text for XML: its own signs as entities, and what XML 1.0 §2.2 does not allow at all as a replacement character.
    static func escape(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A coordinate with a tenth of a pixel, as short as it can be written.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
        let whole = "\(tenths < 0 ? "-" : "")\(tenths.magnitude / 10)"
        return tenths % 10 == 0 ? whole : whole + ".\(tenths.magnitude % 10)"
    }
}
