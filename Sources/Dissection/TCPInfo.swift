import Bytes

extension TCP {
    /// `43770 → 21 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 WS=128`, after what is remarkable about the segment.
    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let header = Header<TCP>(input.frame, input.layer)
        let facts = input.facts.tcp
        appendFindings(of: facts, to: &text)
        let start = text.count
        text.append(decimal: UInt64(header[.sourcePort]))
        text.append(" → ")
        text.append(decimal: UInt64(header[.destinationPort]))
        // A quoted header may end after its sequence number (RFC 792).
        guard input.layer.length >= 16 else { return }
        text.append(" [")
        appendFlags(header[.flags], to: &text)
        text.append("] Seq=")
        text.append(decimal: UInt64(facts?.relativeSequence ?? header[.sequence]))
        if header[.acknowledge] {
            text.append(" Ack=")
            text.append(decimal: UInt64(facts?.relativeAcknowledgment ?? header[.acknowledgment]))
        }
        text.append(" Win=")
        let window = header[.window]
        text.append(
            decimal: UInt64(facts.map { $0.windowSize(window, isSYN: header[.synchronize]) } ?? UInt32(window)))
        if header[.urgent] {
            text.append(" Urg=")
            text.append(decimal: UInt64(header[.urgentPointer]))
        }
        if let length = bogusLength(header.bytes) {
            return text.append(", bogus TCP header length (\(length), must be at least 20)")
        }
        guard input.layer.length >= 20 else { return }
        text.append(" Len=")
        text.append(decimal: UInt64(input.layers.payload.length))
        if input.layer.length > 20 {
            appendOptions(header.bytes, facts?.acknowledgmentBase ?? 0, from: start, to: &text)
        }
        if input.facts.application == .tls, input.facts.tls.continued > 0 {
            text.append(" [TCP segment of a reassembled PDU]")
        }
    }

    /// The names of the flags that are set, the lowest bit first as headers are spoken of: `SYN, ACK`.
    static func appendFlags(_ flags: UInt16, to text: inout [UInt8]) {
        // The two that nearly every segment has.
        if flags == 0x10 { return text.append("ACK") }
        if flags == 0x18 { return text.append("PSH, ACK") }
        let start = text.count
        for bit in 0..<9 where flags >> UInt16(bit) & 1 == 1 {
            if text.count > start { text.append(", ") }
            switch bit {
            case 0: text.append("FIN")
            case 1: text.append("SYN")
            case 2: text.append("RST")
            case 3: text.append("PSH")
            case 4: text.append("ACK")
            case 5: text.append("URG")
            case 6: text.append("ECE")
            case 7: text.append("CWR")
            default: text.append("AE")
            }
        }
        if flags & 0x0E00 != 0 {
            if text.count > start { text.append(", ") }
            text.append("Reserved")
        }
        if text.count == start { text.append("<None>") }
    }

    /// Each finding in brackets; what is said last of a segment in its tree stands first.
    static func appendFindings(of facts: TCPAnalysis?, to text: inout [UInt8]) {
        guard let facts, !facts.flags.isDisjoint(with: .ofSequences) else { return }
        let flags = facts.flags
        if flags.contains(.zeroWindowProbeACK) { text.append("[TCP ZeroWindowProbeAck] ") }
        if flags.contains(.zeroWindow) { text.append("[TCP ZeroWindow] ") }
        if flags.contains(.zeroWindowProbe) { text.append("[TCP ZeroWindowProbe] ") }
        if flags.contains(.duplicateACK) {
            text.append("[TCP Dup ACK ")
            text.append(decimal: facts.duplicateACKFrame.map { UInt64($0 &+ 1) } ?? 0)
            text.append("#")
            text.append(decimal: UInt64(facts.duplicateACKNumber))
            text.append("] ")
        }
        if flags.contains(.keepAliveACK) { text.append("[TCP Keep-Alive ACK] ") }
        if flags.contains(.keepAlive) { text.append("[TCP Keep-Alive] ") }
        if flags.contains(.windowFull) { text.append("[TCP Window Full] ") }
        if flags.contains(.windowUpdate) { text.append("[TCP Window Update] ") }
        if flags.contains(.ackLostSegment) { text.append("[TCP ACKed unseen segment] ") }
        if flags.contains(.lostSegment) { text.append("[TCP Previous segment not captured] ") }
        if flags.contains(.outOfOrder) { text.append("[TCP Out-Of-Order] ") }
        if flags.contains(.spuriousRetransmission) {
            text.append("[TCP Spurious Retransmission] ")
        } else if flags.contains(.fastRetransmission) {
            text.append("[TCP Fast Retransmission] ")
        } else if flags.contains(.retransmission) {
            text.append("[TCP Retransmission] ")
        }
        if flags.contains(.reusedPorts) { text.append("[TCP Port numbers reused] ") }
    }
}
