package import Bytes

/// One line of the tree that shows everything in a frame.
package struct DetailNode: Sendable, Hashable {
    /// 0 for protocols, more for what lies below them.
    package let depth: Int
    package let layer: ProtocolID
    /// `Source Port`
    package let label: String
    /// `21`, or for a protocol what is worth knowing of it.
    package let text: String
    /// Of the bytes that it was read from, in the frame; empty for what stands nowhere.
    package let range: Range<Int>
    /// As filters call it; empty for a node that only holds others.
    package let name: String
    /// Nil for protocols.
    package let value: FieldRow.Value?

    /// `Source Port: 21`; protocols join by a comma as in Wireshark.
    package var line: String {
        if text.isEmpty { return label }
        return label.isEmpty ? text : label + (value == nil ? ", " : ": ") + text
    }
}

extension Layers {
    /// Everything that Wharf can say about the frame, protocols in order, each followed by what lies below it.
    package func details(of frame: Bytes, _ facts: FrameFacts = FrameFacts()) -> [DetailNode] {
        var nodes: [DetailNode] = []
        for index in 0..<count {
            guard let reader = Registry.reader(of: self[index]) else { continue }
            reader.append(FieldInput(frame, self, index, facts), to: &nodes)
        }
        let quoted = Layers(quotedBy: self, in: frame)
        for index in 0..<quoted.count {
            guard let reader = Registry.reader(of: quoted[index]) else { continue }
            reader.append(FieldInput(frame, quoted, index, facts.ofQuotation), to: &nodes)
        }
        return nodes
    }
}

extension ProtocolLayer {
    fileprivate static func append(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        nodes.append(
            DetailNode(
                depth: 0, layer: id, label: id.label, text: summary(input), range: input.start..<input.layer.end,
                name: id.name, value: nil))
        var placed: [PlacedValue] = []
        for row in fields {
            row.forEachValue(in: input) { value, range in
                switch row.role {
                case .inOrder(let level): nodes.append(DetailNode(level, id, row, value, range))
                case .byPlace, .group:
                    placed.append(PlacedValue(row: row, value: value, range: range, order: placed.count))
                case .alias: break
                }
            }
        }
        placed.sort()
        var ends: [Int] = []
        for item in placed {
            while let end = ends.last, item.range.lowerBound >= end, !ends.isEmpty { ends.removeLast() }
            nodes.append(DetailNode(1 + ends.count, id, item.row, item.value, item.range))
            if item.row.role == .group { ends.append(item.range.upperBound) }
        }
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

extension DetailNode {
    fileprivate init(_ depth: Int, _ layer: ProtocolID, _ row: FieldRow, _ value: FieldRow.Value, _ range: Range<Int>) {
        self.init(
            depth: depth, layer: layer, label: row.label, text: row.text(of: value), range: range, name: row.name,
            value: value)
    }
}

extension FieldRow {
    /// The value as the row says it is written, with its name if it has one: `IPv4 (0x0800)`.
    package func text(of value: Value) -> String {
        switch value {
        case .number(let number):
            let digits = display == .hexadecimal ? hexadecimal(number) : String(number)
            return meaning?(number).map { "\($0) (\(digits))" } ?? digits
        case .flag(let flag): return display == .flag ? (flag ? "Set" : "Not set") : (flag ? "True" : "False")
        case .integer(let number): return String(number)
        case .span(let span): return "\(Self.seconds(span)) seconds"
        case .presence: return ""
        case .time(let time): return AbsoluteTime.text(time)
        case .mac(let address): return address.description
        case .address(let address): return address.description
        case .text(let text): return text
        case .bytes(let bytes): return Self.text(of: bytes)
        }
    }

    /// Seconds with all nine digits of nanoseconds.
    package static func seconds(_ nanoseconds: Int64) -> String {
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        let digits = String(rest)
        let fraction = String(repeating: "0", count: 9 - digits.count) + digits
        return (nanoseconds < 0 ? "-" : "") + "\(seconds).\(fraction)"
    }

    private func hexadecimal(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        guard let place else { return "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits }
        // As many digits as the bits that count need.
        let bits = place.mask == .max ? 8 * place.width : place.mask.nonzeroBitCount
        return "0x" + String(repeating: "0", count: max(0, (bits + 3) / 4 - digits.count)) + digits
    }

    /// At most 32 bytes, two digits each.
    private static func text(of bytes: [UInt8]) -> String {
        let digits = bytes.prefix(32).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return digits + (bytes.count > 32 ? "…" : "")
    }
}
