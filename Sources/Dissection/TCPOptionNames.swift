import Bytes

extension TCP {
    /// `Options: (12 bytes), No-Operation (NOP), …`; without names where the options could not be read to the end.
    static func optionsTitle(_ input: borrowing FieldInput) -> String {
        let reader = TCPOptionReader(input)
        var text = "Options: (\(reader.end - 20) bytes)"
        var names = ""
        let end = reader.read { item, value, range, _ in
            if item == .kind, case .number(let kind) = value {
                names += ", " + optionName(UInt8(truncatingIfNeeded: kind))
            }
        }
        if end == .complete || end == .contradiction { text += names }
        return text
    }

    /// An option's line: `TCP Option - Maximum segment size: 1460 bytes`.
    static func title(ofOptionAt range: Range<Int>, _ input: borrowing FieldInput) -> String {
        let option = input.frame.slice(from: range.lowerBound, count: range.count)
        let (kind, length) = (option.u8(at: 0), kindHasLength(option.u8(at: 0)) ? Int(option.u8(at: 1)) : 1)
        if kind == 30 { return multipathTitle(option) }
        if kind == 20, length != 4 { return "Illegal SCPS Extended Capabilities (\(length) bytes)" }
        let name = "TCP Option - " + lineName(kind)
        let isWhole = option.count >= length
        guard isWhole, TCPItem.lengthProblem(kind, length, option.u16(at: 2)) == nil || kind >= 253 && length >= 4
        else { return name }
        switch kind {
        case 2: return name + ": \(option.u16(at: 2)) bytes"
        case 3: return name + ": \(option.u8(at: 2)) (multiply by \(1 << UInt32(min(14, option.u8(at: 2)))))"
        case 5:
            let reader = TCPOptionReader(input)
            var text = name
            for offset in stride(from: 2, through: length - 8, by: 8) {
                text += " \(option.u32(at: offset) &- reader.base)-\(option.u32(at: offset + 4) &- reader.base)"
            }
            return text
        case 6, 7: return name + ": \(option.u32(at: 2))"
        case 8: return name + ": TSval \(option.u32(at: 2)), TSecr \(option.u32(at: 6))"
        case 76: return name + ": " + probeText(option, length)
        case 78:
            return name + " \(IPAddress(v4: option.u32(at: 4))):\(option.u16(at: 12))"
                + " -> \(IPAddress(v4: option.u32(at: 8))):\(option.u16(at: 14))"
        case 172, 174: return name + countersText(option.slice(from: 2), isFirstOrder: kind == 172)
        case 253, 254: return name + experimentText(option, length)
        default: return name
        }
    }

    static func multipathTitle(_ option: Bytes) -> String {
        let subtype = UInt64(option.u8(at: 2) >> 4)
        return "Multipath Transmission Control Protocol: " + (multipathSubtype(subtype) ?? "Unknown (\(subtype))")
    }

    private static func kindHasLength(_ kind: UInt8) -> Bool { kind > 1 }

    private static func experimentText(_ option: Bytes, _ length: Int) -> String {
        let identifier = option.u16(at: 2)
        let text = ": " + (experimentName(UInt64(identifier)) ?? "Unknown")
        switch identifier {
        case 0x00AC where length == 5: return text + " \(option.u8(at: 4) >> 1)"
        case 0xACC0, 0xACC1:
            guard TCPItem.lengthProblem(253, length, identifier) == nil else { return text }
            if length == 4 { return text + ": Accurate ECN" }
            return text + ": Accurate ECN" + countersText(option.slice(from: 4), isFirstOrder: identifier == 0xACC0)
        default: return text
        }
    }

