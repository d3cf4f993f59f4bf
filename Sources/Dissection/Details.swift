import Bytes

/// One field in the tree that shows everything that a layer says.
package struct DetailNode: Sendable {
    /// 1 for what stands directly below the protocol.
    package let depth: Int
    package let row: FieldRow
    package let value: FieldRow.Value
    /// Of the bytes that it was read from, in the frame; empty for what stands nowhere.
    package let range: Range<Int>
    /// Whether it is the finding below a line of its own.
    var isFinding = false
    /// What its row and its layer do not know; nil for nearly all.
    var particulars: Particulars?
    /// How many of the nodes behind it lie below it.
    package fileprivate(set) var descendants = 0

    /// The bytes that it was read from.
    package func bytes(in input: borrowing FieldInput) -> [UInt8] {
        if let source = particulars?.source { return Array(source[range.clamped(to: source.indices)]) }
        let range = range.clamped(to: 0..<input.frame.count)
        return input.frame.slice(from: range.lowerBound, count: range.count).array
    }

    /// As people read it: `Source Port: 21`. A generated one stands in brackets there.
    package func line(in input: borrowing FieldInput) -> String {
        particulars?.line ?? row.line(of: value, range, in: input)
    }
    package var isGenerated: Bool { isFinding || row.isGenerated }

    final class Particulars: Sendable {
        /// The line, where what stands around the value tells it.
        let line: String?
        /// What the range lies in, where that is not what the layer is read from.
        let source: [UInt8]?
        /// What a finding says, where its line cannot hold all of that.
        let message: String?

        init(line: String? = nil, source: [UInt8]? = nil, message: String? = nil) {
            self.message = message
            self.line = line
            self.source = source
        }
    }
}

extension ProtocolLayer {
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        nodes.append(fields, in: input)
    }

    /// Everything that the layer says, each field followed by what lies below it, in ``FieldRow/Role``'s order.
    ///
    /// - Parameter nodes: what the layer before it said; its room is used again.
    package static func readDetails(_ input: borrowing FieldInput, into nodes: inout [DetailNode]) {
        nodes.removeAll(keepingCapacity: true)
        appendDetails(input, to: &nodes)
        nodes.countDescendants()
    }
}

extension [DetailNode] {
    /// A finding brings the lines around it.
    mutating func append(_ node: DetailNode, in input: borrowing FieldInput) {
        guard let expertise = node.row.expertise else { return append(node) }
        let line = node.line(in: input)
        func add(_ row: FieldRow, _ value: FieldRow.Value, _ line: String? = nil) {
            append(
                DetailNode(
                    depth: node.depth + 1, row: row, value: value, range: 0..<0, isFinding: line != nil,
                    particulars: line.map { DetailNode.Particulars(line: $0) }))
        }
        let whole = node.particulars?.message ?? line
        let title = ExpertRows.title(expertise, whole)
        append(
            DetailNode(
                depth: node.depth, row: ExpertRows.wrapper, value: .text(title),
                range: node.range.lowerBound..<node.range.lowerBound))
        add(node.row, node.value, line)
        add(ExpertRows.message, .text(whole))
        add(ExpertRows.severity, .number(expertise.severity.number))
        add(ExpertRows.group, .number(expertise.group.number))
    }

    /// What some of a layer's rows say, without ``DetailNode/descendants``.
    mutating func append(_ rows: [FieldRow], in input: borrowing FieldInput) {
        var placed: [PlacedValue] = []
        let found = input.facts.tcp?.flags ?? []
        for row in rows {
            // Most segments have no findings, and most rows of TCP are some.
            if let findings = row.findings, findings.isDisjoint(with: found) { continue }
            switch row.role {
            case .inOrder(let level):
                if !placed.isEmpty { append(&placed, in: input) }
                row.forEachValue(in: input) { value, range in
                    append(DetailNode(depth: level, row: row, value: value, range: range), in: input)
                }
            case .byPlace, .group:
                row.forEachValue(in: input) { value, range in
                    placed.append(PlacedValue(row: row, value: value, range: range, order: placed.count))
                }
            case .alias: break
            }
        }
        if !placed.isEmpty { append(&placed, in: input) }
    }

    /// Appends what `find` places: rows and their values.
    mutating func appendPlaced(
        in input: borrowing FieldInput, _ find: ((FieldRow, FieldRow.Value, Range<Int>) -> Void) -> Void
    ) {
        var placed: [PlacedValue] = []
        find { placed.append(PlacedValue(row: $0, value: $1, range: $2, order: placed.count)) }
        append(&placed, in: input)
    }

    /// Appends values that go by their places, and empties the list.
    private mutating func append(_ placed: inout [PlacedValue], in input: borrowing FieldInput) {
        placed.sort()
        var ends: [Int] = []
        for item in placed {
            while let end = ends.last, item.range.lowerBound >= end { ends.removeLast() }
            append(DetailNode(depth: 1 + ends.count, row: item.row, value: item.value, range: item.range), in: input)
            if item.row.role == .group { ends.append(item.range.upperBound) }
        }
        placed.removeAll(keepingCapacity: true)
    }

