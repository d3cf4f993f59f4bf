import Bytes

extension ICMPv6 {
    /// What stands behind the checksum; raw values are the fields' names.
    package enum Computed: String, Sendable {
        case reserved, data, mtu, pointer, length, nonce, undecoded = "undecoded.type"
        case identifier = "echo.identifier", sequence = "echo.sequence_number"
        case responseTo = "resp_to", responseTime = "resptime"
        case extendedSequence = "ext.echo.seq", ExtendedRequest, ExtendedReply
        case queryInterval = "mcast_ra.query_interval", robustness = "mcast_ra.robustness_variable"
        // Neighbour discovery (RFC 4861 §4).
        case hopLimit = "nd.ra.cur_hop_limit", routerFlags = "nd.ra.flag", routerLifetime = "nd.ra.router_lifetime"
        case reachableTime = "nd.ra.reachable_time", retransmitTimer = "nd.ra.retrans_timer"
        case solicited = "nd.ns.target_address", advertised = "nd.na.target_address"
        case neighborFlags = "nd.na.flag", redirectTarget = "nd.rd.target_address"
        case redirectDestination = "rd.na.destination_address"
        // Options (RFC 4861 §4.6 and later ones).
        case option = "opt", optionType = "opt.type", optionLength = "opt.length", optionReserved = "opt.reserved"
        case padding = "opt.padding", linkAddress = "opt.linkaddr", sourceLink = "opt.src_linkaddr"
        case targetLink = "opt.target_linkaddr", longLink = "opt.linkaddr_eui64"
        case longSource = "opt.src_linkaddr_eui64", longTarget = "opt.target_linkaddr_eui64"
        case prefixLength = "opt.prefix.length", prefixFlags = "opt.prefix.flag"
        case validLifetime = "opt.prefix.valid_lifetime", preferredLifetime = "opt.prefix.preferred_lifetime"
        case prefix = "opt.prefix", optionMTU = "opt.mtu", redirected = "opt.redirected_packet"
        case advertisementInterval = "opt.advertisement_interval", agentPreference = "opt.home_agent_preference"
        case agentLifetime = "opt.home_agent_lifetime", timestamp = "opt.timestamp", optionNonce = "opt.nonce"
        case routeFlags = "opt.route_info.flag", routeLifetime = "opt.route_lifetime"
        case serverLifetime = "opt.rdnss.lifetime", server = "opt.rdnss", searchLifetime = "opt.dnssl.lifetime"
        case searchName = "opt.dnssl", flagsExpansion = "opt.efo", portal = "opt.captive_portal"
        case Prefix64Word, prefix64 = "opt.pref64.prefix", undecodedOption = "undecoded.option"
        case invalidLength = "invalid_option_length"
        // Multicast listener discovery (RFC 2710 §3, RFC 3810 §5).
        case responseDelay = "mld.maximum_response_delay", group = "mld.multicast_address"
        case responseCode = "mld.maximum_response_code", queryFlags = "mld.flag", queryCode = "mld.qqi"
        case sourceCount = "mld.nb_sources", source = "mld.source_address"
        case recordCount = "mldr.nb_mcast_records", record = "mldr.mar", recordType = "mldr.mar.record_type"
        case auxiliaryLength = "mldr.mar.aux_data_len", recordSources = "mldr.mar.nb_sources"
        case recordGroup = "mldr.mar.multicast_address", recordSource = "mldr.mar.source_address"
        case auxiliary = "mldr.mar.auxiliary_data"
    }

    static var messageFields: [FieldRow] {
        [
            item(.length, "Length of original datagram", .uint8),
            item(.identifier, "Identifier", .uint16, .hexadecimal),
            item(.sequence, "Sequence", .uint16), item(.extendedSequence, "Sequence number", .uint8).inBothBases,
            bits(of: .ExtendedRequest, 0xFE, "ext.echo.req.res", "Reserved", .uint8, .hexadecimal),
            bits(of: .ExtendedRequest, 0x01, "ext.echo.req.local", "Local bit"),
            bits(of: .ExtendedReply, 0xE0, "ext.echo.rsp.state", "State", .uint8).named(ICMP.neighbourState)
                .writingBits(0xE0),
            bits(of: .ExtendedReply, 0x18, "ext.echo.rsp.res", "Reserved", .uint8, .hexadecimal),
            bits(of: .ExtendedReply, 0x04, "ext.echo.rsp.active", "Active bit"),
            bits(of: .ExtendedReply, 0x02, "ext.echo.rsp.ipv4", "IPv4 bit"),
            bits(of: .ExtendedReply, 0x01, "ext.echo.rsp.ipv6", "IPv6 bit"),
            item(.responseTo, "Response To", .frameNumber).generated.needing(.echoes),
            item(.responseTime, "Response Time", .double).generated.needing(.echoes).worded(ICMP.responseWording),
            item(.mtu, "MTU", .uint32), item(.pointer, "Pointer", .uint32),
            item(.undecoded, "Undecoded type", .none).generated,
            item(.queryInterval, "Query Interval", .uint16), item(.robustness, "Robustness Variable", .uint16),
            item(.data, "Data", .bytes),
        ]
    }