    /// ` (Order 0): EE0B 1, ECEB 2`; nothing without counters.
    private static func countersText(_ counters: Bytes, isFirstOrder: Bool) -> String {
        guard counters.count >= 3 else { return "" }
        let names = isFirstOrder ? ["EE0B", "ECEB", "EE1B"] : ["EE1B", "ECEB", "EE0B"]
        let shown = names.prefix(counters.count / 3).enumerated().map { "\($1) \(counters.u24(at: 3 * $0))" }
        return " (Order \(isFirstOrder ? 0 : 1)): " + shown.joined(separator: ", ")
    }

    private static func probeText(_ option: Bytes, _ length: Int) -> String {
        let first = option.u8(at: 2)
        let type = first & 1 == 1 ? first >> 4 : first >> 1
        let isKnown = first & 1 == 1 || [1, 4, 5, 6, 7].contains(type)
        guard length >= 4, isKnown, let name = probeName(type) else { return "Probe Unknown" }
        guard first & 1 == 1 else { return name }
        switch type {
        case 0, 3, 4: return length >= 10 ? name + ", CSH IP: \(IPAddress(v4: option.u32(at: 4)))" : name
        case 1:
            guard length >= 14 else { return name }
            return name + ", Server Steelhead: \(IPAddress(v4: option.u32(at: 8))):\(option.u16(at: 12))"
        case 5:
            guard length >= 18 else { return name }
            return name + ", Server Steelhead: \(IPAddress(v4: option.u32(at: 12))):\(option.u16(at: 16))"
        default: return name
        }
    }

    private static func probeName(_ type: UInt8) -> String? {
        switch type {
        case 0: "Probe Query"
        case 1: "Probe Response"
        case 2: "Probe Internal"
        case 3: "Probe Trace"
        case 4: "Probe Query SH"
        case 5: "Probe Response SH"
        case 6: "Probe Query Info"
        case 7: "Probe Response Info"
        case 10: "Probe Reset"
        default: nil
        }
    }

    /// What is said of an option whose length cannot be.
    static func badOption(_ range: Range<Int>, _ input: borrowing FieldInput) -> String {
        let reader = TCPOptionReader(input)
        let at = range.lowerBound - input.start
        let (kind, length) = (input.header.u8(at: at), input.header.u8(at: at + 1))
        let name = optionName(kind)
        if at + 1 >= reader.end { return name + " (length byte past end of options)" }
        let bytes = "\(length) byte\(length == 1 ? "" : "s")"
        if length < 2 { return name + " (with too-short option length = \(bytes))" }
        return name + " (option length = \(bytes) says option goes past end of options)"
    }

    /// As the line of all options lists it.
    static func optionName(_ kind: UInt8) -> String {
        switch kind {
        case 7: "Echo reply"
        case 12: "CC.NEW"
        case 13: "CC.ECHO"
        case 30: "MPTCP"
        default: TCPItem.line(of: kind) == .unknown ? "Unknown (0x\(hexadecimal(UInt64(kind), 2)))" : lineName(kind)
        }
    }

    private static func lineName(_ kind: UInt8) -> String {
        switch TCPItem.line(of: kind) {
        case .endOfList: "End of Option List (EOL)"
        case .noOperation: "No-Operation (NOP)"
        case .segmentSizeLine: "Maximum segment size"
        case .windowScaleLine: "Window scale"
        case .sackPermitted: "SACK permitted"
        case .sackLine: "SACK"
        case .echo: "Echo"
        case .timestamps: "Timestamps"
        case .connectionCount: "CC"
        case .signature: "TCP MD5 signature"
        case .scps: "SCPS capabilities"
        case .snack: "Selective Negative Acknowledgment"
        case .recordBoundary: "SCPS record boundary"
        case .corruption: "SCPS corruption experienced"
        case .quickStart: "Quick-Start"
        case .userTimeout: "User Timeout"
        case .authentication: "TCP AO"
        case .fastOpen: "TCP Fast Open"
        case .probe: "Riverbed Probe"
        case .transparency: "Riverbed Transparency"
        case .accurateECN: "Accurate ECN"
        case .experimental: "Experimental"
        default: "Unknown"
        }
    }

