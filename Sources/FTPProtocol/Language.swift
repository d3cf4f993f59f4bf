/// A language that Wharf's explanations are written in.
package enum Language: String, Sendable, CaseIterable {
    case en
    /// Simplified Chinese.
    case zh
}

/// One text in every language of ``Language``.
package struct Phrase: Sendable, Hashable {
    package let en: String
    package let zh: String

    package init(en: String, zh: String) {
        self.en = en
        self.zh = zh
    }

    package subscript(_ language: Language) -> String {
        switch language {
        case .en: en
        case .zh: zh
        }
    }
}
