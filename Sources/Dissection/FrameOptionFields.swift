/// What pcapng says of a frame beside its bytes (draft-ietf-opsawg-pcapng §4.3).
extension Frame {
    package enum Option: Sendable {
        case section, interface, interfaceName, interfaceDescription, queue, encapsulation
        case flags(UInt32), flag(UInt32), direction, dropCount, packetID
    }

    static let interfaceFields: [FieldRow] =
        [
            option(.section, "frame.section_number", "Section number", .uint32),
            option(.interface, "frame.interface_id", "Interface id", .uint32).suffixed { _, _, input in
                input.context?.interface(of: input.facts.frame).map { " (\($0.shownName))" } ?? ""
            },
            option(.interfaceName, "frame.interface_name", "Interface name", .string).part,
            option(.interfaceDescription, "frame.interface_description", "Interface description", .string).part,
            option(.queue, "frame.interface_queue", "Interface queue", .uint32),
        ]
        + flagFields + [
            option(.packetID, "frame.packet_id", "Packet id", .uint64),
            option(.encapsulation, "frame.encap_type", "Encapsulation type", .int16).named(encapsulationName),
        ]

    private static let flagFields: [FieldRow] = [
        option(.flags(.max), "frame.packet_flags", "Packet flags", .uint32, .hexadecimal),
        flags(0x3, "direction", "Direction", .hexadecimal) { [1: "Inbound", 2: "Outbound"][$0] ?? "Unknown" },
        flags(0x1C, "reception_type", "Reception type") {
            $0 < 5 ? ["Not specified", "Unicast", "Multicast", "Broadcast", "Promiscuous"][Int($0)] : nil
        },
        flags(0x1E0, "fcs_length", "FCS length"), flags(0xFE00, "reserved", "Reserved"),
        flag(24, "crc_error", "CRC error"), flag(25, "packet_too_error", "Packet too long error"),
        flag(26, "packet_too_short_error", "Packet too short error"),
        flag(27, "wrong_inter_frame_gap_error", "Wrong interframe gap error"),
        flag(28, "unaligned_frame_error", "Unaligned frame error"),
        flag(29, "start_frame_delimiter_error", "Start frame delimiter error"),
        flag(30, "preamble_error", "Preamble error"), flag(31, "symbol_error", "Symbol error"),
    ]

    static let dropCountField = option(.dropCount, "frame.drop_count", "Drop Count", .uint64)

    static let directionField = option(.direction, "frame.p2p_dir", "Point-to-Point Direction", .int8)
        .named { $0 == 0 ? "Sent" : "Received" }

    /// Some of the flags' bits (draft-ietf-opsawg-pcapng §4.3.1).
    private static func flags(
        _ mask: UInt32, _ name: String, _ label: String, _ display: FieldDisplay? = nil,
        _ meaning: (@Sendable (UInt64) -> String?)? = nil
    ) -> FieldRow {
        let row = option(.flags(mask), "frame.packet_flags_" + name, label, .uint32, display).part
        return (meaning.map(row.named) ?? row).writingBits(of32: mask)
    }

    private static func flag(_ bit: UInt32, _ name: String, _ label: String) -> FieldRow {
        option(.flag(1 << bit), "frame.packet_flags_" + name, label, .boolean, .flag).part
            .writingBits(of32: 1 << bit)
    }

    private static func encapsulationName(_ number: UInt64) -> String? {
        switch number {
        case 1: "Ethernet"
        case 4: "PPP"
        case 7: "Raw IP"
        case 15: "NULL/Loopback"
        case 25: "Linux cooked-mode capture v1"
        case 28: "Cisco HDLC"
        case 129: "Raw IPv4"
        case 130: "Raw IPv6"
        case 210: "Linux cooked-mode capture v2"
        default: nil
        }
    }

    private static func option(
        _ option: Option, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil
    ) -> FieldRow {
        computed(.option(option), name, label, type, display, .inOrder(level: 1))
    }

    static func resolve(_ option: Option, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let frame = input.facts.frame
        guard let context = input.context, let interface = context.interface(of: frame) else { return }
        func hand(_ value: FieldRow.Value?) { if let value { sink(value, 0..<0) } }
        switch option {
        case .section: hand(interface.section.map { .number(UInt64($0)) })
        case .interface: hand(interface.id.map { .number(UInt64($0)) })
        case .interfaceName: if interface.id != nil { hand(.text(interface.shownName)) }
        case .interfaceDescription: hand(interface.description.map { .text($0) })
        case .queue: hand(context.packet(of: frame).queue.map { .number(UInt64($0)) })
        case .encapsulation: hand(interface.encapsulation.map { .integer($0) })
        case .flags(let mask):
            hand(context.packet(of: frame).flags.map { .number(UInt64(($0 & mask) >> mask.trailingZeroBitCount)) })
        case .flag(let bit): hand(context.packet(of: frame).flags.map { .flag($0 & bit != 0) })
        case .direction: hand(context.packet(of: frame).isInbound.map { .integer($0 ? 1 : 0) })
        case .packetID: hand(context.packet(of: frame).packetID.map { .number($0) })
        case .dropCount: hand(context.packet(of: frame).dropCount.map { .number($0) })
        }
    }
}

extension CaptureContext.Interface {
    /// An interface without a name is called by its description.
    var shownName: String { name ?? description ?? "unknown" }
}

extension CaptureContext.Packet {
    /// Nil where the flags do not say.
    var isInbound: Bool? {
        switch flags.map({ $0 & 3 }) {
        case 1: true
        case 2: false
        default: nil
        }
    }
}
