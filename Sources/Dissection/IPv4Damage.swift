import Bytes

/// Headers that contradict themselves (RFC 791 §3.1): what stands before the contradiction is shown.
extension IPv4 {
    /// - Parameter count: of the bytes that are shown.
    static func walkDamaged(_ count: Int, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        guard layers.pushDamaged(id, at: cursor.offset, length: count) else { return cursor.ended }
        layers.stop = Stop(reason: .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset))
        return Cursor(next: .done, offset: cursor.offset + count, end: cursor.offset + count)
    }

    /// What the packet list says of a damaged header; nil for a sound one.
    static func problem(_ header: Bytes) -> String? {
        guard header.count < 20 else { return nil }
        guard header.count > 0 else { return "" }
        let (version, length) = (header.u8(at: 0) >> 4, Int(header.u8(at: 0) & 0xF) * 4)
        if version != 4 { return "Bogus IPv4 version (\(version), must be 4)" }
        if length < 20 { return "Bogus IP header length (\(length), must be at least 20)" }
        guard header.count == 4 else { return nil }
        return "Bogus IP length (\(header.u16(at: 2)), less than header length \(length))"
    }

    static var versionFinding: FieldRow {
        finding("ip.bogus_ip_version", "Bogus IPv4 version", byte: 0) {
            $0.header.count > 0 && $0.header.u8(at: 0) >> 4 != 4
        }.expert(.error, .protocolRules)
    }

    static var headerLengthFinding: FieldRow {
        finding("ip.bogus_header_length", "Bogus IP header length", byte: 0) {
            $0.header.count > 0 && $0.header.u8(at: 0) >> 4 == 4 && $0.header.u8(at: 0) & 0xF < 5
        }.worded { _, _, input in problem(input.header) ?? "" }.expert(.error, .protocolRules)
    }

    static var totalLengthFinding: FieldRow {
        finding("ip.bogus_ip_length", "Bogus IP length", byte: 2) { input in
            guard input.header.count >= 4 else { return false }
            let total = Int(input.header.u16(at: 2))
            return total != 0 && total < Int(input.header.u8(at: 0) & 0xF) * 4 || total > input.reported
        }.worded { _, _, input in
            input.header.count < 20
                ? "Bogus IP length" : "IPv4 total length exceeds packet length (\(input.reported) bytes)"
        }.expert(.error, .protocolRules)
    }

    static let totalLengthWording: FieldRow.Wording = { _, _, input in
        guard input.header.count == 4 else { return "" }
        return " bytes (bogus, less than header length \(Int(input.header.u8(at: 0) & 0xF) * 4))"
    }

    /// A total of zero is what the sending host's own capture shows of a segment that the network card will cut up.
    static var offloadedLength: FieldRow {
        FieldRow("ip.len", "Total Length", .uint16, .decimal, .inOrder(level: 1)) { input, sink in
            guard input.header.has(4, at: 0), input.header.u16(at: 2) == 0 else { return }
            sink(.number(UInt64(input.reported)), input.start + 2..<input.start + 4)
        }.suffixed { _, _, _ in
            " bytes (reported as 0, presumed to be because of \"TCP segmentation offload\" (TSO))"
        }
    }
}

extension FieldInput {
    /// How many bytes there are on the wire from the layer's first one; quoted packets are cut short and say nothing.
    var reported: Int { facts.isQuoted ? .max : max(0, max(Int(facts.frame.length), frame.count) - start) }
}
