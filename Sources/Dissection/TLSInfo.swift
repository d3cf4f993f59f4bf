import Bytes

/// What the packet list says of a frame with TLS records.
extension TLS {
    package static func column(_ input: borrowing FieldInput) -> String {
        var version: UInt16?
        func read(_ input: borrowing FieldInput) {
            var first: UInt16?
            let end = input.forEachRecord { first = first ?? $0.version }
            if let first { version = end.session.version == 0 ? first : end.session.version }
        }
        withReassembly(input, read)
        read(input)
        // The segment that begins a record says no more than TCP does.
        return version.map(shortName)
            ?? (isOpenOnly(input) ? TCP.id.column : shortName(input.facts.tls.session.version))
    }

    package static func appendInfo(_ input: borrowing FieldInput, to text: inout [UInt8]) {
        let start = text.count
        var hasRecords = false
        func read(_ input: borrowing FieldInput) {
            let end = input.forEachRecord {
                hasRecords = true
                appendInfo($0, input, from: start, to: &text)
            }
            if end.wanted == nil, end.offset < input.layer.end {
                append("Ignored Unknown Record", from: start, to: &text)
            }
        }
        withReassembly(input, read)
        read(input)
        if text.count == start, !hasRecords { text.append("[TCP segment of a reassembled PDU]") }
    }

    private static func isOpenOnly(_ input: borrowing FieldInput) -> Bool {
        input.facts.tls.open > 0 && input.layer.length == input.facts.tls.open
    }

    /// Calls `body` with the records that the frame completes, if any.
    private static func withReassembly(_ input: borrowing FieldInput, _ body: (borrowing FieldInput) -> Void) {
        guard let reassembly = input.reassembly else { return }
        let bytes = reassembly.bytes
        withBorrowed(FoundFrame(reassembly.layers, input.facts.ofReassembly(reassembly))) { found in
            body(FieldInput(bytes.bytes, copy found, 0))
        }
    }

    private static func appendInfo(
        _ record: TLSRecord, _ input: borrowing FieldInput, from start: Int, to text: inout [UInt8]
    ) {
        switch record.type {
        case 20: append("Change Cipher Spec", from: start, to: &text)
        case 21: append(alert(record, input.frame), from: start, to: &text)
        case 22:
            if isOpaque(record, input.frame) {
                return append("Encrypted Handshake Message", from: start, to: &text)
            }
            forEachPart(record, input.frame) { part in
                switch part.kind {
                case .whole, .last: append(name(of: part, input.frame), from: start, to: &text)
                case .first where part.offset == record.body:
                    append("[\(name(of: part, input.frame)) Fragment]", from: start, to: &text)
                case .first, .middle: break
                }
            }
        case 23: append("Application Data", from: start, to: &text)
        case 24: append(heartbeat(record, input.frame), from: start, to: &text)
        default: append("Connection ID", from: start, to: &text)
        }
    }

    private static func append(_ word: String, from start: Int, to text: inout [UInt8]) {
        if text.count > start { text.append(", ") }
        text.append(word)
    }

    /// `TLSv1.2`
    static func shortName(_ version: UInt16) -> String {
        switch version {
        case 0x0300: "SSLv3"
        case 0x0301: "TLSv1"
        case 0x0302: "TLSv1.1"
        case 0x0303: "TLSv1.2"
        case 0x0304: "TLSv1.3"
        default: "SSL"
        }
    }

    /// An alert in clear has two bytes (RFC 8446 §6).
    static func isReadableAlert(_ record: TLSRecord) -> Bool { record.length == 2 && record.available == 2 }

    static func alert(_ record: TLSRecord, _ bytes: Bytes) -> String {
        guard isReadableAlert(record) else { return "Encrypted Alert" }
        let level = alertLevelName(UInt64(bytes.u8(at: record.body))) ?? "Unknown"
        let description = alertName(UInt64(bytes.u8(at: record.body + 1))) ?? "Unknown"
        return "Alert (Level: \(level), Description: \(description))"
    }

    static func heartbeat(_ record: TLSRecord, _ bytes: Bytes) -> String {
        switch bytes.u8(at: record.body) {
        case 1: "Heartbeat Request"
        case 2: "Heartbeat Response"
        default: "Encrypted Heartbeat"
        }
    }
}
