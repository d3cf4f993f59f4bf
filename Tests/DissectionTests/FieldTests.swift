import Bytes
import Dissection
import Testing

/// Hot accessors beside the names of their rows.
private struct Accessor: Sendable {
    let name: String
    let read: @Sendable (Bytes, Layers) -> String?

    init<P: ProtocolLayer, V: ErasableValue>(_ field: Field<P, V>) {
        name = field.name.description
        read = { frame, layers in
            guard let layer = layers.last(P.id), Registry.reader(of: layer).map({ $0 == P.self }) ?? false else {
                return nil
            }
            let value = Header<P>(frame, layer)[field]
            return (value as? Bool).map { $0 ? "1" : "0" } ?? "\(value)"
        }
    }

    static let all: [Accessor] = [
        Accessor(Field<Ethernet, MACAddress>.source), Accessor(Field<Ethernet, UInt16>.type),
        Accessor(Field<VLAN, UInt16>.identifier), Accessor(Field<VLAN, UInt16>.priority),
        Accessor(Field<MPLS, UInt32>.label), Accessor(Field<MPLS, UInt32>.timeToLive),
        Accessor(Field<LinuxCooked, UInt16>.packetType), Accessor(Field<LinuxCooked2, UInt32>.interface),
        Accessor(Field<PPPoE, UInt16>.session), Accessor(Field<PPP, UInt16>.protocolNumber),
        Accessor(Field<ARP, UInt16>.operation), Accessor(Field<ARP, IPAddress>.senderProtocol),
        Accessor(Field<IPv4, UInt8>.headerLength), Accessor(Field<IPv4, UInt16>.totalLength),
        Accessor(Field<IPv4, UInt16>.fragmentBlock), Accessor(Field<IPv4, Bool>.dontFragment),
        Accessor(Field<IPv4, IPAddress>.source), Accessor(Field<IPv4, IPAddress>.destination),
        Accessor(Field<IPv6, UInt32>.flowLabel), Accessor(Field<IPv6, UInt32>.trafficClass),
        Accessor(Field<IPv6, IPAddress>.destination), Accessor(Field<IPv6Fragment, UInt16>.offset),
        Accessor(Field<ICMP, UInt8>.type), Accessor(Field<UDP, UInt16>.sourcePort),
        Accessor(Field<TCP, UInt16>.sourcePort), Accessor(Field<TCP, UInt16>.destinationPort),
        Accessor(Field<TCP, UInt32>.sequence), Accessor(Field<TCP, UInt32>.acknowledgment),
        Accessor(Field<TCP, UInt8>.headerLength), Accessor(Field<TCP, UInt16>.flags),
        Accessor(Field<TCP, Bool>.synchronize), Accessor(Field<TCP, UInt16>.window),
        Accessor(Field<DNS, UInt16>.identification), Accessor(Field<DNS, UInt16>.questions),
    ]
}

/// What must hold of the rows in every frame.
enum FieldLaw {
    /// Checks every fixed row of every layer against the bytes, read here by other means, and against the accessors.
    static func check(_ frame: [UInt8], _ layers: Layers) {
        for index in 0..<layers.count {
            let layer = layers[index]
            #expect(layer.end <= frame.count)
            guard let reader = Registry.reader(of: layer) else { continue }
            #expect(reader.id == layer.id)
            withBorrowed(FoundFrame(layers)) { found in
                let input = FieldInput(frame.bytes, copy found, index)
                for row in reader.fields {
                    row.forEachValue(in: input) { value, range in
                        // An #expect that holds costs too much for each field of each frame.
                        if range.lowerBound < 0 || range.upperBound > frame.count { Issue.record("\(row.name) leaves") }
                        if let place = row.place {
                            let expected = plainly(place, row.type, frame[(Int(layer.offset) + place.byte)...])
                            if value.plain != expected {
                                Issue.record("\(row.name): \(value.plain), not \(expected)")
                            }
                        }
                    }
                }
            }
        }
        for accessor in Accessor.all {
            guard let hot = accessor.read(frame.bytes, layers) else { continue }
            let rows = Registry.rows(named: accessor.name)
            let values = (0..<layers.count).flatMap { index in
                rows.flatMap { entry in
                    var values: [String] = []
                    guard Registry.reader(of: layers[index]).map({ $0 == entry.layer }) ?? false else { return values }
                    withBorrowed(FoundFrame(layers)) { found in
                        entry.row.forEachValue(in: FieldInput(frame.bytes, copy found, index)) { value, _ in
                            values.append(value.plain)
                        }
                    }
                    return values
                }
            }
            // An offloaded segment's total is what the frame has.
            if accessor.name == "ip.len", hot == "0" { continue }
            // The rows know the forms of a serial line, the accessor the one of PPPoE.
            if accessor.name == "ppp.protocol", layers[0].id == .ppp { continue }
            // A row may be absent where the accessor reads on regardless: a type that is a length.
            if !values.isEmpty, !values.contains(hot) { Issue.record("\(accessor.name): \(hot), not \(values)") }
        }
    }

