import Bytes
import FTPProtocol

/// Where the fields of an X.509 certificate lie (RFC 5280 §4.1).
extension TLS {
    static func walk(certificate range: Range<Int>, _ bytes: Bytes, _ depth: Int, _ sink: TreeSink) {
        guard let outer = DERElement(at: range.lowerBound, before: range.upperBound, bytes) else { return }
        let parts = outer.children(bytes)
        guard parts.count == 3, parts[0].tag == 0x30 else { return }
        sink(.signedCertificate, depth, parts[0].whole, 0)
        var fields = parts[0].children(bytes)[...]
        if let version = fields.first, version.tag == 0xA0 {
            fields.removeFirst()
            if let number = version.children(bytes).first { sink(.x509Version, depth + 1, number.content, 0) }
        }
        guard fields.count >= 6 else { return }
        let first = fields.startIndex
        sink(.serialNumber, depth + 1, fields[first].content, 0)
        algorithm(.signatureAlgorithm, fields[first + 1], depth + 1, bytes, sink)
        sink(.issuer, depth + 1, fields[first + 2].whole, 0)
        walk(name: fields[first + 2], .issuerName, depth + 2, bytes, sink)
        sink(.validity, depth + 1, fields[first + 3].whole, 0)
        for (time, item) in zip(fields[first + 3].children(bytes), [Item.notBefore, .notAfter]) {
            sink(item, depth + 2, time.whole, time.tag == 0x17 ? 0 : 1)
            if time.tag == 0x17 { sink(.utcTime, depth + 3, time.content, 0) }
        }
        sink(.subject, depth + 1, fields[first + 4].whole, 0)
        walk(name: fields[first + 4], .subjectName, depth + 2, bytes, sink)
        walk(key: fields[first + 5], depth + 1, bytes, sink)
        for part in fields[(first + 6)...] where part.tag == 0xA3 {
            if let list = part.children(bytes).first { walk(extensions: list, depth + 1, bytes, sink) }
        }
        algorithm(.signedAlgorithm, parts[1], depth, bytes, sink)
        bitString(parts[2], .encryptedDigest, depth, bytes, isPadded: true, sink)
    }

    private static func algorithm(
        _ item: Item, _ element: DERElement, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink
    ) {
        let parts = element.children(bytes)
        sink(item, depth, element.whole, 0)
        guard let id = parts.first, id.tag == 6 else { return }
        sink(.algorithm, depth + 1, id.content, 0)
        if parts.count == 2, parts[1].tag == 6, item == .keyAlgorithm {
            sink(.curve, depth + 1, parts[1].whole, 1)
            sink(.namedKeyCurve, depth + 2, parts[1].content, 0)
        }
    }

    private static func bitString(
        _ element: DERElement, _ item: Item, _ depth: Int, _ bytes: Bytes, isPadded: Bool, _ sink: TreeSink
    ) {
        guard element.tag == 3, !element.content.isEmpty else { return }
        if isPadded { sink(.bitPadding, depth, element.body..<element.body + 1, 0) }
        sink(item, depth, element.body + 1..<element.end, 0)
    }

    /// RFC 5280 §4.1.2.7; what RSA keys consist of says RFC 8017 §A.1.1.
    private static func walk(key element: DERElement, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink) {
        let parts = element.children(bytes)
        sink(.publicKeyInfo, depth, element.whole, 0)
        guard parts.count == 2 else { return }
        algorithm(.keyAlgorithm, parts[0], depth + 1, bytes, sink)
        let id = parts[0].children(bytes).first.map { ObjectIdentifier.text(bytes.slice($0.content)) }
        let isRSA = id == "1.2.840.113549.1.1.1"
        bitString(parts[1], .publicKey, depth + 1, bytes, isPadded: !isRSA, sink)
        guard isRSA, let key = DERElement(at: parts[1].body + 1, before: parts[1].end, bytes) else { return }
        for (number, item) in zip(key.children(bytes), [Item.keyModulus, .keyExponent]) {
            sink(item, depth + 2, number.content, 0)
        }
    }

    /// RFC 5280 §4.1.2.4.
    static func walk(name element: DERElement, _ item: Item, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink) {
        let names = element.children(bytes)
        sink(item, depth, element.content, names.count)
        walk(relativeNames: names, depth + 1, bytes, sink)
    }

