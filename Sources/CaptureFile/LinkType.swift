/// A link-layer header type, as numbered by the LINKTYPE_ registry of tcpdump.org (draft-ietf-opsawg-pcaplinktype).
package struct LinkType: RawRepresentable, Hashable, Sendable, BitwiseCopyable {
    package var rawValue: UInt16

    package init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The type a file means by `value`: old BSD systems wrote their own DLT_RAW, 12 or 14, where the registry has 101.
    package init(inFile value: UInt16) {
        rawValue = value == 12 || value == 14 ? Self.raw.rawValue : value
    }

    package static let null = LinkType(rawValue: 0)
    package static let ethernet = LinkType(rawValue: 1)
    package static let tokenRing = LinkType(rawValue: 6)
    package static let slip = LinkType(rawValue: 8)
    package static let ppp = LinkType(rawValue: 9)
    package static let fddi = LinkType(rawValue: 10)
    package static let pppHDLC = LinkType(rawValue: 50)
    package static let pppEthernet = LinkType(rawValue: 51)
    package static let raw = LinkType(rawValue: 101)
    package static let ciscoHDLC = LinkType(rawValue: 104)
    package static let ieee80211 = LinkType(rawValue: 105)
    package static let frameRelay = LinkType(rawValue: 107)
    package static let loop = LinkType(rawValue: 108)
    package static let linuxSLL = LinkType(rawValue: 113)
    package static let pflog = LinkType(rawValue: 117)
    package static let prism = LinkType(rawValue: 119)
    package static let radiotap = LinkType(rawValue: 127)
    package static let ieee80211AVS = LinkType(rawValue: 163)
    package static let linuxLAPD = LinkType(rawValue: 177)
    package static let bluetoothHCI = LinkType(rawValue: 187)
    package static let ppi = LinkType(rawValue: 192)
    package static let erf = LinkType(rawValue: 197)
    package static let ipv4 = LinkType(rawValue: 228)
    package static let ipv6 = LinkType(rawValue: 229)
    package static let nflog = LinkType(rawValue: 239)
    package static let netAnalyzer = LinkType(rawValue: 240)
    package static let usbPcap = LinkType(rawValue: 249)
    package static let ethernetMPacket = LinkType(rawValue: 274)
    package static let linuxSLL2 = LinkType(rawValue: 276)
}

extension LinkType: CustomStringConvertible {
    /// The registry's name without its `LINKTYPE_`, or the bare number.
    package var description: String { Self.names[self] ?? "link type \(rawValue)" }

    private static let names: [LinkType: String] = [
        .null: "NULL", .ethernet: "ETHERNET", .tokenRing: "IEEE802_5", .slip: "SLIP", .ppp: "PPP", .fddi: "FDDI",
        .pppHDLC: "PPP_HDLC", .pppEthernet: "PPP_ETHER", .raw: "RAW", .ciscoHDLC: "C_HDLC",
        .ieee80211: "IEEE802_11", .frameRelay: "FRELAY", .loop: "LOOP", .linuxSLL: "LINUX_SLL", .pflog: "PFLOG",
        .prism: "IEEE802_11_PRISM", .radiotap: "IEEE802_11_RADIOTAP", .ieee80211AVS: "IEEE802_11_AVS",
        .linuxLAPD: "LINUX_LAPD", .bluetoothHCI: "BLUETOOTH_HCI_H4", .ppi: "PPI", .erf: "ERF", .ipv4: "IPV4",
        .ipv6: "IPV6", .nflog: "NFLOG", .netAnalyzer: "NETANALYZER", .usbPcap: "USBPCAP",
        .ethernetMPacket: "ETHERNET_MPACKET", .linuxSLL2: "LINUX_SLL2",
    ]
}
