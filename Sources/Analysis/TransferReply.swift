import FTPProtocol

/// What servers write into their 150 replies beyond what the RFC asks for, and what clients write into LIST.
enum TransferReply {
    /// The size in `… (1024 bytes)`.
    static func size(_ text: [UInt8]) -> Int64? {
        guard let close = text.lastIndex(of: UInt8(ascii: ")")),
            let open = text[..<close].lastIndex(of: UInt8(ascii: "("))
        else { return nil }
        let words = text[(open + 1)..<close].split(separator: 0x20)
        guard words.count == 2, words[1].starts(with: "byte".utf8) else { return nil }
        return Int64(String(decoding: words[0], as: UTF8.self)).flatMap { $0 >= 0 ? $0 : nil }
    }

    /// The name in `Opening BINARY mode data connection for NAME (1024 bytes)`.
    static func fileName(_ text: [UInt8]) -> [UInt8]? {
        guard let mark = text.firstRange(of: Array(" for ".utf8)) else { return nil }
        var name = text[mark.upperBound...]
        if let size = name.firstRange(of: Array(" (".utf8)) { name = name[..<size.lowerBound] }
        while name.last == UInt8(ascii: ".") || name.last == 0x20 { name = name.dropLast() }
        let isListing = ["directory listing", "file list", "/bin/ls"].contains { name.starts(with: $0.utf8) }
        return name.isEmpty || isListing ? nil : Array(name)
    }

    /// The name in STOU's `FILE: name` (RFC 1123 §4.1.2.9).
    static func uniqueName(_ text: [UInt8]) -> [UInt8]? {
        if let mark = text.firstRange(of: Array("FILE:".utf8)) {
            let name = text[mark.upperBound...].drop { $0 == 0x20 }
            return name.isEmpty ? nil : Array(name)
        }
        // wu-ftpd and its heirs.
        if let mark = text.firstRange(of: Array("(unique file name:".utf8)) {
            let name = text[mark.upperBound...].drop { $0 == 0x20 }.prefix { $0 != UInt8(ascii: ")") }
            return name.isEmpty ? nil : Array(name)
        }
        return fileName(text)
    }

    /// LIST's argument without the options of `ls` that many clients put before it.
    static func listedName(_ argument: [UInt8]) -> [UInt8] {
        var rest = argument[...]
        while rest.first == UInt8(ascii: "-") {
            rest = rest.drop { $0 != 0x20 }.drop { $0 == 0x20 }
        }
        return Array(rest)
    }
}
