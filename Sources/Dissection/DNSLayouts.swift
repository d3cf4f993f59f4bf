import Bytes

/// What the data of each type of resource record is made of (RFC 1035 §3.3 and the documents that IANA's registry of
/// types names).
extension DNS {
    static let layouts: [UInt64: [DNSPart]] = [
        1: [.address4("dns.a", "Address")],
        2: [.name("dns.ns", "Name Server")],
        3: [.name("dns.md", "Mail Destination")],
        4: [.name("dns.mf", "Mail Forwarder")],
        5: [.name("dns.cname", "CNAME")],
        6: [
            .name("dns.soa.mname", "Primary name server"),
            .name("dns.soa.rname", "Responsible authority's mailbox"),
            .number(4, "dns.soa.serial_number", "Serial Number"),
            .duration("dns.soa.refresh_interval", "Refresh Interval"),
            .duration("dns.soa.retry_interval", "Retry Interval"),
            .duration("dns.soa.expire_limit", "Expire limit"), .duration("dns.soa.minimum_ttl", "Minimum TTL"),
        ],
        7: [.name("dns.mb", "MailBox Domaine")],
        8: [.name("dns.mg", "Mail Group member")],
        9: [.name("dns.mr", "Mail Rename domaine")],
        10: [.rest("dns.null", "Null (data)")],
        11: [
            .address4("dns.wks.address", "Address"),
            DNSPart(
                kind: .number(1),
                field: DNSField("dns.wks.protocol", "Protocol", .uint8) {
                    $0.named { ProtocolNumber.name($0) ?? "Unknown" }
                }),
            .special { readServices($0, $1, $2, &$3, $4) },
        ],
        12: [.name("dns.ptr.domain_name", "Domain Name")],
        13: [
            .text("dns.hinfo.cpu_length", "CPU Length", "dns.hinfo.cpu", "CPU"),
            .text("dns.hinfo.os_length", "OS Length", "dns.hinfo.os", "OS"),
        ],
        14: [.name("dns.minfo.r", "Responsible Mailbox"), .name("dns.minfo.e", "Error Mailbox")],
        15: [.number(2, "dns.mx.preference", "Preference"), .name("dns.mx.mail_exchange", "Mail Exchange")],
        16: [DNSPart(kind: .all([.text("dns.txt.length", "TXT Length", "dns.txt", "TXT")]), field: .group)],
        17: [.name("dns.rp.mailbox", "Mailbox"), .name("dns.rp.txt_rr", "TXT RR")],
        18: [.number(2, "dns.afsdb.subtype", "Subtype"), .name("dns.afsdb.hostname", "Hostname")],
        19: [.text("dns.x25.length", "Length", "dns.x25.psdn_address", "PSDN-Address")],
        20: [
            .text("dns.idsn.length", "Length", "dns.idsn.address", "ISDN Address"),
            DNSPart(
                kind: .all([.text("dns.idsn.sa.length", "Length", "dns.idsn.sa.address", "Sub Address")]),
                field: .group),
        ],
        21: [.number(2, "dns.rt.subtype", "Preference"), .name("dns.rt.intermediate_host", "Intermediate Hostname")],
        22: [.rest("dns.nsap.rdata", "NSAP Data")],
        23: [.name("dns.nsap_ptr.owner", "Owner")],
        24: signature,
        25: key,
        26: [
            .number(2, "dns.px.preference", "Preference"), .name("dns.px.map822", "MAP822"),
            .name("dns.px.map400", "MAPX400"),
        ],
        27: [
            .text("dns.gpos.longitude_length", "Longitude length", "dns.gpos.longitude", "Longitude"),
            .text("dns.gpos.latitude_length", "Latitude length", "dns.gpos.latitude", "Latitude"),
            .text("dns.gpos.altitude_length", "Altitude length", "dns.gpos.altitude", "Altitude"),
        ],
        28: [.address6("dns.aaaa", "AAAA Address")],
        29: location,
        30: [.name("dns.nxt.next_domain_name", "Next Domain Name"), .special { readPlainBitmap($0, $1, $2, &$3, $4) }],
        33: [
            .number(2, "dns.srv.priority", "Priority"), .number(2, "dns.srv.weight", "Weight"),
            .number(2, "dns.srv.port", "Port"), .name("dns.srv.target", "Target"),
        ],
        35: [
            .number(2, "dns.naptr.order", "Order"), .number(2, "dns.naptr.preference", "Preference"),
            .text("dns.naptr.flags_length", "Flags Length", "dns.naptr.flags", "Flags"),
            .text("dns.naptr.service_length", "Service Length", "dns.naptr.service", "Service"),
            .text("dns.naptr.regex_length", "Regex Length", "dns.naptr.regex", "Regex"),
            .special { message, offset, _, tree, depth in
                guard let name = shownName(in: message, at: offset) else { return nil }
                tree.add(
                    replacementLength, .number(UInt64(name.text.utf8.count)), offset, name.end - offset, depth)
                return offset
            },
            .name("dns.naptr.replacement", "Replacement"),
        ],
        36: [.number(2, "dns.kx.preference", "Preference"), .name("dns.kx.key_exchange", "Key Exchange")],
        37: [
            .number(2, "dns.cert.type", "Type", DNSName.certificates),
            .number(2, "dns.cert.key_tag", "Key Tag", nil, .hexadecimal),
            .number(1, "dns.cert.algorithm", "Algorithm", DNSName.algorithms),
            .rest("dns.cert.certificate", "Certificate (or CRL)"),
        ],
        38: [.special { readAddress6($0, $1, $2, &$3, $4) }],
        39: [.name("dns.dname", "Dname")],
        41: [.special { readOptions($0, $1, $2, &$3, $4) }],
        42: [.special { readPrefixes($0, $1, $2, &$3, $4) }],
        43: delegation, 59: delegation, 32769: delegation,
        44: [
            .number(1, "dns.sshfp.algorithm", "Algorithm", DNSName.keyAlgorithms),
            .number(1, "dns.sshfp.fingerprint.type", "Fingerprint type", DNSName.fingerprints),
            .rest("dns.sshfp.fingerprint", "Fingerprint"),
        ],
        45: [.special { readGateway($0, $1, $2, &$3, $4) }],
        46: signature,
        47: [.name("dns.nsec.next_domain_name", "Next Domain Name"), bitmap],
        48: publicKey, 60: publicKey,
        49: [.rest("dns.dhcid.rdata", "DHCID Data")],
        50: hashedDenial + [.special { readNextOwner($0, $1, $2, &$3, $4) }, bitmap],
        51: hashedDenialParameters,
        52: [
            .number(1, "dns.tlsa.certificate_usage", "Certificate Usage", DNSName.usages),
            .number(1, "dns.tlsa.selector", "Selector", DNSName.selectors),
            .number(1, "dns.tlsa.matching_type", "Matching Type", DNSName.matchings),
            .rest("dns.tlsa.certificate_association_data", "Certificate Association Data"),
        ],
        55: [.special { readHostIdentity($0, $1, $2, &$3, $4) }],
        61: [
            .special { message, offset, end, tree, depth in
                // tshark takes the key for text in base 64, which it is not, and so shows nothing of it.
                tree.add(openKey, .text(""), offset, end - offset, depth)
                return end
            }
        ],
        62: synchronization,
        63: [
            .number(4, "dns.zonemd.serial", "Serial"), .number(1, "dns.zonemd.scheme", "Scheme", [1: "SIMPLE"]),
            .number(1, "dns.zonemd.hash_algo", "Hash Algorithm", [1: "SHA-384", 2: "SHA-512"]),
            .rest("dns.zonemd.digest", "Digest"),
        ],
        64: service, 65: service,
        99: [DNSPart(kind: .all([.text("dns.spf.length", "SPF Length", "dns.spf", "SPF")]), field: .group)],
        104: [.number(2, "dns.ilnp.nid.preference", "Preference"), .rest("dns.ilnp.nid", "NodeID")],
        105: [.number(2, "dns.ilnp.l32.preference", "Preference"), .address4("dns.ilnp.l32", "Locator32")],
        106: [.number(2, "dns.ilnp.l64.preference", "Preference"), .rest("dns.ilnp.l64", "Locator64")],
        107: [.number(2, "dns.ilnp.lp.preference", "Preference"), .name("dns.ilnp.lp", "Locator FQDN")],
        108: [DNSPart(kind: .ether, field: DNSField("dns.eui48", "EUI48 Address", .ether))],
        109: [DNSPart(kind: .eui64, field: longIdentifier)],
        249: keyExchange, 250: transactionSignature,
        257: [.special { readAuthority($0, $1, $2, &$3, $4) }],
        65281: nameService("dns.wins", localFlag) + [
            .number(4, "dns.wins.nb_wins_servers", "Number of WINS servers"),
            DNSPart(kind: .all([.address4("dns.wins.wins_server", "WINS Server Address")]), field: .group),
        ],
        65282: nameService("dns.winsr", reverseLocalFlag) + [
            .name("dns.winsr.name_result_domain", "Name Result Domain")
        ],
        65422: [.special { readForwarded($0, $1, $2, &$3, $4) }],
    ]