    static func walk(relativeNames names: [DERElement], _ depth: Int, _ bytes: Bytes, _ sink: TreeSink) {
        for name in names {
            let attributes = name.children(bytes)
            sink(.relativeName, depth, name.content, attributes.count)
            for attribute in attributes {
                sink(.attribute, depth + 1, attribute.whole, 0)
                let parts = attribute.children(bytes)
                guard parts.count == 2, parts[0].tag == 6 else { continue }
                sink(.attributeType, depth + 2, parts[0].content, 0)
                value(of: parts[0], parts[1], depth + 2, bytes, sink)
            }
        }
    }

    private static func value(
        of type: DERElement, _ value: DERElement, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink
    ) {
        if ObjectIdentifier.text(bytes.slice(type.content)) == "2.5.4.6" {
            return sink(.countryName, depth, value.content, 0)
        }
        let strings: [UInt8: (Int, Item)] = [
            12: (4, .utf8String), 19: (1, .printableString), 20: (0, .teletexString),
        ]
        if value.tag == 22 {
            sink(.ia5String, depth, value.content, 0)
        } else if let (choice, item) = strings[value.tag] {
            sink(.directoryString, depth, value.whole, choice)
            sink(item, depth + 1, value.content, 0)
        }
    }

    /// RFC 5280 §4.2.
    private static func walk(extensions list: DERElement, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink) {
        let extensions = list.children(bytes)
        sink(.certificateExtensions, depth, list.content, extensions.count)
        for part in extensions {
            sink(.certificateExtension, depth + 1, part.whole, 0)
            let parts = part.children(bytes)
            guard let id = parts.first, id.tag == 6, let data = parts.last, data.tag == 4 else { continue }
            sink(.certificateExtensionID, depth + 2, id.content, 0)
            if parts.count == 3 { sink(.critical, depth + 2, parts[1].content, 0) }
            guard let inner = DERElement(at: data.body, before: data.end, bytes) else { continue }
            walk(extension: ObjectIdentifier.text(bytes.slice(id.content)), inner, depth + 2, bytes, sink)
        }
    }

    /// RFC 5280 §4.2.1.
    private static func walk(
        extension id: String, _ data: DERElement, _ depth: Int, _ bytes: Bytes, _ sink: TreeSink
    ) {
        let parts = data.tag == 0x30 ? data.children(bytes) : []
        switch id {
        case "2.5.29.14": sink(.subjectKeyID, depth, data.content, 0)
        case "2.5.29.35":
            sink(.authorityKey, depth, data.whole, 0)
            for part in parts where part.tag == 0x80 { sink(.authorityKeyID, depth + 1, part.content, 0) }
        case "2.5.29.19":
            sink(.basicConstraints, depth, data.whole, 0)
            for part in parts { sink(part.tag == 1 ? .isAuthority : .pathLength, depth + 1, part.content, 0) }
        case "2.5.29.17", "2.5.29.18":
            sink(.generalNames, depth, data.content, parts.count)
            for part in parts {
                sink(.generalName, depth + 1, part.content, Int(part.tag & 0x1F))
                let items: [UInt8: Item] = [0x81: .mailName, 0x82: .dnsName, 0x86: .resourceName]
                let addresses: [Int: Item] = [4: .ipv4Name, 16: .ipv6Name]
                let item = part.tag == 0x87 ? addresses[part.content.count] : items[part.tag]
                if let item { sink(item, depth + 2, part.content, 0) }
            }
        case "2.5.29.37":
            sink(.keyPurposes, depth, data.content, parts.count)
            for part in parts { sink(.keyPurpose, depth + 1, part.content, 0) }
        default: break
        }
    }

    /// `id-at-commonName=ftp.example.org`, the innermost name first.
    static func names(in range: Range<Int>, _ bytes: Bytes) -> String {
        DERElement.elements(in: range, bytes).reversed().flatMap { $0.children(bytes) }.map { attribute(in: $0, bytes) }
            .joined(separator: ",")
    }

    static func attribute(in element: DERElement, _ bytes: Bytes) -> String {
        let parts = element.children(bytes)
        guard parts.count == 2 else { return "" }
        let id = ObjectIdentifier.text(bytes.slice(parts[0].content))
        return (ObjectIdentifier.name(id) ?? id) + "=" + displayText(bytes.slice(parts[1].content).array)
    }
}

extension Bytes {
    @_lifetime(copy self)
    func slice(_ range: Range<Int>) -> Bytes { slice(from: range.lowerBound, count: range.count) }
}
