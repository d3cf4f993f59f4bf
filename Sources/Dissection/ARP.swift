package import Bytes

/// Address resolution (RFC 826). The rows describe Ethernet and IPv4, the only pair met in practice.
package enum ARP: ProtocolLayer {
    /// The addresses that are asked for.
    package typealias HardwareAddress = MACAddress

    /// The addresses that are asked about.
    package typealias ProtocolAddress = IPAddress

    package static let id = ProtocolID.arp

    package static let fields: [FieldRow] = [
        row(.hardwareType), row(.protocolType), row(.hardwareSize), row(.protocolSize), row(.operation),
        row(.senderHardware), row(.senderProtocol), row(.targetHardware), row(.targetProtocol),
    ]

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let addresses = 2 * (Int(frame.u8(at: cursor.offset + 4)) + Int(frame.u8(at: cursor.offset + 5)))
        guard layers.take(id, 8 + addresses, frame, cursor) else { return cursor.ended }
        return cursor.after(8 + addresses, .done)
    }
}

extension Field where P == ARP, Value == UInt16 {
    package static var hardwareType: Self { .init("arp.hw.type", "Hardware type", byte: 0) }
    package static var protocolType: Self { .init("arp.proto.type", "Protocol type", byte: 2, .hexadecimal) }
    package static var operation: Self { .init("arp.opcode", "Opcode", byte: 6) }
}

extension Field where P == ARP, Value == UInt8 {
    package static var hardwareSize: Self { .init("arp.hw.size", "Hardware size", byte: 4) }
    package static var protocolSize: Self { .init("arp.proto.size", "Protocol size", byte: 5) }
}

extension Field where P == ARP, Value == ARP.HardwareAddress {
    package static var senderHardware: Self { .init("arp.src.hw_mac", "Sender MAC address", byte: 8, .address) }
    package static var targetHardware: Self { .init("arp.dst.hw_mac", "Target MAC address", byte: 18, .address) }
}

extension Field where P == ARP, Value == ARP.ProtocolAddress {
    package static var senderProtocol: Self {
        .init("arp.src.proto_ipv4", "Sender IP address", byte: 14, width: 4, .address)
    }
    package static var targetProtocol: Self {
        .init("arp.dst.proto_ipv4", "Target IP address", byte: 24, width: 4, .address)
    }
}