    static let bitmap = DNSPart(kind: .typeBitmap, field: .group)

    private static let replacementLength = DNSField("dns.naptr.replacement_length", "Replacement Length", .uint8) {
        $0.generated
    }
    private static let openKey = DNSField("dns.openpgpkey", "OpenPGP Key", .string)
    private static let longIdentifier = DNSField("dns.eui64", "EUI64 Address", .eui64)

    private static let localFlag = DNSPart.flag(1, 32, "dns.wins.local_flag", "Local Flag")
    private static let reverseLocalFlag = DNSPart.flag(1, 32, "dns.winsr.local_flag", "Local Flag")

    private static func nameService(_ prefix: String, _ flag: DNSPart) -> [DNSPart] {
        [
            .special { message, offset, end, tree, depth in
                guard offset + 4 <= end else { return nil }
                return flag.read(message, offset + 4, end, &tree, depth - 1)
            },
            .number(4, prefix + ".lookup_timeout", "Lookup timeout"),
            .number(4, prefix + ".cache_timeout", "Cache timeout"),
        ]
    }

    /// Rows that readers of their own hand out.
    static var otherRows: [FieldRow] {
        [replacementLength, openKey, localFlag.field, reverseLocalFlag.field].map(\.row) + optionRows + serviceRows
            + recordRows + securityRows
    }

    static func base64(_ message: borrowing Bytes, _ offset: Int, _ end: Int) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var text: [UInt8] = []
        var place = offset
        while place < end {
            let count = min(3, end - place)
            var word = 0
            for index in 0..<3 { word = word << 8 | (index < count ? Int(message.u8(at: place + index)) : 0) }
            for index in 0..<4 {
                text.append(index <= count ? digits[word >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
            }
            place += 3
        }
        return String(decoding: text, as: UTF8.self)
    }
}
