import Bytes
import Dissection

/// Bytes of headers, put together by hand.
enum Frame {
    static let client = [UInt8]([192, 0, 2, 50])
    static let server = [UInt8]([192, 0, 2, 21])
    static let client6 = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [0x50]
    static let server6 = [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [0x21]

    static func u16(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }
    static func u32(_ value: Int) -> [UInt8] { u16(value >> 16) + u16(value & 0xFFFF) }

    static func ethernet(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        [2, 0, 0, 0, 0, 0x21, 2, 0, 0, 0, 0, 0x50] + u16(type) + payload
    }

    static func vlan(_ id: Int, _ type: Int, _ payload: [UInt8]) -> [UInt8] { u16(0x6000 | id) + u16(type) + payload }

    static func mpls(_ label: Int, isBottom: Bool, _ payload: [UInt8]) -> [UInt8] {
        u32(label << 12 | (isBottom ? 0x100 : 0) | 64) + payload
    }

    static func pppoe(_ number: Int, _ payload: [UInt8]) -> [UInt8] {
        [0x11, 0] + u16(0x1234) + u16(payload.count + 2) + u16(number) + payload
    }

    static func sll(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        u16(4) + u16(1) + u16(6) + [2, 0, 0, 0, 0, 0x50, 0, 0] + u16(type) + payload
    }

    static func sll2(_ type: Int, _ payload: [UInt8]) -> [UInt8] {
        u16(type) + u16(0) + u32(3) + u16(1) + [4, 6] + [2, 0, 0, 0, 0, 0x50, 0, 0] + payload
    }

    static func ipv4(
        _ number: Int, _ payload: [UInt8], options: [UInt8] = [], total: Int? = nil, fragment: Int = 0x4000
    ) -> [UInt8] {
        let length = 20 + options.count
        return [UInt8(0x40 | length / 4), 0] + u16(total ?? length + payload.count) + u16(0xBC93) + u16(fragment)
            + [64, UInt8(number), 0, 0] + client + server + options + payload
    }

    static func ipv6(_ next: Int, _ payload: [UInt8], length: Int? = nil) -> [UInt8] {
        u32(0x6AB1_2345) + u16(length ?? payload.count) + [UInt8(next), 64] + client6 + server6 + payload
    }

    /// An IPv6 extension header that fills eight bytes when `data` has at most six.
    static func extensionHeader(_ next: Int, data: [UInt8] = [1, 4, 0, 0, 0, 0], _ payload: [UInt8]) -> [UInt8] {
        [UInt8(next), UInt8((data.count + 2) / 8 - 1)] + data + payload
    }

    static func tcp(
        _ payload: [UInt8] = [], from: Int = 50736, to: Int = 21, flags: Int = 0x18, options: [UInt8] = []
    ) -> [UInt8] {
        u16(from) + u16(to) + u32(0xC840_5AFC) + u32(0x0102_0304) + u16(((20 + options.count) / 4) << 12 | flags)
            + u16(502) + u16(0xFE30) + u16(0) + options + payload
    }

    static func udp(_ payload: [UInt8], from: Int = 40000, to: Int = 40001, length: Int? = nil) -> [UInt8] {
        u16(from) + u16(to) + u16(length ?? 8 + payload.count) + u16(0) + payload
    }

    static func arp(_ operation: Int) -> [UInt8] {
        u16(1) + u16(0x0800) + [6, 4] + u16(operation) + [2, 0, 0, 0, 0, 0x50] + client + [0, 0, 0, 0, 0, 0] + server
    }

    static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// `USER alice` over Ethernet, IPv4 and TCP.
    static var user: [UInt8] { ethernet(0x0800, ipv4(6, tcp(text("USER alice\r\n")))) }
}

extension [UInt8] {
    func walk(_ link: LinkLayer? = .ethernet, original: Int = 0) -> Layers {
        var layers = Layers()
        layers.walk(bytes, link, originalLength: original)
        return layers
    }

    func walk(_ link: LinkLayer? = .ethernet, _ facts: FrameFacts) -> Layers {
        var layers = walk(link)
        layers.addApplication(facts, in: bytes)
        return layers
    }

    /// Every value that the named field has in the frame, as text.
    /// The tree of the whole frame, a line a node, two spaces a step.
    func tree(_ link: LinkLayer? = .ethernet, _ facts: FrameFacts = FrameFacts()) -> [String] {
        var lines: [String] = []
        forEachDetail(link, facts) { node, line, depth in
            if node?.row.isHidden != true { lines.append(String(repeating: "  ", count: depth) + line) }
        }
        return lines
    }

    /// Calls `body` with every protocol's title and every field below it.
    func forEachDetail(
        _ link: LinkLayer? = .ethernet, _ facts: FrameFacts = FrameFacts(), original: Int = 0,
        _ body: (_ node: DetailNode?, _ line: String, _ depth: Int) -> Void
    ) {
        var layers = walk(link, original: original)
        layers.addApplication(facts, in: bytes)
        withBorrowed(FoundFrame(layers, facts)) { found in
            DissectedFrame(bytes, copy found, link).forEachLayer { reader, input, depth in
                guard reader.id != .frame else { return }
                body(nil, reader.title(input) ?? reader.id.label, depth)
                var nodes: [DetailNode] = []
                reader.readDetails(input, into: &nodes)
                for node in nodes { body(node, node.line(in: input), depth + node.depth) }
            }
        }
    }

    func values(_ name: String, _ link: LinkLayer? = .ethernet, _ facts: FrameFacts = FrameFacts()) -> [String] {
        var values: [String] = []
        func read(_ found: FoundFrame) {
            withBorrowed(found) { found in
                for index in 0..<found.value.layers.count {
                    let input = FieldInput(bytes, copy found, index)
                    for row in Registry.reader(of: input.layer)?.fields ?? [] where row.name == name {
                        row.forEachValue(in: input) { value, range in
                            precondition(
                                range.lowerBound >= 0 && range.upperBound <= count, "\(name) leaves the frame")
                            values.append(value.plain)
                        }
                    }
                }
            }
        }
        let layers = walk(link, facts)
        read(FoundFrame(layers, facts))
        read(FoundFrame(Layers(quotedBy: layers, in: bytes)))
        return values
    }
}

extension Layers {
    /// `eth:ip:tcp`
    var chain: String { (0..<count).map { self[$0].id.name }.joined(separator: ":") }
}

extension FrameFacts {
    init(_ application: Application, _ sender: Sender = .unknown) {
        self.init()
        self.application = application
        self.sender = sender
    }
}

extension FieldRow.Value {
    /// As `tshark -T fields` writes it.
    var plain: String {
        switch self {
        case .number(let number): String(number)
        case .flag(let flag): flag ? "1" : "0"
        case .integer(let number): String(number)
        case .span(let span), .time(let span): FieldRow.seconds(span)
        case .presence: "1"
        case .real(let number): String(number)
        case .mac(let address): address.description
        case .address(let address): address.description
        case .text(let text): text
        case .bytes(let bytes): bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }
}
