import Bytes
import FTPProtocol

extension TLS {
    /// What is read from the records of a frame and from the handshake messages that lie whole in it.
    package enum Computed: Sendable {
        case record, contentType, recordVersion, recordLength, alertLevel, alertDescription
        case message, messageType, messageLength, messageVersion, cipherSuite, extensionType, serverName, application
        case supportedVersion, certificateSubject
    }

    static var recordFields: [FieldRow] {
        [
            computed(.record, "tls.record", "TLS Record Layer", .none, nil, .group),
            computed(.contentType, "tls.record.content_type", "Content Type", .uint8).named(contentName),
            computed(.recordVersion, "tls.record.version", "Version", .uint16, .hexadecimal).named(named),
            computed(.recordLength, "tls.record.length", "Length", .uint16),
            computed(.alertLevel, "tls.alert_message.level", "Level", .uint8).named(alertLevelName),
            computed(.alertDescription, "tls.alert_message.desc", "Description", .uint8).named(alertName),
            computed(.message, "tls.handshake", "Handshake Protocol", .none, nil, .group),
            computed(.messageType, "tls.handshake.type", "Handshake Type", .uint8).named(messageName),
            computed(.messageLength, "tls.handshake.length", "Length", .uint24),
            computed(.messageVersion, "tls.handshake.version", "Version", .uint16, .hexadecimal).named(named),
            computed(.cipherSuite, "tls.handshake.ciphersuite", "Cipher Suite", .uint16, .hexadecimal),
            computed(.extensionType, "tls.handshake.extension.type", "Extension", .uint16).named(extensionName),
            computed(.serverName, "tls.handshake.extensions_server_name", "Server Name", .string),
            computed(.application, "tls.handshake.extensions_alpn_str", "ALPN Next Protocol", .string),
            computed(
                .supportedVersion, "tls.handshake.extensions.supported_version", "Supported Version", .uint16,
                .hexadecimal
            ).named(named),
            computed(.certificateSubject, "tls.handshake.certificate_subject", "Certificate Subject", .string),
        ]
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        guard let first = input.facts.firstRecord else { return }
        let bytes = input.frame.slice(from: 0, count: input.layer.end)
        var offset = input.start + Int(first)
        var isEncrypted = false
        while bytes.has(5, at: offset), isRecordHeader(bytes.slice(from: offset)) {
            let record = Record(offset: offset, length: Int(bytes.u16(at: offset + 3)), isEncrypted: isEncrypted)
            resolve(field, record, bytes, sink)
            // RFC 5246 §7.1: what follows in this direction is encrypted.
            if bytes.u8(at: offset) == 20 { isEncrypted = true }
            offset += 5 + record.length
        }
    }

    private struct Record {
        let offset: Int
        let length: Int
        let isEncrypted: Bool
    }

    private static func resolve(_ field: Computed, _ record: Record, _ bytes: Bytes, _ sink: FieldRow.Sink) {
        let (offset, body) = (record.offset, record.offset + 5)
        let type = bytes.u8(at: offset)
        switch field {
        case .record:
            let end = min(bytes.count, body + record.length)
            sink(.text(title(record, bytes)), offset..<end)
        case .contentType: sink(.number(UInt64(type)), offset..<offset + 1)
        case .recordVersion: sink(.number(UInt64(bytes.u16(at: offset + 1))), offset + 1..<offset + 3)
        case .recordLength: sink(.number(UInt64(record.length)), offset + 3..<offset + 5)
        case .alertLevel, .alertDescription:
            guard type == 21, record.length == 2, !record.isEncrypted, bytes.has(2, at: body) else { return }
            let place = field == .alertLevel ? body : body + 1
            sink(.number(UInt64(bytes.u8(at: place))), place..<place + 1)
        default:
            forEachMessage(record, bytes) { TLSMessage(offset: $0, length: $1).resolve(field, bytes, sink) }
        }
    }

