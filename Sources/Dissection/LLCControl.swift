import Bytes

/// The control field (IEEE 802.2 §5.4): one byte in unnumbered frames, two in numbered ones, which stand in the order
/// of the bits on the wire.
struct LLCControl {
    let number: UInt64
    let width: Int
    let isResponse: Bool

    init(_ header: Bytes) {
        width = header.u8(at: 2) & 3 == 3 ? 1 : 2
        number = width == 1 ? UInt64(header.u8(at: 2)) : UInt64(header.u16(at: 2).byteSwapped)
        isResponse = header.u8(at: 1) & 1 != 0
    }

    /// 0 information, 1 supervisory, 3 unnumbered.
    var type: UInt64 { number & 1 == 0 ? 0 : number & 3 }
    var modifier: UInt64 { (number & 0xEC) >> 2 }
    var isPollOrFinal: Bool { number & (width == 1 ? 0x10 : 0x100) != 0 }
    var receive: UInt64 { number >> 9 }
    var send: UInt64 { number >> 1 & 0x7F }

    /// `U, func=UI`; `S F, func=RR, N(R)=5`; `I, N(R)=3, N(S)=100`.
    var text: String {
        let bit = isPollOrFinal ? isResponse ? " F" : " P" : ""
        switch type {
        case 0: return "I\(bit), N(R)=\(receive), N(S)=\(send)"
        case 1: return "S\(bit), func=\(["RR", "RNR", "REJ", "SREJ"][Int(number >> 2 & 3)]), N(R)=\(receive)"
        default: return "U\(bit), func=\(Self.modifiers[modifier]?.short(isResponse) ?? "Unknown")"
        }
    }

    struct Modifier {
        let command: (short: String, long: String)
        let response: (short: String, long: String)

        init(_ short: String, _ long: String, _ response: (String, String)? = nil) {
            command = (short, long)
            self.response = response ?? (short, long)
        }

        func short(_ isResponse: Bool) -> String { isResponse ? response.short : command.short }
        func long(_ isResponse: Bool) -> String { isResponse ? response.long : command.long }
    }

    static let modifiers: [UInt64: Modifier] = [
        0x00: Modifier("UI", "Unnumbered Information"), 0x08: Modifier("UP", "Unnumbered Poll"),
        0x10: Modifier("DISC", "Disconnect", ("RD", "Request Disconnect")),
        0x18: Modifier("UA", "Unnumbered Acknowledge"), 0x20: Modifier("SNRM", "Set Normal Response Mode"),
        0x38: Modifier("TEST", "Test"),
        0x01: Modifier("SIM", "Set Initialization Mode", ("RIM", "Request Initialization Mode")),
        0x21: Modifier("FRMR", "Frame reject"), 0x31: Modifier("CFGR", "Configure"),
        0x03: Modifier("SARM", "Set Asynchronous Response Mode", ("DM", "Disconnected mode")),
        0x0B: Modifier("SABM", "Set Asynchronous Balanced Mode"),
        0x13: Modifier("SARME", "Set Asynchronous Response Mode Extended"),
        0x1B: Modifier("SABME", "Set Asynchronous Balanced Mode Extended"), 0x23: Modifier("RSET", "Reset"),
        0x2B: Modifier("XID", "Exchange identification"),
        0x33: Modifier("SNRME", "Set Normal Response Mode Extended"), 0x3B: Modifier("BCN", "Beacon"),
    ]

    static let types: [UInt64: String] = [0: "Information frame", 1: "Supervisory frame", 3: "Unnumbered frame"]
    static let functions = ["Receiver ready", "Receiver not ready", "Reject", "Selective reject"]
}

extension LLC {
    static let controlFields: [FieldRow] = [
        control("llc.control", "Control", .uint16, .hexadecimal) { .number($0.number) }.at(level: 1).worded {
            _, _, input in
            let control = LLCControl(input.header)
            return "Control field: \(control.text) (0x\(hexadecimal(control.number, 2 * control.width).uppercased()))"
        },
        part(0xFE00, "llc.control.n_r", "N(R)", .uint16, .decimal) { $0.type == 3 ? nil : $0.receive },
        part(0x00FE, "llc.control.n_s", "N(S)", .uint16, .decimal) { $0.type == 0 ? $0.send : nil },
        flag("llc.control.p", "Poll") { !$0.isResponse }, flag("llc.control.f", "Final") { $0.isResponse },
        part(0x000C, "llc.control.s_ftype", "Supervisory frame type", .uint16, .hexadecimal) {
            $0.type == 1 ? $0.number >> 2 & 3 : nil
        },
        part(0xEC, "llc.control.u_modifier_cmd", "Command", .uint8, .hexadecimal) {
            $0.type == 3 && !$0.isResponse ? $0.modifier : nil
        },
        part(0xEC, "llc.control.u_modifier_resp", "Response", .uint8, .hexadecimal) {
            $0.type == 3 && $0.isResponse ? $0.modifier : nil
        },
        part(0, "llc.control.ftype", "Frame type", .uint16, .hexadecimal) { $0.type },
    ]

    private static func control(
        _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay,
        _ value: @escaping @Sendable (LLCControl) -> FieldRow.Value?
    ) -> FieldRow {
        FieldRow(name, label, type, display, .inOrder(level: 2)) { input, sink in
            let control = LLCControl(input.header)
            if let value = value(control) { sink(value, input.start + 2..<input.start + 2 + control.width) }
        }
    }

    /// Only where the bit is set does it say something.
    private static func flag(
        _ name: String, _ label: String, _ isOfSender: @escaping @Sendable (LLCControl) -> Bool
    ) -> FieldRow {
        control(name, label, .boolean, .flag) { $0.isPollOrFinal && isOfSender($0) ? .flag(true) : nil }
            .worded { _, _, input in
                let control = LLCControl(input.header)
                let mask: UInt64 = control.width == 1 ? 0x10 : 0x100
                return bitText(control.number, mask: mask, bits: 8 * control.width) + "\(label): Set"
            }
    }

    private static func part(
        _ mask: UInt64, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay,
        _ value: @escaping @Sendable (LLCControl) -> UInt64?
    ) -> FieldRow {
        control(name, label, type, display) { value($0).map { .number($0) } }.worded { value, _, input in
            guard case .number(let number) = value else { return label }
            let control = LLCControl(input.header)
            let shown = mask == 0 ? control.type == 0 ? 1 : 3 : mask
            let text: String =
                switch name {
                case "llc.control.ftype": "\(LLCControl.types[number] ?? "Unknown") (0x\(hexadecimal(number, 1)))"
                case "llc.control.s_ftype": "\(LLCControl.functions[Int(number & 3)]) (0x\(hexadecimal(number, 1)))"
                case "llc.control.n_r", "llc.control.n_s": String(number)
                default:
                    (LLCControl.modifiers[number]?.long(control.isResponse) ?? "Unknown")
                        + " (0x\(hexadecimal(number, 2)))"
                }
            return bitText(control.number, mask: shown, bits: 8 * control.width) + "\(label): \(text)"
        }
    }
}
