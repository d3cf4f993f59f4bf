import Bytes

/// What the Info column says of the options.
extension TCP {
    package static func column(_ input: borrowing FieldInput) -> String {
        input.layer.length > 20 && hasMultipath(input.header) ? "MPTCP" : id.column
    }

    static func hasMultipath(_ header: Bytes) -> Bool {
        var isThere = false
        TCPOptions.forEach(in: header) { if $0.kind == 30 { isThere = true } }
        return isThere
    }

    /// - Parameter start: where what is said of the segment begins; WAN optimisers stand before it.
    static func appendOptions(_ header: Bytes, _ base: UInt32, from start: Int, to text: inout [UInt8]) {
        TCPOptions.forEach(in: header) { option in
            let place = option.offset + 2
            switch option.kind {
            case 2 where option.length == 4:
                text.append(" MSS=")
                text.append(decimal: UInt64(header.u16(at: place)))
            case 3 where option.length == 3:
                text.append(" WS=")
                text.append(decimal: 1 << UInt64(min(14, header.u8(at: place))))
            case 4: text.append(" SACK_PERM")
            case 5:
                var block = place
                while block + 8 <= option.offset + option.length {
                    text.append(" SLE=")
                    text.append(decimal: UInt64(header.u32(at: block) &- base))
                    text.append(" SRE=")
                    text.append(decimal: UInt64(header.u32(at: block + 4) &- base))
                    block += 8
                }
            case 8 where option.length == 10:
                text.append(" TSval=")
                text.append(decimal: UInt64(header.u32(at: place)))
                text.append(" TSecr=")
                text.append(decimal: UInt64(header.u32(at: place + 4)))
            case 19: text.append(" MD5")
            // Without a blank before it, as in Wireshark 4.0.
            case 29: text.append("TCP AO")
            case 34: text.append(option.length > 2 ? " TFO=C" : " TFO=R")
            default: appendRare(option, header, from: start, to: &text)
            }
        }
    }

    private static func appendRare(_ option: TCPOption, _ header: Bytes, from start: Int, to text: inout [UInt8]) {
        let bytes = header.slice(from: option.offset, count: option.length)
        let isSound = TCPItem.lengthProblem(option.kind, option.length, bytes.u16(at: 2)) == nil
        switch option.kind {
        case 6 where isSound, 7 where isSound: text.append(" ECHO=\(bytes.u32(at: 2))")
        case 11 where isSound, 12 where isSound, 13 where isSound: text.append(" CC=\(bytes.u32(at: 2))")
        case 20 where option.length == 4:
            text.append(" SCPS[\(capabilityNames(bytes.u8(at: 2)))]")
            if bytes.u8(at: 3) != 0 { text.append(" Connection ID=\(bytes.u8(at: 3))") }
        case 27 where isSound: text.append(" QSresp=" + (IPv4.quickStartRate(UInt64(bytes.u8(at: 2) & 0xF)) ?? ""))
        case 28 where isSound: text.append(" USER_TO=\(bytes.u16(at: 2) & 0x7FFF)")
        case 76 where bytes.u8(at: 2) & 1 == 1:
            switch (bytes.u8(at: 2) >> 4, option.length) {
            case (0, 10...), (4, 10...): text.insert(contentsOf: "S+, ".utf8, at: start)
            case (3, 10...): text.insert(contentsOf: "S#, ".utf8, at: start)
            case (1, 14...): text.insert(contentsOf: "SA+, ".utf8, at: start)
            default: break
            }
        case 78: text.insert(contentsOf: "TRPY, ".utf8, at: start)
        case 172 where isSound, 174 where isSound:
            appendCounters(bytes.slice(from: 2), isFirstOrder: option.kind == 172, to: &text)
        case 253 where option.length >= 4, 254 where option.length >= 4:
            appendExperiment(bytes, isSound: isSound, to: &text)
        default: break
        }
    }

    private static func appendExperiment(_ option: Bytes, isSound: Bool, to text: inout [UInt8]) {
        let identifier = option.u16(at: 2)
        switch identifier {
        case 0xF989: text.append(option.count > 4 ? " TFO=C" : " TFO=R")
        case 0x00AC:
            guard isSound else { return }
            text.append(" TARR")
            if option.count == 5 { text.append("=\(option.u8(at: 4) >> 1)") }
        case 0xACC0, 0xACC1:
            if isSound { appendCounters(option.slice(from: 4), isFirstOrder: identifier == 0xACC0, to: &text) }
        default: text.append(" ExID=" + String(identifier, radix: 16, uppercase: true))
        }
    }

    private static func appendCounters(_ counters: Bytes, isFirstOrder: Bool, to text: inout [UInt8]) {
        guard counters.count >= 3 else { return text.append(" AccECN") }
        let names = isFirstOrder ? ["EE0B", "ECEB", "EE1B"] : ["EE1B", "ECEB", "EE0B"]
        for (number, name) in names.prefix(counters.count / 3).enumerated() {
            text.append(" \(name)=\(counters.u24(at: 3 * number))")
        }
    }
}
