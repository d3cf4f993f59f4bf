import FTPProtocol

/// The catalog of phrases in one language.
struct Phrases {
    let language: Language

    func say(_ message: Message, _ arguments: String...) -> String { message.text(language, arguments) }
}
