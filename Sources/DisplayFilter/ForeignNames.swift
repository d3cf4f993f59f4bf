/// Protocols of Wireshark's that Wharf does not read. A filter may name them: no frame has them, as none has them in a capture
/// without them.
package enum ForeignNames {
    /// What people's filters name beside FTP.
    private static let everyday: [String: String] = [
        "9p": "Plan 9", "ajp13": "Apache JServ Protocol v1.3", "amqp": "Advanced Message Queuing Protocol",
        "bgp": "Border Gateway Protocol", "bittorrent": "BitTorrent",
        "browser": "Microsoft Windows Browser Protocol", "cdp": "Cisco Discovery Protocol",
        "cflow": "Cisco NetFlow/IPFIX", "coap": "Constrained Application Protocol",
        "cotp": "ISO 8073/X.224 COTP Connection-Oriented Transport Protocol",
        "data-text-lines": "Line-based text data", "dccp": "Datagram Congestion Control Protocol",
        "dcerpc": "Distributed Computing Environment / Remote Procedure Call (DCE/RPC)",
        "dhcp": "Dynamic Host Configuration Protocol", "dhcpv6": "DHCPv6", "diameter": "Diameter Protocol",
        "dtls": "Datagram Transport Layer Security", "eapol": "802.1X Authentication",
        "eigrp": "Enhanced Interior Gateway Routing Protocol", "esp": "Encapsulating Security Payload",
        "fcgi": "FastCGI", "finger": "finger", "geneve": "Generic Network Virtualization Encapsulation",
        "git": "Git Smart Protocol", "gopher": "Gopher", "h225": "H323-MESSAGES",
        "h245": "MULTIMEDIA-SYSTEM-CONTROL", "hsrp": "Cisco Hot Standby Router Protocol",
        "http": "Hypertext Transfer Protocol", "http2": "HyperText Transfer Protocol 2",
        "http3": "Hypertext Transfer Protocol Version 3", "igmp": "Internet Group Management Protocol",
        "imap": "Internet Message Access Protocol", "imf": "Internet Message Format",
        "ipx": "Internetwork Packet eXchange", "irc": "Internet Relay Chat",
        "isakmp": "Internet Security Association and Key Management Protocol", "iscsi": "iSCSI",
        "json": "JavaScript Object Notation", "kafka": "Kafka", "kerberos": "Kerberos",
        "l2tp": "Layer 2 Tunneling Protocol", "ldap": "Lightweight Directory Access Protocol",
        "lldp": "Link Layer Discovery Protocol", "media": "Media Type", "megaco": "MEGACO",
        "memcache": "Memcache Protocol", "mgcp": "Media Gateway Control Protocol",
        "mime_multipart": "MIME Multipart Media Encapsulation", "modbus": "Modbus", "mongo": "Mongo Wire Protocol",
        "mqtt": "MQ Telemetry Transport Protocol", "mysql": "MySQL Protocol", "nbd": "Network Block Device",
        "nbdgm": "NetBIOS Datagram Service", "nbns": "NetBIOS Name Service", "nbss": "NetBIOS Session Service",
        "netbios": "NetBIOS", "nfs": "Network File System", "nntp": "Network News Transfer Protocol",
        "ntp": "Network Time Protocol", "ocsp": "Online Certificate Status Protocol", "openvpn": "OpenVPN Protocol",
        "ospf": "Open Shortest Path First", "pgsql": "PostgreSQL", "pim": "Protocol Independent Multicast",
        "png": "Portable Network Graphics", "pop": "Post Office Protocol",
        "pptp": "Point-to-Point Tunnelling Protocol", "quic": "QUIC IETF",
        "radiotap": "IEEE 802.11 Radiotap Capture header", "radius": "RADIUS Protocol",
        "rdp": "Remote Desktop Protocol", "rip": "Routing Information Protocol", "rlogin": "Rlogin Protocol",
        "rpc": "Remote Procedure Call", "rsh": "Remote Shell", "rsync": "RSYNC File Synchroniser",
        "rtcp": "Real-time Transport Control Protocol", "rtp": "Real-Time Transport Protocol",
        "rtsp": "Real Time Streaming Protocol", "sctp": "Stream Control Transmission Protocol",
        "sdp": "Session Description Protocol", "sip": "Session Initiation Protocol",
        "skinny": "Skinny Client Control Protocol", "smb": "SMB (Server Message Block Protocol)",
        "smb2": "SMB2 (Server Message Block Protocol version 2)", "smtp": "Simple Mail Transfer Protocol",
        "snmp": "Simple Network Management Protocol", "socks": "Socks Protocol",
        "ssdp": "Simple Service Discovery Protocol", "ssh": "SSH Protocol", "stp": "Spanning Tree Protocol",
        "stun": "Session Traversal Utilities for NAT", "syslog": "Syslog message", "tds": "Tabular Data Stream",
        "telnet": "Telnet", "tftp": "Trivial File Transfer Protocol",
        "tns": "Transparent Network Substrate Protocol", "tpkt": "TPKT - ISO on TCP - RFC1006",
        "urlencoded-form": "HTML Form URL Encoded", "usb": "USB",
        "vnc": "Virtual Network Computing", "vrrp": "Virtual Router Redundancy Protocol",
        "vxlan": "Virtual eXtensible Local Area Network", "websocket": "WebSocket", "wg": "WireGuard Protocol",
        "whois": "whois", "wlan": "IEEE 802.11 wireless LAN", "x509af": "X.509 Authentication Framework",
        "x509ce": "X.509 Certificate Extensions", "x509sat": "X.509 Selected Attribute Types",
        "xml": "eXtensible Markup Language", "xmpp": "XMPP Protocol",
    ]

    /// Names that look like bytes.
    ///
    /// Wireshark takes a word for a protocol wherever it has one of that name: `eth.dst[0] == ff` asks there whether a byte
    /// is a packet of the FOUNDATION Fieldbus, and no frame is selected. Filters mean the same here, and are told about it.
    private static let byteLike: [String: String] = [
        "a11": "3GPP2 A11", "a21": "A21 Protocol", "aaf": "AVTP Audio Format", "acf": "ACF Message",
        "adb": "Android Debug Bridge", "bfd": "Bidirectional Forwarding Detection Control Message",
        "c15": "C15 Call History Protocol",
        "dc": "Dublin Core Metadata", "dcc": "Distributed Checksum Clearinghouse protocol",
        "e100": "E100 Encapsulation",
        "e164": "ITU-T E.164 number", "e212": "ITU-T E.212 number", "fc": "Fibre Channel", "fc00": "Fc00 CryptoAuth",
        "fefd": "Far End Failure Detection", "ff": "FOUNDATION Fieldbus",
    ]

    /// What a protocol is called that a filter can name; nil for those that Wharf reads and words that are none.
    package static func label(_ name: String) -> String? {
        byteLike[name] ?? everyday[name] ?? (ForeignTable.protocols.contains(name[...]) ? name : nil)
    }

    /// Names that protocols had in earlier versions of Wireshark are theirs still.
    static func current(_ name: String) -> String {
        for (old, new) in [("ssl", "tls"), ("bootp", "dhcp")] where name.hasPrefix(old) {
            if name == old || name.hasPrefix(old + ".") { return new + name.dropFirst(old.utf8.count) }
        }
        return name
    }

    /// Whether no protocol that Wharf reads has such a field, and one that it does not read may have it: `http.host`.
    ///
    /// Which fields other protocols have is not known here; any is taken.
    package static func isField(_ name: String) -> Bool {
        guard let dot = name.firstIndex(of: ".") else { return false }
        if ForeignTable.fields.contains(name) { return true }
        guard byteLike[String(name[..<dot])] == nil,
            // The fields of its sessions and of their discovery begin alike.
            name[..<dot] != "pppoe",
            ForeignTable.protocols.contains(name[..<dot])
        else { return false }
        return name[dot...].split(separator: ".", omittingEmptySubsequences: false).dropFirst().allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { Lexer.continuesWord($0) && $0 != UInt8(ascii: ":") }
        }
    }

    package static func isByteLike(_ name: String) -> Bool { byteLike[name] != nil }

    static func advice(_ name: String) -> String {
        guard let label = byteLike[name] else {
            return ". \(name) is a protocol (\(label(name) ?? "of Wireshark's")) that Wharf does not read"
        }
        return ". \(name) is a protocol (\(label)); write :\(name) for bytes, \"\(name)\" for text"
    }
}
