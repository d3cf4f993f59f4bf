import Bytes

extension TCP {
    /// What is read from the payload, and from the frames around.
    package enum Computed: Sendable {
        case stream, payloadLength, payload, resetCause, messageLength
        case analysis(TCPAnalysisField), finding(TCPAnalysis.Flags)
        case notice(TCPNotice)
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        // A quoted header may end after its sequence number (RFC 792).
        switch field {
        case .notice(.bogusLength), .notice(.shortSegment): break
        default: guard input.layer.length >= 20 else { return }
        }
        let (start, payload) = (input.start, input.layers.payload)
        switch field {
        case .stream: if let stream = input.facts.stream { sink(.number(UInt64(stream)), start..<start) }
        case .payloadLength: sink(.number(UInt64(payload.length)), start..<start)
        // RFC 9293 §3.10.7.4: what a reset carries says in words why.
        case .resetCause:
            guard payload.captured > 0, input.header.u8(at: 13) & 4 != 0 else { return }
            let text = input.frame.slice(from: Int(payload.offset), count: Int(payload.captured)).array
                .prefix { (0x20..<0x7F).contains($0) }
            sink(.text(String(decoding: text, as: UTF8.self)), payload.range)
        case .payload:
            guard payload.captured > 0, input.header.u8(at: 13) & 4 == 0 else { return }
            sink(
                .bytes(input.frame.slice(from: Int(payload.offset), count: Int(payload.captured)).array), payload.range)
        // RFC 1035 §4.2.2: each message of DNS stands behind its length.
        case .messageLength:
            for slot in 0..<input.layers.count where input.layers[slot].id == .dns {
                let start = Int(input.layers[slot].offset) - 2
                guard start >= Int(payload.offset) else { continue }
                let count = 2 + Int(input.frame.u16(at: start))
                sink(.number(UInt64(count)), start..<min(start + count, payload.range.upperBound))
            }
        case .notice(let notice): if let value = notice.value(input) { sink(value, notice.place(start)) }
        case .analysis(let field):
            if let facts = input.facts.tcp, let value = field.value(facts, Header<TCP>(input.frame, input.layer)) {
                sink(value, field.place(start))
            }
        case .finding(let flags):
            if let facts = input.facts.tcp {
                guard !facts.flags.isDisjoint(with: flags) else { return }
                let place =
                    flags.isDisjoint(with: .ofFlags)
                    ? start : start + (flags.isDisjoint(with: [.finActive, .finPassive]) ? 13 : 12)
                sink(.presence, place..<place)
            }
        }
    }
}
