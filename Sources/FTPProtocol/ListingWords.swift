/// A line of a listing as words, each of which remembers where it stood.
struct ListingWords {
    let line: [UInt8]
    let words: [ArraySlice<UInt8>]

    init(_ line: [UInt8]) {
        self.line = line
        // No format has more columns before the name than this; the name itself need not be split.
        words = line.split(maxSplits: 24, whereSeparator: ASCII.isSpace)
    }

    /// Empty past the last word.
    subscript(_ index: Int) -> ArraySlice<UInt8> { words.indices.contains(index) ? words[index] : [] }

    func text(_ index: Int) -> String { displayText(self[index]) }

    /// What follows word `index` and the one space behind it; nil if nothing does.
    ///
    /// Further spaces belong to what follows, for names can begin with them.
    func rest(after index: Int) -> [UInt8]? {
        guard words.indices.contains(index) else { return nil }
        let rest = line[words[index].endIndex...].dropFirst()
        return rest.isEmpty ? nil : Array(rest)
    }
}
