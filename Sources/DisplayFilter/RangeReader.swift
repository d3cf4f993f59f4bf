/// Reads what stands in brackets: `0:4`, `1-3`, `-2:`, several parted by commas.
struct RangeReader {
    private let text: String
    private let place: Range<Int>
    private let parts: [Substring]

    init(_ text: String, _ place: Range<Int>, _ content: String) {
        self.text = text
        self.place = place
        parts = content.split(separator: ",", omittingEmptySubsequences: false)
    }

    private func error(_ message: String) -> FilterError { FilterError(text, at: place, message) }

    func byteRanges() throws(FilterError) -> [ByteRange] {
        var ranges: [ByteRange] = []
        for part in parts { ranges.append(try byteRange(trimmed(part))) }
        return ranges
    }

    func layerRanges() throws(FilterError) -> [LayerRange] {
        try byteRanges().map { range throws(FilterError) in
            switch range.end {
            case .length(let length): LayerRange(first: range.start, last: range.start + max(0, length - 1))
            case .last(let last): LayerRange(first: range.start, last: last)
            case .open: LayerRange(first: range.start, last: nil)
            }
        }
    }

    private func byteRange(_ part: Substring) throws(FilterError) -> ByteRange {
        if let colon = part.firstIndex(of: ":") {
            let (left, right) = (trimmed(part[..<colon]), trimmed(part[part.index(after: colon)...]))
            let start = left.isEmpty ? 0 : try number(left)
            if right.isEmpty { return ByteRange(start: start, end: .open) }
            let length = try number(right)
            guard length > 0 else { throw error("a slice has at least one byte: [start:length]") }
            return ByteRange(start: start, end: .length(length))
        }
        // The sign of the first number is no dash between two.
        let body = part.dropFirst(part.first == "-" ? 1 : 0)
        if let dash = body.firstIndex(of: "-") {
            let (first, last) = (
                try number(trimmed(part[..<dash])), try number(trimmed(part[part.index(after: dash)...]))
            )
            guard (first < 0) == (last < 0) else {
                throw error("both ends of a slice [first-last] are counted from the same side")
            }
            guard first <= last else { throw error("a slice [first-last] begins before it ends") }
            return ByteRange(start: first, end: .last(last))
        }
        return ByteRange(start: try number(part), end: .length(1))
    }

    private func number(_ text: Substring) throws(FilterError) -> Int {
        let digits = text.first == "-" ? text.dropFirst() : text
        let value =
            digits.hasPrefix("0x") || digits.hasPrefix("0X")
            ? Int(digits.dropFirst(2), radix: 16)
            : Int(digits, radix: digits.hasPrefix("0") && digits.utf8.count > 1 ? 8 : 10)
        guard let value, value <= Int(Int32.max) else {
            throw error("a slice is written [start:length], [first-last], [start:], [:length] or [byte]")
        }
        return text.first == "-" ? -value : value
    }

    private func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
