package import Bytes

/// TLS records (RFC 8446 §5.1, RFC 5246 §6.2).
@usableFromInline
package enum TLS: ComputingLayer {
    package static let id = ProtocolID.tls

    /// A frame holds several records, or begins within one: nothing lies at a fixed place.
    package static let fields: [FieldRow] = rows.map(\.row)

    /// Whether the five bytes at the start can be a record's header; this is how TLS is told from text.
    package static func isRecordHeader(_ bytes: Bytes) -> Bool {
        (20...24).contains(bytes.u8(at: 0)) && bytes.u8(at: 1) == 3 && bytes.u8(at: 2) <= 4
            && bytes.u16(at: 3) <= maximumRecordLength
    }

    /// 2^14 of plaintext and 2048 for what ciphers may add (RFC 5246 §6.2.3).
    static var maximumRecordLength: UInt16 { (1 << 14) + 2048 }

    /// `TLS 1.3` for 0x0304, and so on down to SSL 3.0.
    package static func versionName(_ version: UInt16) -> String {
        switch version {
        case 0x0300: "SSL 3.0"
        case 0x0301...0x0303: "TLS 1.\(version - 0x0301)"
        case 0x0304: "TLS 1.3"
        default: "TLS 0x" + String(version, radix: 16)
        }
    }
}

extension Field where P == TLS, Value == UInt8 {
    @inlinable package static var contentType: Self { .init("tls.record.content_type", "Content Type", byte: 0) }
}

extension Field where P == TLS, Value == UInt16 {
    @inlinable package static var version: Self { .init("tls.record.version", "Version", byte: 1, .hexadecimal) }
    @inlinable package static var length: Self { .init("tls.record.length", "Length", byte: 3) }
}
