import Bytes

/// A field of a DNS message and where its row is found: what reading a message hands out, piece by piece.
struct DNSField: Sendable {
    /// Told by identity, so that looking one field up compares no names.
    final class Key: Sendable {}

    let key: Key
    let row: FieldRow

    init(
        _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil,
        key: Key = Key(), _ adjust: (FieldRow) -> FieldRow = { $0 }
    ) {
        self.key = key
        row = adjust(
            FieldRow(name, label, type, display ?? type.display, .inOrder(level: 1)) { input, sink in
                for item in DNS.items(input, only: key) { sink(item.value, item.range) }
            })
    }

    /// A line without a name that others stand below.
    static let group = DNSField("", "", .string)
}

/// One line of a message's tree.
struct DNSItem {
    let field: DNSField
    var value: FieldRow.Value
    var range: Range<Int>
    let depth: Int
}

/// What is read of a message, in the order of its tree.
struct DNSTree {
    /// Where the message begins in the frame.
    let start: Int
    /// The only field that is asked for; nil for all.
    let wanted: DNSField.Key?
    private(set) var items: [DNSItem] = []

    init(start: Int, only wanted: DNSField.Key?) {
        self.start = start
        self.wanted = wanted
    }

    mutating func add(
        _ field: DNSField, _ value: @autoclosure () -> FieldRow.Value, _ offset: Int, _ count: Int, _ depth: Int
    ) {
        guard wanted == nil || wanted === field.key else { return }
        let place = start + offset
        items.append(DNSItem(field: field, value: value(), range: place..<place + max(0, count), depth: depth))
    }

    /// Begins a line that gets its text and its end when what stands below it has been read.
    mutating func open(_ depth: Int) -> Int {
        guard wanted == nil else { return -1 }
        add(.group, .text(""), 0, 0, depth)
        return items.count - 1
    }

    mutating func close(_ slot: Int, _ text: @autoclosure () -> String, _ offset: Int, _ count: Int) {
        guard slot >= 0 else { return }
        items[slot].value = .text(text())
        items[slot].range = start + offset..<start + offset + max(0, count)
    }
}

/// A number's bits as trees show them before a label: `.... ..1. = `.
func bitText(_ number: UInt64, mask: UInt64, bits: Int) -> String {
    var text: [UInt8] = []
    for bit in (0..<bits).reversed() {
        let isShown = mask >> UInt64(bit) & 1 == 1
        text.append(isShown ? UInt8(ascii: "0") + UInt8(number >> UInt64(bit) & 1) : UInt8(ascii: "."))
        if bit % 4 == 0 { text.append(UInt8(ascii: " ")) }
    }
    return String(decoding: text, as: UTF8.self) + "= "
}

/// A span of seconds in words: `1 day, 2 hours`.
func durationText(_ seconds: UInt64) -> String {
    guard seconds > 0 else { return "0 seconds" }
    let parts = [
        (seconds / 86400, "day"), (seconds / 3600 % 24, "hour"), (seconds / 60 % 60, "minute"),
        (seconds % 60, "second"),
    ]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
}
