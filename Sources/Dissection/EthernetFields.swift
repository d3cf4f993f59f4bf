import Bytes

/// What an Ethernet header's addresses say of themselves (IEEE 802 §8.2), and what follows its packet.
extension Ethernet {
    package enum Computed: Sendable {
        case resolved([Station]), vendor([Station]), isLocal([Station]), isGroup([Station])
        case sourceIsGroup, invalidNumber
        case trailer(LinkTrailer.Part)
    }

    /// Where a station's address lies in the header.
    package enum Station: Int, Sendable { case destination = 0, source = 6 }

    static let addressFields: [FieldRow] =
        rows(of: "eth.dst", "Destination", [.destination]) + rows(of: "eth.src", "Source", [.source])
        + rows(of: "eth.addr", "Address", [.destination, .source]) + [
            computed(.isLocal([.destination]), "eth.dst.lg", "LG bit", .boolean, nil, .alias),
            computed(.isGroup([.destination]), "eth.dst.ig", "IG bit", .boolean, nil, .alias),
            computed(.isLocal([.source]), "eth.src.lg", "LG bit", .boolean, nil, .alias),
            computed(.isGroup([.source]), "eth.src.ig", "IG bit", .boolean, nil, .alias),
            computed(.isLocal([.destination, .source]), "eth.lg", "LG bit", .boolean, nil, .alias),
            computed(.isGroup([.destination, .source]), "eth.ig", "IG bit", .boolean, nil, .alias),
            computed(.sourceIsGroup, "eth.src_not_group", "Source MAC must not be a group address", .none),
            computed(.invalidNumber, "eth.invalid_lentype.expert", "Invalid length/type", .none),
        ]

    static let trailerFields: [FieldRow] = [
        computed(.trailer(.padding), "eth.padding", "Padding", .bytes),
        computed(.trailer(.trailer), "eth.trailer", "Trailer", .bytes),
        computed(.trailer(.checkSequence), "eth.fcs", "Frame check sequence", .uint32, .hexadecimal),
        computed(.trailer(.checkStatus), "eth.fcs.status", "FCS Status", .uint8),
        computed(
            .trailer(.lengthPastEnd), "eth.len.past_end", "Length field value goes past the end of the payload", .none),
        computed(.trailer(.paddingBad), "eth.padding_bad", "Padding identification may be inaccurate", .none),
    ]

    /// Names come from tables of vendors and hosts, which are not asked: an address stands for itself.
    private static func rows(of name: String, _ label: String, _ stations: [Station]) -> [FieldRow] {
        [
            computed(.resolved(stations), name + "_resolved", label + " (resolved)", .string, nil, .alias),
            computed(.vendor(stations), name + ".oui", label + " OUI", .uint24, nil, .alias),
        ]
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let header = input.header
        switch field {
        case .resolved(let stations):
            for station in stations {
                let address = MACAddress(
                    UInt64(header.u24(at: station.rawValue)) << 24 | UInt64(header.u24(at: station.rawValue + 3)))
                sink(.text(address.description), place(station, 6, input.start))
            }
        case .vendor(let stations):
            for station in stations {
                sink(.number(UInt64(header.u24(at: station.rawValue))), place(station, 3, input.start))
            }
        case .isLocal(let stations): flag(2, stations, input, sink)
        case .isGroup(let stations): flag(1, stations, input, sink)
        case .sourceIsGroup:
            if header.u8(at: Station.source.rawValue) & 1 != 0 { sink(.presence, place(.source, 6, input.start)) }
        case .invalidNumber:
            let number = header.u16(at: 12)
            if !isType(number), !isLength(number) { sink(.presence, input.start + 12..<input.start + 14) }
        case .trailer(let part): LinkTrailer(input, hasCheckSequence: true)?.resolve(part, in: input, sink)
        }
    }

    private static func flag(
        _ bit: UInt8, _ stations: [Station], _ input: borrowing FieldInput, _ sink: FieldRow.Sink
    ) {
        for station in stations {
            sink(.flag(input.header.u8(at: station.rawValue) & bit != 0), place(station, 3, input.start))
        }
    }

    private static func place(_ station: Station, _ count: Int, _ start: Int) -> Range<Int> {
        start + station.rawValue..<start + station.rawValue + count
    }
}