    /// `BETS, SNACK1`: what a sender says that it can do (CCSDS 714.0-B).
    static func capabilityNames(_ vector: UInt8) -> String {
        var names = setFlags(
            UInt64(vector), [0x80: "BETS", 0x40: "SNACK1", 0x20: "SNACK2", 0x10: "COMP", 0x08: "NLTS"])
        if vector & 7 != 0 { names.append("RESERVED") }
        return names.isEmpty ? "NONE" : names.joined(separator: ", ")
    }

    static func multipathSubtype(_ number: UInt64) -> String? {
        switch number {
        case 0: "Multipath Capable"
        case 1: "Join Connection"
        case 2: "Data Sequence Signal"
        case 3: "Add Address"
        case 4: "Remove Address"
        case 5: "Change Subflow Priority"
        case 6: "TCP Fallback"
        case 7: "Fast Close"
        case 8: "TCP Reset"
        default: nil
        }
    }

    static func multipathReset(_ number: UInt64) -> String? {
        switch number {
        case 0: "Unspecified error"
        case 1: "MPTCP-specific error"
        case 2: "Lack of resources"
        case 3: "Administratively prohibited"
        case 4: "Too much outstanding data"
        case 5: "Unacceptable performance"
        case 6: "Middlebox interference"
        default: nil
        }
    }

    /// IANA's registry of experiment identifiers (RFC 6994).
    static func experimentName(_ number: UInt64) -> String? {
        switch number {
        case 0x00AC: "TCP ACK Rate Request"
        case 0x0348: "Host ID"
        case 0x0A0D: "Autonomous System Compensation"
        case 0x0CA0: "Capability Option"
        case 0x0ED0: "Extended Data Offset"
        case 0x454E: "Encryption Negotiation"
        case 0x5323: "Service Number"
        case 0x75EC: "Timestamp Interval"
        case 0xACC0: "Accurate ECN - Order 0"
        case 0xACC1: "Accurate ECN - Order 1"
        case 0xACCE: "Accurate ECN"
        case 0xE2D4: "Shared Memory communications over RMDA protocol"
        case 0xF989: "Fast Open"
        case 0xF990: "Low Latency"
        default: nil
        }
    }

    /// IANA's registry of TCP option kinds.
    package static func optionKindName(_ kind: UInt64) -> String? {
        switch kind {
        case 0: "End of Option List"
        case 1: "No-Operation"
        case 2: "Maximum Segment Size"
        case 3: "Window Scale"
        case 4: "SACK Permitted"
        case 5: "SACK"
        case 6: "Echo"
        case 7: "Echo Reply"
        case 8: "Time Stamp Option"
        case 9: "Partial Order Connection Permitted"
        case 10: "Partial Order Service Profile"
        case 11: "CC"
        case 12: "CC.NEW"
        case 13: "CC.ECHO"
        case 14: "TCP Alternate Checksum Request"
        case 15: "TCP Alternate Checksum Data"
        case 16: "Skeeter"
        case 17: "Bubba"
        case 18: "Trailer Checksum Option"
        case 19: "MD5 Signature Option"
        case 20: "SCPS Capabilities"
        case 21: "Selective Negative Acknowledgements"
        case 22: "Record Boundaries"
        case 23: "Corruption experienced"
        case 24: "SNAP"
        case 25: "Unassigned"
        case 26: "TCP Compression Filter"
        case 27: "Quick-Start Response"
        case 28: "User Timeout Option"
        case 29: "The TCP Authentication Option"
        case 30: "Multipath TCP"
        case 34: "TCP Fast Open Cookie"
        case 76: "Riverbed Probe"
        case 78: "Riverbed Transparency"
        case 172: "Accurate ECN Order 0"
        case 174: "Accurate ECN Order 1"
        case 253: "RFC3692-style Experiment 1"
        case 254: "RFC3692-style Experiment 2"
        default: nil
        }
    }
}
