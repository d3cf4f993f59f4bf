import Bytes

/// Lines of the tree that are more than a label and a value.
extension TLS {
    static func line(
        of item: Computed, _ range: Range<Int>, _ detail: Int, _ record: TLSRecord?, _ bytes: Bytes
    ) -> String? {
        let offset = range.lowerBound
        switch item {
        case .record: return record.map { title(of: $0, bytes) }
        case .alert: return detail == 0 ? "Alert Message: Encrypted Alert" : nil
        case .message:
            let name = detail == 0 ? nil : messageName(bytes.u8(at: offset))
            return "Handshake Protocol: " + (name ?? "Encrypted Handshake Message")
        case .cipherSuites: return counted("Cipher Suites", detail, "suite", "suites")
        case .compressions: return counted("Compression Methods", detail, "method", "methods")
        case .groups: return counted("Supported Groups", detail, "group", "groups")
        case .schemes: return counted("Signature Hash Algorithms", detail, "algorithm", "algorithms")
        case .pointFormats: return "Elliptic curves point formats (\(detail))"
        case .certificateTypes: return counted("Certificate types", detail, "type", "types")
        case .certificates, .names:
            let count = range.count
            let label = item == .names ? "Distinguished Names" : "Certificates"
            return counted(label, count, "byte", "bytes")
        case .extensionGroup:
            let type = UInt64(bytes.u16(at: offset))
            return "Extension: \(extensionName(type) ?? "Unknown type \(type)") (len=\(range.count - 4))"
        case .extensionData: return counted("Data", range.count, "byte", "bytes")
        case .keyShare:
            let group = groupName(UInt64(bytes.u16(at: offset))) ?? "Unknown (\(bytes.u16(at: offset)))"
            return "Key Share Entry: Group: \(group), Key Exchange length: \(detail)"
        case .identityGroup: return "PSK Identity (length: \(detail))"
        case .exchangeGroup: return KeyExchange.names.indices.contains(detail) ? KeyExchange.names[detail] : nil
        case .ticketLifetime:
            let seconds = bytes.u32(at: offset)
            let span = seconds == 0 ? "" : " (\(duration(seconds)))"
            return "Session Ticket Lifetime Hint: \(seconds) second\(seconds == 1 ? "" : "s")\(span)"
        case .heartbeatPayload: return counted("Payload", range.count, "byte", "bytes")
        case .heartbeatPadding: return counted("Padding and HMAC", range.count, "byte", "bytes")
        case .certificate:
            let der = bytes.slice(from: offset, count: range.count).array
            guard let certificate = TLSCertificate(der: der) else { return nil }
            let digits = der.prefix(36).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            return "Certificate: \(digits)\(der.count > 36 ? "…" : "") (\(certificate.attributes))"
        default: return nil
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
            forEachMessage(record, bytes) { names.append(messageName($0.type) ?? "Unknown") }
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
