/// What X.509 certificates (RFC 5280) say that TLS carries.
extension TLS {
    static let certificateRows =
        [
            row(.signedCertificate, "x509af.signedCertificate_element", "signedCertificate", .none),
            row(.x509Version, "x509af.version", "version", .int32, nil) { $0 < 3 ? "v\($0 + 1)" : nil },
            row(.serialNumber, "x509af.serialNumber", "serialNumber", .bytes),
            row(.signatureAlgorithm, "x509af.signature_element", "signature", .none),
            row(.algorithm, "x509af.algorithm.id", "Algorithm Id", .objectIdentifier),
            row(.issuer, "x509af.issuer", "issuer", .uint32, nil, choice("rdnSequence")),
            row(.issuerName, "x509if.rdnSequence", "rdnSequence", .uint32),
            row(.subjectName, "x509af.rdnSequence", "rdnSequence", .uint32),
            row(.relativeName, "x509if.RDNSequence_item", "RDNSequence item", .uint32),
            row(
                .attribute, "x509if.RelativeDistinguishedName_item_element", "RelativeDistinguishedName item", .none),
            row(.attributeType, "x509if.oid", "Object Id", .objectIdentifier),
            row(.countryName, "x509sat.CountryName", "CountryName", .string),
            row(.ia5String, "x509sat.IA5String", "IA5String", .string),
            row(.directoryString, "x509sat.DirectoryString", "DirectoryString", .uint32, nil) {
                $0 < 5
                    ? ["teletexString", "printableString", "universalString", "bmpString", "uTF8String"][Int($0)] : nil
            },
            row(.printableString, "x509sat.printableString", "printableString", .string),
            row(.teletexString, "x509sat.teletexString", "teletexString", .string),
            row(.utf8String, "x509sat.uTF8String", "uTF8String", .string),
            row(.validity, "x509af.validity_element", "validity", .none),
            row(.notBefore, "x509af.notBefore", "notBefore", .uint32, nil, choice("utcTime", "generalizedTime")),
            row(.notAfter, "x509af.notAfter", "notAfter", .uint32, nil, choice("utcTime", "generalizedTime")),
            row(.utcTime, "x509af.utcTime", "utcTime", .string),
            row(.subject, "x509af.subject", "subject", .uint32, nil, choice("rdnSequence")),
            row(.publicKeyInfo, "x509af.subjectPublicKeyInfo_element", "subjectPublicKeyInfo", .none),
            row(.keyAlgorithm, "x509af.algorithm_element", "algorithm", .none),
            row(.curve, "pkcs1.ECParameters", "ECParameters", .uint32, nil) { $0 == 1 ? "namedCurve" : nil },
            row(.namedKeyCurve, "pkcs1.namedCurve", "namedCurve", .objectIdentifier),
            row(.bitPadding, "ber.bitstring.padding", "Padding", .uint8),
            row(.publicKey, "x509af.subjectPublicKey", "subjectPublicKey", .bytes),
            row(.keyModulus, "pkcs1.modulus", "modulus", .bytes),
            row(.keyExponent, "pkcs1.publicExponent", "publicExponent", .int32),
            row(.signedAlgorithm, "x509af.algorithmIdentifier_element", "algorithmIdentifier", .none),
            row(.encryptedDigest, "x509af.encrypted", "encrypted", .bytes),
        ] + certificateExtensionRows

    static let certificateExtensionRows = [
        row(.certificateExtensions, "x509af.extensions", "extensions", .uint32),
        row(.certificateExtension, "x509af.Extension_element", "Extension", .none),
        row(.certificateExtensionID, "x509af.extension.id", "Extension Id", .objectIdentifier),
        row(.critical, "x509af.critical", "critical", .boolean, .truth),
        row(.subjectKeyID, "x509ce.SubjectKeyIdentifier", "SubjectKeyIdentifier", .bytes),
        row(.authorityKey, "x509ce.AuthorityKeyIdentifier_element", "AuthorityKeyIdentifier", .none),
        row(.authorityKeyID, "x509ce.keyIdentifier", "keyIdentifier", .bytes),
        row(.basicConstraints, "x509ce.BasicConstraintsSyntax_element", "BasicConstraintsSyntax", .none),
        row(.isAuthority, "x509ce.cA", "cA", .boolean, .truth),
        row(.pathLength, "x509ce.pathLenConstraint", "pathLenConstraint", .uint64),
        row(.generalNames, "x509ce.GeneralNames", "GeneralNames", .uint32),
        row(.generalName, "x509ce.GeneralName", "GeneralName", .uint32, nil, generalNameKind),
        row(.mailName, "x509ce.rfc822Name", "rfc822Name", .string),
        row(.dnsName, "x509ce.dNSName", "dNSName", .string),
        row(.resourceName, "x509ce.uniformResourceIdentifier", "uniformResourceIdentifier", .string),
        row(.ipv4Name, "x509ce.IPAddress.ipv4", "iPAddress", .ipv4),
        row(.ipv6Name, "x509ce.IPAddress.ipv6", "iPAddress", .ipv6),
        row(.keyPurposes, "x509ce.KeyPurposeIDs", "KeyPurposeIDs", .uint32),
        row(.keyPurpose, "x509ce.KeyPurposeId", "KeyPurposeId", .objectIdentifier),
    ]

    private static func choice(_ names: String...) -> @Sendable (UInt64) -> String? {
        { $0 < names.count ? names[Int($0)] : nil }
    }

    /// RFC 5280 §4.2.1.6.
    private static func generalNameKind(_ tag: UInt64) -> String? {
        let names = [
            "otherName", "rfc822Name", "dNSName", "x400Address", "directoryName", "ediPartyName",
            "uniformResourceIdentifier", "iPAddress", "registeredID",
        ]
        return tag < names.count ? names[Int(tag)] : nil
    }
}
