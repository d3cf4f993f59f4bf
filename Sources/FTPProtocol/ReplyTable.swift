/// What one reply code means, as the RFCs define it.
package struct ReplyRow: Sendable {
    /// The code that the row is about.
    package let code: ReplyCode
    /// Where the code is defined, `RFC 959 §4.2`.
    package let standard: String
    /// A few words.
    package let meaning: Phrase
    /// One or two sentences for someone who reads a session step by step.
    package let explanation: Phrase

    init(_ code: ReplyCode, _ standard: String = "RFC 959 §4.2", meaning: Phrase, explanation: Phrase) {
        self.code = code
        self.standard = standard
        self.meaning = meaning
        self.explanation = explanation
    }
}

/// Every reply code that an RFC, or long use, has given a meaning.
package enum ReplyTable {
    /// In numerical order.
    package static let all: [ReplyRow] =
        preliminaryRows + completionRows + intermediateRows + transientRows + permanentRows + protectedRows

    /// Nil for a code that nobody has defined.
    package static func row(_ code: ReplyCode) -> ReplyRow? { index[code] }

    private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.code, $0) })
}

extension ReplyCode {
    /// What the code means, in a few words; nil for one that nobody has defined.
    package var meaning: Phrase? { ReplyTable.row(self)?.meaning }

    /// What the code tells a reader; for an unknown code, what its first two digits do.
    package var explanation: Phrase {
        if let row = ReplyTable.row(self) { return row.explanation }
        let kind = kind.meaning
        guard let group = group?.meaning else { return kind }
        return Phrase(en: "\(kind.en) \(group.en)", zh: "\(kind.zh)\(group.zh)")
    }
}
