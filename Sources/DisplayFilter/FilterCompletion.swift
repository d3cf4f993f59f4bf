/// What can stand at the cursor of a filter that is being written.
package struct FilterCompletion: Sendable {
    /// The most likely ones first: names one level on, then whole names.
    package let candidates: [FilterCandidate]
    /// What a candidate replaces, in bytes of the text's UTF-8.
    package let place: Range<Int>

    /// - Parameters:
    ///   - text: the filter, or its beginning; it need not be a filter yet.
    ///   - cursor: in bytes of the text's UTF-8; nil for the end.
    package init(_ text: String, cursor: Int? = nil, macros: FilterMacros = FilterMacros()) {
        let all = Array(text.utf8)
        let cursor = max(0, min(cursor ?? all.count, all.count))
        let scanner = FilterPrefix(Array(all[..<cursor]))
        var end = cursor
        // The rest of the word that the cursor stands in goes too; of a text in quotes, up to the quote.
        if scanner.isQuoted {
            while end < all.count, all[end] != UInt8(ascii: "\""), all[end] != UInt8(ascii: "\n") { end += 1 }
            if end < all.count, all[end] == UInt8(ascii: "\"") { end += 1 } else { end = cursor }
        } else if scanner.partStart < cursor {
            while end < all.count, Lexer.continuesWord(all[end]) { end += 1 }
        }
        place = scanner.partStart..<end
        candidates = scanner.isHopeless ? [] : CompletionSource(scanner, macros).candidates()
    }
}
