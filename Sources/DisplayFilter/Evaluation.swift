import Bytes
import Dissection

extension Operand {
    /// What arithmetic comes to at most in one frame.
    private static let mostValues = 4096

    /// The values that the frame has for it: none, one, or several.
    func values(in frame: borrowing DissectedFrame) -> [FilterValue] {
        switch kind {
        case .constant(let value): return [value]
        case .absent, .impossible, .foreign: return []
        case .field(let handle, let layers):
            var values: [FilterValue] = []
            handle.forEachValue(in: frame, layers) { values.append(FilterValue($0, handle.type)) }
            return values
        case .layer(let id, let layers):
            var values: [FilterValue] = []
            frame.forEachSpan(of: id, layers, withPayload: true) { values.append(.bytes($0.array)) }
            return values
        case .raw(let handle, let layers):
            var values: [FilterValue] = []
            handle.forEachSpan(in: frame, layers) { values.append(.bytes($0.array)) }
            return values
        case .slice(let operand, let ranges):
            return operand.ownValues(in: frame).compactMap { value in
                value.bytes(operand.type).map { .bytes(Self.slice($0, ranges)) }
            }
        case .call(let function, let arguments): return Self.call(function, arguments, frame)
        case .arithmetic(let arithmetic, let left, let right):
            let (lefts, rights) = (left.values(in: frame), right.values(in: frame))
            var values: [FilterValue] = []
            for a in lefts {
                for b in rights {
                    if let value = FilterValue.compute(arithmetic, a, b, bits: type.bits) { values.append(value) }
                }
            }
            // Every value with every other one: a long sum of fields that occur twice must not double with each term.
            guard values.count > 64 else { return values }
            return Array(Array(Set(values)).prefix(Self.mostValues))
        case .negative(let operand): return operand.values(in: frame).compactMap(\.negated)
        }
    }

    /// The same, of a protocol only its own header and not what it carries: what slices and lengths are about.
    func ownValues(in frame: borrowing DissectedFrame) -> [FilterValue] {
        guard case .layer(let id, let layers) = kind else { return values(in: frame) }
        var values: [FilterValue] = []
        frame.forEachSpan(of: id, layers, withPayload: false) { values.append(.bytes($0.array)) }
        return values
    }

    /// A range that does not lie inside adds nothing.
    private static func slice(_ bytes: [UInt8], _ ranges: [ByteRange]) -> [UInt8] {
        var result: [UInt8] = []
        for range in ranges {
            let start = range.start < 0 ? bytes.count + range.start : range.start
            let end: Int =
                switch range.end {
                case .length(let length): start + length
                case .last(let last): (last < 0 ? bytes.count + last : last) + 1
                case .open: bytes.count
                }
            guard start >= 0, start < end, end <= bytes.count else { continue }
            result += bytes[start..<end]
        }
        return result
    }

    private static func call(
        _ function: FilterFunction, _ arguments: [Operand], _ frame: borrowing DissectedFrame
    ) -> [FilterValue] {
        let values = arguments[0].values(in: frame)
        switch function {
        case .count: return values.isEmpty ? [] : [.unsigned(UInt64(values.count))]
        case .len:
            let operand = arguments[0]
            if operand.type.isInteger { return values.map { _ in .unsigned(UInt64(operand.type.bits / 8)) } }
            return operand.ownValues(in: frame).map { .unsigned(UInt64($0.bytes(operand.type)?.count ?? 0)) }
        case .upper: return values.compactMap { $0.bytes(.string).map { .text($0.map(uppercase)) } }
        case .lower: return values.compactMap { $0.bytes(.string).map { .text($0.map(lowercase)) } }
        case .string: return values.map { .text(Array($0.text(arguments[0].row).utf8)) }
        case .abs: return values.compactMap(\.magnitude)
        case .double, .float: return values.compactMap { $0.real.map { .double($0) } }
        case .max, .min:
            var all = values
            for argument in arguments.dropFirst() { all += argument.values(in: frame) }
            let wanted = function == .max ? 1 : -1
            guard var best = all.first else { return [] }
            for value in all.dropFirst() where value.order(best) == wanted { best = value }
            return [best]
        }
    }

    private static func uppercase(_ byte: UInt8) -> UInt8 { (0x61...0x7A).contains(byte) ? byte - 32 : byte }
    private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte + 32 : byte }
}

