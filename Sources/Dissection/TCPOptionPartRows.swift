extension TCP {
    private static func edge(
        _ item: TCPItem, _ name: String, _ label: String, _ words: String, _ isGenerated: Bool = false
    )
        -> TCPOptionRow
    {
        TCPOptionRow(item, name, label, .uint32) {
            let row = $0.worded { value, _, _ in
                if case .number(let number) = value { "\(words) = \(number) (relative)" } else { words }
            }.needing(.sequences)
            return isGenerated ? row.generated : row
        }
    }

    static let plainOptionParts: [TCPOptionRow] = [
        TCPOptionRow(.kind, "tcp.option_kind", "Kind", .uint8) { $0.named(optionKindName) },
        TCPOptionRow(.length, "tcp.option_len", "Length", .uint8),
        TCPOptionRow(.segmentSize, "tcp.options.mss_val", "MSS Value", .uint16),
        TCPOptionRow(.windowShift, "tcp.options.wscale.shift", "Shift count", .uint8),
        TCPOptionRow(.windowFactor, "tcp.options.wscale.multiplier", "Multiplier", .uint16) { $0.generated },
        edge(.blockLeft, "tcp.options.sack_le", "TCP SACK Left Edge", "left edge"),
        edge(.blockRight, "tcp.options.sack_re", "TCP SACK Right Edge", "right edge"),
        TCPOptionRow(.blockCount, "tcp.options.sack.count", "TCP SACK Count", .uint8) { $0.generated },
        edge(.duplicateLeft, "tcp.options.sack.dsack_le", "TCP D-SACK Left Edge", "D-SACK Left Edge", true),
        edge(.duplicateRight, "tcp.options.sack.dsack_re", "TCP D-SACK Right Edge", "D-SACK Right Edge", true),
        TCPOptionRow(.timestamp, "tcp.options.timestamp.tsval", "Timestamp value", .uint32),
        TCPOptionRow(.timestampEcho, "tcp.options.timestamp.tsecr", "Timestamp echo reply", .uint32),
        TCPOptionRow(.userTimeoutUnit, "tcp.options.user_to_granularity", "Granularity", .boolean, mask: 0x8000) {
            $0.saying("Minutes", "Seconds", 0x8000)
        },
        TCPOptionRow(.userTimeoutValue, "tcp.options.user_to_val", "User Timeout", .uint16, mask: 0x7FFF),
        TCPOptionRow(.cookieRequest, "tcp.options.tfo.request", "Fast Open Cookie Request", .none),
        TCPOptionRow(.cookie, "tcp.options.tfo.cookie", "Fast Open Cookie", .bytes),
        TCPOptionRow(.payload, "tcp.options.unknown.payload", "Payload", .bytes),
        TCPOptionRow(.digest, "tcp.options.md5.digest", "MD5 digest", .bytes),
        TCPOptionRow(.authenticationKey, "tcp.options.ao.keyid", "AO KeyID", .uint8),
        TCPOptionRow(.authenticationNextKey, "tcp.options.ao.rnextkeyid", "AO RNextKeyID", .uint8),
        TCPOptionRow(.authenticationCode, "tcp.options.ao.mac", "AO MAC", .bytes),
    ]

    static let rareOptionParts: [TCPOptionRow] = [
        TCPOptionRow(.echoValue, "tcp.options.echo_value", "TCP Echo Option", .uint32),
        TCPOptionRow(.connectionCountValue, "tcp.options.cc_value", "TCP CC Option", .uint32),
        TCPOptionRow(
            .capabilities, "tcp.options.scps.vector", "TCP SCPS Capabilities Vector", .uint8, .hexadecimal
        ) {
            $0.suffixed { value, _, _ in
                guard case .number(let number) = value else { return "" }
                return " (" + capabilityNames(UInt8(truncatingIfNeeded: number)) + ")"
            }
        },
        TCPOptionRow(
            .canBETS, "tcp.options.scpsflags.bets", "Partial Reliability Capable (BETS)", .boolean, mask: 0x80),
        TCPOptionRow(
            .canSNACK1, "tcp.options.scpsflags.snack1", "Short Form SNACK Capable (SNACK1)", .boolean, mask: 0x40),
        TCPOptionRow(
            .canSNACK2, "tcp.options.scpsflags.snack2", "Long Form SNACK Capable (SNACK2)", .boolean, mask: 0x20),
        TCPOptionRow(
            .canCompress, "tcp.options.scpsflags.compress", "Lossless Header Compression (COMP)", .boolean, mask: 0x10),
        TCPOptionRow(
            .canNLTS, "tcp.options.scpsflags.nlts", "Network Layer Timestamp (NLTS)", .boolean, mask: 0x08),
        TCPOptionRow(.canReserved, "tcp.options.scpsflags.reserved", "Reserved", .uint8, mask: 0x07),
        TCPOptionRow(.binding, "tcp.options.scps.binding", "Connection ID", .uint8),
        TCPOptionRow(.snackOffset, "tcp.options.snack.offset", "TCP SNACK Offset", .uint16),
        TCPOptionRow(.snackSize, "tcp.options.snack.size", "TCP SNACK Size", .uint16),
        TCPOptionRow(.quickStartRate, "tcp.options.qs.rate", "QS Rate", .uint8, mask: 0x0F) {
            $0.named(IPv4.quickStartRate)
        },
        TCPOptionRow(.quickStartLife, "tcp.options.qs.ttl_diff", "QS Rate", .uint8),
        TCPOptionRow(
            .ect0Count, "tcp.options.acc_ecn.ee0b", "Accurate ECN Echo ECT(0) Byte Counter", .uint24),
        TCPOptionRow(.ceCount, "tcp.options.acc_ecn.eceb", "Accurate ECN Echo CE Byte Counter", .uint24),
        TCPOptionRow(
            .ect1Count, "tcp.options.acc_ecn.ee1b", "Accurate ECN Echo ECT(1) Byte Counter", .uint24),
        TCPOptionRow(
            .experiment, "tcp.options.experimental.exid", "Experiment Identifier", .uint16, .hexadecimal
        ) { $0.named(experimentName) },
        TCPOptionRow(.experimentData, "tcp.options.experimental.data", "Data", .bytes),
        TCPOptionRow(.acknowledgmentRate, "tcp.options.tarr.rate", "TARR Rate", .uint8, mask: 0xFE),
        TCPOptionRow(.acknowledgmentRateReserved, "tcp.options.tar.reserved", "TARR Reserved", .uint8, mask: 0x01),
    ]
}
