package import DisplayFilter
package import FTPProtocol
import Dissection

/// Says in words what a display filter selects.
package struct FilterExplanation {
    private let language: Language
    private var lines: [String] = []
    private var remarks: [String] = []

    /// Each part of the filter on a line of its own, indented as deep as it stands; then what might surprise, and what
    /// the filter has to know about a capture.
    package static func lines(_ filter: DisplayFilter, _ language: Language) -> [String] {
        var explanation = FilterExplanation(language: language)
        explanation.lines.append(FilterPhrase.selects.text(language))
        explanation.tell(filter.meaning, 1, isNegated: false)
        let remarks = explanation.remarks.map { FilterPhrase.remark.text(language, $0) }
        let needs = FilterPhrase.needs.text(language, needs(filter.needs, language))
        return (explanation.lines + remarks + [needs]).map { line in
            // Behind a wide parenthesis there is room enough.
            displayText(line.replacing("） ", with: "）").utf8)
        }
    }

    private init(language: Language) { self.language = language }

    private static func needs(_ needs: FrameNeeds, _ language: Language) -> String {
        var parts: [FilterPhrase] = []
        if needs.contains(.application) { parts.append(.needsSessions) }
        if needs.contains(.sequences) { parts.append(.needsStreams) }
        if needs.contains(.findings) { parts.append(.needsFindings) }
        if needs.contains(.datagrams) { parts.append(.needsDatagrams) }
        if parts.isEmpty { parts = [.needsHeaders] }
        return parts.map { $0.text(language) }.joined(separator: language == .en ? "; " : "；")
    }

    // MARK: - Tests

    private mutating func tell(_ meaning: FilterMeaning, _ level: Int, isNegated: Bool) {
        switch meaning {
        case .all(let parts):
            remarkTwice(parts)
            tell(.all, parts, level, isNegated)
        case .any(let parts): tell(.any, parts, level, isNegated)
        case .exactlyOne(let parts): tell(.oddNumber, parts, level, isNegated)
        case .not(let part): tell(.not, [part], level, true)
        default:
            remark(meaning, isNegated)
            line(test(meaning), level)
        }
    }

    private mutating func tell(_ head: FilterPhrase, _ parts: [FilterMeaning], _ level: Int, _ isNegated: Bool) {
        line(head.text(language), level)
        for part in parts { tell(part, level + 1, isNegated: isNegated) }
    }

    private mutating func line(_ text: String, _ level: Int) {
        lines.append(String(repeating: "  ", count: level) + text)
    }

    private func test(_ meaning: FilterMeaning) -> String {
        switch meaning {
        case .exists(let subject):
            switch subject {
            case .layer: FilterPhrase.hasProtocol.text(language, words(subject))
            case .field(let handle, _) where handle.type == .none:
                FilterPhrase.hasProtocol.text(language, words(subject))
            case .field: FilterPhrase.hasField.text(language, words(subject))
            default: FilterPhrase.hasComputed.text(language, words(subject))
            }
        case .nonzero(let subject): FilterPhrase.nonzero.text(language, words(subject))
        case .compare(let left, let relation, let isAll, let right):
            quantified(phrase(relation).text(language, words(left), words(right)), [left, right], isAll)
        case .within(let subject, let isAll, let parts):
            quantified(FilterPhrase.oneOf.text(language, words(subject), elements(parts)), [subject], isAll)
        case .all, .any, .exactlyOne, .not: ""
        }
    }

    /// A set may be long; its first values tell what it is.
    private func elements(_ parts: [(lower: FilterSubject, upper: FilterSubject?)]) -> String {
        let most = 20
        let shown = parts.prefix(most).map { part in
            part.upper.map { FilterPhrase.range.text(language, words(part.lower), words($0)) } ?? words(part.lower)
        }
        return shown.joined(separator: language == .en ? ", " : "、") + (parts.count > most ? " … (\(parts.count))" : "")
    }

    private func quantified(_ test: String, _ subjects: [FilterSubject], _ isAll: Bool) -> String {
        if isAll { return FilterPhrase.everyValue.text(language, test) }
        return subjects.contains(where: \.occursOften) ? FilterPhrase.oneValue.text(language, test) : test
    }

    private func phrase(_ relation: FilterRelation) -> FilterPhrase {
        switch relation {
        case .equal: .equal
        case .notEqual: .notEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .contains: .contains
        case .matches: .matches
        }
    }

    // MARK: - What is asked

    private func words(_ subject: FilterSubject) -> String {
        switch subject {
        case .field(let handle, let layers):
            let label = handle.entries.first?.row.label ?? handle.name
            return layered(FilterPhrase.field.text(language, handle.name, label, words(handle.type)), layers)
        case .layer(let id, let layers):
            return layered(FilterPhrase.field.text(language, id.name, id.label, words(.protocol)), layers)
        case .raw(let handle): return FilterPhrase.bytesOf.text(language, handle.name)
        case .constant(let text, let name):
            return name.map { FilterPhrase.named.text(language, text, $0) } ?? text
        case .slice(let inner, let ranges): return FilterPhrase.slice.text(language, words(inner), ranges)
        case .arithmetic(let left, let sign, let right): return "(\(words(left)) \(sign) \(words(right)))"
        case .negative(let inner): return FilterPhrase.minus.text(language, words(inner))
        case .absent: return FilterPhrase.nowhere.text(language)
        case .foreign(let name, _) where name.contains("."): return FilterPhrase.foreignField.text(language, name)
        case .foreign(let name, let label): return FilterPhrase.foreign.text(language, name, label)
        case .call(let name, let arguments):
            let inner = arguments.map(words).joined(separator: language == .en ? ", " : "、")
            return function(name).text(language, inner)
        }
    }

    private func layered(_ text: String, _ layers: String) -> String {
        layers.isEmpty ? text : FilterPhrase.inLayer.text(language, text, layers)
    }

    private func function(_ name: String) -> FilterPhrase {
        switch name {
        case "upper": .upper
        case "lower": .lower
        case "len": .length
        case "count": .count
        case "string": .text
        case "max": .greatest
        case "min": .least
        case "abs": .magnitude
        default: .fraction
        }
    }

    private func words(_ type: FieldType) -> String {
        let phrase: FilterPhrase =
            switch type {
            case .none: .typeLabel
            case .protocol: .typeProtocol
            case .boolean: .typeBoolean
            case .absoluteTime: .typeTime
            case .relativeTime: .typeSpan
            case .string: .typeText
            case .bytes: .typeBytes
            case .ipv4: .typeIPv4
            case .ipv6: .typeIPv6
            case .ether: .typeEther
            case .eui64: .typeEUI64
            case .double: .typeFraction
            case .objectIdentifier: .typeObject
            default: .typeNumber
            }
        return phrase.text(language)
    }

    // MARK: - What surprises

    private mutating func remark(_ meaning: FilterMeaning, _ isNegated: Bool) {
        switch meaning {
        case .exists(let subject):
            if case .field(let handle, _) = subject, handle.type == .boolean { add(.remarkFlag, handle.name) }
            if case .foreign(let name, _) = subject, ForeignNames.isByteLike(name) { add(.remarkForeign, name) }
        case .compare(let left, let relation, let isAll, let right):
            for subject in [left, right] {
                if case .foreign(let name, _) = subject, ForeignNames.isByteLike(name) { add(.remarkForeign, name) }
                if case .absent = subject { add(.remarkNever) }
            }
            if relation == .matches { add(.remarkCase) }
            guard let name = left.name else { break }
            if isNegated { add(.remarkNot, name) }
            if relation == .notEqual, left.occursOften { add(isAll ? .remarkAllDiffer : .remarkOneDiffers, name) }
        case .within(let subject, _, _):
            if isNegated, let name = subject.name { add(.remarkNot, name) }
        default: break
        }
    }

    /// `tcp.port > 20 and tcp.port < 30`
    private mutating func remarkTwice(_ parts: [FilterMeaning]) {
        var below = Set<String>()
        var above = Set<String>()
        for part in parts {
            guard case .compare(let left, let relation, false, .constant) = part, left.occursOften, let name = left.name
            else { continue }
            switch relation {
            case .less, .lessOrEqual: below.insert(name)
            case .greater, .greaterOrEqual: above.insert(name)
            default: break
            }
        }
        for name in below.intersection(above).sorted() { add(.remarkTwice, name) }
    }

    /// Each once, and not too many.
    private mutating func add(_ phrase: FilterPhrase, _ name: String = "") {
        let text = phrase.text(language, name, "{a .. b}")
        if remarks.count < 10, !remarks.contains(text) { remarks.append(text) }
    }
}

extension FilterSubject {
    fileprivate var name: String? { if case .field(let handle, _) = self { handle.name } else { nil } }
}
