/// What extensions say.
extension TLS {
    static let extensionRows =
        [
            row(.extensionGroup, "", "Extension", .none),
            row(.extensionType, "tls.handshake.extension.type", "Type", .uint16, nil, extensionName),
            row(.extensionLength, "tls.handshake.extension.len", "Length", .uint16),
            row(.extensionData, "tls.handshake.extension.data", "Data", .bytes),
            row(.serverNameGroup, "", "Server Name Indication extension", .none),
            row(
                .serverNamesLength, "tls.handshake.extensions_server_name_list_len", "Server Name list length", .uint16),
            row(.serverNameType, "tls.handshake.extensions_server_name_type", "Server Name Type", .uint8, nil) {
                $0 == 0 ? "host_name" : nil
            },
            row(.serverNameLength, "tls.handshake.extensions_server_name_len", "Server Name length", .uint16),
            row(.serverName, "tls.handshake.extensions_server_name", "Server Name", .string),
            row(.maximumFragment, "tls.handshake.max_fragment_length", "Maximum Fragment Length", .uint8, nil) {
                (1...4).contains($0) ? String(256 << $0) : nil
            },
            row(
                .statusType, "tls.handshake.extensions_status_request_type", "Certificate Status Type", .uint8, nil,
                statusName),
            row(
                .responderLength, "tls.handshake.extensions_status_request_responder_ids_len",
                "Responder ID list Length",
                .uint16),
            row(
                .requestExtensionsLength, "tls.handshake.extensions_status_request_exts_len",
                "Request Extensions Length",
                .uint16),
            row(
                .groupsLength, "tls.handshake.extensions_supported_groups_length", "Supported Groups List Length",
                .uint16),
            row(.groups, "tls.handshake.extensions_supported_groups", "Supported Groups List", .none),
            row(
                .group, "tls.handshake.extensions_supported_group", "Supported Group", .uint16, .hexadecimal, groupName),
            row(
                .pointFormatsLength, "tls.handshake.extensions_ec_point_formats_length", "EC point formats Length",
                .uint8),
            row(.pointFormats, "tls.handshake.extensions_ec_point_formats", "EC point formats", .none),
            row(
                .pointFormat, "tls.handshake.extensions_ec_point_format", "EC point format", .uint8, nil,
                pointFormatName),
            row(.schemesLength, "tls.handshake.sig_hash_alg_len", "Signature Hash Algorithms Length", .uint16),
            row(.schemes, "tls.handshake.sig_hash_algs", "Signature Algorithms", .none),
            row(.scheme, "tls.handshake.sig_hash_alg", "Signature Algorithm", .uint16, .hexadecimal, schemeName),
            row(.schemeHash, "tls.handshake.sig_hash_hash", "Signature Hash Algorithm Hash", .uint8, nil) {
                hashName($0) ?? "Unknown"
            },
            row(.schemeSignature, "tls.handshake.sig_hash_sig", "Signature Hash Algorithm Signature", .uint8, nil) {
                signatureName($0) ?? "Unknown"
            },
            row(.heartbeatMode, "tls.handshake.extension.heartbeat.mode", "Mode", .uint8, nil, heartbeatModeName),
            row(.protocolsLength, "tls.handshake.extensions_alpn_len", "ALPN Extension Length", .uint16),
            row(.protocols, "tls.handshake.extensions_alpn_list", "ALPN Protocol", .none),
            row(.protocolLength, "tls.handshake.extensions_alpn_str_len", "ALPN string length", .uint8),
            row(.application, "tls.handshake.extensions_alpn_str", "ALPN Next Protocol", .string),
            row(.paddingData, "tls.handshake.extensions_padding_data", "Padding Data", .bytes),
            row(.recordSizeLimit, "tls.record_size_limit", "Record Size Limit", .uint16),
            row(
                .supportedVersionsLength, "tls.handshake.extensions.supported_versions_len",
                "Supported Versions length",
                .uint8),
            row(
                .supportedVersion, "tls.handshake.extensions.supported_version", "Supported Version", .uint16,
                .hexadecimal, named),
            row(.cookieLength, "tls.handshake.extensions.cookie_len", "Cookie length", .uint16),
            row(.cookie, "tls.handshake.extensions.cookie", "Cookie", .bytes),
            row(.exchangeModesLength, "tls.extension.psk_ke_modes_length", "PSK Key Exchange Modes Length", .uint8),
            row(.exchangeMode, "tls.extension.psk_ke_mode", "PSK Key Exchange Mode", .uint8, nil, exchangeModeName),
        ] + keyRows
}
