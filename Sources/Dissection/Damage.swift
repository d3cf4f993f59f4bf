import Bytes

/// The line behind the last layer of a frame that the snap length cut short.
package enum CutPacket: ProtocolLayer {
    package static let id = ProtocolID.short
    package static let fields: [FieldRow] = []
    package static func title(_ input: borrowing FieldInput) -> String? {
        "[Packet size limited during capture: \(input.layers.damagedName(input.frame, input.facts)) truncated]"
    }
}

/// The line behind the last layer of a frame with a header that is not all there, though nothing was cut off.
package enum MalformedPacket: ProtocolLayer {
    package static let id = ProtocolID.malformed
    package static let fields: [FieldRow] = [
        FieldRow(
            "_ws.malformed.expert", "Malformed Packet (Exception occurred)", .none, .text, .inOrder(level: 1)
        ) { _, sink in sink(.presence, 0..<0) }.expert(.error, .malformed)
    ]
    package static func title(_ input: borrowing FieldInput) -> String? {
        "[Malformed Packet: \(input.layers.damagedName(input.frame, input.facts))]"
    }
}

extension Layers {
    /// The line that stands behind the last layer, if any.
    func damage(in frame: Bytes) -> ProtocolID? {
        switch stop.reason {
        case .complete, .fragment, .tooDeep: return nil
        case .cut: return .short
        case .malformed:
            guard count > 0 else { return .malformed }
            let last = self[count - 1]
            switch last.id {
            // What contradicts itself there has a finding of its own, and ends nothing.
            case .tcp:
                return TCP.bogusLength(frame.slice(from: Int(last.offset), count: Int(last.length))) == nil
                    ? .malformed : nil
            case .udp: return last.length < 8 ? .malformed : nil
            // What carries nothing has nothing that could be damaged.
            case .ipv4 where last.length == 0: return .malformed
            case .ipv6 where last.length < 40: return .malformed
            case .ipv4, .ipv6: return 1..<8 ~= payload.captured ? .malformed : nil
            case .ethernet, .vlan, .providerBridge, .sll, .null, .mpls, .ppp:
                return frame.count - last.end >= 20 ? nil : .malformed
            default: return .malformed
            }
        }
    }

    /// Whose header or payload it is that is not all there.
    fileprivate func damagedName(_ frame: Bytes, _ facts: FrameFacts) -> String {
        guard count > 0 else { return ProtocolID.ethernet.column }
        let last = self[count - 1]
        switch last.id {
        case .ipv4, .ipv6:
            switch frame.u8(at: Int(last.offset) + (last.id == .ipv4 ? 9 : 6)) {
            case 1: return ProtocolID.icmp.column
            case 6: return ProtocolID.tcp.column
            case 17: return ProtocolID.udp.column
            case 58: return ProtocolID.icmpv6.column
            default: return last.id.column
            }
        case .tcp where stop.reason == .complete:
            switch facts.application {
            case .ftp: return ProtocolID.ftp.column
            case .ftpData: return ProtocolID.ftpData.column
            case .tls: return ProtocolID.tls.column
            case .none: return last.id.column
            }
        default: return last.id.column
        }
    }
}
