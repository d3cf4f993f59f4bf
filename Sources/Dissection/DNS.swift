package import Bytes
import FTPProtocol

/// The Domain Name System's messages (RFC 1035 §4), over UDP.
@usableFromInline
package enum DNS: ProtocolLayer {
    package static let id = ProtocolID.dns

    package static let fields: [FieldRow] = headerFields + recordFields

    /// A message in a datagram, to or from the port of DNS, of its multicast kind (RFC 6762) or of LLMNR (RFC 4795).
    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers, as id: ProtocolID) -> Cursor {
        // A datagram that ends in the header is a message all the same.
        let length = min(12, cursor.end - cursor.offset)
        guard length > 0, layers.take(id, length, frame, cursor) else { return cursor.ended }
        return cursor.after(length, .done)
    }

    /// The messages that a segment of TCP holds whole, each behind its length (RFC 1035 §4.2.2). They are layers beside
    /// each other; the segment's payload stays what it is.
    static func addMessages(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) {
        var offset = cursor.offset
        let end = min(cursor.end, frame.count)
        while offset + 14 <= end {
            let length = Int(frame.u16(at: offset))
            guard length >= 12, offset + 2 + length <= end, layers.push(id, at: offset + 2, length: 12) else { return }
            offset += 2 + length
        }
    }

    static func responseName(_ code: UInt64) -> String? { DNSName.errors[code] }

    /// Calls `body` with each address that a response gives and the name that was asked for.
    ///
    /// Aliases (CNAME) are followed backwards in that the question's name is reported, which is what the user typed.
    /// - Parameter message: from the header on.
    package static func forEachAddress(in message: Bytes, _ body: (String, IPAddress) -> Void) {
        guard message.has(12, at: 0), message.u16(at: 2) & 0x8000 != 0, message.u16(at: 4) == 1,
            let question = name(in: message, at: 12)
        else { return }
        var offset = question.end + 4
        for _ in 0..<min(message.u16(at: 6), 64) {
            guard let owner = name(in: message, at: offset), message.has(10, at: owner.end) else { return }
            let length = Int(message.u16(at: owner.end + 8))
            let data = owner.end + 10
            guard message.has(length, at: data) else { return }
            switch (message.u16(at: owner.end), length) {
            case (1, 4): body(question.text, IPAddress(v4: message.u32(at: data)))
            case (28, 16): body(question.text, IPAddress(high: message.u64(at: data), low: message.u64(at: data + 8)))
            default: break
            }
            offset = data + length
        }
    }

    /// Reads a possibly compressed name (RFC 1035 §4.1.4); nil when it is damaged or its pointers run in circles.
    /// - Returns: the name without the final dot and safe to show, and the offset behind it.
    package static func name(in message: Bytes, at start: Int) -> (text: String, end: Int)? {
        var text: [UInt8] = []
        var offset = start
        var end: Int?
        // A name has at most 127 labels; each pointer must also lead somewhere, so this bounds both.
        for _ in 0..<128 {
            guard message.has(1, at: offset) else { return nil }
            let length = Int(message.u8(at: offset))
            if length >= 0xC0, !message.has(2, at: offset) { return nil }
            switch length >> 6 {
            case 0:
                if length == 0 { return (displayText(text), end ?? offset + 1) }
                guard message.has(length, at: offset + 1), text.count + length < 255 else { return nil }
                if !text.isEmpty { text.append(UInt8(ascii: ".")) }
                text += message.slice(from: offset + 1, count: length).array
                offset += 1 + length
            case 3:
                end = end ?? offset + 2
                offset = Int(message.u16(at: offset) & 0x3FFF)
            default: return nil
            }
        }
        return nil
    }
}

extension Field where P == DNS, Value == UInt16 {
    @inlinable package static var identification: Self { .init("dns.id", "Transaction ID", byte: 0, .hexadecimal) }
    @inlinable package static var questions: Self { .init("dns.count.queries", "Questions", byte: 4) }
    @inlinable package static var answers: Self { .init("dns.count.answers", "Answer RRs", byte: 6) }
    @inlinable package static var authorities: Self { .init("dns.count.auth_rr", "Authority RRs", byte: 8) }
    @inlinable package static var additional: Self { .init("dns.count.add_rr", "Additional RRs", byte: 10) }
}
