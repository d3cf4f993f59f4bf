import CPcap
package import CaptureFile

/// A capture filter in libpcap's language, found to be one.
package struct CaptureFilter: Hashable, Sendable {
    package let text: String

    /// - Parameter linkType: of the frames that it is for: some words only some have.
    package init(_ text: String, for linkType: LinkType = .ethernet) throws(FilterFault) {
        guard let reason = Self.complaint(text, linkType) else {
            self.text = text
            return
        }
        throw FilterFault(filter: text, place: Self.place(text, reason, linkType), reason: Self.plain(reason))
    }

    /// libpcap's complaint; nil where there is none. Nothing is opened.
    private static func complaint(_ text: String, _ linkType: LinkType) -> String? {
        guard let handle = unsafe pcap_open_dead(Int32(linkType.rawValue), 262_144) else { return "out of memory" }
        defer { unsafe pcap_close(handle) }
        var program = unsafe bpf_program()
        guard unsafe pcap_compile(handle, &program, text, 1, PCAP_NETMASK_UNKNOWN) != 0 else {
            unsafe pcap_freecode(&program)
            return nil
        }
        return unsafe String(cString: pcap_geterr(handle))
    }

    private static func plain(_ reason: String) -> String {
        let prefix = "can't parse filter expression: "
        return reason.hasPrefix(prefix) ? String(reason.dropFirst(prefix.count)) : reason
    }

    /// libpcap says what is wrong and not where. What it quotes is looked for; else the longest beginning is that
    /// something could follow, and the word behind it cannot.
    private static func place(_ text: String, _ reason: String, _ linkType: LinkType) -> Range<Int> {
        let words = words(of: text)
        let quoted = reason.split(separator: "'", omittingEmptySubsequences: false)
        if quoted.count >= 3, let word = words.first(where: { text.utf8Slice($0) == quoted[1] }) { return word }
        if !reason.hasSuffix("syntax error"), words.count == 1 { return words[0] }
        var good = 0
        for count in words.indices {
            let beginning = text.utf8Slice(0..<words[count].upperBound)
            guard canGoOn(beginning, linkType) else { break }
            good = count + 1
        }
        return good < words.count ? words[good] : text.utf8.count..<text.utf8.count
    }

    /// Whether anything makes a filter of a beginning.
    private static func canGoOn(_ beginning: String, _ linkType: LinkType) -> Bool {
        let open = beginning.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: "(") ? 1 : $1 == UInt8(ascii: ")") ? -1 : 0) }
        let closing = String(repeating: ")", count: max(0, open))
        return ends.contains { complaint("\(beginning)\($0)\(closing)", linkType) == nil }
    }

    /// Something of every kind that the language lets stand behind something.
    private static let ends = [
        "", " ip", " 1", " 192.0.2.1", " 192.0.2.0/24", " 2001:db8::1", " 02:00:5e:00:53:01", " host 192.0.2.1",
        " port 21", " 20-21", " or ip", " = 1", " 1 = 1", " 0] = 0", "] = 0", " broadcast", " \\tcp",
    ]

    private static func words(of text: String) -> [Range<Int>] {
        let bytes = Array(text.utf8)
        var words: [Range<Int>] = []
        var place = 0
        while place < bytes.count {
            let start = place
            if let length = signLength(bytes[place...]) {
                place += length
            } else if isSpace(bytes[place]) {
                place += 1
                continue
            } else {
                while place < bytes.count, !isSpace(bytes[place]), signLength(bytes[place...]) == nil { place += 1 }
            }
            words.append(start..<place)
        }
        return words
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

    /// Of the sign that the text begins with, if it does.
    private static func signLength(_ text: ArraySlice<UInt8>) -> Int? {
        if pairs.contains(where: { text.starts(with: $0.utf8) }) { return 2 }
        return text.first.map { signs.contains($0) } == true ? 1 : nil
    }

    private static let pairs = ["&&", "||", "==", "!=", "<=", ">=", "<<", ">>"]
    private static let signs = Set("()[]!&|=<>+*%^".utf8)
}

extension String {
    fileprivate func utf8Slice(_ range: Range<Int>) -> String {
        String(decoding: Array(utf8)[range], as: UTF8.self)
    }
}
