/// IANA's registry of TLS extensions (RFC 8447), with the names that drafts gave before.
extension TLS {
    /// By their type.
    static let extensions: [UInt16: String] = [
        0x0000: "server_name", 0x0001: "max_fragment_length", 0x0002: "client_certificate_url",
        0x0003: "trusted_ca_keys", 0x0004: "truncated_hmac", 0x0005: "status_request", 0x0006: "user_mapping",
        0x0007: "client_authz", 0x0008: "server_authz", 0x0009: "cert_type", 0x000A: "supported_groups",
        0x000B: "ec_point_formats", 0x000C: "srp", 0x000D: "signature_algorithms", 0x000E: "use_srtp",
        0x000F: "heartbeat", 0x0010: "application_layer_protocol_negotiation", 0x0011: "status_request_v2",
        0x0012: "signed_certificate_timestamp", 0x0013: "client_certificate_type", 0x0014: "server_certificate_type",
        0x0015: "padding", 0x0016: "encrypt_then_mac", 0x0017: "extended_master_secret", 0x0018: "token_binding",
        0x0019: "cached_info", 0x001B: "compress_certificate", 0x001C: "record_size_limit",
        0x0022: "delegated_credentials", 0x0023: "session_ticket", 0x0028: "Reserved (key_share)",
        0x0029: "pre_shared_key", 0x002A: "early_data", 0x002B: "supported_versions", 0x002C: "cookie",
        0x002D: "psk_key_exchange_modes", 0x002E: "Reserved (ticket_early_data_info)",
        0x002F: "certificate_authorities", 0x0030: "oid_filters", 0x0031: "post_handshake_auth",
        0x0032: "signature_algorithms_cert", 0x0033: "key_share", 0x0034: "transparency_info",
        0x0035: "connection_id (deprecated)", 0x0036: "connection_id", 0x0037: "external_id_hash",
        0x0038: "external_session_id", 0x0039: "quic_transport_parameters", 0x003A: "ticket_request",
        0x003B: "dnssec_chain", 0x3374: "next_protocol_negotiation", 0x4469: "application_settings",
        0x754F: "channel_id_old", 0x7550: "channel_id", 0xFF01: "renegotiation_info",
        0xFFA5: "quic_transport_parameters (drafts version)", 0xFFCE: "encrypted_server_name",
    ]
}
