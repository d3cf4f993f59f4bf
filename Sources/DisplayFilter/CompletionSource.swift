import Dissection
import FTPProtocol

/// Finds the candidates for a place in a filter.
struct CompletionSource {
    private let prefix: FilterPrefix
    private let macros: FilterMacros
    private let part: String

    init(_ prefix: FilterPrefix, _ macros: FilterMacros) {
        self.prefix = prefix
        self.macros = macros
        part = prefix.part.lowercased()
    }

    func candidates() -> [FilterCandidate] {
        if prefix.isQuoted { return prefix.state == .value ? matching(values()) : [] }
        switch prefix.state {
        case .operand:
            let isComputed = prefix.isOpen == .braces
            let words = matching(functions() + (isComputed ? [] : quantifiers()) + macroCalls())
            return names(and: words) { !isComputed || $0.isNumeric || $0.canBeSliced }
        case .raw: return names(and: []) { $0 != .protocol }
        case .reference: return names(and: matching(macros.names.map(macroName))) { $0 != .protocol }
        case .layer, .pattern: return []
        case .set: return matching([FilterCandidate("{", .operator, "a set: {a, b .. c}")])
        case .afterOperand: return matching(operators())
        case .value:
            let type = prefix.subject?.type
            let values = matching(values())
            guard !part.isEmpty else { return values }
            return values
                + names(and: matching(functions())) { other in type.map { other.isComparable(to: $0) } ?? true }
        case .afterTest: return matching(connections())
        }
    }

    /// Those that begin with what is written, whatever the case; the word itself is one too.
    private func matching(_ candidates: [FilterCandidate]) -> [FilterCandidate] {
        guard !part.isEmpty else { return candidates }
        let isBare = !part.hasPrefix("\"")
        return candidates.filter { candidate in
            let text = candidate.text.lowercased()
            // The quotes of a name need not have been written.
            return text.hasPrefix(part) || isBare && candidate.kind == .value && text.hasPrefix("\"" + part)
        }
    }

    // MARK: - Names

    /// Names one level further than what is written, then whole names that begin with it and `words`, then names of which
    /// a later part begins with it.
    private func names(and words: [FilterCandidate], _ isWanted: (FieldType) -> Bool) -> [FilterCandidate] {
        // No name is that long.
        guard part.utf8.count < 100 else { return words }
        let (all, part) = (NameIndex.all, part.hasPrefix(".") ? String(part.dropFirst()) : part)
        let level = part.utf8.count { $0 == UInt8(ascii: ".") }
        var next: [FilterCandidate] = []
        var whole: [FilterCandidate] = []
        var inside: [FilterCandidate] = []
        var last = ""
        for entry in all {
            guard entry.name.hasPrefix(part) else {
                if part.utf8.count > 1, isWanted(entry.type), entry.name.contains("." + part) {
                    inside.append(entry.candidate)
                }
                continue
            }
            let end = entry.name.levelEnd(level)
            if end == entry.name.endIndex {
                if isWanted(entry.type) { next.append(entry.candidate) }
                // At the very beginning, what is below a protocol would say everything twice.
                if part.isEmpty, isWanted(entry.type) { last = entry.name }
                continue
            }
            if isWanted(entry.type), !part.isEmpty { whole.append(entry.candidate) }
            let group = entry.name[..<end]
            // Names come sorted: those of one group stand together, behind the field that has its name.
            if group != last {
                last = String(group)
                let count = NameIndex.count(below: group + ".")
                next.append(FilterCandidate(group + ".", .group, "\(count) names"))
            }
        }
        return next + whole + words + inside
    }

    // MARK: - Words

    private func functions() -> [FilterCandidate] {
        FilterFunction.allCases.map { FilterCandidate($0.rawValue + "(", .function, $0.explanation) }
    }

    private func quantifiers() -> [FilterCandidate] {
        guard !isArgument else { return [] }
        return [
            FilterCandidate("not", .keyword, "the opposite of what follows"),
            FilterCandidate("any", .keyword, "one of the values has to meet the comparison that follows"),
            FilterCandidate("all", .keyword, "all values have to meet the comparison that follows"),
        ]
    }

    private func macroName(_ name: String) -> FilterCandidate {
        FilterCandidate(name, .macro, macros.text(of: name) ?? "")
    }

