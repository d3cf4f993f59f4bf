import FTPProtocol

/// What Wireshark 4.0 takes for the text of a command's or a reply's words, so that filters select what they select there.
///
/// A NUL ends the text, and each byte stands as U+FFFD that is no ASCII, which RFC 959 has these words in. But for a text
/// that is UTF-8 (RFC 2640): Wireshark replaces its bytes too, and nobody could ask for the name of a file that way.
/// Lines for people are decoded (`displayText`), and so are the paths of transfers.
struct FTPText {
    let text: String
    /// Whether Wireshark notices that something follows the end: it looks for that in as many bytes as the line has,
    /// of a text that replacements made longer.
    let hasStrayBytes: Bool

    init(_ bytes: ArraySlice<UInt8>) {
        // What is not shown as itself could pass for something else.
        if !bytes.contains(0), let whole = String(validating: bytes, as: UTF8.self),
            whole.unicodeScalars.allSatisfy({ $0.isASCII || isSafeToShow($0) })
        {
            text = whole
            hasStrayBytes = false
            return
        }
        var replaced: [UInt8] = []
        replaced.reserveCapacity(3 * bytes.count)
        for byte in bytes { if byte < 0x80 { replaced.append(byte) } else { replaced += "\u{FFFD}".utf8 } }
        let end = replaced.firstIndex(of: 0) ?? replaced.count
        text = String(decoding: replaced[..<end], as: UTF8.self)
        hasStrayBytes = replaced[..<bytes.count].dropFirst(end).contains { $0 != 0 }
    }
}
