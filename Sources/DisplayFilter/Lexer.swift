/// Cuts a filter into tokens.
struct Lexer {
    private let text: String
    private let bytes: [UInt8]
    private var offset = 0
    private var tokens: [Token] = []

    /// - Throws: ``FilterError`` for quotes and brackets that do not end, and for characters that mean nothing.
    static func tokens(of text: String) throws(FilterError) -> [Token] {
        var lexer = Lexer(text)
        return try lexer.all()
    }

    private init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
    }

    private mutating func all() throws(FilterError) -> [Token] {
        while true {
            while let byte = peek(), byte == 0x20 || (9...13).contains(byte) { offset += 1 }
            guard let byte = peek() else { break }
            let start = offset
            let kind = try kind(startingWith: byte)
            tokens.append(Token(kind: kind, place: start..<offset))
        }
        return tokens + [Token(kind: .end, place: bytes.count..<bytes.count)]
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < bytes.count ? bytes[offset + ahead] : nil
    }

    private func error(_ place: Range<Int>, _ message: String) -> FilterError { FilterError(text, at: place, message) }

    private mutating func kind(startingWith byte: UInt8) throws(FilterError) -> Token.Kind {
        switch byte {
        case UInt8(ascii: "\""): return .string(try quoted(isRaw: false))
        case UInt8(ascii: "'"): return .character(try character())
        case UInt8(ascii: "["): return .brackets(try brackets())
        case UInt8(ascii: "$"): return .reference(try reference())
        case UInt8(ascii: "r"), UInt8(ascii: "R"):
            if peek(1) == UInt8(ascii: "\"") {
                offset += 1
                return .string(try quoted(isRaw: true))
            }
        default: break
        }
        if Self.beginsWord(byte), !(byte == UInt8(ascii: ".") && peek(1) == byte) { return try word() }
        for (sign, symbol) in Symbol.signs where bytes[offset...].starts(with: sign.description.utf8) {
            offset += sign.utf8CodeUnitCount
            return .symbol(symbol)
        }
        for (sign, meant) in Self.mistakes where bytes[offset...].starts(with: sign.utf8) {
            throw error(offset..<offset + sign.utf8.count, "there is no \(sign): write \(meant)")
        }
        let length = text.utf8.dropFirst(offset).first.map { $0 < 0x80 ? 1 : $0 < 0xE0 ? 2 : $0 < 0xF0 ? 3 : 4 } ?? 1
        throw error(offset..<offset + length, "this character means nothing in a filter")
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func beginsWord(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":")
    }

    /// What other languages have.
    private static let mistakes = [
        ("=>", ">="), ("=<", "<="), ("=~", "matches"), ("=!", "!="), ("=", "=="), ("|", "|| or or"), ("^", "^^ or xor"),
        (";", "and or or between two tests"), ("?", "a comparison"),
    ]

    static func continuesWord(_ byte: UInt8) -> Bool { beginsWord(byte) || byte == UInt8(ascii: "-") }

    /// Digits and points, or something with a colon; what else stands before a slash is divided.
    private static func mayBeAddress(_ word: ArraySlice<UInt8>) -> Bool {
        if word.contains(UInt8(ascii: ":")) { return true }
        return word.contains(UInt8(ascii: "."))
            && word.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
    }

    /// Names and values share their characters: `ftp-data`, `ff-ff-ff`, `2001:db8::/32`. Two points are a range, and a
    /// slash belongs to a word only before the bits of a network.
    private mutating func word() throws(FilterError) -> Token.Kind {
        let start = offset
        while let byte = peek(), Self.continuesWord(byte) {
            if byte == UInt8(ascii: "."), peek(1) == byte { break }
            offset += 1
        }
        if peek() == UInt8(ascii: "/"), let digit = peek(1), (0x30...0x39).contains(digit),
            Self.mayBeAddress(bytes[start..<offset])
        {
            offset += 1
            while let byte = peek(), (0x30...0x39).contains(byte) { offset += 1 }
        }
        let points = bytes[start..<offset].count { $0 == UInt8(ascii: ".") }
        if peek() == UInt8(ascii: "*"), points > 1, bytes[offset - 1] == UInt8(ascii: "."),
            Self.mayBeAddress(bytes[start..<offset])
        {
            throw error(start..<offset + 1, "addresses of a network are written with its length: 192.168.1.0/24")
        }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        return Symbol.words[word].map { .symbol($0) } ?? .word(word)
    }

    // MARK: - Quotes

    private mutating func quoted(isRaw: Bool) throws(FilterError) -> [UInt8] {
        let start = offset
        offset += 1
        var content: [UInt8] = []
        while let byte = peek() {
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return content
            }
            if byte != UInt8(ascii: "\\") {
                content.append(byte)
                offset += 1
            } else if isRaw {
                // Even an escaped quote keeps its backslash.
                content.append(byte)
                offset += 1
                if let next = peek() {
                    content.append(next)
                    offset += 1
                }
            } else {
                content += try escape()
            }
        }
        throw error(start..<start + 1, "this quote is not closed")
    }

    private mutating func character() throws(FilterError) -> UInt32 {
        let start = offset
        offset += 1
        guard let byte = peek(), byte != UInt8(ascii: "'") else {
            throw error(start..<offset + 1, "there is no character between the quotes")
        }
        let content: [UInt8]
        if byte == UInt8(ascii: "\\") {
            content = try escape()
        } else {
            content = [byte]
            offset += 1
        }
        guard peek() == UInt8(ascii: "'") else {
            throw error(start..<offset, "single quotes hold one character; text stands in double quotes")
        }
        offset += 1
        guard content.count == 1 else { throw error(start..<offset, "single quotes hold one byte") }
        return UInt32(content[0])
    }

    /// What a backslash and the characters behind it stand for.
    private mutating func escape() throws(FilterError) -> [UInt8] {
        let start = offset
        offset += 1
        guard let byte = peek() else { throw error(start..<offset, "nothing follows the backslash") }
        offset += 1
        switch byte {
        case UInt8(ascii: "a"): return [7]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "v"): return [11]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'"): return [byte]
        case UInt8(ascii: "x"):
            let value = number(base: 16, atMost: 2)
            guard let value else { throw error(start..<offset, "\\x wants hexadecimal digits") }
            return [UInt8(value)]
        case 0x30...0x37:
            offset -= 1
            let value = number(base: 8, atMost: 3) ?? 0
            guard value < 256 else { throw error(start..<offset, "a byte ends at \\377") }
            return [UInt8(value)]
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let digits = byte == UInt8(ascii: "u") ? 4 : 8
            let from = offset
            let value = number(base: 16, atMost: digits)
            guard let value, offset - from == digits, let scalar = Unicode.Scalar(UInt32(value)) else {
                throw error(
                    start..<offset, "\\\(Character(Unicode.Scalar(byte))) wants \(digits) digits of a character")
            }
            return Array(String(Character(scalar)).utf8)
        default: throw error(start..<offset, "there is no such escape; for a backslash write \\\\, or r\"…\"")
        }
    }

    private mutating func number(base: Int, atMost digits: Int) -> UInt64? {
        var value: UInt64?
        for _ in 0..<digits {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue, digit < base else {
                break
            }
            value = (value ?? 0) * UInt64(base) + UInt64(digit)
            offset += 1
        }
        return value
    }

    // MARK: - Brackets

    private mutating func brackets() throws(FilterError) -> String {
        let start = offset
        guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "]")) else {
            throw error(start..<start + 1, "this bracket is not closed")
        }
        offset = end + 1
        return String(decoding: bytes[start + 1..<end], as: UTF8.self)
    }

    private mutating func reference() throws(FilterError) -> String {
        let start = offset
        guard peek(1) == UInt8(ascii: "{"), let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else {
            throw error(
                start..<start + 1,
                "a reference to a field is written ${name}, and a macro ${name:first;second} or $name(first, second)")
        }
        offset = end + 1
        return String(decoding: bytes[start + 2..<end], as: UTF8.self)
    }
}
