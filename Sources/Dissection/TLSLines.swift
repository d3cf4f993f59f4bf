import Bytes

/// Lines of the tree that are more than a label and a value.
extension TLS {
    static func line(
        of item: Computed, _ range: Range<Int>, _ detail: Int, _ record: TLSRecord?, _ pieces: String, _ bytes: Bytes
    ) -> String? {
        let offset = range.lowerBound
        switch item {
        case .record: return record.map { title(of: $0, bytes) }
        case .alert: return detail == 0 ? "Alert Message: Encrypted Alert" : nil
        case .message:
            guard let kind = TLSHandshakePart.Kind(rawValue: detail & 7) else {
                return "Handshake Protocol: Encrypted Handshake Message"
            }
            let part = TLSHandshakePart(
                kind: kind, type: UInt8(truncatingIfNeeded: detail >> 3), offset: offset, count: range.count)
            return "Handshake Protocol: " + name(of: part, bytes)
                + (kind == .last ? " (last fragment)" : kind == .whole ? "" : " (fragment)")
        case .messagePieces:
            return "\(detail) Reassembled Handshake Fragment\(detail == 1 ? "" : "s") (\(range.count) bytes): " + pieces
        case .messagePiece:
            return "Frame: \(detail), payload: \(offset)-\(range.upperBound - 1) "
                + "(\(range.count) byte\(range.count == 1 ? "" : "s"))"
        case .cipherSuites: return counted("Cipher Suites", detail, "suite", "suites")
        case .compressions: return counted("Compression Methods", detail, "method", "methods")
        case .groups: return counted("Supported Groups", detail, "group", "groups")
        case .schemes: return counted("Signature Hash Algorithms", detail, "algorithm", "algorithms")
        case .pointFormats: return "Elliptic curves point formats (\(detail))"
        case .types: return "Certificate Type List (\(detail))"
        case .name:
            return "Distinguished Name: (\(names(in: range, bytes)))"
        case .certificateTypes: return counted("Certificate types", detail, "type", "types")
        case .certificates, .names:
            let count = range.count
            let label = item == .names ? "Distinguished Names" : "Certificates"
            return counted(label, count, "byte", "bytes")
        case .extensionGroup:
            let type = UInt64(bytes.u16(at: offset))
            return "Extension: \(extensionName(type) ?? "Unknown type \(type)") (len=\(range.count - 4))"
        case .extensionData where detail == 1: return counted("Data", range.count, "byte", "bytes")
        case .keyShare:
            let group = groupName(UInt64(bytes.u16(at: offset))) ?? "Unknown (\(bytes.u16(at: offset)))"
            return "Key Share Entry: Group: \(group), Key Exchange length: \(detail)"
        case .identityGroup: return "PSK Identity (length: \(detail))"
        case .exchangeGroup: return KeyExchange.names.indices.contains(detail) ? KeyExchange.names[detail] : nil
        case .ticketLifetime:
            let seconds = bytes.u32(at: offset)
            let span = seconds == 0 ? "" : " (\(duration(seconds)))"
            return "Session Ticket Lifetime Hint: \(seconds) second\(seconds == 1 ? "" : "s")\(span)"
        case .heartbeatInvalid: return "Invalid heartbeat payload length (\(detail))"
        case .heartbeatLength:
            let record = record?.end ?? range.upperBound
            let (size, rest) = (Int(bytes.u16(at: offset)), record - range.upperBound)
            return size + 16 > rest ? "Payload Length: \(size) (invalid, using \(rest) to decode payload)" : nil
        case .heartbeatPayload: return counted("Payload", range.count, "byte", "bytes")
        case .heartbeatPadding: return counted("Padding and HMAC", range.count, "byte", "bytes")
        case .certificate:
            let der = bytes.slice(from: offset, count: range.count).array
            guard let certificate = TLSCertificate(der: der) else { return nil }
            let digits = der.prefix(36).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return "Certificate: \(digits)\(der.count > 36 ? "…" : "") (\(certificate.attributes))"
        case .extensionData where range.isEmpty: return "Data: <MISSING>"
        default: return line(ofCertificate: item, range, detail, bytes)
        }
    }

    private static func counted(_ label: String, _ count: Int, _ one: String, _ many: String) -> String {
        "\(label) (\(count) \(count == 1 ? one : many))"
    }

    /// `TLSv1.2 Record Layer: Handshake Protocol: Client Hello`
    private static func title(of record: TLSRecord, _ bytes: Bytes) -> String {
        let version = shortName(record.version)
        switch record.type {
        case 20: return "\(version) Record Layer: Change Cipher Spec Protocol: Change Cipher Spec"
        case 21: return "\(version) Record Layer: \(alert(record, bytes))"
        case 22:
            var names: [String] = []
            forEachPart(record, bytes) { part in
                switch part.kind {
                case .whole, .last: names.append(Self.name(of: part, bytes))
                case .first where names.isEmpty: names.append(Self.name(of: part, bytes) + " (fragment)")
                // What goes on with a message and does not end it counts twice.
                case .first, .middle: names += ["", ""]
                }
            }
            let name = names.count > 1 ? "Multiple Handshake Messages" : names.first ?? "Encrypted Handshake Message"
            return "\(version) Record Layer: Handshake Protocol: \(name)"
        case 23:
            let name = record.session.carriesFTP ? "File Transfer Protocol (FTP)" : "Application Data"
            return "\(version) Record Layer: Application Data Protocol: \(name)"
        case 24: return "\(version) Record Layer: \(heartbeat(record, bytes))"
        default: return "\(version) Record Layer: Connection ID"
        }
    }

    /// `2 hours, 5 seconds`
    private static func duration(_ seconds: UInt32) -> String {
        let parts = [
            (seconds / 86400, "day"), (seconds / 3600 % 24, "hour"), (seconds / 60 % 60, "minute"),
            (seconds % 60, "second"),
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }
}
