import Bytes

extension TCP {
    private static func row(
        _ item: TCPItem, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil,
        mask: UInt64 = 0, _ modify: (FieldRow) -> FieldRow = { $0 }
    ) -> TCPOptionRow { TCPOptionRow(item, "tcp.options." + name, label, type, display, mask: mask, modify) }

    /// Multipath TCP (RFC 8684 §3).
    static let multipathRows: [TCPOptionRow] =
        [
            row(.multipathSubtype, "mptcp.subtype", "Multipath TCP subtype", .uint8, mask: 0xF0) {
                $0.named(multipathSubtype)
            },
            row(.multipathVersion, "mptcp.version", "Multipath TCP version", .uint8, mask: 0x0F),
            row(.multipathReserved, "mptcp.reserved", "Reserved", .uint16, .hexadecimal, mask: 0x0FFF),
            row(.multipathFlags, "mptcp.flags", "Multipath TCP flags", .uint8, .hexadecimal) {
                $0.suffixed { value, range, input in
                    guard case .number(let number) = value, isReset(range, input) else { return "" }
                    return setFlags(number & 0xF, [8: "Flag U", 4: "Flag V", 2: "Flag W", 1: "Transient"])
                        .map { ", " + $0 }.joined()
                }
            },
            row(.needsChecksum, "mptcp.checksumreq.flags", "Checksum required", .uint8, mask: 0x80),
            row(.isExtensible, "mptcp.extensibility.flag", "Extensibility", .uint8, mask: 0x40),
            row(
                .hasNoMoreSubflows, "mptcp.nomoresubflows.flag",
                "Do not attempt to establish new subflows to this address and port", .uint8, mask: 0x20),
            row(.usesSHA1, "mptcp.sha1.flag", "Use HMAC-SHA1", .uint8, mask: 0x01),
            row(.usesSHA256, "mptcp.sha256.flag", "Use HMAC-SHA256", .uint8, mask: 0x01),
            row(.capableReserved, "mptcp.reserved.flag", "Reserved", .uint8, .hexadecimal, mask: 0x3E),
            row(.capableReserved1, "mptcp.reserved.flag", "Reserved", .uint8, .hexadecimal, mask: 0x1E),
            row(.senderKey, "mptcp.sendkey", "Sender's Key", .uint64),
            row(.receiverKey, "mptcp.recvkey", "Receiver's Key", .uint64),
            row(.isBackup, "mptcp.backup.flag", "Backup flag", .uint8, mask: 0x01),
            row(.addressID, "mptcp.addrid", "Address ID", .uint8),
            row(.receiverToken, "mptcp.recvtok", "Receiver's Token", .uint32),
            row(.truncatedSenderCode, "mptcp.sendtrunchmac", "Sender's Truncated HMAC", .uint64),
            row(.senderNonce, "mptcp.sendrand", "Sender's Random Number", .uint32),
            row(.senderCode, "mptcp.sendhmac", "Sender's HMAC", .bytes),
        ] + multipathDataRows + multipathAddressRows

    private static let multipathDataRows: [TCPOptionRow] = [
        row(.isDataFIN, "mptcp.datafin.flag", "DATA_FIN", .uint8, mask: 0x10),
        row(.isLongDataNumber, "mptcp.dseqn8.flag", "Data Sequence Number is 8 octets", .uint8, mask: 0x08),
        row(
            .hasDataNumber, "mptcp.dseqnpresent.flag",
            "Data Sequence Number, Subflow Sequence Number, Data-level Length, Checksum present", .uint8, mask: 0x04),
        row(.isLongDataACK, "mptcp.dataack8.flag", "Data ACK is 8 octets", .uint8, mask: 0x02),
        row(.hasDataACK, "mptcp.dataackpresent.flag", "Data ACK is present", .uint8, mask: 0x01),
        row(.dataACK, "mptcp.rawdataack", "Original MPTCP Data ACK", .uint64) {
            $0.suffixed { _, range, _ in range.count == 8 ? " (64bits)" : "" }
        },
        row(.dataNumber, "mptcp.rawdataseqno", "Data Sequence Number", .uint64),
        row(.mappedDataNumber, "mptcp.rawdataseqno", "Data Sequence Number", .uint64) {
            $0.suffixed { _, range, _ in "  (\(8 * range.count)bits version)" }
        },
        row(.subflowNumber, "mptcp.subflowseqno", "Subflow Sequence Number", .uint32),
        row(.dataLength, "mptcp.datalvllen", "Data-level Length", .uint16),
        row(.dataChecksum, "mptcp.checksum", "Checksum", .uint16, .hexadecimal),
    ]

