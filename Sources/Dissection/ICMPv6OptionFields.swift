import Bytes

extension ICMPv6 {
    static var optionFields: [FieldRow] {
        [
            item(.option, "ICMPv6 Option", .none, nil, .group).worded { _, range, input in
                ICMPv6Options.title(input.frame, range)
            },
            item(.optionType, "Type", .uint8).named(optionName),
            item(.optionLength, "Length", .uint8).numberFirst { number, _ in "\(8 * number) bytes" },
            item(.invalidLength, "Invalid Option Length", .none).generated,
            item(.undecodedOption, "Undecoded option", .none).generated,
            linkAddress(.linkAddress, "Link-layer address"),
            linkAddress(.sourceLink, "Source Link-layer address").hidden,
            linkAddress(.targetLink, "Target Link-layer address").hidden,
            item(.longLink, "Link-layer address", .eui64).worded(longWording),
            item(.longSource, "Source Link-layer address", .eui64).worded(longWording).hidden,
            item(.longTarget, "Target Link-layer address", .eui64).worded(longWording).hidden,
            item(.prefixLength, "Prefix Length", .uint8),
            item(.prefixFlags, "Flag", .uint8, .hexadecimal, .group).listing(2) { flags in
                setFlags(flags, [0x80: onLink, 0x40: autonomous, 0x20: routerAddress])
            },
            bits(of: .prefixFlags, 0x80, "opt.prefix.flag.l", onLink),
            bits(of: .prefixFlags, 0x40, "opt.prefix.flag.a", autonomous),
            bits(of: .prefixFlags, 0x20, "opt.prefix.flag.r", routerAddress),
            bits(of: .prefixFlags, 0x1F, "opt.prefix.flag.reserved", "Reserved", .uint8),
            item(.routeFlags, "Flag", .uint8, .hexadecimal, .group).listing(2) { flags in
                ["Route Preference: " + preferenceName(flags >> 3 & 3)]
            },
            bits(of: .routeFlags, 0x18, "opt.route_info.flag.route_preference", "Route Preference", .uint8)
                .named(preferenceName).writingBits(0x18),
            bits(of: .routeFlags, 0xE7, "opt.route_info.flag.reserved", "Reserved", .uint8),
            lifetime(.validLifetime, "Valid Lifetime"), lifetime(.preferredLifetime, "Preferred Lifetime"),
            lifetime(.routeLifetime, "Route Lifetime"), item(.optionReserved, "Reserved", .none),
            item(.prefix, "Prefix", .ipv6), item(.redirected, "Redirected Packet", .none),
            item(.optionMTU, "MTU", .uint32), item(.advertisementInterval, "Advertisement Interval", .uint32),
            item(.agentPreference, "Home Agent Preference", .uint16),
            item(.agentLifetime, "Home Agent Preference", .uint16), item(.timestamp, "Timestamp", .absoluteTime),
            item(.optionNonce, "Nonce", .bytes), lifetime(.serverLifetime, "Lifetime"),
            item(.server, "Recursive DNS Servers", .ipv6), lifetime(.searchLifetime, "Lifetime"),
            item(.searchName, "Domain Names", .string), item(.padding, "Padding", .none),
        ] + expansionFields
    }

    private static var expansionFields: [FieldRow] {
        [
            item(.flagsExpansion, "Flags Expansion Option", .uint16, .hexadecimal, .group).listing(4, routerFlags),
            bits(of: .flagsExpansion, 0x8000, "opt.efo.m", managed),
            bits(of: .flagsExpansion, 0x4000, "opt.efo.o", other),
            bits(of: .flagsExpansion, 0x2000, "opt.efo.h", "Home Agent"),
            bits(of: .flagsExpansion, 0x1800, "opt.efo.prf", preference, .uint16).named(preferenceName)
                .writingBits(0x1800),
            bits(of: .flagsExpansion, 0x0400, "opt.efo.p", "Proxy"),
            bits(of: .flagsExpansion, 0x02FF, "opt.efo.rsv", "Reserved", .uint16),
            item(.portal, "Captive Portal", .string),
            bits(of: .Prefix64Word, 0xFFF8, "opt.pref64.scaled_lifetime", "Scaled Lifetime", .uint16),
            bits(of: .Prefix64Word, 0x0007, "opt.pref64.plc", "PLC (Prefix Length Code)", .uint16, .hexadecimal)
                .named(prefixLengthCode).writingBits(0x0007),
            item(.prefix64, "Prefix", .ipv6),
        ]
    }

    private static let onLink = "On-link flag(L)"
    private static let autonomous = "Autonomous address-configuration flag(A)"
    private static let routerAddress = "Router address flag(R)"

    private static func lifetime(_ kind: Computed, _ label: String) -> FieldRow {
        item(kind, label, .uint32).partlyNamed { $0 == 0xFFFF_FFFF ? "Infinity" : nil }
    }

    private static func linkAddress(_ kind: Computed, _ label: String) -> FieldRow {
        item(kind, label, .bytes).worded { _, range, input in
            label + ": " + ICMPv6Options.colons(input.frame, range.lowerBound, range.count)
        }
    }

    private static let longWording: FieldRow.Wording = { value, _, _ in
        guard case .text(let text) = value else { return "" }
        return "Link-layer address: \(text) (\(text))"
    }
}

extension ICMPv6Options {
    /// An option's line in trees: its name and what it says in short.
    static func title(_ frame: Bytes, _ range: Range<Int>) -> String {
        let option = MessageBytes(frame.slice(from: range.lowerBound, count: range.count), at: 0)
        let type = option.bytes.u8(at: 0)
        let name = "ICMPv6 Option (" + (ICMPv6.optionName(UInt64(type)) ?? "Unknown \(type)")
        // What cannot be read has a line without an end.
        guard option.count >= 8 else { return name }
        switch type {
        case 1, 2:
            let count = option.count == 16 ? 8 : option.count - 2
            return name + " : " + colons(option.bytes, 2, count) + ")"
        case 3 where option.count >= 32: return name + " : \(option.address(16))/\(option.bytes.u8(at: 2)))"
        case 5, 7: return name + " : \(option.value(4, 4)))"
        case 24:
            let preference = ICMPv6.preferenceName(option.value(3, 1) >> 3 & 3)
            let prefix = option.prefix(8, min(option.count - 8, 16))
            return name + " : \(preference) \(prefix)/\(option.bytes.u8(at: 2)))"
        case 25:
            let servers = stride(from: 8, through: option.count - 16, by: 16).map { " \(option.address($0))" }
            return name + servers.joined() + ")"
        case 31:
            var names = ""
            forEachName(option.bytes, 8, option.count) { found, _ in names += " " + found }
            return name + names + ")"
        default: return name + ")"
        }
    }
}
