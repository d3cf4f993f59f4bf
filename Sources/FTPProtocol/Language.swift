/// A language that Wharf's explanations are written in.
package enum Language: String, Sendable, CaseIterable {
    case en
    /// Simplified Chinese.
    case zh
}

/// One text in every language of ``Language``.
package struct Phrase: Sendable, Hashable {
    /// In English.
    package let en: String
    /// In Simplified Chinese.
    package let zh: String

    /// The same text in each language.
    package init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    /// The text in `language`.
    package subscript(_ language: Language) -> String {
        switch language {
        case .en: en
        case .zh: zh
        }
    }
}
