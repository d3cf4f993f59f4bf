import Bytes

/// A piece of a resource record's data. Most types are a few of them one behind the other, so that a table describes
/// them all.
struct DNSPart: Sendable {
    enum Kind: Sendable {
        /// A number of so many bytes, a span or a point in time in seconds, an address.
        case number(Int), duration, moment, address4, address6, ether, eui64
        case name
        /// All that is left of the record: once, or as often as it is there.
        case rest
        /// So many bits of the number before, one step below it.
        case bits(UInt64, Int)
        /// A byte that says how long what follows is: text or bytes. The second field is that of what follows.
        case text(DNSField), bytes(DNSField)
        /// Types of records as bits (RFC 4034 §4.1.2).
        case typeBitmap
        /// The part is there as often as the data holds it.
        case all([DNSPart])
        /// What has a reader of its own.
        case special(Reader)
    }

    /// - Returns: where the data goes on; nil where it is damaged.
    typealias Reader =
        @Sendable (_ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int) -> Int?

    let kind: Kind
    let field: DNSField

    static func number(
        _ width: Int, _ name: String, _ label: String, _ names: DNSName.Table? = nil, _ display: FieldDisplay = .decimal
    ) -> DNSPart {
        let type: FieldType = width == 1 ? .uint8 : width == 2 ? .uint16 : .uint32
        return DNSPart(
            kind: .number(width),
            field: DNSField(name, label, type, display) { row in
                names.map { row.named(DNSName.of($0)) } ?? row.digits(width)
            })
    }

    static func type(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .number(2), field: DNSField(name, label, .uint16) { $0.named(DNSName.type) })
    }

    static func duration(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .duration, field: DNSField(name, label, .uint32) { $0.inWords })
    }

    static func moment(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .moment, field: DNSField(name, label, .absoluteTime))
    }

    static func address4(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .address4, field: DNSField(name, label, .ipv4))
    }

    static func address6(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .address6, field: DNSField(name, label, .ipv6))
    }

    static func name(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .name, field: DNSField(name, label, .string))
    }

    static func rest(_ name: String, _ label: String) -> DNSPart {
        DNSPart(kind: .rest, field: DNSField(name, label, .bytes))
    }

    static func text(_ lengthName: String, _ lengthLabel: String, _ name: String, _ label: String) -> DNSPart {
        DNSPart(
            kind: .text(DNSField(name, label, .string) { $0.withColon }),
            field: DNSField(lengthName, lengthLabel, .uint8))
    }

    static func flag(
        _ mask: UInt64, _ bits: Int, _ name: String, _ label: String, _ yes: String = "True", _ no: String = "False"
    ) -> DNSPart {
        let field = DNSField(name, label, .boolean) { row in
            row.worded { value, range, input in
                let number = input.number(range)
                return bitText(number, mask: mask, bits: bits) + "\(label): \(value == .flag(true) ? yes : no)"
            }.asked(yes, no)
        }
        return DNSPart(kind: .bits(mask, bits), field: field)
    }

    static func bits(
        _ mask: UInt64, _ bits: Int, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay
    ) -> DNSPart {
        let field = DNSField(name, label, type, display) { row in
            row.worded { value, range, input in
                guard case .number(let part) = value else { return label }
                let digits = display == .hexadecimal ? "0x" + hexadecimal(part, bits / 4) : String(part)
                return bitText(input.number(range), mask: mask, bits: bits) + "\(label): \(digits)"
            }
        }
        return DNSPart(kind: .bits(mask, bits), field: field)
    }

    static func special(_ field: DNSField = .group, _ reader: @escaping Reader) -> DNSPart {
        DNSPart(kind: .special(reader), field: field)
    }

    /// The rows that the part can hand out.
    var rows: [FieldRow] {
        switch kind {
        case .text(let field), .bytes(let field): [self.field.row, field.row]
        case .all(let parts): parts.flatMap(\.rows)
        case .typeBitmap, .special: []
        default: [field.row]
        }
    }
}

extension FieldInput {
    /// The number in a few bytes of the frame.
    func number(_ range: Range<Int>) -> UInt64 {
        range.reduce(0) { $0 << 8 | UInt64(frame.u8(at: $1)) }
    }
}

extension FieldRow {
    /// Text, which has its colon even where it is empty.
    var withColon: FieldRow {
        let label = label
        return worded { value, _, _ in
            guard case .text(let text) = value else { return label }
            return "\(label): \(text)"
        }
    }

