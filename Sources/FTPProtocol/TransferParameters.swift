/// How file data is represented on the wire: the TYPE command (RFC 959 §3.1.1).
package enum RepresentationType: Hashable, Sendable {
    case ascii(FormatControl)
    case ebcdic(FormatControl)
    case image
    /// Logical bytes of 1 … 255 bits.
    case local(bits: UInt8)

    /// What a session begins with (RFC 959 §5.1).
    package static let initial = RepresentationType.ascii(.nonPrint)

    /// Reads the argument of TYPE: `A`, `A N`, `E T`, `i`, `L 8`, also `L8`. Nil for anything else.
    package init?(argument: some Collection<UInt8>) {
        let argument = argument.map { Verb.folded($0) ?? $0 }
        let words = argument.dropFirst().split(whereSeparator: ASCII.isSpace)
        guard let letter = argument.first, words.count <= 1 else { return nil }
        let isApart = argument.count == 1 || ASCII.isSpace(argument[1])
        let format = words.first.map { word in
            word.count == 1 && isApart ? word.first.flatMap { FormatControl(rawValue: $0) } : nil
        }
        switch letter {
        case UInt8(ascii: "A"):
            guard let format = format ?? .nonPrint else { return nil }
            self = .ascii(format)
        case UInt8(ascii: "E"):
            guard let format = format ?? .nonPrint else { return nil }
            self = .ebcdic(format)
        case UInt8(ascii: "I"):
            guard words.isEmpty else { return nil }
            self = .image
        case UInt8(ascii: "L"):
            guard let word = words.first, let bits = ASCII.number(word, as: UInt8.self), bits > 0 else { return nil }
            self = .local(bits: bits)
        default:
            return nil
        }
    }

    /// The letter of the TYPE command.
    package var letter: String {
        switch self {
        case .ascii: "A"
        case .ebcdic: "E"
        case .image: "I"
        case .local: "L"
        }
    }

    /// The argument of TYPE in full: `A N`, `I`, `L 8`.
    package var argument: String {
        switch self {
        case .ascii(let format), .ebcdic(let format): "\(letter) \(format.letter)"
        case .image: letter
        case .local(let bits): "\(letter) \(bits)"
        }
    }

    /// What the letter stands for.
    package var name: Phrase {
        switch self {
        case .ascii: Phrase(en: "ASCII (text)", zh: "ASCII（文本）")
        case .ebcdic: Phrase(en: "EBCDIC (text)", zh: "EBCDIC（文本）")
        case .image: Phrase(en: "image (binary)", zh: "映像（二进制）")
        case .local(let bits):
            Phrase(en: "local, logical bytes of \(bits) bits", zh: "本地，逻辑字节 \(bits) 位")
        }
    }
}

/// The vertical format of text: the second parameter of TYPE A and TYPE E (RFC 959 §3.1.1.5).
package enum FormatControl: UInt8, Sendable, CaseIterable {
    case nonPrint = 0x4E
    case telnet = 0x54
    case carriageControl = 0x43

    /// The letter of the command.
    package var letter: String { String(Unicode.Scalar(rawValue)) }

    /// What the letter stands for.
    package var name: Phrase {
        switch self {
        case .nonPrint: Phrase(en: "non-print", zh: "非打印")
        case .telnet: Phrase(en: "Telnet format effectors", zh: "Telnet 格式控制")
        case .carriageControl: Phrase(en: "carriage control (ASA)", zh: "走纸控制（ASA）")
        }
    }
}

/// How a file is built: the STRU command (RFC 959 §3.1.2).
package enum FileStructure: UInt8, LetterCode, CaseIterable {
    case file = 0x46
    case record = 0x52
    case page = 0x50

    /// What a session begins with.
    package static let initial = FileStructure.file

    /// What the letter stands for.
    package var name: Phrase {
        switch self {
        case .file: Phrase(en: "file (no inner structure)", zh: "文件（无内部结构）")
        case .record: Phrase(en: "records", zh: "记录")
        case .page: Phrase(en: "pages", zh: "页")
        }
    }
}

/// How the data connection carries a file: the MODE command (RFC 959 §3.4; Z is of draft-preston-ftpext-deflate).
package enum TransferMode: UInt8, LetterCode, CaseIterable {
    case stream = 0x53
    case block = 0x42
    case compressed = 0x43
    case deflate = 0x5A

    /// What a session begins with.
    package static let initial = TransferMode.stream

    /// What the letter stands for.
    package var name: Phrase {
        switch self {
        case .stream: Phrase(en: "stream", zh: "流")
        case .block: Phrase(en: "block", zh: "块")
        case .compressed: Phrase(en: "compressed (run lengths)", zh: "压缩（行程编码）")
        case .deflate: Phrase(en: "deflate (zlib)", zh: "deflate（zlib 压缩）")
        }
    }
}

/// How the data connection is protected: the PROT command (RFC 2228 §3; with TLS only C and P, RFC 4217 §9).
package enum ProtectionLevel: UInt8, LetterCode, CaseIterable {
    case clear = 0x43
    case safe = 0x53
    case confidential = 0x45
    case `private` = 0x50

    /// What a session begins with.
    package static let initial = ProtectionLevel.clear

    /// What the letter stands for.
    package var name: Phrase {
        switch self {
        case .clear: Phrase(en: "clear (no protection)", zh: "明文（无保护）")
        case .safe: Phrase(en: "safe (integrity)", zh: "安全（完整性保护）")
        case .confidential: Phrase(en: "confidential (encrypted)", zh: "保密（加密）")
        case .private: Phrase(en: "private (encrypted and integrity)", zh: "私密（加密并保护完整性）")
        }
    }
}

/// A parameter that a command sets by a single letter of either case (STRU, MODE, PROT).
package protocol LetterCode: RawRepresentable, Hashable, Sendable where RawValue == UInt8 {}

extension LetterCode {
    /// Reads a command's argument; nil unless it is just one letter that is assigned.
    package init?(argument: some Collection<UInt8>) {
        let word = ASCII.trimmed(Array(argument))
        guard word.count == 1, let letter = Verb.folded(word[0]) else { return nil }
        self.init(rawValue: letter)
    }

    /// The letter in upper case.
    package var letter: String { String(Unicode.Scalar(rawValue)) }
}
