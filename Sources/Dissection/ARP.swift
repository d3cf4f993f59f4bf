public import Bytes

/// Address resolution (RFC 826). The rows describe Ethernet and IPv4, the only pair met in practice.
@usableFromInline
package enum ARP: ComputingLayer {
    /// The addresses that are asked for.
    @usableFromInline package typealias HardwareAddress = MACAddress

    /// The addresses that are asked about.
    @usableFromInline package typealias ProtocolAddress = IPAddress

    package static let id = ProtocolID.arp

    package static let fields: [FieldRow] =
        [
            row(.hardwareType).named(hardwareName), row(.protocolType).named(EtherType.name),
            row(.hardwareSize), row(.protocolSize), row(.operation).named(operationName),
        ]
        + ARPPart.allCases.map { part in
            let row = computed(part, part.name, part.label, part.type, nil, .inOrder(level: part.level))
            let worded = part == .duplicate ? row.textOnly.generated : part.isGenerated ? row.generated : row
            return part.needsEarlierFrames ? worded.needing(.echoes) : worded
        }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let addresses = 2 * (Int(frame.u8(at: cursor.offset + 4)) + Int(frame.u8(at: cursor.offset + 5)))
        guard layers.take(id, 8 + addresses, frame, cursor) else { return cursor.ended }
        return cursor.after(8 + addresses, .done)
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        let operation = input.header.u16(at: 6)
        let digits = String(operation, radix: 16)
        var text =
            operationName(UInt64(operation)) ?? "opcode 0x" + String(repeating: "0", count: 4 - digits.count) + digits
        let claim = ARPClaim(input.header)
        if claim.isProbe {
            text = "ARP Probe"
        } else if claim.isAnnouncement {
            text = "ARP Announcement"
        } else if claim.isGratuitous {
            text += "/gratuitous ARP"
        }
        return "\(id.label) (\(text))"
    }

    package static func resolve(_ field: ARPPart, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        field.resolve(in: input, sink)
    }
}

extension Field where P == ARP, Value == UInt16 {
    @inlinable package static var hardwareType: Self { .init("arp.hw.type", "Hardware type", byte: 0) }
    @inlinable package static var protocolType: Self { .init("arp.proto.type", "Protocol type", byte: 2, .hexadecimal) }
    @inlinable package static var operation: Self { .init("arp.opcode", "Opcode", byte: 6) }
}

extension Field where P == ARP, Value == UInt8 {
    @inlinable package static var hardwareSize: Self { .init("arp.hw.size", "Hardware size", byte: 4) }
    @inlinable package static var protocolSize: Self { .init("arp.proto.size", "Protocol size", byte: 5) }
}

extension Field where P == ARP, Value == ARP.HardwareAddress {
    @inlinable package static var senderHardware: Self {
        .init("arp.src.hw_mac", "Sender MAC address", byte: 8, .address)
    }
    @inlinable package static var targetHardware: Self {
        .init("arp.dst.hw_mac", "Target MAC address", byte: 18, .address)
    }
}

extension Field where P == ARP, Value == ARP.ProtocolAddress {
    @inlinable package static var senderProtocol: Self {
        .init("arp.src.proto_ipv4", "Sender IP address", byte: 14, width: 4, .address)
    }
    @inlinable package static var targetProtocol: Self {
        .init("arp.dst.proto_ipv4", "Target IP address", byte: 24, width: 4, .address)
    }
}
