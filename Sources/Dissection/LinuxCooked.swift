package import Bytes

/// The pseudo header of Linux captures on the `any` interface, version 1 (LINKTYPE_LINUX_SLL).
package enum LinuxCooked: ProtocolLayer {
    /// Where the interface has IEEE 802 addresses; else what stands there means something else.
    package typealias Address = MACAddress

    package static let id = ProtocolID.sll

    package static let fields: [FieldRow] = [
        row(.packetType), row(.hardwareType), row(.addressLength), row(.source), row(.etherType),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 16, frame, cursor) else { return cursor.ended }
        return cursor.after(16, next(frame.u16(at: cursor.offset + 14)))
    }

    /// The values below 1536 are Linux's own (`ETH_P_802_3` 1, `ETH_P_802_2` 4).
    static func next(_ type: UInt16) -> Cursor.Next {
        switch type {
        case 4: .llc
        case 1536...: .etherType(type)
        default: .done
        }
    }
}

extension Field where P == LinuxCooked, Value == UInt16 {
    package static var packetType: Self { .init("sll.pkttype", "Packet type", byte: 0) }
    package static var hardwareType: Self { .init("sll.hatype", "Link-layer address type", byte: 2) }
    package static var addressLength: Self { .init("sll.halen", "Link-layer address length", byte: 4) }
    package static var etherType: Self { .init("sll.etype", "Protocol", byte: 14, .hexadecimal) }
}

extension Field where P == LinuxCooked, Value == LinuxCooked.Address {
    package static var source: Self { .init("sll.src.eth", "Source", byte: 6, .address) }
}

/// Version 2 of the pseudo header (LINKTYPE_LINUX_SLL2), which adds the interface.
package enum LinuxCooked2: ProtocolLayer {
    package static let id = ProtocolID.sll

    package static let fields: [FieldRow] = [
        row(.etherType), row(.interface), row(.hardwareType), row(.packetType), row(.addressLength), row(.source),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.take(id, 20, frame, cursor) else { return cursor.ended }
        return cursor.after(20, LinuxCooked.next(frame.u16(at: cursor.offset)))
    }
}

extension Field where P == LinuxCooked2, Value == UInt16 {
    package static var etherType: Self { .init("sll.etype", "Protocol", byte: 0, .hexadecimal) }
    package static var hardwareType: Self { .init("sll.hatype", "Link-layer address type", byte: 8) }
}

extension Field where P == LinuxCooked2, Value == UInt32 {
    package static var interface: Self { .init("sll.ifindex", "Interface index", byte: 4) }
}

extension Field where P == LinuxCooked2, Value == UInt8 {
    package static var packetType: Self { .init("sll.pkttype", "Packet type", byte: 10) }
    package static var addressLength: Self { .init("sll.halen", "Link-layer address length", byte: 11) }
}

extension Field where P == LinuxCooked2, Value == LinuxCooked.Address {
    package static var source: Self { .init("sll.src.eth", "Source", byte: 12, .address) }
}
