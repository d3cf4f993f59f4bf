import Bytes

/// Keys, signatures and proofs (RFC 4034, RFC 5155, RFC 2930, RFC 8945).
extension DNS {
    static let signature: [DNSPart] = [
        .type("dns.rrsig.type_covered", "Type Covered"),
        .number(1, "dns.rrsig.algorithm", "Algorithm", DNSName.algorithms), .number(1, "dns.rrsig.labels", "Labels"),
        .duration("dns.rrsig.original_ttl", "Original TTL"),
        .moment("dns.rrsig.signature_expiration", "Signature Expiration"),
        .moment("dns.rrsig.signature_inception", "Signature Inception"), .number(2, "dns.rrsig.key_tag", "Key Tag"),
        .name("dns.rrsig.signers_name", "Signer's name"), .rest("dns.rrsig.signature", "Signature"),
    ]

    static let delegation: [DNSPart] = [
        .number(2, "dns.ds.key_id", "Key id", nil, .hexadecimal),
        .number(1, "dns.ds.algorithm", "Algorithm", DNSName.algorithms),
        .number(1, "dns.ds.digest_type", "Digest Type", DNSName.digests), .rest("dns.ds.digest", "Digest"),
    ]

    static let publicKey: [DNSPart] = [
        .number(2, "dns.dnskey.flags", "Flags", nil, .hexadecimal),
        .flag(
            0x0100, 16, "dns.dnskey.flags.zone_key", "Zone Key", "This is the zone key for specified zone",
            "This is not a zone key"),
        .flag(0x0080, 16, "dns.dnskey.flags.key_revoked", "Key Revoked", "Yes", "No"),
        .flag(0x0001, 16, "dns.dnskey.flags.secure_entry_point", "Key Signing Key", "Yes", "No"),
        .bits(0xFE7E, 16, "dns.dnskey.flags.reserved", "Key Signing Key", .uint16, .hexadecimal),
        .number(1, "dns.dnskey.protocol", "Protocol"),
        .number(1, "dns.dnskey.algorithm", "Algorithm", DNSName.algorithms),
        .special { addKeyTag(keyTag, $0, $1, $2, &$3, $4) }, .rest("dns.dnskey.public_key", "Public Key"),
    ]

    static let key: [DNSPart] = [
        .number(2, "dns.key.flags", "Flags", nil, .hexadecimal),
        .flag(
            0x8000, 16, "dns.key.flags.authentication", "Key allowed for authentication", "Not allowed", "Allowed"),
        .flag(
            0x4000, 16, "dns.key.flags.confidentiality", "Key allowed for confidentiality", "Not allowed", "Allowed"),
        .flag(0x2000, 16, "dns.key.flags.required", "Key required", "Optional", "Required"),
        .flag(0x0400, 16, "dns.key.flags.associated_user", "Key is associated with a user", "Yes", "No"),
        .flag(
            0x0200, 16, "dns.key.flags.associated_named_entity", "Key is associated with the named entity", "Yes", "No"),
        .flag(0x0080, 16, "dns.key.flags.ipsec", "Key use with IPSEC", "Valid", "Invalid"),
        .flag(0x0040, 16, "dns.key.flags.mime", "Key use with MIME security multiparts", "Valid", "Invalid"),
        .bits(0x000F, 16, "dns.key.flags.signatory", "Signatory", .uint16, .decimal),
        .number(1, "dns.key.protocol", "Protocol"),
        .number(1, "dns.key.algorithm", "Algorithm", DNSName.algorithms),
        .special { addKeyTag(olderKeyTag, $0, $1, $2, &$3, $4) }, .rest("dns.key.public_key", "Public Key"),
    ]

    private static let keyTag = DNSField("dns.dnskey.key_id", "Key id", .uint16) { $0.generated }
    private static let olderKeyTag = DNSField("dns.key.key_id", "Key ID", .uint16) { $0.generated }

    /// RFC 4034 appendix B: a sum over the whole record, but for RSA/MD5 two bytes of the key itself.
    private static func addKeyTag(
        _ field: DNSField, _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let start = offset - 4
        guard message.has(end - start, at: start), end > offset else { return offset }
        var sum: UInt64 = 0
        if message.u8(at: offset - 1) == 1 {
            sum = UInt64(message.u16(at: end - 3))
        } else {
            for place in start..<end {
                sum += UInt64(message.u8(at: place)) << ((place - start) % 2 == 0 ? 8 : 0)
            }
            sum = (sum + sum >> 16) & 0xFFFF
        }
        tree.add(field, .number(sum), start, 0, depth)
        return offset
    }

    private static let hashAlgorithm = DNSPart.number(1, "dns.nsec3.algo", "Hash algorithm", DNSName.hashes)
    private static let hashFlags = DNSPart.number(1, "dns.nsec3.flags", "NSEC3 flags")
    private static let hashRest: [DNSPart] = [
        .number(2, "dns.nsec3.iterations", "NSEC3 iterations"),
        DNSPart(
            kind: .bytes(DNSField("dns.nsec3.salt_value", "Salt value", .bytes)),
            field: DNSField("dns.nsec3.salt_length", "Salt length", .uint8)),
    ]

    static let hashedDenialParameters: [DNSPart] = [hashAlgorithm, hashFlags] + hashRest