    static var neighborFields: [FieldRow] {
        [
            item(.hopLimit, "Cur hop limit", .uint8),
            item(.routerFlags, "Flags", .uint8, .hexadecimal, .group).listing(2) { routerFlags($0 << 8) },
            bits(of: .routerFlags, 0x80, "nd.ra.flag.m", managed), bits(of: .routerFlags, 0x40, "nd.ra.flag.o", other),
            bits(of: .routerFlags, 0x20, "nd.ra.flag.h", "Home Agent"),
            bits(of: .routerFlags, 0x18, "nd.ra.flag.prf", preference, .uint8).named(preferenceName).writingBits(0x18),
            bits(of: .routerFlags, 0x04, "nd.ra.flag.p", "Proxy"),
            bits(of: .routerFlags, 0x03, "nd.ra.flag.rsv", "Reserved", .uint8),
            item(.routerLifetime, "Router lifetime (s)", .uint16), item(.reachableTime, "Reachable time (ms)", .uint32),
            item(.retransmitTimer, "Retrans timer (ms)", .uint32),
            item(.neighborFlags, "Flags", .uint32, .hexadecimal, .group).listing(8) {
                setFlags($0, [0x8000_0000: "Router", 0x4000_0000: "Solicited", 0x2000_0000: "Override"])
            },
            bits(of: .neighborFlags, 0x8000_0000, "nd.na.flag.r", "Router"),
            bits(of: .neighborFlags, 0x4000_0000, "nd.na.flag.s", "Solicited"),
            bits(of: .neighborFlags, 0x2000_0000, "nd.na.flag.o", "Override"),
            bits(of: .neighborFlags, 0x1FFF_FFFF, "nd.na.flag.rsv", "Reserved", .uint32),
            item(.reserved, "Reserved", .bytes), item(.solicited, "Target Address", .ipv6),
            item(.advertised, "Target Address", .ipv6), item(.redirectTarget, "Target Address", .ipv6),
            item(.redirectDestination, "Destination Address", .ipv6),
        ]
    }

    /// Flags of a router and of their expansion (RFC 5175), which begins with the same eight bits.
    static func routerFlags(_ flags: UInt64) -> [String] {
        var names = setFlags(flags, [0x8000: managed, 0x4000: other, 0x2000: "Home Agent"])
        names.append(preference + ": " + preferenceName(flags >> 11 & 3))
        return names + setFlags(flags, [0x0400: "Proxy"])
    }

    static let managed = "Managed address configuration"
    static let other = "Other configuration"
    static let preference = "Prf (Default Router Preference)"

    static var listenerFields: [FieldRow] {
        [
            item(.responseDelay, "Maximum Response Delay [ms]", .uint16),
            item(.responseCode, "Maximum Response Code", .uint16), item(.group, "Multicast Address", .ipv6),
            item(.queryFlags, "Flags", .uint8, .hexadecimal, .group).listing(2) {
                setFlags($0, [0x08: "Suppress Router-Side Processing"])
            },
            bits(of: .queryFlags, 0x08, "mld.flag.s", "Suppress Router-Side Processing", .boolean, .truth),
            bits(of: .queryFlags, 0x07, "mld.flag.qrv", "QRV (Querier's Robustness Variable)", .uint8),
            bits(of: .queryFlags, 0xF0, "mld.flag.reserved", "Reserved", .uint8),
            item(.queryCode, "QQIC (Querier's Query Interval Code)", .uint8),
            item(.sourceCount, "Number of Sources", .uint16), item(.source, "Source Address", .ipv6),
            item(.recordCount, "Number of Multicast Address Records", .uint16),
            item(.record, "Multicast Address Record", .none, nil, .group).worded { _, range, input in
                let start = range.lowerBound
                let name = recordName(UInt64(input.frame.u8(at: start))) ?? "Unknown"
                let group = IPAddress(high: input.frame.u64(at: start + 4), low: input.frame.u64(at: start + 12))
                return "Multicast Address Record \(name): \(group)"
            },
            item(.recordType, "Record Type", .uint8).named(recordName),
            item(.auxiliaryLength, "Aux Data Len", .uint8), item(.recordSources, "Number of Sources", .uint16),
            item(.recordGroup, "Multicast Address", .ipv6), item(.recordSource, "Source Address", .ipv6),
            item(.auxiliary, "Auxiliary Data", .bytes),
        ]
    }
}
