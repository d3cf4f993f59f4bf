import Bytes

extension ARP {
    package static func column(_ input: borrowing FieldInput) -> String {
        switch input.header.u16(at: 6) {
        case 3, 4: "RARP"
        case 5...7: "DRARP"
        case 8, 9: "Inverse ARP"
        case 11...22: "MARS"
        case 23: "MAPOS"
        default: id.column
        }
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let packet = Packet(input.header)
        let operation = input.header.u16(at: 6)
        switch operation {
        case 1, 2: appendResolution(input, packet, to: &text)
        case 3, 5, 8:
            text.append("Who is " as StaticString)
            packet.appendHardware(ofTarget: true, to: &text)
            text.append("? Tell " as StaticString)
            packet.appendHardware(ofTarget: false, to: &text)
        case 4, 6, 9:
            packet.appendHardware(ofTarget: operation != 9, to: &text)
            text.append(" is at " as StaticString)
            packet.appendNetwork(ofTarget: operation != 9, to: &text)
        case 7: text.append("DRARP Error" as StaticString)
        case 10: text.append("ARP NAK" as StaticString)
        case 0, 65535: text.append("Reserved opcode \(operation)")
        case 24, 25: text.append("Experimental \(operation - 23) ( opcode \(operation) )")
        default:
            guard let name = multicastName(operation) else {
                return text.append("Unknown ARP opcode 0x" + hexadecimal(UInt64(operation), 4))
            }
            text.append(name)
            text.append(" from " as StaticString)
            packet.appendHardware(ofTarget: false, to: &text)
            text.append(" at " as StaticString)
            packet.appendNetwork(ofTarget: false, to: &text)
        }
    }

    private static func appendResolution(
        _ input: borrowing FieldInput, _ packet: borrowing Packet, to text: inout [UInt8]
    ) {
        let claim = ARPClaim(input.header)
        let isRequest = input.header.u16(at: 6) == 1
        if claim.isProbe {
            text.append("Who has " as StaticString)
            packet.appendNetwork(ofTarget: true, to: &text)
            text.append("? (ARP Probe)" as StaticString)
        } else if claim.isAnnouncement {
            text.append("ARP Announcement for " as StaticString)
            packet.appendNetwork(ofTarget: true, to: &text)
        } else if claim.isGratuitous {
            text.append("Gratuitous ARP for " as StaticString)
            packet.appendNetwork(ofTarget: true, to: &text)
            if isRequest { text.append(" (Request)" as StaticString) } else { text.append(" (Reply)" as StaticString) }
        } else if isRequest {
            text.append("Who has " as StaticString)
            packet.appendNetwork(ofTarget: true, to: &text)
            text.append("? Tell " as StaticString)
            packet.appendNetwork(ofTarget: false, to: &text)
        } else {
            packet.appendNetwork(ofTarget: false, to: &text)
            text.append(" is at " as StaticString)
            packet.appendHardware(ofTarget: false, to: &text)
        }
        // What a reply says of its sender is told in the tree alone.
        guard let earlier = input.facts.earlier, earlier.isTarget || isRequest || claim.isGratuitous else { return }
        text.append(" (duplicate use of " as StaticString)
        packet.appendNetwork(ofTarget: earlier.isTarget, to: &text)
        text.append(" detected!)" as StaticString)
    }

    /// Resolution for ATM (RFC 2022 §5) and MAPOS (RFC 2176).
    private static func multicastName(_ operation: UInt16) -> String? {
        let names = [
            "MARS request", "MARS MULTI request", "MARS MSERV request", "MARS JOIN request", "MARS LEAVE", "MARS NAK",
            "MARS UNSERV request", "MARS SJOIN request", "MARS SLEAVE", "MARS grouplist request",
            "MARS grouplist reply", "MARS redirect map", "MAPOS UNARP request",
        ]
        return (11...23).contains(operation) ? names[Int(operation) - 11] : nil
    }
}

/// The addresses of a packet, as the sizes that it names lay them out.
private struct Packet: ~Escapable {
    private let header: Bytes

    @_lifetime(copy header)
    init(_ header: Bytes) { self.header = header }

    private var hardware: Int { Int(header.u8(at: 4)) }
    private var network: Int { Int(header.u8(at: 5)) }

    func appendHardware(ofTarget isTarget: Bool, to text: inout [UInt8]) {
        let place = isTarget ? 8 + hardware + network : 8
        guard [1, 6].contains(header.u16(at: 0)), hardware == 6 else { return appendBytes(place, hardware, to: &text) }
        text.append(MACAddress(header.u64(at: place) >> 16))
    }

    func appendNetwork(ofTarget isTarget: Bool, to text: inout [UInt8]) {
        let place = 8 + hardware + (isTarget ? network + hardware : 0)
        guard header.u16(at: 2) == 0x0800, network == 4 else { return appendBytes(place, network, to: &text) }
        text.append(IPAddress(v4: header.u32(at: place)))
    }

    private func appendBytes(_ place: Int, _ count: Int, to text: inout [UInt8]) {
        guard count > 0 else { return text.append("<No address>" as StaticString) }
        for byte in place..<place + count { text.append(hexadecimal: UInt64(header.u8(at: byte)), digits: 2) }
    }
}