    static let hashedDenial: [DNSPart] =
        [
            hashAlgorithm, hashFlags,
            .flag(
                1, 8, "dns.nsec3.flags.opt_out", "NSEC3 Opt-out flag", "Additional insecure delegations allowed",
                "Additional insecure delegations forbidden"),
        ] + hashRest

    private static let hashLength = DNSField("dns.nsec3.hash_length", "Hash length", .uint8)
    private static let hashValue = DNSField("dns.nsec3.hash_value", "Next hashed owner", .string) { $0.generated }

    /// The next owner's hash in base 32 with the extended hex alphabet (RFC 5155 §3.3).
    static func readNextOwner(
        _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let length = Int(message.u8(at: offset))
        guard offset + 1 + length <= end, message.has(length, at: offset + 1) else { return nil }
        tree.add(hashLength, .number(UInt64(length)), offset, 1, depth)
        let digits = Array("0123456789abcdefghijklmnopqrstuv".utf8)
        var text: [UInt8] = []
        var (word, bits) = (0, 0)
        for place in offset + 1..<offset + 1 + length {
            (word, bits) = (word << 8 & 0xFFFF | Int(message.u8(at: place)), bits + 8)
            while bits >= 5 {
                bits -= 5
                text.append(digits[word >> bits & 31])
            }
        }
        tree.add(hashValue, .text(String(decoding: text, as: UTF8.self)), offset + 1, length, depth)
        return offset + 1 + length
    }

    static let synchronization: [DNSPart] = [
        .number(4, "dns.csync.soa", "SOA"), .number(2, "dns.csync.flags", "Flags", nil, .hexadecimal),
        .flag(1, 16, "dns.csync.flags.immediate", "immediate"),
        .flag(2, 16, "dns.csync.flags.soaminimum", "soaminimum"),
        .special { message, offset, end, tree, depth in
            guard offset <= end else { return nil }
            tree.add(
                synchronizedTypes, .bytes(message.slice(from: offset, count: end - offset).array), offset,
                end - offset, depth)
            return offset
        }, bitmap,
    ]
    private static let synchronizedTypes = DNSField("dns.csync.type_bitmap", "Type Bitmap", .bytes)

    private static let otherData = DNSField("dns.tkey.other_data", "Other Data", .bytes)
    private static let keyData = DNSField("dns.tkey.key_data", "Key Data", .bytes)

    static let keyExchange: [DNSPart] = [
        .name("dns.tkey.algo_name", "Algorithm name"), .moment("dns.tkey.signature_inception", "Signature Inception"),
        .moment("dns.tkey.signature_expiration", "Signature Expiration"),
        .number(2, "dns.tkey.mode", "Mode", DNSName.keyModes), .number(2, "dns.tkey.error", "Error", DNSName.errors),
        .number(2, "dns.tkey.key_size", "Key Size"), .special { addCounted(keyData, $0, $1, $2, &$3, $4) },
        .number(2, "dns.tkey.other_size", "Other Size"), .special { addCounted(otherData, $0, $1, $2, &$3, $4) },
    ]

    /// As many bytes as the number before says.
    private static func addCounted(
        _ field: DNSField, _ message: borrowing Bytes, _ offset: Int, _ end: Int, _ tree: inout DNSTree, _ depth: Int
    ) -> Int? {
        let count = Int(message.u16(at: offset - 2))
        guard offset + count <= end, message.has(count, at: offset) else { return nil }
        if count > 0 { tree.add(field, .bytes(message.slice(from: offset, count: count).array), offset, count, depth) }
        return offset + count
    }

    private static let signedTime = DNSField("dns.tsig.time_signed", "Time Signed", .absoluteTime)
    private static let mac = DNSField("dns.tsig.mac", "MAC", .none)
    private static let unknownAlgorithm = DNSField("dns.tsig.noalg", "No dissector for algorithm", .none) {
        $0.expert(.warn, .undecoded)
    }
    private static let moreData = DNSField("dns.tsig.other_data", "Other Data", .bytes)

    static let transactionSignature: [DNSPart] = [
        .name("dns.tsig.algorithm_name", "Algorithm Name"),
        .special { message, offset, end, tree, depth in
            guard offset + 6 <= end, message.has(6, at: offset) else { return nil }
            let seconds = Int64(message.u16(at: offset)) << 32 | Int64(message.u32(at: offset + 2))
            let (time, isLate) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
            tree.add(signedTime, .time(isLate ? .max : time), offset, 6, depth)
            return offset + 6
        },
        .number(2, "dns.tsig.fudge", "Fudge"), .number(2, "dns.tsig.mac_size", "MAC Size"),
        .special { message, offset, end, tree, depth in
            let count = Int(message.u16(at: offset - 2))
            guard offset + count <= end, message.has(count, at: offset) else { return nil }
            if count > 0 {
                tree.add(mac, .presence, offset, count, depth)
                tree.add(unknownAlgorithm, .presence, offset, count, depth + 1)
            }
            return offset + count
        },
        .number(2, "dns.tsig.original_id", "Original Id"), .number(2, "dns.tsig.error", "Error", DNSName.errors),
        .number(2, "dns.tsig.other_len", "Other Len"), .special { addCounted(moreData, $0, $1, $2, &$3, $4) },
    ]

    static var securityRows: [FieldRow] {
        [
            keyTag, olderKeyTag, hashLength, hashValue, synchronizedTypes, otherData, keyData, signedTime, mac,
            unknownAlgorithm, moreData,
        ].map(\.row)
    }
}
