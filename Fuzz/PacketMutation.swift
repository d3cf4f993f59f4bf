/// Changes to a packet's headers.
enum PacketMutation: CaseIterable {
    case networkLength, headerLength, fragment, nextProtocol, address, dataOffset, sequence, acknowledgment,
        sequenceJump
    case flags, options, window, urgent, ports, udpLength, dnsPointer, dnsCount, tlsLength, raw

    func apply(to image: inout CaptureImage, _ dice: inout Dice) {
        let packets = image.packets
        guard !packets.isEmpty else { return }
        let number = dice.pick(packets)
        guard let shape = PacketShape(image.records[number].packet) else { return }
        if self == .sequenceJump {
            jump(&image, from: number, shape, &dice)
        } else {
            apply(to: &image.records[number].packet, shape, &dice)
        }
    }

    private func apply(to packet: inout [UInt8], _ shape: PacketShape, _ dice: inout Dice) {
        let (ip, tcp) = (shape.network, shape.transport)
        let value = Int(dice.interesting())
        let put = { (packet: inout [UInt8], width: Int, offset: Int) in
            PacketShape.put(value, width, into: &packet, at: offset)
        }
        switch self {
        case .networkLength: put(&packet, 2, ip + (shape.isV6 ? 4 : 2))
        case .headerLength: packet[ip] = packet[ip] & 0xF0 | UInt8(value & 15)
        case .fragment: if !shape.isV6 { put(&packet, 2, ip + 6) } else { packet[ip + 6] = 44 }
        case .nextProtocol:
            packet[ip + (shape.isV6 ? 6 : 9)] = dice.pick([0, 1, 4, 6, 17, 41, 43, 44, 51, 58, 60, UInt8(value & 255)])
        case .address: put(&packet, 4, ip + (shape.isV6 ? 8 + 4 * dice.roll(8) : 12 + 4 * dice.roll(2)))
        case .dataOffset where shape.isTCP: packet[tcp + 12] = packet[tcp + 12] & 15 | UInt8(value & 15) << 4
        case .sequence where shape.isTCP: Self.add(value, to: &packet, at: tcp + 4, &dice)
        case .acknowledgment where shape.isTCP: Self.add(value, to: &packet, at: tcp + 8, &dice)
        case .flags where shape.isTCP:
            packet[tcp + 13] = dice.pick([0, 1, 2, 3, 4, 0x11, 0x12, 0x14, 0x18, 0x29, UInt8(value & 255)])
        case .options where shape.isTCP && shape.payload > tcp + 20:
            let offset = tcp + 20 + dice.roll(shape.payload - tcp - 20)
            packet[offset] = dice.pick([0, 1, 2, 3, 4, 5, 8, 255, UInt8(value & 255)])
        case .window where shape.isTCP: put(&packet, 2, tcp + 14)
        case .urgent where shape.isTCP:
            packet[tcp + 13] |= 0x20
            put(&packet, 2, tcp + 18)
        case .ports: put(&packet, 2, tcp + 2 * dice.roll(2))
        case .udpLength where shape.protocolNumber == 17: put(&packet, 2, tcp + 4)
        case .dnsPointer where shape.protocolNumber == 17:
            put(&packet, 2, shape.payload + dice.roll(shape.end - shape.payload))
            packet[min(packet.count - 1, shape.payload + 12 + dice.roll(32))] = 0xC0
        case .dnsCount where shape.protocolNumber == 17: put(&packet, 2, shape.payload + 4 + 2 * dice.roll(4))
        case .tlsLength where shape.isTCP && shape.payload < shape.end && (20...24).contains(packet[shape.payload]):
            // Of the record, or of the message in it and of what that holds.
            put(&packet, 2, dice.isLucky(in: 2) ? shape.payload + 3 : shape.payload + 5 + dice.roll(80))
        case .raw: RawMutation.overwrite(&packet, at: dice.roll(packet.count), &dice)
        default: packet[ip + dice.roll(shape.payload - ip)] = UInt8(value & 255)
        }
    }

    private static func add(_ value: Int, to packet: inout [UInt8], at offset: Int, _ dice: inout Dice) {
        let step =
            dice.isLucky(in: 2) ? UInt32(truncatingIfNeeded: value) : UInt32(bitPattern: Int32(dice.roll(3000) - 1500))
        PacketShape.put(Int(PacketShape.u32(packet, offset) &+ step), 4, into: &packet, at: offset)
    }

    /// Shifts the sequence numbers of one direction from a packet on, and what the other direction acknowledges.
    private func jump(_ image: inout CaptureImage, from start: Int, _ shape: PacketShape, _ dice: inout Dice) {
        guard shape.isTCP else { return }
        let step = dice.interesting()
        let ports = PacketShape.u32(image.records[start].packet, shape.transport)
        let swapped = ports << 16 | ports >> 16
        for number in start..<image.records.count {
            guard let other = PacketShape(image.records[number].packet), other.isTCP else { continue }
            let own = PacketShape.u32(image.records[number].packet, other.transport)
            guard own == ports || own == swapped else { continue }
            let offset = other.transport + (own == ports ? 4 : 8)
            let value = PacketShape.u32(image.records[number].packet, offset) &+ step
            PacketShape.put(Int(value), 4, into: &image.records[number].packet, at: offset)
        }
    }
}
