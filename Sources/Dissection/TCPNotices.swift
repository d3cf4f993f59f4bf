import Bytes

/// What one TCP header says about itself beside its numbers.
package enum TCPNotice: Sendable {
    case flagsText, times, analysis
    case acknowledgmentUnused, urgentPointerUnused, bogusLength, shortSegment
}

extension TCP {
    static func notice(_ notice: TCPNotice, _ name: String, _ label: String, _ type: FieldType = .none) -> FieldRow {
        computed(.notice(notice), name, label, type, nil, .inOrder(level: 1))
    }
}

extension TCPNotice {
    func place(_ start: Int) -> Range<Int> {
        if case .flagsText = self { start + 12..<start + 14 } else { start..<start }
    }

    func value(_ input: borrowing FieldInput) -> FieldRow.Value? {
        let header = Header<TCP>(input.frame, input.layer)
        let flags = header[.flags]
        func found(_ condition: Bool) -> FieldRow.Value? { condition ? .presence : nil }
        switch self {
        case .flagsText: return .text(Self.letters(of: flags))
        case .times: return found(input.facts.tcp != nil)
        case .analysis: return found(input.facts.tcp?.isRemarkable ?? false)
        case .acknowledgmentUnused: return found(!header[.acknowledge] && header[.acknowledgment] != 0)
        case .bogusLength: return found(TCP.bogusLength(input.header) != nil)
        // The datagram ends before the header does; what the capture cut off is another thing.
        case .shortSegment:
            return found(
                input.layer.length < 20 && input.layers.stop.reason == .malformed && input.header.has(2, at: 14)
                    && TCP.bogusLength(input.header) == nil)
        case .urgentPointerUnused: return found(!header[.urgent] && header[.urgentPointer] != 0)
        }
    }

    /// A letter for each flag that is set, the highest bit first, and a dot for the others.
    private static func letters(of flags: UInt16) -> String {
        var text = ""
        for (number, letter) in "RRRACEUAPRSF".enumerated() {
            text.append(flags & 0x800 >> UInt16(number) != 0 ? letter : "·")
        }
        return text
    }
}