    private static func title(_ record: Record, _ bytes: Bytes) -> String {
        let type = UInt64(bytes.u8(at: record.offset))
        var names: [String] = []
        forEachMessage(record, bytes) { offset, _ in
            names.append(messageName(UInt64(bytes.u8(at: offset))) ?? "Unknown")
        }
        if type == 22, names.isEmpty { names = ["Encrypted or incomplete Handshake Message"] }
        return ([contentName(type) ?? String(type)] + names).joined(separator: ", ")
    }

    /// Calls `body` with the place and the body's length of each handshake message that the record holds whole.
    ///
    /// An encrypted message looks like one of unknown type, or longer than its record.
    private static func forEachMessage(_ record: Record, _ bytes: Bytes, _ body: (Int, Int) -> Void) {
        guard bytes.u8(at: record.offset) == 22, !record.isEncrypted else { return }
        var offset = record.offset + 5
        let end = min(bytes.count, offset + record.length)
        while offset + 4 <= end, messageName(UInt64(bytes.u8(at: offset))) != nil {
            let length = Int(bytes.u24(at: offset + 1))
            guard offset + 4 + length <= end else { return }
            body(offset, length)
            offset += 4 + length
        }
    }
}

/// One handshake message in a frame (RFC 8446 §4, RFC 5246 §7.4).
private struct TLSMessage {
    let offset: Int
    let length: Int

    func resolve(_ field: TLS.Computed, _ bytes: Bytes, _ sink: FieldRow.Sink) {
        let type = bytes.u8(at: offset)
        let start = offset + 4
        let body = bytes.slice(from: start, count: length)
        let isHello = type == 1 || type == 2
        switch field {
        case .message: sink(.text(TLS.messageName(UInt64(type)) ?? ""), offset..<start + length)
        case .messageType: sink(.number(UInt64(type)), offset..<offset + 1)
        case .messageLength: sink(.number(UInt64(length)), offset + 1..<offset + 4)
        case .messageVersion:
            if isHello, length >= 2 { sink(.number(UInt64(body.u16(at: 0))), start..<start + 2) }
        case .cipherSuite:
            guard isHello else { return }
            for place in TLSHello.cipherSuites(in: body, isClient: type == 1) {
                sink(.number(UInt64(body.u16(at: place))), start + place..<start + place + 2)
            }
        case .certificateSubject:
            guard type == 11 else { return }
            let size = Int(body.u24(at: 3))
            guard size > 0, body.has(size, at: 6),
                let certificate = TLSCertificate(der: body.slice(from: 6, count: size).array)
            else { return }
            sink(.text(certificate.subject), start + 6..<start + 6 + size)
        case .extensionType, .serverName, .application, .supportedVersion:
            guard isHello else { return }
            TLSHello.forEachExtension(in: body, isClient: type == 1) { number, place, size in
                resolve(field, number, body.slice(from: place, count: size), start + place, sink)
            }
        default: break
        }
    }

    /// - Parameter place: of the extension's data, in the frame.
    private func resolve(
        _ field: TLS.Computed, _ number: UInt16, _ data: Bytes, _ place: Int, _ sink: FieldRow.Sink
    ) {
        switch (field, number) {
        case (.extensionType, _): sink(.number(UInt64(number)), place - 4..<place - 2)
        case (.serverName, 0):
            let length = Int(data.u16(at: 3))
            guard data.u8(at: 2) == 0, length > 0, data.has(length, at: 5) else { return }
            sink(.text(displayText(data.slice(from: 5, count: length).array)), place + 5..<place + 5 + length)
        case (.application, 16):
            TLSHello.forEachProtocol(in: data) { offset, length in
                let name = data.slice(from: offset, count: length).array
                sink(.text(displayText(name)), place + offset..<place + offset + length)
            }
        case (.supportedVersion, 43):
            // A server's answer is one version, a client's offer a list behind its length.
            var offset = data.count == 2 ? 0 : 1
            while data.has(2, at: offset) {
                sink(.number(UInt64(data.u16(at: offset))), place + offset..<place + offset + 2)
                offset += 2
            }
        default: break
        }
    }
}
