public import Bytes

/// The pseudo header of Linux captures on the `any` interface, version 1 (LINKTYPE_LINUX_SLL).
@usableFromInline
package enum LinuxCooked: ComputingLayer {
    /// Where the interface has IEEE 802 addresses; else what stands there means something else.
    @usableFromInline package typealias Address = MACAddress

    package static let id = ProtocolID.sll

    package static let fields: [FieldRow] =
        [
            row(.packetType).named(packetTypeName), row(.hardwareType).named(hardwareTypeName), row(.addressLength),
            row(.source).when { $0.u16(at: 4) == 6 },
            row(.etherType).named(EtherType.name).when { isEtherType($0, 14) && $0.u16(at: 2) != CookedAddress.tunnel },
            row(.linuxType).named(linuxTypeName).when { !isEtherType($0, 14) },
            row(.tunnelType).named(EtherType.name).when { $0.u16(at: 2) == CookedAddress.tunnel },
        ] + CookedPart.allCases.map { computed($0, $0.name, $0.label, $0.type, nil, .inOrder(level: 1)) }

    package static func title(_ input: borrowing FieldInput) -> String? { "Linux cooked capture v1" }

    package static func column(_ input: borrowing FieldInput) -> String { column(of: input.header.u16(at: 14)) }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        appendPacketType(UInt64(input.header.u16(at: 0)), to: &text)
    }

    static func column(of type: UInt16) -> String {
        type >= 1536 ? "0x" + hexadecimal(UInt64(type), 4) : "SLL"
    }

    static func appendPacketType(_ type: UInt64, to text: inout [UInt8]) {
        text.append(packetTypeName(type) ?? "Unknown (\(type))")
    }

    package static func resolve(_ field: CookedPart, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let address = CookedAddress(length: Int(input.header.u16(at: 4)), byte: 6)
        field.resolve(address, in: input, sink)
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 16, frame, cursor) else { return cursor.ended }
        return cursor.after(16, next(frame.u16(at: cursor.offset + 14)))
    }

    /// The values below 1536 are Linux's own (`ETH_P_802_3` 1, `ETH_P_802_2` 4).
    static func isEtherType(_ header: Bytes, _ offset: Int) -> Bool { header.u16(at: offset) >= 1536 }

    static func packetTypeName(_ type: UInt64) -> String? {
        switch type {
        case 0: "Unicast to us"
        case 1: "Broadcast"
        case 2: "Multicast"
        case 3: "Unicast to another host"
        case 4: "Sent by us"
        default: nil
        }
    }

    static func hardwareTypeName(_ type: UInt64) -> String? {
        switch type {
        case 1: "Ethernet"
        case 512: "PPP"
        case 772: "Loopback"
        case 778: "GRE over IP"
        case 803: "802.11 plus Radiotap header"
        case 65534: "no link-layer address"
        default: nil
        }
    }

    static func linuxTypeName(_ type: UInt64) -> String? {
        switch type {
        case 1: "Raw 802.3"
        case 4: "802.2 LLC"
        default: nil
        }
    }

    static func next(_ type: UInt16) -> Cursor.Next {
        switch type {
        case 4: .llc
        case 1536...: .etherType(type)
        default: .done
        }
    }
}

extension Field where P == LinuxCooked, Value == UInt16 {
    @inlinable package static var packetType: Self { .init("sll.pkttype", "Packet type", byte: 0) }
    @inlinable package static var hardwareType: Self { .init("sll.hatype", "Link-layer address type", byte: 2) }
    @inlinable package static var addressLength: Self { .init("sll.halen", "Link-layer address length", byte: 4) }
    @inlinable package static var etherType: Self { .init("sll.etype", "Protocol", byte: 14, .hexadecimal) }
    @inlinable package static var linuxType: Self { .init("sll.ltype", "Protocol", byte: 14, .hexadecimal) }
    @inlinable package static var tunnelType: Self { .init("sll.gretype", "Protocol", byte: 14, .hexadecimal) }
}

extension Field where P == LinuxCooked, Value == LinuxCooked.Address {
    @inlinable package static var source: Self { .init("sll.src.eth", "Source", byte: 6, .address) }
}

/// Version 2 of the pseudo header (LINKTYPE_LINUX_SLL2), which adds the interface.
@usableFromInline
package enum LinuxCooked2: ComputingLayer {
    package static let id = ProtocolID.sll

    package static let fields: [FieldRow] =
        [
            row(.etherType).named(EtherType.name).when {
                LinuxCooked.isEtherType($0, 0) && $0.u16(at: 8) != CookedAddress.tunnel
            },
            row(.tunnelType).named(EtherType.name).when { $0.u16(at: 8) == CookedAddress.tunnel },
            row(.linuxType).named(LinuxCooked.linuxTypeName).when { !LinuxCooked.isEtherType($0, 0) }, row(.interface),
            row(.hardwareType).named(LinuxCooked.hardwareTypeName),
            row(.packetType).named(LinuxCooked.packetTypeName).typed(.uint16),
            row(.addressLength).typed(.uint16), row(.source).when { $0.u8(at: 11) == 6 },
        ] + CookedPart.allCases.map { computed($0, $0.name, $0.label, $0.type, nil, .inOrder(level: 1)) }

    package static func title(_ input: borrowing FieldInput) -> String? { "Linux cooked capture v2" }

    package static func column(_ input: borrowing FieldInput) -> String {
        LinuxCooked.column(of: input.header.u16(at: 0))
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        LinuxCooked.appendPacketType(UInt64(input.header.u8(at: 10)), to: &text)
    }

    package static func resolve(_ field: CookedPart, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        let address = CookedAddress(length: Int(input.header.u8(at: 11)), byte: 12)
        field.resolve(address, in: input, sink)
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 20, frame, cursor) else { return cursor.ended }
        return cursor.after(20, LinuxCooked.next(frame.u16(at: cursor.offset)))
    }
}

extension Field where P == LinuxCooked2, Value == UInt16 {
    @inlinable package static var etherType: Self { .init("sll.etype", "Protocol", byte: 0, .hexadecimal) }
    @inlinable package static var linuxType: Self { .init("sll.ltype", "Protocol", byte: 0, .hexadecimal) }
    @inlinable package static var tunnelType: Self { .init("sll.gretype", "Protocol", byte: 0, .hexadecimal) }
    @inlinable package static var hardwareType: Self { .init("sll.hatype", "Link-layer address type", byte: 8) }
}

extension Field where P == LinuxCooked2, Value == UInt32 {
    @inlinable package static var interface: Self { .init("sll.ifindex", "Interface index", byte: 4) }
}

extension Field where P == LinuxCooked2, Value == UInt8 {
    @inlinable package static var packetType: Self { .init("sll.pkttype", "Packet type", byte: 10) }
    @inlinable package static var addressLength: Self { .init("sll.halen", "Link-layer address length", byte: 11) }
}

extension Field where P == LinuxCooked2, Value == LinuxCooked.Address {
    @inlinable package static var source: Self { .init("sll.src.eth", "Source", byte: 12, .address) }
}
