import Dissection

/// The part of a filter before the cursor: what is being written there, and what could follow.
///
/// It reads the tokens once with a stack of what is open, forgives whatever is wrong with them, and remembers only what
/// candidates depend on.
struct FilterPrefix {
    enum State: Hashable {
        /// A test begins: a field, a function, `not`, `(`.
        case operand
        /// A field or a function stands there: an operator, or the test is over.
        case afterOperand
        /// The right side of an operator.
        case value
        /// The right side of `matches`.
        case pattern
        /// `in` was said.
        case set
        /// A test is over: `and`, `or`.
        case afterTest
        /// `#` was said.
        case layer
        /// `@` was said: a field.
        case raw
        /// `${` was said: a field or a macro.
        case reference
    }

    /// What stands on the left of an operator.
    struct Subject {
        let type: FieldType
        let row: FieldRow?
        /// Whether it alone is a test: fields are, functions are not.
        let isField: Bool
    }

    private(set) var state = State.operand
    private(set) var subject: Subject?
    /// The innermost thing that is open.
    var isOpen: Bracket? { stack.last?.bracket }
    /// Where what is being written began, and it.
    private(set) var partStart: Int
    private(set) var part = ""
    private(set) var isQuoted = false
    /// Inside of something that has no candidates: a slice, a character.
    private(set) var isHopeless = false

    enum Bracket: Hashable { case group, braces, set, call(String) }

    private var stack: [(bracket: Bracket, state: State, subject: Subject?)] = []

    init(_ bytes: [UInt8]) {
        partStart = bytes.count
        var bytes = bytes[...]
        cutUnfinished(&bytes)
        guard !isHopeless, let tokens = try? Lexer.tokens(of: String(decoding: bytes, as: UTF8.self)) else {
            isHopeless = true
            return
        }
        var rest = tokens.dropLast()
        if !isQuoted, state != .reference, let last = rest.last, last.place.upperBound == bytes.count,
            let byte = bytes.last, Lexer.continuesWord(byte), last.isWord
        {
            partStart = last.place.lowerBound
            part = String(decoding: bytes[partStart...], as: UTF8.self)
            rest.removeLast()
        }
        let isReference = state == .reference
        state = .operand
        for (index, token) in rest.enumerated() {
            take(token, next: index + 1 < rest.count ? rest[index + 1].kind : nil)
        }
        if isReference { state = .reference }
    }

    /// Takes off what is not closed at the end: a text in quotes, `${`, a slice.
    private mutating func cutUnfinished(_ bytes: inout ArraySlice<UInt8>) {
        var index = 0
        while index < bytes.count {
            let start = index
            let close: UInt8
            switch bytes[index] {
            case UInt8(ascii: "\""): close = UInt8(ascii: "\"")
            case UInt8(ascii: "'"): close = UInt8(ascii: "'")
            case UInt8(ascii: "["): close = UInt8(ascii: "]")
            case UInt8(ascii: "$"):
                guard index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "{") else {
                    index += 1
                    continue
                }
                close = UInt8(ascii: "}")
            default:
                index += 1
                continue
            }
            index += 1
            while index < bytes.count, bytes[index] != close {
                index += bytes[index] == UInt8(ascii: "\\") && close < 0x40 ? 2 : 1
            }
            if index < bytes.count {
                index += 1
                continue
            }
            switch close {
            case UInt8(ascii: "\""):
                isQuoted = true
                partStart = start
                part = String(decoding: bytes[start...], as: UTF8.self)
            case UInt8(ascii: "}"):
                state = .reference
                partStart = start + 2
                part = String(decoding: bytes[(start + 2)...], as: UTF8.self)
            default: isHopeless = true
            }
            bytes = bytes[..<start]
        }
    }

    // MARK: - Tokens

    private mutating func take(_ token: Token, next: Token.Kind?) {
        switch token.kind {
        case .word(let word):
            if next == .symbol(.open) {
                stack.append((.call(word), state, subject))
                (state, subject) = (.operand, nil)
            } else if state == .layer {
                state = .afterOperand
            } else {
                operand(Self.subject(word))
            }
        case .string, .character: operand(nil)
        case .reference(let name): operand(Self.subject(name))
        case .brackets:
            if state == .layer { state = .afterOperand } else if state == .afterOperand { sliced() }
        case .symbol(let symbol): take(symbol)
        case .end: break
        }
    }

    private mutating func operand(_ found: Subject?) {
        switch state {
        case .operand, .raw:
            subject = state == .raw ? found.map { _ in Subject(type: .bytes, row: nil, isField: true) } : found
            state = .afterOperand
        case .value, .pattern, .set: state = .afterTest
        default: break
        }
    }

    private mutating func sliced() { subject = Subject(type: .bytes, row: nil, isField: true) }

    private mutating func take(_ symbol: Symbol) {
        switch symbol {
        case .and, .or, .xor: (state, subject) = (.operand, nil)
        case .not, .any, .all: break
        case .equal, .allEqual, .notEqual, .anyNotEqual, .greater, .greaterOrEqual, .less, .lessOrEqual, .contains:
            state = .value
        case .matches: state = .pattern
        case .within: state = .set
        case .plus, .minus, .times, .divided, .modulo, .bitAnd: arithmetic()
        case .range: state = .value
        case .layer: state = .layer
        case .raw: state = .raw
        case .comma: state = isOpen == .set ? .value : .operand
        case .open:
            // That of a function is on the stack already.
            if case .call = isOpen, state == .operand, subject == nil, !hasOpened {
                hasOpened = true
            } else {
                stack.append((.group, state, subject))
            }
        case .openBrace:
            stack.append((state == .set ? .set : .braces, state, subject))
            state = state == .set ? .value : .operand
        case .close, .closeBrace: close()
        }
        if case .call = isOpen, symbol == .open { return }
        hasOpened = false
    }

    /// Whether the parenthesis of the innermost function was just seen.
    private var hasOpened = false

    private mutating func arithmetic() {
        switch state {
        case .afterOperand: state = .operand
        case .afterTest: state = .value
        default: break
        }
    }

    private mutating func close() {
        guard let open = stack.popLast() else { return }
        switch open.bracket {
        case .set: (state, subject) = (.afterTest, open.subject)
        case .group:
            if open.state == .value { (state, subject) = (.afterTest, open.subject) } else { state = .afterTest }
        case .braces:
            state = open.state == .value ? .afterTest : .afterOperand
            if open.state == .value { subject = open.subject }
        case .call(let name):
            let result = Self.result(of: name, subject)
            (state, subject) = (open.state, open.subject)
            operand(result)
        }
    }

    private static func subject(_ word: String) -> Subject? {
        let name = word.hasPrefix(".") ? String(word.dropFirst()) : word
        if let handle = FieldHandle(name) {
            return Subject(type: handle.type, row: handle.entries.first?.row, isField: true)
        }
        return ProtocolID.allCases.contains { $0.name == name }
            ? Subject(type: .protocol, row: nil, isField: true) : nil
    }

    private static func result(of name: String, _ argument: Subject?) -> Subject? {
        guard let function = FilterFunction(rawValue: name) else { return nil }
        let type: FieldType =
            switch function {
            case .upper, .lower, .string: .string
            case .len, .count: .uint32
            case .double, .float: .double
            case .max, .min, .abs: argument?.type ?? .uint32
            }
        return Subject(type: type, row: nil, isField: false)
    }
}

extension Token {
    /// Whether more letters could make another word of it.
    fileprivate var isWord: Bool {
        switch kind {
        case .word: true
        case .symbol(let symbol): Symbol.words.values.contains(symbol)
        default: false
        }
    }
}
