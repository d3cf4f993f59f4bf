public import Bytes

/// The name of an FTP command: one to eight ASCII letters and digits, case folded (RFC 959 §5.3).
///
/// The name lives in one word, so comparing, hashing and switching cost one integer operation:
/// `if command.verb == "RETR"`.
@usableFromInline
package struct Verb: Hashable, Sendable, BitwiseCopyable {
    /// The upper-case name as a big-endian number; the last letter is in the lowest byte.
    @usableFromInline package let code: UInt64

    @inlinable @inline(__always)
    package static func == (left: Verb, right: Verb) -> Bool { left.code == right.code }

    /// - Parameter code: of one to eight letters and digits, all in upper case.
    init(code: UInt64) { self.code = code }

    /// Folds `name` to upper case; nil unless it consists of one to eight ASCII letters and digits.
    package init?(_ name: some Collection<UInt8>) {
        var code: UInt64 = 0
        var length = 0
        for byte in name {
            length += 1
            guard length <= 8, let folded = Self.folded(byte) else { return nil }
            code = code << 8 | UInt64(folded)
        }
        guard length > 0 else { return nil }
        self.code = code
    }

    /// As for bytes.
    package init?(_ name: String) {
        self.init(name.utf8)
    }

    /// The upper-case form of a byte that may stand in a verb; nil for every other byte.
    static func folded(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte & 0xDF
        default: nil
        }
    }
}

extension Verb: ExpressibleByStringLiteral {
    /// A verb written in the source, in upper case; one that is no verb is a bug of ours and stops the program.
    ///
    /// The compiler works out the word: a `switch` over verbs compares constants.
    @inlinable @inline(__always)
    package init(stringLiteral name: StaticString) {
        guard let code = name.asciiWord else { preconditionFailure("\(name) is not an FTP verb") }
        self.code = code
    }
}

extension Verb: CustomStringConvertible {
    /// The name in upper case.
    @usableFromInline package var description: String {
        String(
            decoding: (0..<8).map { UInt8(truncatingIfNeeded: code >> (56 - 8 * $0)) }.drop { $0 == 0 }, as: UTF8.self)
    }
}
