import Bytes

/// One element of DER (X.690 §8.1, §10.1), all of which is there.
struct DERElement: BitwiseCopyable {
    let tag: UInt8
    let start: Int
    let body: Int
    let end: Int

    var whole: Range<Int> { start..<end }
    var content: Range<Int> { body..<end }

    /// Nil where none fits before `limit`; longer tags and lengths than certificates have are none.
    init?(at offset: Int, before limit: Int, _ bytes: Bytes) {
        guard offset + 2 <= limit, bytes.u8(at: offset) & 0x1F != 0x1F else { return nil }
        let first = Int(bytes.u8(at: offset + 1))
        let digits = first < 0x80 ? 0 : first & 0x7F
        guard digits <= 3, first != 0x80, offset + 2 + digits <= limit else { return nil }
        let length = digits == 0 ? first : (0..<digits).reduce(0) { $0 << 8 | Int(bytes.u8(at: offset + 2 + $1)) }
        guard offset + 2 + digits + length <= limit else { return nil }
        (tag, start, body, end) = (bytes.u8(at: offset), offset, offset + 2 + digits, offset + 2 + digits + length)
    }

    /// The elements within, until one is broken.
    func children(_ bytes: Bytes) -> [DERElement] { Self.elements(in: content, bytes) }

    static func elements(in range: Range<Int>, _ bytes: Bytes) -> [DERElement] {
        var found: [DERElement] = []
        var offset = range.lowerBound
        while let next = DERElement(at: offset, before: range.upperBound, bytes) {
            found.append(next)
            offset = next.end
        }
        return found
    }
}

/// Object identifiers (X.690 §8.19), and what certificates' are called.
enum ObjectIdentifier {
    static func text(_ content: Bytes) -> String {
        var numbers: [String] = []
        var number: UInt64 = 0
        for offset in 0..<content.count {
            let byte = content.u8(at: offset)
            number = number &<< 7 | UInt64(byte & 0x7F)
            guard byte < 0x80 else { continue }
            if numbers.isEmpty {
                let first = min(number / 40, 2)
                numbers = [String(first), String(number - 40 * first)]
            } else {
                numbers.append(String(number))
            }
            number = 0
        }
        return numbers.joined(separator: ".")
    }

    static func name(_ text: String) -> String? { names[text] }

    private static let names: [String: String] = [
        "2.5.4.3": "id-at-commonName", "2.5.4.4": "id-at-surname", "2.5.4.5": "id-at-serialNumber",
        "2.5.4.6": "id-at-countryName", "2.5.4.7": "id-at-localityName", "2.5.4.8": "id-at-stateOrProvinceName",
        "2.5.4.9": "id-at-streetAddress", "2.5.4.10": "id-at-organizationName",
        "2.5.4.11": "id-at-organizationalUnitName", "2.5.4.12": "id-at-title", "2.5.4.42": "id-at-givenName",
        "1.2.840.113549.1.9.1": "pkcs-9-at-emailAddress", "0.9.2342.19200300.100.1.25": "dc",
        "1.2.840.113549.1.1.1": "rsaEncryption", "1.2.840.113549.1.1.4": "md5WithRSAEncryption",
        "1.2.840.113549.1.1.5": "sha1WithRSAEncryption", "1.2.840.113549.1.1.10": "id-RSASSA-PSS",
        "1.2.840.113549.1.1.11": "sha256WithRSAEncryption", "1.2.840.113549.1.1.12": "sha384WithRSAEncryption",
        "1.2.840.113549.1.1.13": "sha512WithRSAEncryption", "1.2.840.10045.2.1": "id-ecPublicKey",
        "1.2.840.10045.4.3.2": "ecdsa-with-SHA256", "1.2.840.10045.4.3.3": "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4": "ecdsa-with-SHA512", "1.2.840.10045.3.1.7": "secp256r1",
        "1.3.132.0.34": "secp384r1", "1.3.132.0.35": "secp521r1", "2.5.29.14": "id-ce-subjectKeyIdentifier",
        "2.5.29.15": "id-ce-keyUsage", "2.5.29.17": "id-ce-subjectAltName", "2.5.29.18": "id-ce-issuerAltName",
        "2.5.29.19": "id-ce-basicConstraints", "2.5.29.31": "id-ce-cRLDistributionPoints",
        "2.5.29.32": "id-ce-certificatePolicies", "2.5.29.35": "id-ce-authorityKeyIdentifier",
        "2.5.29.37": "id-ce-extKeyUsage", "1.3.6.1.5.5.7.1.1": "id-pe-authorityInfoAccess",
        "1.3.6.1.5.5.7.3.1": "id-kp-serverAuth", "1.3.6.1.5.5.7.3.2": "id-kp-clientAuth",
        "1.3.6.1.5.5.7.48.1": "id-ad-ocsp", "1.3.6.1.5.5.7.48.2": "id-ad-caIssuers",
    ]
}