    private func macroCalls() -> [FilterCandidate] {
        macros.names.map { name in
            FilterCandidate(
                "${\(name)\(macros.argumentCount(of: name) > 0 ? ":" : "}")", .macro, macros.text(of: name) ?? "")
        }
    }

    private var isArgument: Bool { if case .call = prefix.isOpen { true } else { false } }

    // MARK: - Operators

    private func operators() -> [FilterCandidate] {
        var found: [FilterCandidate] = []
        func offer(_ text: String, _ words: String) { found.append(FilterCandidate(text, .operator, words)) }
        let type = prefix.subject?.type ?? .none
        let isArithmetic = prefix.isOpen == .braces || isArgument
        if type != .none, !isArithmetic {
            offer("==", "one of the values is equal")
            offer("!=", "all values are different")
            offer("===", "all values are equal")
            offer("!==", "one of the values is different")
            for (sign, words) in [(">", "greater"), (">=", "greater or equal"), ("<", "less"), ("<=", "less or equal")]
            {
                offer(sign, "one of the values is \(words)")
            }
            offer("in", "one of the values is in a set: in {a, b .. c}")
            offer("not in", "none of the values is in a set")
        }
        if type.holdsBytes, !isArithmetic {
            offer("contains", type == .string ? "this text stands in it" : "this text or these bytes stand in it")
            offer("matches", "a regular expression finds something in it, whatever the case")
        }
        for (arithmetic, words) in Arithmetic.words where type.takes(arithmetic) { offer(arithmetic.rawValue, words) }
        if type.canBeSliced { offer("[", "some of its bytes: [start:length], [first-last], [byte]") }
        if prefix.subject?.isField ?? false, !isArithmetic { offer("#", "only in one of several layers: #1, #[1-2]") }
        return found + (prefix.subject?.isField ?? true || isArithmetic ? connections() : [])
    }

    /// What follows where a test is complete.
    private func connections() -> [FilterCandidate] {
        let close: FilterCandidate? =
            switch prefix.isOpen {
            case .group: FilterCandidate(")", .operator, "closes the parenthesis")
            case .braces, .set: FilterCandidate("}", .operator, "closes the brace")
            case .call: FilterCandidate(")", .operator, "closes the arguments")
            case nil: nil
            }
        let words: [FilterCandidate]
        switch prefix.isOpen {
        case .set:
            words = [
                FilterCandidate(",", .operator, "another value"),
                FilterCandidate("..", .operator, "all values up to another one"),
            ]
        case .braces: words = []
        case .call(let name):
            words =
                FilterFunction(rawValue: name)?.takesMany ?? false
                ? [FilterCandidate(",", .operator, "another argument")] : []
        case .group, nil:
            words = [
                FilterCandidate("and", .keyword, "both hold"), FilterCandidate("or", .keyword, "one of them holds"),
                FilterCandidate("xor", .keyword, "one of them holds, and not both"),
            ]
        }
        return words + [close].compactMap { $0 }
    }

    // MARK: - Values

    private func values() -> [FilterCandidate] {
        guard let subject = prefix.subject else { return [] }
        if subject.type == .boolean {
            return [
                FilterCandidate("True", .value, "it is set"), FilterCandidate("False", .value, "it is not set"),
            ]
        }
        guard let row = subject.row else { return [] }
        switch row.name {
        case "ftp.request.command":
            return VerbTable.all.map { FilterCandidate("\"\($0.verb)\"", .value, $0.summary.en) }
        case "ftp.response.code":
            return ReplyTable.all.map { FilterCandidate("\($0.code.rawValue)", .value, $0.meaning.en) }
        default:
            return ValueNames.all(of: row).map { number, name in
                let written = name.utf8.contains { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") || $0 < 32 }
                return FilterCandidate(
                    written ? "\(number)" : "\"\(name)\"", .value, written ? name : "\(row.label) \(number)")
            }
        }
    }
}

extension Arithmetic {
    static let words: [(Arithmetic, String)] = [
        (.bitAnd, "the bits that both have"), (.plus, "sum"), (.minus, "difference"), (.times, "product"),
        (.divided, "quotient"), (.modulo, "rest of a division"),
    ]
}

/// All names that filters know, sorted.
enum NameIndex {
    struct Entry: Sendable {
        let name: String
        let type: FieldType
        let candidate: FilterCandidate
    }

    static let all: [Entry] = {
        let protocols = ProtocolID.allCases.map { id in
            Entry(name: id.name, type: .protocol, candidate: FilterCandidate(id.name, .protocol, id.label))
        }
        let fields = Registry.names.compactMap { name -> Entry? in
            guard let row = Registry.rows(named: name).first?.row, !protocols.contains(where: { $0.name == name })
            else {
                return nil
            }
            let words = "\(row.label) (\(row.type.words))"
            return Entry(name: name, type: row.type, candidate: FilterCandidate(name, .field, words))
        }
        return (protocols + fields).sorted { $0.name < $1.name }
    }()

    static func count(below prefix: String) -> Int { all.count { $0.name.hasPrefix(prefix) } }
}

extension String {
    /// Where the level behind so many points ends.
    fileprivate func levelEnd(_ points: Int) -> String.Index {
        var left = points
        for index in utf8.indices where utf8[index] == UInt8(ascii: ".") {
            if left == 0 { return index }
            left -= 1
        }
        return endIndex
    }
}
