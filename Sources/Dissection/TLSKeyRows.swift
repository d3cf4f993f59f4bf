/// What extensions say about keys.
extension TLS {
    static let keyRows = [
        row(.keyShareGroup, "", "Key Share extension", .none),
        row(
            .keySharesLength, "tls.handshake.extensions_key_share_client_length", "Client Key Share Length", .uint16),
        row(.keyShare, "", "Key Share Entry", .none),
        row(.keyShareGroupNumber, "tls.handshake.extensions_key_share_group", "Group", .uint16, nil, groupName),
        row(
            .keyLength, "tls.handshake.extensions_key_share_key_exchange_length", "Key Exchange Length", .uint16),
        row(.key, "tls.handshake.extensions_key_share_key_exchange", "Key Exchange", .bytes),
        row(
            .selectedGroup, "tls.handshake.extensions_key_share_selected_group", "Selected Group", .uint16, nil,
            groupName),
        row(.sharedKeyGroup, "", "Pre-Shared Key extension", .none),
        row(.identitiesLength, "tls.handshake.extensions.psk.identities.length", "Identities Length", .uint16),
        row(.identityGroup, "", "PSK Identity", .none),
        row(.identityLength, "tls.handshake.extensions.psk.identity.identity_length", "Identity Length", .uint16),
        row(.identity, "tls.handshake.extensions.psk.identity.identity", "Identity", .bytes),
        row(
            .ticketAge, "tls.handshake.extensions.psk.identity.obfuscated_ticket_age", "Obfuscated Ticket Age",
            .uint32),
        row(.bindersLength, "tls.handshake.extensions.psk.binders_len", "PSK Binders length", .uint16),
        row(.binders, "tls.handshake.extensions.psk.binders", "PSK Binders", .none),
        row(.selectedIdentity, "tls.handshake.extensions.psk.identity.selected", "Selected Identity", .uint16),
        row(.renegotiationGroup, "", "Renegotiation Info extension", .none),
        row(
            .renegotiationLength, "tls.handshake.extensions_reneg_info_len", "Renegotiation info extension length",
            .uint8),
        row(.renegotiation, "tls.handshake.extensions_reneg_info", "Renegotiation info", .bytes),
    ]
}
