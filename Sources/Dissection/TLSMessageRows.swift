/// What the other messages of a handshake say.
extension TLS {
    static let messageRows = [
        row(.ticketGroup, "", "TLS Session Ticket", .none),
        row(
            .ticketLifetime, "tls.handshake.session_ticket_lifetime_hint", "Session Ticket Lifetime Hint", .uint32),
        row(.ticketLength, "tls.handshake.session_ticket_length", "Session Ticket Length", .uint16),
        row(.ticket, "tls.handshake.session_ticket", "Session Ticket", .bytes),
        row(.certificatesLength, "tls.handshake.certificates_length", "Certificates Length", .uint24),
        row(.certificates, "tls.handshake.certificates", "Certificates", .none),
        row(.certificateLength, "tls.handshake.certificate_length", "Certificate Length", .uint24),
        row(.certificate, "tls.handshake.certificate", "Certificate", .bytes),
        (
            .certificateSubject,
            row(.certificateSubject, "tls.handshake.certificate_subject", "Certificate Subject", .string).row
                .own("The distinguished name of a certificate's subject")
        ),
        row(.exchangeGroup, "", "Key Exchange", .none),
        row(.curveType, "tls.handshake.server_curve_type", "Curve Type", .uint8, .hexadecimal, curveTypeName),
        row(.namedCurve, "tls.handshake.server_named_curve", "Named Curve", .uint16, .hexadecimal, groupName),
        row(.serverPointLength, "tls.handshake.server_point_len", "Pubkey Length", .uint8),
        row(.serverPoint, "tls.handshake.server_point", "Pubkey", .bytes),
        row(.clientPointLength, "tls.handshake.client_point_len", "Pubkey Length", .uint8),
        row(.clientPoint, "tls.handshake.client_point", "Pubkey", .bytes),
        row(.primeLength, "tls.handshake.p_len", "p Length", .uint16),
        row(.prime, "tls.handshake.p", "p", .bytes),
        row(.generatorLength, "tls.handshake.g_len", "g Length", .uint16),
        row(.generator, "tls.handshake.g", "g", .bytes),
        row(.serverKeyLength, "tls.handshake.ys_len", "Pubkey Length", .uint16),
        row(.serverKey, "tls.handshake.ys", "Pubkey", .bytes),
        row(.clientKeyLength, "tls.handshake.yc_len", "Pubkey Length", .uint16),
        row(.clientKey, "tls.handshake.yc", "Pubkey", .bytes),
        row(.premasterLength, "tls.handshake.epms_len", "Encrypted PreMaster length", .uint16),
        row(.premaster, "tls.handshake.epms", "Encrypted PreMaster", .bytes),
        row(.signatureLength, "tls.handshake.sig_len", "Signature Length", .uint16),
        row(.signature, "tls.handshake.sig", "Signature", .bytes),
        row(.verifyLength, "tls.handshake.client_cert_vrfy.sig_len", "Signature length", .uint16),
        row(.verify, "tls.handshake.client_cert_vrfy.sig", "Signature", .bytes),
        row(.certificateTypeCount, "tls.handshake.cert_types_count", "Certificate types count", .uint8),
        row(.certificateTypes, "tls.handshake.cert_types", "Certificate types", .none),
        row(.certificateType, "tls.handshake.cert_type", "Certificate type", .uint8, nil, certificateTypeName),
        row(.namesLength, "tls.handshake.dnames_len", "Distinguished Names Length", .uint16),
        row(.names, "tls.handshake.dnames", "Distinguished Names", .none),
        row(.verifyData, "tls.handshake.verify_data", "Verify Data", .none),
    ]
}