    /// A number of seconds, with what that is in larger units.
    var inWords: FieldRow {
        let label = label
        return worded { value, _, _ in
            guard case .number(let seconds) = value else { return label }
            return "\(label): \(seconds) (\(durationText(seconds)))"
        }
    }

    /// In hexadecimal with two digits for each byte; other numbers as they are.
    func digits(_ width: Int) -> FieldRow {
        guard display == .hexadecimal else { return self }
        let label = label
        return worded { value, _, _ in
            guard case .number(let number) = value else { return label }
            return "\(label): 0x\(hexadecimal(number, 2 * width))"
        }
    }
}

extension DNSPart {
    /// Reads the part of a record's data at `offset`.
    /// - Returns: where the data goes on; nil where it is damaged.
    func read(_ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int) -> Int? {
        func after(_ count: Int) -> Int? {
            message.has(count, at: offset) && offset + count <= end ? offset + count : nil
        }
        switch kind {
        case .number(let width):
            guard let next = after(width) else { return nil }
            tree.add(field, .number(Self.number(message, offset, width)), offset, width, depth)
            return next
        case .duration:
            guard let next = after(4) else { return nil }
            tree.add(field, .number(UInt64(message.u32(at: offset))), offset, 4, depth)
            return next
        case .moment:
            guard let next = after(4) else { return nil }
            tree.add(field, .time(Int64(message.u32(at: offset)) * 1_000_000_000), offset, 4, depth)
            return next
        case .address4:
            guard let next = after(4) else { return nil }
            tree.add(field, .address(IPAddress(v4: message.u32(at: offset))), offset, 4, depth)
            return next
        case .address6:
            guard let next = after(16) else { return nil }
            let address = IPAddress(high: message.u64(at: offset), low: message.u64(at: offset + 8))
            tree.add(field, .address(address), offset, 16, depth)
            return next
        case .ether:
            guard let next = after(6) else { return nil }
            let number = UInt64(message.u16(at: offset)) << 32 | UInt64(message.u32(at: offset + 2))
            tree.add(field, .mac(MACAddress(number)), offset, 6, depth)
            return next
        case .eui64:
            guard let next = after(8) else { return nil }
            let bytes = (0..<8).map { hexadecimal(UInt64(message.u8(at: offset + $0)), 2) }
            tree.add(field, .text(bytes.joined(separator: ":")), offset, 8, depth)
            return next
        case .name:
            guard let name = DNS.shownName(in: message, at: offset) else { return nil }
            tree.add(field, .text(name.text), offset, name.end - offset, depth)
            return name.end
        case .rest:
            guard offset <= end, message.has(end - offset, at: offset) else { return nil }
            tree.add(field, .bytes(message.slice(from: offset, count: end - offset).array), offset, end - offset, depth)
            return end
        case .bits(let mask, let bits):
            let width = bits / 8
            let number = Self.number(message, offset - width, width) & mask
            let value = number >> UInt64(mask.trailingZeroBitCount)
            tree.add(
                field, field.row.type == .boolean ? .flag(value != 0) : .number(value), offset - width, width, depth + 1
            )
            return offset
        case .text(let text):
            guard after(1) != nil, let next = after(1 + Int(message.u8(at: offset))) else { return nil }
            tree.add(field, .number(UInt64(message.u8(at: offset))), offset, 1, depth)
            tree.add(
                text, .text(DNS.text(message.slice(from: offset + 1, count: next - offset - 1))), offset + 1,
                next - offset - 1, depth)
            return next
        case .bytes(let bytes):
            guard after(1) != nil, let next = after(1 + Int(message.u8(at: offset))) else { return nil }
            tree.add(field, .number(UInt64(message.u8(at: offset))), offset, 1, depth)
            tree.add(
                bytes, .bytes(message.slice(from: offset + 1, count: next - offset - 1).array), offset + 1,
                next - offset - 1, depth)
            return next
        case .typeBitmap: return DNS.readTypeBitmap(message, offset, end, &tree, depth)
        case .all(let parts):
            var place = offset
            while place < end {
                let before = place
                for part in parts {
                    guard let next = part.read(message, place, end, &tree, depth), next >= place else { return nil }
                    place = next
                }
                if place == before { return nil }
            }
            return place
        case .special(let reader): return reader(message, offset, end, &tree, depth)
        }
    }

    static func number(_ message: borrowing Bytes, _ offset: Int, _ width: Int) -> UInt64 {
        switch width {
        case 1: UInt64(message.u8(at: offset))
        case 2: UInt64(message.u16(at: offset))
        default: UInt64(message.u32(at: offset))
        }
    }
}
