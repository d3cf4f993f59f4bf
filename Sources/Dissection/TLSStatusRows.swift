/// What rarer extensions and messages say.
extension TLS {
    static let rareRows = [
        row(.userNameLength, "tls.handshake.extensions_srp_len", "SRP username length", .uint8),
        row(.userName, "tls.handshake.extensions_srp_username", "SRP username", .string),
        row(.nextProtocolGroup, "", "Next Protocol Negotiation", .none),
        row(.nextProtocolLength, "tls.handshake.extensions_npn_str_len", "Protocol string length", .uint8),
        row(.nextProtocol, "tls.handshake.extensions_npn", "Next Protocol", .string),
        row(
            .statusListLength, "tls.handshake.extensions_status_request_list_len", "Certificate Status List Length",
            .uint16),
        row(.statusLength, "tls.handshake.extensions_status_request_len", "Certificate Status Length", .uint16),
        row(.responsesLength, "tls.handshake.ocsp_response_list_len", "OCSP Response List Length", .uint24),
        row(.responseLength, "tls.handshake.ocsp_response_len", "OCSP Response Length", .uint24),
        row(.typesLength, "tls.handshake.cert_type.types_len", "Certificate Type List Length", .uint8),
        row(.types, "tls.handshake.cert_type.types", "Certificate Type List", .none),
        row(.type, "tls.handshake.cert_type.type", "Certificate Type", .uint8, .hexadecimal, formatName),
        row(.compressorsLength, "tls.compress_certificate.algorithms_length", "Algorithms Length", .uint8),
        row(.compressor, "tls.compress_certificate.algorithm", "Algorithm", .uint16, nil, compressorName),
        row(.settingsLength, "tls.handshake.extensions_alps_len", "ALPS Extension Length", .uint16),
        row(.settings, "tls.handshake.extensions_alps_alpn_list", "Supported ALPN List", .none),
        row(.settingLength, "tls.handshake.extensions_alps_alpn_str_len", "Supported ALPN Length", .uint8),
        row(.setting, "tls.handshake.extensions_alps_alpn_str", "Supported ALPN", .string),
        row(.connectionIDLength, "tls.connection_id_length", "Connection ID length", .uint8),
        row(.connectionID, "tls.connection_id", "Connection ID", .bytes),
        row(.hiddenNameSuite, "tls.esni.suite", "Cipher Suite", .uint16, .hexadecimal, cipherSuiteName),
        row(.recordDigestLength, "tls.esni.record_digest_length", "Record Digest Length", .uint16),
        row(.recordDigest, "tls.esni.record_digest", "Record Digest", .bytes),
        row(.hiddenNameLength, "tls.esni.encrypted_sni_length", "Encrypted SNI Length", .uint16),
        row(.hiddenName, "tls.esni.encrypted_sni", "Encrypted SNI", .bytes),
        row(.timestampsLength, "tls.sct.scts_length", "Serialized SCT List Length", .uint16),
        row(.timestampGroup, "", "Signed Certificate Timestamp (Unknown Log)", .none),
        row(.timestampLength, "tls.sct.sct_length", "Serialized SCT Length", .uint16),
        row(.timestampVersion, "tls.sct.sct_version", "SCT Version", .uint8),
        row(.logID, "tls.sct.sct_logid", "Log ID", .bytes),
        row(.timestamp, "tls.sct.sct_timestamp", "Timestamp", .absoluteTime),
        row(.timestampExtensionsLength, "tls.sct.sct_extensions_length", "Extensions length", .uint16),
        row(.timestampExtensions, "tls.sct.sct_extensions", "Extensions", .none),
        row(.timestampSignatureLength, "tls.sct.sct_signature_length", "Signature Length", .uint16),
        row(.timestampSignature, "tls.sct.sct_signature", "Signature", .bytes),
        row(.hintLength, "tls.handshake.hint_len", "Hint Length", .uint16),
        row(.hint, "tls.handshake.hint", "Hint", .bytes),
        row(.pskIdentityLength, "tls.handshake.identity_len", "Identity Length", .uint16),
        row(.pskIdentity, "tls.handshake.identity", "Identity", .bytes),
        row(.modulusLength, "tls.handshake.modulus_len", "Modulus Length", .uint16),
        row(.modulus, "tls.handshake.modulus", "Modulus", .bytes),
        row(.exponentLength, "tls.handshake.exponent_len", "Exponent Length", .uint16),
        row(.exponent, "tls.handshake.exponent", "Exponent", .bytes),
        row(.nameLength, "tls.handshake.dname_len", "Distinguished Name Length", .uint16),
        row(.name, "tls.handshake.dname", "Distinguished Name", .none),
        row(.chosenLength, "tls.handshake.npn_selected_protocol_len", "Selected Protocol Length", .uint8),
        row(.chosen, "tls.handshake.npn_selected_protocol", "Selected Protocol", .string),
        row(.chosenPaddingLength, "tls.handshake.npn_padding_len", "Padding Length", .uint8),
        row(.chosenPadding, "tls.handshake.npn_padding", "Padding", .bytes),
        row(
            .updateRequest, "tls.handshake.key_update.request_update", "Key Update Request", .uint8, nil, updateName),
    ]

    /// RFC 6091 §3.1 and RFC 7250 §3.
    private static func formatName(_ type: UInt64) -> String? {
        ["X.509", "OpenPGP", "Raw Public Key"].element(at: type)
    }

    /// RFC 8879 §7.3.
    private static func compressorName(_ algorithm: UInt64) -> String? {
        algorithm == 0 ? nil : ["zlib", "brotli", "zstd"].element(at: algorithm - 1)
    }

    /// RFC 8446 §4.6.3.
    private static func updateName(_ request: UInt64) -> String? {
        ["update_not_requested", "update_requested"].element(at: request)
    }
}

extension [String] {
    fileprivate func element(at index: UInt64) -> String? { index < count ? self[Int(index)] : nil }
}