extension FilterValue {
    /// As text, the way the field's row writes it.
    func text(_ row: FieldRow?) -> String {
        switch self {
        case .unsigned(let number): String(number)
        case .signed(let number): String(number)
        case .double(let number): "\(number)"
        case .nanoseconds(let span): row?.type == .absoluteTime ? AbsoluteTime.text(span) : FieldRow.seconds(span)
        case .bytes(let bytes) where row?.type == .objectIdentifier: ObjectIdentifierText.text(bytes)
        case .bytes(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
        case .text(let text): String(decoding: text, as: UTF8.self)
        case .address(let address, _): address.description
        case .none: ""
        }
    }

    var negated: FilterValue? {
        switch self {
        case .unsigned(let number): .signed(0 &- Int64(truncatingIfNeeded: number))
        case .signed(let number): .signed(0 &- number)
        case .double(let number): .double(-number)
        case .nanoseconds(let span): .nanoseconds(0 &- span)
        default: nil
        }
    }

    var magnitude: FilterValue? {
        switch self {
        case .unsigned: self
        case .signed(let number): .signed(number == .min ? number : Swift.abs(number))
        case .double(let number): .double(Swift.abs(number))
        case .nanoseconds(let span): .nanoseconds(span == .min ? span : Swift.abs(span))
        default: nil
        }
    }

    var real: Double? {
        switch self {
        case .unsigned(let number): Double(number)
        case .signed(let number): Double(number)
        case .double(let number): number
        case .nanoseconds(let span): Double(span) / 1e9
        default: nil
        }
    }

    /// Nil for what cannot be computed.
    ///
    /// - Parameter bits: of the numbers; what does not fit in so many is no result.
    static func compute(_ arithmetic: Arithmetic, _ a: FilterValue, _ b: FilterValue, bits: Int) -> FilterValue? {
        if let a = a.integer, let b = b.integer {
            // Two numbers of 64 bits have a product of 128.
            guard let result = integer(arithmetic, a, b) else { return nil }
            let limit = Int128(1) << Int128(bits > 32 ? 64 : 32)
            guard result < limit, result >= -(limit / 2) else { return nil }
            // A difference below 0 is one of signed numbers, and wants its parts to be some.
            if arithmetic == .minus, result < 0, max(a, b) >= limit / 2 { return nil }
            return result < 0 ? .signed(Int64(result)) : .unsigned(UInt64(result))
        }
        return switch (a, b) {
        case (.nanoseconds(let a), .nanoseconds(let b)):
            switch arithmetic {
            case .plus: .nanoseconds(a &+ b)
            case .minus: .nanoseconds(a &- b)
            default: nil
            }
        case (.double(let a), .double(let b)):
            switch arithmetic {
            case .plus: .double(a + b)
            case .minus: .double(a - b)
            case .times: .double(a * b)
            case .divided: .double(a / b)
            default: nil
            }
        case (.bytes(let a), .bytes(let b)):
            // As many bytes as both have.
            arithmetic == .bitAnd ? .bytes(zip(a, b).map { $0 & $1 }) : nil
        case (.address(let a, _), .address(let b, _)):
            arithmetic == .bitAnd ? .address(IPAddress(high: a.high & b.high, low: a.low & b.low), bits: 128) : nil
        default: nil
        }
    }

    private var integer: Int128? {
        switch self {
        case .unsigned(let number): Int128(number)
        case .signed(let number): Int128(number)
        default: nil
        }
    }

    private static func integer(_ arithmetic: Arithmetic, _ a: Int128, _ b: Int128) -> Int128? {
        switch arithmetic {
        case .plus: a + b
        case .minus: a - b
        case .times: a.multipliedReportingOverflow(by: b).overflow ? nil : a * b
        case .divided: b == 0 ? nil : a / b
        case .modulo: b == 0 ? nil : a % b
        case .bitAnd: a & b
        }
    }
}

extension FieldHandle {
    /// Calls `body` with the values in the chosen layers of their protocol; all of them if none is chosen.
    func forEachValue(in frame: borrowing DissectedFrame, _ layers: [LayerRange], _ body: (FieldRow.Value) -> Void) {
        guard !layers.isEmpty else { return forEachValue(in: frame) { value, _ in body(value) } }
        for entry in entries {
            frame.forEachChosenLayer(entry.layer.id, layers) { input in
                entry.row.forEachValue(in: input) { value, _ in body(value) }
            }
        }
    }

    /// Calls `body` with the bytes that the values were read from.
    func forEachSpan(in frame: borrowing DissectedFrame, _ layers: [LayerRange], _ body: (Bytes) -> Void) {
        for entry in entries {
            frame.forEachChosenLayer(entry.layer.id, layers) { input in
                let source = input.frame
                entry.row.forEachValue(in: input) { _, range in
                    body(source.slice(from: range.lowerBound, count: range.count))
                }
            }
        }
    }
}

extension DissectedFrame {
    func forEachChosenLayer(_ id: ProtocolID, _ layers: [LayerRange], _ body: (borrowing FieldInput) -> Void) {
        guard !layers.isEmpty else { return forEachLayer(id, body) }
        var count = 0
        forEachLayer(id) { _ in count += 1 }
        var number = 0
        forEachLayer(id) { input in
            number += 1
            if layers.contains(where: { $0.contains(number, of: count) }) { body(input) }
        }
    }

    /// Calls `body` with the bytes of each layer of a protocol, and with those that it carries if they are wanted.
    func forEachSpan(of id: ProtocolID, _ layers: [LayerRange], withPayload: Bool, _ body: (Bytes) -> Void) {
        forEachChosenLayer(id, layers) { input in
            body(input.frame.slice(from: Int(input.layer.offset), count: withPayload ? .max : Int(input.layer.length)))
        }
    }
}
