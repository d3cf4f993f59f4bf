import Dissection

/// Which frames a statistic counts: names of protocols and fields that a frame has to have, joined by `&&`, `||` and
/// `!`, or `and`, `or` and `not`, with parentheses. It is the part of the display filters' language that compares nothing.
package struct FrameCondition: Sendable {
    /// As it was written.
    package let text: String
    private let root: Node

    private indirect enum Node: Sendable {
        case frame
        case layer(ProtocolID)
        case field(NamedField)
        case not(Node)
        case all(Node, Node)
        case any(Node, Node)
    }

    package struct Failure: Error, CustomStringConvertible {
        package let text: String
        package let reason: String
        package var description: String { "filter \"\(text)\": \(reason)" }
    }

    package init(_ text: String) throws(Failure) {
        self.text = text
        var parser = Parser(text)
        root = try parser.condition()
    }

    var needs: FrameScan.Needs { Self.needs(of: root) }

    func holds(for frame: borrowing ScannedFrame) -> Bool { Self.holds(root, for: frame) }

    private static func needs(of node: Node) -> FrameScan.Needs {
        switch node {
        case .frame: []
        case .layer(let id): [.tls, .ftp, .ftpData, .data].contains(id) ? .application : []
        case .field(let field): field.needs
        case .not(let node): needs(of: node)
        case .all(let left, let right), .any(let left, let right): needs(of: left).union(needs(of: right))
        }
    }

    private static func holds(_ node: Node, for frame: borrowing ScannedFrame) -> Bool {
        switch node {
        case .frame: true
        case .layer(let id): frame.has(id)
        case .field(let field): field.exists(in: frame)
        case .not(let node): !holds(node, for: frame)
        case .all(let left, let right): holds(left, for: frame) && holds(right, for: frame)
        case .any(let left, let right): holds(left, for: frame) || holds(right, for: frame)
        }
    }
}

extension FrameCondition {
    /// Recursive descent, loosest first: or, and, not.
    private struct Parser {
        private let text: String
        private var rest: Substring
        private var depth = 0
        /// Deeper nesting is an attack on the stack.
        private static let maximumDepth = 100

        init(_ text: String) {
            self.text = text
            rest = text[...]
        }

        mutating func condition() throws(Failure) -> Node {
            let node = try alternatives()
            if let token = next() { throw failure(after: token) }
            return node
        }

        private mutating func alternatives() throws(Failure) -> Node {
            var node = try conjunction()
            while take("||", or: "or") { node = .any(node, try conjunction()) }
            return node
        }

        private mutating func conjunction() throws(Failure) -> Node {
            var node = try factor()
            while take("&&", or: "and") { node = .all(node, try factor()) }
            return node
        }

        private mutating func factor() throws(Failure) -> Node {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Self.maximumDepth else { throw Failure(text: text, reason: "nested too deeply") }
            if take("!", or: "not") { return .not(try factor()) }
            if take("(", or: "(") {
                let node = try alternatives()
                guard take(")", or: ")") else { throw Failure(text: text, reason: "a closing parenthesis is missing") }
                return node
            }
            guard let token = next() else { throw Failure(text: text, reason: "it ends where a name should stand") }
            return try named(token)
        }

        private func named(_ token: String) throws(Failure) -> Node {
            let name = token.lowercased()
            if name == "frame" { return .frame }
            if let id = ProtocolID.allCases.first(where: { $0.name == name }) { return .layer(id) }
            if let field = NamedField(name) { return .field(field) }
            guard token.first.map({ $0.isLetter || $0 == "_" }) ?? false else { throw failure(after: token) }
            throw Failure(text: text, reason: "\"\(token)\" is neither a field nor a protocol that Wharf knows")
        }

        private func failure(after token: String) -> Failure {
            Failure(
                text: text,
                reason:
                    "comparisons are not supported yet (at \"\(token)\"); name protocols and fields, with and, or, not")
        }

        private mutating func take(_ symbol: String, or word: String) -> Bool {
            let before = rest
            if let token = next(), token == symbol || token == word { return true }
            rest = before
            return false
        }

        /// A name, an operator, or whatever single character stands there.
        private mutating func next() -> String? {
            rest = rest.drop { $0.isWhitespace }
            guard let first = rest.first else { return nil }
            let count: Int
            if Self.isPartOfName(first) {
                count = rest.prefix(while: Self.isPartOfName).count
            } else {
                count = ["&&", "||", "==", "!=", ">=", "<="].contains { rest.hasPrefix($0) } ? 2 : 1
            }
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }

        private static func isPartOfName(_ character: Character) -> Bool {
            character.isASCII && (character.isLetter || character.isNumber || ".-_".contains(character))
        }
    }
}