    private static func plainly(_ place: FieldRow.Place, _ type: FieldType, _ bytes: ArraySlice<UInt8>) -> String {
        let bytes = bytes.prefix(place.width)
        switch type {
        case .ether: return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: ":")
        case .ipv4: return bytes.map(String.init).joined(separator: ".")
        case .ipv6:
            let halves = [bytes.prefix(8), bytes.suffix(8)].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
            return IPAddress(high: halves[0], low: halves[1]).description
        default:
            var number = bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } & place.mask
            if place.mask != .max {
                var mask = place.mask
                while mask & 1 == 0 { (mask, number) = (mask >> 1, number >> 1) }
            }
            return type == .boolean ? (number == 0 ? "0" : "1") : String(number * place.unit)
        }
    }
}

@Suite struct FieldTests {
    @Test(arguments: WalkCase.links + WalkCase.packets)
    func `accessor and row read the same`(_ example: WalkCase) {
        FieldLaw.check(example.frame, example.frame.walk(example.link))
    }

    @Test func `names are those of filters and belong to one protocol each`() {
        for name in Registry.names {
            // X.509's are called as its ASN.1 modules call them.
            let isASN1 = name.hasPrefix("x509") || name.hasPrefix("pkcs1")
            let isPlain = name.allSatisfy { $0.isLowercase || $0.isNumber || "._-UVWT".contains($0) }
            #expect(isPlain || isASN1, "\(name)")
            let types = Set(Registry.rows(named: name).map(\.row.type))
            #expect(types.count == 1, "\(name): \(types)")
        }
        #expect(Registry.rows(named: "no.such.field").isEmpty)
    }

    @Test func `every protocol can be found by its layer`() {
        for id in ProtocolID.allCases where id != .frame {
            #expect(Registry.reader(of: Layer(id: id, offset: 0, length: 16))?.id == id)
        }
    }

    /// Checked once against tshark 4.0.17 -T fields, the frame written to a pcap file.
    @Test(arguments: [
        ("eth.dst", ["02:00:00:00:00:21"]), ("eth.addr", ["02:00:00:00:00:21", "02:00:00:00:00:50"]),
        ("eth.type", ["2048"]), ("eth.len", []), ("ip.hdr_len", ["20"]), ("ip.len", ["52"]), ("ip.id", ["48275"]),
        ("ip.flags", ["2"]), ("ip.flags.df", ["1"]), ("ip.ttl", ["64"]), ("ip.proto", ["6"]),
        ("ip.src", ["192.0.2.50"]), ("ip.addr", ["192.0.2.50", "192.0.2.21"]), ("tcp.srcport", ["50736"]),
        ("tcp.port", ["50736", "21"]), ("tcp.seq_raw", ["3359660796"]), ("tcp.ack_raw", ["16909060"]),
        ("tcp.hdr_len", ["20"]), ("tcp.flags", ["24"]), ("tcp.flags.push", ["1"]), ("tcp.flags.syn", ["0"]),
        ("tcp.window_size_value", ["502"]), ("tcp.len", ["12"]), ("tcp.payload", ["5553455220616c6963650d0a"]),
        ("tcp.stream", []), ("tcp.options", []),
    ])
    func `values are tshark's`(_ name: String, _ values: [String]) {
        #expect(Frame.user.values(name) == values)
    }

    @Test func `the stream's number comes from the facts`() {
        var facts = FrameFacts(.ftp)
        facts.stream = 7
        #expect(Frame.user.values("tcp.stream", .ethernet, facts) == ["7"])
    }

    @Test func `what asks for findings needs all that findings need`() {
        for row in Registry.names.flatMap({ Registry.rows(named: $0).map(\.row) }) where row.expertise != nil {
            #expect(row.needs.isSubset(of: ExpertRows.needs), "\(row.name)")
        }
    }
}
