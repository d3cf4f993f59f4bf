import Bytes

/// What stands behind the packet in a frame: padding up to the 60 bytes that Ethernet asks for (IEEE 802.3 §3.2.8),
/// whatever some box added behind that, and the frame check sequence where the capture kept it.
package struct LinkTrailer {
    package enum Part: Sendable {
        case padding, trailer, checkSequence, checkStatus, paddingBad, lengthPastEnd
    }

    private var padding = 0..<0
    private var trailer = 0..<0
    private var checkSequence = 0..<0
    private var isPaddingBad = false
    private var isLengthPastEnd = false

    /// Nil where another layer of the link reads the rest of the frame, or where no header says how long its packet is.
    ///
    /// - Parameter hasCheckSequence: whether the layer is one that a check sequence can follow.
    init?(_ input: borrowing FieldInput, hasCheckSequence: Bool) {
        let (frame, layers) = (input.frame, input.layers)
        guard let slot = (0..<layers.count).first(where: { layers[$0].offset == input.layer.offset }) else {
            return nil
        }
        let wire = max(frame.count, Int(input.facts.frame.length))
        let known = hasCheckSequence ? input.checkSequenceLength : 0
        if known == 4, wire == frame.count, wire >= input.layer.end + 4 { checkSequence = wire - 4..<wire }
        let type = frame.u16(at: input.layer.end - 2)
        let end: Int
        if input.layer.id != .sll, Ethernet.isLength(type), type > 0 || input.layer.id != .ethernet {
            isLengthPastEnd = input.layer.end + Int(type) > wire
            end = input.layer.end + Int(type)
        } else if let packet = layers.packetEnd(behind: slot, in: frame) {
            end = packet
        } else {
            return
        }
        guard end < frame.count, frame.count == wire else { return }
        // A frame that is shorter was never filled up: what follows the packet is something else.
        let minimum = wire - checkSequence.count < 60 ? end : max(end, 60)
        let isZero = (end..<minimum).allSatisfy { frame.u8(at: $0) == 0 }
        isPaddingBad = !isZero
        let boundary = isZero ? minimum : end
        padding = end..<boundary
        // A frame of 64 bytes or more has room for a check sequence; whether it is one, nobody says.
        if known == nil, wire >= 64, wire - boundary >= 4 { checkSequence = wire - 4..<wire }
        trailer = boundary..<max(boundary, wire - checkSequence.count)
    }

    func resolve(_ part: Part, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        switch part {
        case .padding: Self.hand(padding, input, sink)
        case .trailer: Self.hand(trailer, input, sink)
        case .checkSequence where !checkSequence.isEmpty:
            sink(.number(UInt64(input.frame.u32(at: checkSequence.lowerBound))), checkSequence)
        // 2: not verified.
        case .checkStatus where !checkSequence.isEmpty: sink(.number(2), 0..<0)
        case .paddingBad where isPaddingBad: sink(.presence, 0..<0)
        case .lengthPastEnd where isLengthPastEnd: sink(.presence, 0..<0)
        case .checkSequence, .checkStatus, .paddingBad, .lengthPastEnd: break
        }
    }

    private static func hand(_ range: Range<Int>, _ input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        guard !range.isEmpty else { return }
        sink(.bytes(input.frame.slice(from: range.lowerBound, count: range.count).array), range)
    }
}

extension Layers {
    /// Where the packet right behind a layer of the link says it ends.
    fileprivate func packetEnd(behind slot: Int, in frame: Bytes) -> Int? {
        guard slot + 1 < count else { return nil }
        let packet = self[slot + 1]
        let start = Int(packet.offset)
        switch packet.id {
        // A total length of 0 is what segmentation offload leaves: there is no telling.
        case .ipv4 where frame.u16(at: start + 2) != 0:
            return start + max(20, Int(Header<IPv4>(frame, packet)[.totalLength]))
        case .ipv6 where frame.u16(at: start + 4) != 0:
            return start + 40 + Int(Header<IPv6>(frame, packet)[.payloadLength])
        case .arp: return packet.end
        case .providerBridge: return packetEnd(behind: slot + 1, in: frame)
        default: return nil
        }
    }
}
