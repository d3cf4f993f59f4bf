import Bytes
import FTPProtocol

/// Lines of a certificate's tree that are more than a label and a value.
extension TLS {
    static func line(ofCertificate item: Computed, _ range: Range<Int>, _ detail: Int, _ bytes: Bytes) -> String? {
        let content = bytes.slice(range)
        func identified(_ label: String) -> String {
            let text = ObjectIdentifier.text(content)
            return "\(label): \(text)" + (ObjectIdentifier.name(text).map { " (\($0))" } ?? "")
        }
        /// The name of the first identifier within.
        func named(_ label: String) -> String {
            let id = DERElement(at: range.lowerBound, before: range.upperBound, bytes)?.children(bytes).first
            let text = id.map { ObjectIdentifier.text(bytes.slice($0.content)) } ?? ""
            return "\(label) (\(ObjectIdentifier.name(text) ?? text))"
        }
        func digits() -> String {
            "0x" + content.array.prefix(36).map { hexadecimal(UInt64($0), 2) }.joined()
                + (content.count > 36 ? "…" : "")
        }
        func items() -> String { "\(detail) item\(detail == 1 ? "" : "s")" }
        switch item {
        case .serialNumber: return "serialNumber: " + digits()
        case .keyModulus: return "modulus: " + digits()
        case .signatureAlgorithm: return named("signature")
        case .keyAlgorithm: return named("algorithm")
        case .signedAlgorithm: return named("algorithmIdentifier")
        case .certificateExtension: return named("Extension")
        case .algorithm: return identified("Algorithm Id")
        case .attributeType: return identified("Object Id")
        case .namedKeyCurve: return identified("namedCurve")
        case .certificateExtensionID: return identified("Extension Id")
        case .keyPurpose: return identified("KeyPurposeId")
        case .issuerName, .subjectName: return "rdnSequence: \(items()) (\(names(in: range, bytes)))"
        case .relativeName:
            let names = DERElement.elements(in: range, bytes).map { attribute(in: $0, bytes) }
            return "RDNSequence item: \(items()) (\(names.joined(separator: ",")))"
        case .attribute:
            let element = DERElement(at: range.lowerBound, before: range.upperBound, bytes)
            return "RelativeDistinguishedName item (\(element.map { attribute(in: $0, bytes) } ?? ""))"
        case .certificateExtensions: return "extensions: " + items()
        case .generalNames: return "GeneralNames: " + items()
        case .keyPurposes: return "KeyPurposeIDs: " + items()
        case .basicConstraints where range.count == 2: return "BasicConstraintsSyntax [0 length]"
        default: return nil
        }
    }

    /// What is not simply the bytes of the range; nil for the rest.
    static func value(ofCertificate item: Computed, _ detail: Int, _ content: Bytes) -> FieldRow.Value? {
        switch item {
        case .issuer, .subject, .notBefore, .notAfter, .issuerName, .subjectName, .relativeName, .directoryString,
            .curve,
            .certificateExtensions, .generalNames, .generalName, .keyPurposes:
            .number(UInt64(detail))
        case .algorithm, .attributeType, .namedKeyCurve, .certificateExtensionID, .keyPurpose:
            .text(ObjectIdentifier.text(content))
        case .x509Version, .keyExponent:
            .integer(content.array.prefix(8).reduce(0) { $0 << 8 | Int64($1) })
        case .critical, .isAuthority: .flag(content.u8(at: 0) != 0)
        case .ipv4Name: .address(IPAddress(v4: content.u32(at: 0)))
        case .ipv6Name: .address(IPAddress(high: content.u64(at: 0), low: content.u64(at: 8)))
        case .utcTime: .text(time(content.array))
        default: nil
        }
    }

    /// `2026-11-21 00:45:35 (UTC)`; RFC 5280 §4.1.2.5.1 says which century two digits mean.
    private static func time(_ digits: [UInt8]) -> String {
        let text = displayText(digits)
        guard digits.count == 13, digits.last == UInt8(ascii: "Z"), digits.dropLast().allSatisfy({ 48...57 ~= $0 })
        else { return text }
        let pairs = stride(from: 0, to: 12, by: 2).map { String(decoding: digits[$0..<$0 + 2], as: UTF8.self) }
        return
            "\(pairs[0] < "50" ? "20" : "19")\(pairs[0])-\(pairs[1])-\(pairs[2]) \(pairs[3]):\(pairs[4]):\(pairs[5]) (UTC)"
    }
}
