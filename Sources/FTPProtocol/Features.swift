/// One line of a FEAT reply (RFC 2389 §3): an extension, and what the server says about it.
package struct Feature: Hashable, Sendable {
    /// In upper case.
    package var name: String
    /// What follows the name; empty if nothing does.
    package var parameters: String

    /// An extension to be announced.
    package init(name: String, parameters: String = "") {
        self.name = name
        self.parameters = parameters
    }
}

/// What a server says it can do beyond RFC 959.
package struct Features: Hashable, Sendable {
    /// In the order of the reply.
    package var list: [Feature] = []

    /// Features that are known already.
    package init(list: [Feature] = []) {
        self.list = list
    }

    /// Reads the lines between the first and the last one of a 211 reply.
    ///
    /// Each should begin with one space; servers also begin it with a tab, with nothing, or with `211-`.
    package init(_ reply: Reply) {
        for line in reply.lines.dropFirst().dropLast(reply.isComplete ? 1 : 0) {
            var text = line[...]
            if ReplyCode(startOf: text) == reply.code, text.dropFirst(3).first == UInt8(ascii: "-") {
                text = text.dropFirst(4)
            }
            let words = ASCII.trimmed(text).split(maxSplits: 1, whereSeparator: ASCII.isSpace)
            guard let name = words.first else { continue }
            list.append(
                Feature(
                    name: displayText(name).uppercased(),
                    parameters: words.count > 1 ? displayText(ASCII.trimmed(words[1])) : ""))
        }
    }

    /// The first feature of that name, in any case.
    package subscript(_ name: String) -> Feature? {
        let name = name.uppercased()
        return list.first { $0.name == name }
    }

    /// The facts of the MLST line (RFC 3659 §7.8), and whether each is sent unless OPTS says otherwise (a `*` marks it).
    package var facts: [(name: String, isActive: Bool)] {
        guard let parameters = self["MLST"]?.parameters else { return [] }
        return parameters.split(separator: ";").map { fact in
            let isActive = fact.hasSuffix("*")
            return (String(isActive ? fact.dropLast() : fact).lowercased(), isActive)
        }
    }
}
