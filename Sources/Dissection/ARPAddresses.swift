import Bytes

/// What of ARP depends on the sizes that the header names: the addresses, and what they say together.
package enum ARPPart: CaseIterable, Sendable {
    case isGratuitous, isProbe, isAnnouncement
    case senderMAC, senderHardware, senderIPv4, senderProtocol
    case targetMAC, targetHardware, targetIPv4, targetProtocol, reverseError
    case duplicate, duplicateFrame, duplicateFinding, duplicateAge

    var name: String { text.name.isEmpty ? "" : "arp." + text.name }
    var label: String { text.label }
    var type: FieldType { text.type }

    private var text: (name: String, label: String, type: FieldType) {
        switch self {
        case .isGratuitous: ("isgratuitous", "Is gratuitous", .boolean)
        case .isProbe: ("isprobe", "Is probe", .boolean)
        case .isAnnouncement: ("isannouncement", "Is announcement", .boolean)
        case .senderMAC: ("src.hw_mac", "Sender MAC address", .ether)
        case .senderHardware: ("src.hw", "Sender hardware address", .bytes)
        case .senderIPv4: ("src.proto_ipv4", "Sender IP address", .ipv4)
        case .senderProtocol: ("src.proto", "Sender protocol address", .bytes)
        case .targetMAC: ("dst.hw_mac", "Target MAC address", .ether)
        case .targetHardware: ("dst.hw", "Target hardware address", .bytes)
        case .targetIPv4: ("dst.proto_ipv4", "Target IP address", .ipv4)
        case .targetProtocol: ("dst.proto", "Target protocol address", .bytes)
        case .reverseError: ("dst.drarp_error_status", "DRARP error status", .uint16)
        case .duplicate: ("", "", .string)
        case .duplicateFrame:
            ("duplicate-address-frame", "Frame showing earlier use of IP address", .frameNumber)
        case .duplicateFinding: ("duplicate-address-detected", "Duplicate IP address configured", .none)
        case .duplicateAge:
            ("seconds-since-duplicate-address-frame", "Seconds since earlier frame seen", .uint32)
        }
    }

    func resolve(in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let header = input.header
        let (hardware, network) = (Int(header.u8(at: 4)), Int(header.u8(at: 5)))
        let claim = ARPClaim(header)
        // Ethernet and the IEEE 802 networks share their addresses.
        let isMAC = [1, 6].contains(header.u16(at: 0)) && hardware == 6
        let isIPv4 = header.u16(at: 2) == 0x0800 && network == 4
        let second = 8 + hardware + network
        switch self {
        case .isGratuitous: if claim.isGratuitous { sink(.flag(true), 0..<0) }
        case .isProbe: if claim.isProbe { sink(.flag(true), 0..<0) }
        case .isAnnouncement: if claim.isAnnouncement { sink(.flag(true), 0..<0) }
        case .senderMAC: if isMAC { hand(8, 6, input, sink) }
        case .senderHardware: if !isMAC { hand(8, hardware, input, sink) }
        case .senderIPv4: if isIPv4 { hand(8 + hardware, 4, input, sink) }
        case .senderProtocol: if !isIPv4 { hand(8 + hardware, network, input, sink) }
        case .targetMAC: if isMAC { hand(second, 6, input, sink) }
        case .targetHardware: if !isMAC { hand(second, hardware, input, sink) }
        // What could not be found stands in the place of the address.
        case .targetIPv4: if isIPv4, header.u16(at: 6) != 7 { hand(second + hardware, 4, input, sink) }
        case .targetProtocol: if !isIPv4 { hand(second + hardware, network, input, sink) }
        case .reverseError:
            let place = input.start + second + hardware
            if header.u16(at: 6) == 7 { sink(.number(UInt64(header.u8(at: second + hardware))), place..<place + 1) }
        case .duplicate, .duplicateFrame, .duplicateFinding, .duplicateAge: tellDuplicate(input, sink)
        }
    }

    private func tellDuplicate(_ input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        guard let earlier = input.facts.earlier, input.header.count >= 28 else { return }
        let place = input.start..<input.start
        switch self {
        case .duplicate:
            let address = IPAddress(v4: input.header.u32(at: earlier.isTarget ? 24 : 14))
            let text = "Duplicate IP address detected for \(address) (frame \(earlier.frame + 1))"
            sink(.text(text), place)
        case .duplicateFrame: sink(.number(UInt64(earlier.frame) + 1), place)
        case .duplicateFinding: sink(.presence, place)
        default:
            // From one whole second to the other.
            let (now, then) = (input.facts.frame.time, input.facts.frame.time &- earlier.time)
            sink(.number(UInt64(max(0, now / 1_000_000_000 - then / 1_000_000_000))), place)
        }
    }

    var needsEarlierFrames: Bool {
        switch self {
        case .duplicate, .duplicateFrame, .duplicateFinding, .duplicateAge: true
        default: false
        }
    }

    var isGenerated: Bool {
        switch self {
        case .isGratuitous, .isProbe, .isAnnouncement: true
        default: needsEarlierFrames
        }
    }

    var level: Int {
        switch self {
        case .duplicateFrame, .duplicateAge: 2
        case .duplicateFinding: 3
        default: 1
        }
    }

    private func hand(_ byte: Int, _ count: Int, _ input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        guard count > 0 else { return }
        let header = input.header
        let value: FieldRow.Value =
            switch type {
            case .ether: .mac(MACAddress(UInt64(header.u16(at: byte)) << 32 | UInt64(header.u32(at: byte + 2))))
            case .ipv4: .address(IPAddress(v4: header.u32(at: byte)))
            default: .bytes(header.slice(from: byte, count: count).array)
            }
        sink(value, input.start + byte..<input.start + byte + count)
    }
}

/// What sender and target say together (RFC 5227).
struct ARPClaim {
    var isGratuitous = false
    var isProbe = false
    var isAnnouncement = false

    init(_ header: Bytes) {
        let operation = header.u16(at: 6)
        guard operation == 1 || operation == 2, header.u16(at: 2) == 0x0800 else { return }
        let (hardware, network) = (Int(header.u8(at: 4)), Int(header.u8(at: 5)))
        let second = 8 + hardware + network
        let sender = header.slice(from: 8 + hardware, count: network).array
        let target = header.slice(from: second + hardware, count: network).array
        let asksNobody = header.slice(from: second, count: hardware).array.allSatisfy { $0 == 0 }
        isGratuitous = network == 4 && sender == target
        isAnnouncement = isGratuitous && operation == 1 && asksNobody
        isProbe = !isGratuitous && operation == 1 && asksNobody && sender.allSatisfy { $0 == 0 }
    }
}