    private static let multipathAddressRows: [TCPOptionRow] = [
        row(.addressVersion, "mptcp.ipver", "IP version", .uint8, mask: 0x0F),
        row(.isAddressEcho, "mptcp.echo", "Echo", .uint8, mask: 0x01),
        row(.advertisedIPv4, "mptcp.ipv4", "Advertised IPv4 Address", .ipv4),
        row(.advertisedIPv6, "mptcp.ipv6", "Advertised IPv6 Address", .ipv6),
        row(.advertisedPort, "mptcp.port", "Advertised port", .uint16),
        row(.addressCode, "mptcp.addaddrtrunchmac", "Truncated HMAC", .uint64),
        TCPOptionRow(.removedCount, "mptcp.rm_addr.count", "Number of removed addresses", .uint8) { $0.generated },
        resetFlag(.flagU, "flag_U", "Flag U", 0x8), resetFlag(.flagV, "flag_V", "Flag V", 0x4),
        resetFlag(.flagW, "flag_W", "Flag W", 0x2), resetFlag(.isTransient, "flag_T", "Transient", 0x1),
        row(.resetReason, "mptcp.rst_reason", "TCPRST Reason", .uint8, .hexadecimal) { $0.named(multipathReset) },
    ]

    /// Written as one of four bits, without those of the subtype.
    private static func resetFlag(_ item: TCPItem, _ name: String, _ label: String, _ mask: UInt64) -> TCPOptionRow {
        row(item, "mptcp.\(name).flag", label, .boolean, mask: mask) {
            $0.worded { value, _, _ in
                let bits = [8, 4, 2, 1].map { $0 == mask ? (value == .flag(true) ? "1" : "0") : "." }.joined()
                return "\(bits) = \(label): \(value == .flag(true) ? "Set" : "Not set")"
            }
        }
    }

    private static func isReset(_ range: Range<Int>, _ input: borrowing FieldInput) -> Bool {
        // Only of a reset do the flags share their byte with the subtype and have names.
        input.frame.u8(at: range.lowerBound) >> 4 == 8 && input.frame.u8(at: range.lowerBound - 2) == 30
    }

    static let optimiserRows: [TCPOptionRow] = [
        row(.probeType1, "rvbd.probe.type1", "Type", .uint8, mask: 0xF0),
        row(.probeVersionNumber, "rvbd.probe.version", "Version", .uint8, mask: 0x0F),
        row(.probeType2, "rvbd.probe.type2", "Type", .uint8, mask: 0xFE),
        row(.probeVersionBit, "rvbd.probe.version_raw", "Version", .uint8, mask: 0x01) {
            $0.worded { _, range, input in bitText(0x01, range, input) + "Version: 2" }
        },
        row(.probeVersion, "rvbd.probe.version", "Version", .uint8) { $0.hidden },
        row(.probeReserved, "rvbd.probe.reserved", "Reserved", .uint8, .hexadecimal),
        row(.probeClient, "rvbd.probe.prober", "CSH IP", .ipv4),
        row(.probeApplication, "rvbd.probe.appli_ver", "Application Version", .uint16),
        row(.probeOwner, "rvbd.probe.client.ip", "Client IP", .ipv4),
        row(.probeProxy, "rvbd.probe.proxy.ip", "SSH IP", .ipv4),
        row(.probeProxyPort, "rvbd.probe.proxy.port", "SSH Port", .uint16),
        row(.probeFlags, "rvbd.probe.flags", "Probe Flags", .uint8, .hexadecimal),
        row(.probeFlagProbe, "rvbd.probe.flags.probe", "Disable Probe Cache on CSH", .boolean, mask: 0x10),
        row(.probeFlagSSL, "rvbd.probe.flags.ssl", "SSL Enabled", .boolean, mask: 0x02),
        row(.probeFlagServer, "rvbd.probe.flags.server", "SSH outer to server established", .boolean, mask: 0x01),
        row(.transparencyFlags, "rvbd.trpy.flags", "Transparency Options", .uint16, .hexadecimal),
        row(
            .transparencyProbe, "rvbd.trpy.flags.fw_rst_probe", "Enable FW traversal feature", .boolean, mask: 0x400),
        row(
            .transparencyInner, "rvbd.trpy.flags.fw_rst_inner", "Enable Inner FW feature on All FWs", .boolean,
            mask: 0x200),
        row(
            .transparencyReset, "rvbd.trpy.flags.fw_rst", "Enable Transparency FW feature on All FWs", .boolean,
            mask: 0x100),
        row(.transparencyChecksum, "rvbd.trpy.flags.chksum", "Reserved", .boolean, mask: 0x4),
        row(.transparencyBand, "rvbd.trpy.flags.oob", "Out of band connection", .boolean, mask: 0x2),
        row(.transparencyMode, "rvbd.trpy.flags.mode", "Transparency Mode", .boolean, mask: 0x1) {
            $0.saying("Port Transparency", "Full Transparency", 0x1)
        },
        row(.transparencySource, "rvbd.trpy.src.ip", "Src SH IP Addr", .ipv4),
        row(.transparencyDestination, "rvbd.trpy.dst.ip", "Dst SH IP Addr", .ipv4),
        row(.transparencySourcePort, "rvbd.trpy.src.port", "Src SH Inner Port", .uint16),
        row(.transparencyDestinationPort, "rvbd.trpy.dst.port", "Dst SH Inner Port", .uint16),
    ]
}
