package import FTPProtocol

/// A phrase taken apart at its places, once, for the many times that they are filled in.
struct MessageTemplate: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case argument(Int)
    }

    private let pieces: [Piece]
    /// Of the pieces that are text.
    private let length: Int

    /// - Parameter phrase: with places `{0}` to `{9}`.
    init(_ phrase: String) {
        var pieces: [Piece] = []
        var rest = phrase[...]
        while let open = rest.firstIndex(of: "{") {
            if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
            let place = rest[open...].dropFirst().prefix { $0 != "}" }
            if let number = Int(place) { pieces.append(.argument(number)) }
            rest = rest[place.endIndex...].dropFirst()
        }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        self.pieces = pieces
        length = pieces.reduce(0) { if case .text(let text) = $1 { $0 + text.utf8.count } else { $0 } }
    }

    func filled(_ arguments: [String]) -> String {
        if pieces.count == 1, case .text(let text) = pieces[0] { return text }
        var filled = ""
        filled.reserveCapacity(arguments.reduce(length) { $0 + $1.utf8.count })
        for piece in pieces {
            switch piece {
            case .text(let text): filled += text
            case .argument(let number): if arguments.indices.contains(number) { filled += arguments[number] }
            }
        }
        return filled
    }
}

extension Message {
    private static let english = templates(.en)
    private static let chinese = templates(.zh)

    private static func templates(_ language: Language) -> [Message: MessageTemplate] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0, MessageTemplate($0.phrase[language])) })
    }

    /// The phrase in `language` with its places filled in.
    package func text(_ language: Language, _ arguments: [String]) -> String {
        let template = language == .en ? Self.english[self] : Self.chinese[self]
        return template?.filled(arguments) ?? ""
    }
}
