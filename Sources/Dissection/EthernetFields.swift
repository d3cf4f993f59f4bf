import Bytes

/// What an Ethernet header's addresses say of themselves (IEEE 802 §8.2), and what follows its packet.
extension Ethernet {
    package enum Computed: Sendable {
        case resolved(Station), vendor(Station)
        case sourceIsGroup, invalidNumber
        case trailer(LinkTrailer.Part)
    }

    /// Where a station's address lies in the header.
    package enum Station: Int, Sendable { case destination = 0, source = 6 }

    static let addressFields: [FieldRow] =
        rows("eth.dst", "Destination", row(.destination), .destination)
        + rows("eth.src", "Source", row(.source), .source, sourceIsGroup)
        + [
            computed(.invalidNumber, "eth.invalid_lentype.expert", "Invalid length/type", .none)
        ]

    private static let sourceIsGroup = computed(
        .sourceIsGroup, "eth.src_not_group",
        "Source MAC must not be a group address: IEEE 802.3-2002, Section 3.2.3(b)", .none
    ).part.expert(.warn, .protocolRules)

    static let trailerFields: [FieldRow] = [
        computed(.trailer(.padding), "eth.padding", "Padding", .bytes),
        computed(.trailer(.trailer), "eth.trailer", "Trailer", .bytes),
        computed(.trailer(.checkSequence), "eth.fcs", "Frame check sequence", .uint32, .hexadecimal),
        computed(.trailer(.checkStatus), "eth.fcs.status", "FCS Status", .uint8).asked(by: ChecksumStatus.name),
        computed(
            .trailer(.lengthPastEnd), "eth.len.past_end", "Length field value goes past the end of the payload", .none),
        computed(.trailer(.paddingBad), "eth.padding_bad", "Padding identification may be inaccurate", .none),
    ]

    /// An address and what it says of itself, under its own names and under those that both addresses share. Names
    /// come from tables of vendors and hosts, which are not asked: an address stands for itself.
    private static func rows(
        _ name: String, _ label: String, _ address: FieldRow, _ station: Station, _ finding: FieldRow? = nil
    ) -> [FieldRow] {
        func part(_ field: Computed, _ name: String, _ label: String, _ type: FieldType) -> FieldRow {
            computed(field, name, label, type, nil, .inOrder(level: 2))
        }
        func names(_ name: String, _ label: String) -> [FieldRow] {
            [
                part(.resolved(station), name + "_resolved", label + " (resolved)", .string).hidden,
                part(.vendor(station), name + ".oui", label + " OUI", .uint24).worded(vendorWording(label)).hidden,
            ]
        }
        func flag(_ end: StaticString, _ label: StaticString, _ mask: UInt64) -> FieldRow {
            row(Field<Ethernet, Bool>("eth", label, byte: station.rawValue, width: 3, mask: mask))
                .renamed("\(name).\(end)", label.description).part
        }
        let isLocal = flag("lg", "LG bit", 0x020000).worded(localWording).asked {
            $0 == 0
                ? "Globally unique address (factory default)"
                : "Locally administered address (this is NOT the factory default)"
        }
        let isGroup = flag("ig", "IG bit", 0x010000).worded(groupWording)
            .asked { $0 == 0 ? "Individual address (unicast)" : "Group address (multicast/broadcast)" }
        let either = address.renamed("eth.addr", "Address").part
        return [address.worded(addressWording(label)), finding].compactMap { $0 } + names(name, label)
            + [either.worded(addressWording("Address"))] + names("eth.addr", "Address")
            + [
                isLocal, isLocal.renamed("eth.lg", "LG bit").hidden, isGroup,
                isGroup.renamed("eth.ig", "IG bit").hidden,
            ]
    }

    private static func addressWording(_ label: String) -> FieldRow.Wording {
        { value, _, input in
            guard case .mac(let address) = value else { return label }
            return "\(label): \(input.both(address))"
        }
    }

    private static func vendorWording(_ label: String) -> FieldRow.Wording {
        { value, _, _ in
            guard case .number(let number) = value else { return label }
            let digits = [16, 8, 0].map { String(number >> UInt64($0) & 0xFF, radix: 16) }
            return "\(label) OUI: " + digits.map { $0.count < 2 ? "0" + $0 : $0 }.joined(separator: ":")
        }
    }

    private static let localWording: FieldRow.Wording = { value, _, _ in
        value == .flag(true)
            ? ".... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)"
            : ".... ..0. .... .... .... .... = LG bit: Globally unique address (factory default)"
    }

    private static let groupWording: FieldRow.Wording = { value, _, _ in
        value == .flag(true)
            ? ".... ...1 .... .... .... .... = IG bit: Group address (multicast/broadcast)"
            : ".... ...0 .... .... .... .... = IG bit: Individual address (unicast)"
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let header = input.header
        switch field {
        case .resolved(let station):
            let address = MACAddress(
                UInt64(header.u24(at: station.rawValue)) << 24 | UInt64(header.u24(at: station.rawValue + 3)))
            sink(.text(input.name(of: address)), place(station, 6, input.start))
        case .vendor(let station):
            sink(.number(UInt64(header.u24(at: station.rawValue))), place(station, 3, input.start))
        case .sourceIsGroup:
            if header.u8(at: Station.source.rawValue) & 1 != 0 { sink(.presence, place(.source, 6, input.start)) }
        case .invalidNumber:
            let number = header.u16(at: 12)
            if !isType(number), !isLength(number) { sink(.presence, input.start + 12..<input.start + 14) }
        case .trailer(let part): LinkTrailer(input, hasCheckSequence: true)?.resolve(part, in: input, sink)
        }
    }

    private static func place(_ station: Station, _ count: Int, _ start: Int) -> Range<Int> {
        start + station.rawValue..<start + station.rawValue + count
    }
}