    fileprivate mutating func countDescendants() {
        var open: [Int] = []
        for index in indices {
            let depth = self[index].depth
            while let last = open.last, self[last].depth >= depth {
                self[last].descendants = index - last - 1
                open.removeLast()
            }
            // What the next one does not lie below has nothing below it.
            if index + 1 < count, self[index + 1].depth > depth { open.append(index) }
        }
        for index in open { self[index].descendants = count - index - 1 }
    }
}

/// A value whose place in the tree follows from where its bytes lie.
private struct PlacedValue: Comparable {
    let row: FieldRow
    let value: FieldRow.Value
    let range: Range<Int>
    let order: Int

    /// Groups come before what they enclose.
    static func < (left: Self, right: Self) -> Bool {
        let isGroup = (left.row.role == .group, right.row.role == .group)
        return (left.range.lowerBound, isGroup.0 ? 0 : 1, isGroup.0 && isGroup.1 ? -left.range.count : 0, left.order)
            < (right.range.lowerBound, isGroup.1 ? 0 : 1, isGroup.0 && isGroup.1 ? -right.range.count : 0, right.order)
    }

    static func == (left: Self, right: Self) -> Bool { left.order == right.order }
}

extension FieldRow {
    /// A value's line in trees, without the brackets of what is generated.
    package func line(of value: Value, _ range: Range<Int>, in input: borrowing FieldInput) -> String {
        if let wording { return wording(value, range, input) }
        let text = text(of: value)
        let rest = suffix?(value, range, input) ?? ""
        if type == .none || text.isEmpty && value == .presence { return label + rest }
        let bits = bits(of: range, in: input)
        guard !label.isEmpty else { return bits + text + rest }
        let line = "\(bits)\(label): \(text)\(rest)"
        // Wireshark's lines have at most 239 bytes; longer ones are cut to 238 and say so.
        guard line.utf8.count > 239 else { return line }
        let name = "\(bits)\(label) [truncated]: "
        return name + text.prefix(utf8Count: 238 - name.utf8.count)
    }

    /// The bits that the field takes of its bytes: `.... .101 = `; empty for whole bytes.
    private func bits(of range: Range<Int>, in input: borrowing FieldInput) -> String {
        guard let place, place.mask != .max, shownBits != 0 else { return "" }
        return bitText(place.mask, range, input, count: shownBits ?? 8 * place.width, below: bitsBelow)
    }

    /// The value as the row says it is written, with its name if it has one: `IPv4 (0x0800)`.
    package func text(of value: Value) -> String {
        switch value {
        case .number(let number):
            let digits = display == .hexadecimal ? hexadecimal(number) : String(number)
            guard let meaning else { return digits }
            guard let name = meaning(number) ?? (namesAllNumbers ? "Unknown" : nil) else { return digits }
            return hidesNumber ? name : "\(name) (\(digits))"
        case .flag(let flag): return display == .flag ? (flag ? "Set" : "Not set") : (flag ? "True" : "False")
        case .integer(let number):
            guard let meaning else { return String(number) }
            return "\(meaning(UInt64(bitPattern: number)) ?? "Unknown") (\(number))"
        case .span(let span): return "\(Self.seconds(span)) seconds"
        case .presence: return ""
        case .real(let number): return FieldRow.text(of: number)
        case .time(let time): return AbsoluteTime.text(time)
        case .mac(let address): return address.description
        case .address(let address): return address.description
        case .text(let text): return Self.safe(text)
        case .bytes(let bytes): return Self.text(of: bytes)
        }
    }

    /// Without a fraction where there is none.
    static func text(of number: Double) -> String {
        let text = String(number)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Seconds with all nine digits of nanoseconds.
    package static func seconds(_ nanoseconds: Int64) -> String {
        String(writing: { text in text.append(atMost: 32) { $0.put(seconds: nanoseconds) } })
    }

    private func hexadecimal(_ number: UInt64) -> String {
        guard let place else { return "0x" + Dissection.hexadecimal(number, type.isUnsigned ? type.bits / 4 : 4) }
        // As many digits as the bits that count need.
        let bits = place.mask == .max ? 8 * place.width : place.mask.nonzeroBitCount
        return "0x" + Dissection.hexadecimal(number, (bits + 3) / 4)
    }

    /// At most 36 bytes, two digits each.
    private static func text(of bytes: [UInt8]) -> String {
        let digits = bytes.prefix(36).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return digits + (bytes.count > 36 ? "…" : "")
    }
}

extension String {
    /// As many whole characters as fit into so many bytes.
    func prefix(utf8Count: Int) -> Substring {
        var end = startIndex
        var count = 0
        for scalar in unicodeScalars {
            count += UTF8.width(scalar)
            guard count <= utf8Count else { break }
            end = unicodeScalars.index(after: end)
        }
        return self[..<end]
    }
}

extension TextPieces {
    /// Puts seconds with all nine digits of nanoseconds.
    mutating func put(seconds nanoseconds: Int64) {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        if nanoseconds < 0 { put(UInt8(ascii: "-")) }
        put(decimal: seconds)
        put(UInt8(ascii: "."))
        put(decimal: rest, digits: 9)
    }
}
