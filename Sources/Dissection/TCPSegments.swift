import Bytes

extension TCP {
    /// What the segment gives to something that is spread over several, and what it completes.
    static let segmentFields: [FieldRow] = [
        row("tcp.segment_data", "TCP segment data", .bytes, level: 1) { input, sink in
            let (tls, payload) = (input.facts.tls, input.layers.payload)
            if input.facts.application != .none, input.repeatsSegment, payload.captured > 0 {
                return sink(
                    .bytes(input.frame.slice(from: Int(payload.offset), count: Int(payload.captured)).array),
                    payload.range)
            }
            guard input.facts.application == .tls, !tls.isRepetition, payload.captured > 0 else { return }
            let start = Int(payload.offset)
            let end = start + Int(payload.captured)
            let ranges = [
                start..<min(end, start + Int(tls.continued)),
                max(start + Int(tls.continued), end - Int(tls.open))..<end,
            ]
            for range in ranges where !range.isEmpty {
                sink(.bytes(input.frame.slice(from: range.lowerBound, count: range.count).array), range)
            }
        }.needing([.application, .findings]).worded { _, range, input in
            "\(input.repeatsSegment ? "Retransmitted " : "")TCP segment data (\(range.count) byte\(range.count == 1 ? "" : "s"))"
        },
        row("tcp.segments", "Reassembled TCP Segments", .none, level: 1) { input, sink in
            if input.reassembly != nil { sink(.presence, 0..<0) }
        }.worded { _, _, input in
            guard let whole = input.reassembly else { return "" }
            let list = whole.pieces.map { "#\(UInt64($0.frame) + 1)(\($0.count))" }.joined(separator: ", ")
            return "\(whole.pieces.count) Reassembled TCP Segments (\(whole.bytes.count) bytes): \(list)"
        }.generated,
        row("tcp.segment", "TCP Segment", .frameNumber, level: 2) { input, sink in
            for piece in input.reassembly?.pieces ?? [] { sink(.number(UInt64(piece.frame) + 1), 0..<0) }
        }.worded { value, _, input in
            guard case .number(let frame) = value,
                let range = input.reassembly?.range(ofFrame: UInt32(truncatingIfNeeded: frame &- 1))
            else { return "" }
            let count = "\(range.count) byte\(range.count == 1 ? "" : "s")"
            return "Frame: \(frame), payload: \(range.lowerBound)-\(range.upperBound - 1) (\(count))"
        }.generated,
        row("tcp.segment.count", "Segment count", .uint32, level: 2) { input, sink in
            if let whole = input.reassembly { sink(.number(UInt64(whole.pieces.count)), 0..<0) }
        }.generated,
        row("tcp.reassembled.length", "Reassembled TCP length", .uint32, level: 2) { input, sink in
            if let whole = input.reassembly { sink(.number(UInt64(whole.bytes.count)), 0..<0) }
        }.generated,
        row("tcp.reassembled.data", "Reassembled TCP Data", .bytes, level: 2) { input, sink in
            if let whole = input.reassembly { sink(.bytes(whole.bytes), 0..<0) }
        }.generated,
    ]

    private static func row(
        _ name: String, _ label: String, _ type: FieldType, level: Int,
        _ emit: @escaping @Sendable (borrowing FieldInput, FieldRow.Sink) -> Void
    ) -> FieldRow {
        FieldRow(name, label, type, type.display, .inOrder(level: level), emit).needing(.application)
    }
}

extension FieldInput {
    /// Whether all of the payload came before, in order.
    fileprivate var repeatsSegment: Bool {
        guard let flags = facts.tcp?.flags else { return false }
        return flags.contains(.retransmission) && flags.isDisjoint(with: [.spuriousRetransmission, .outOfOrder])
    }
}
