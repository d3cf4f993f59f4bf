import Bytes

extension TCP {
    /// What is read from the options, from the payload, and from the frames around.
    package enum Computed: Sendable {
        case stream, payloadLength, payload
        case options, option, optionKind, optionLength, maximumSegmentSize, windowShift, windowMultiplier, sackPermitted
        case analysis(TCPAnalysisField), finding(TCPAnalysis.Flags)
        case notice(TCPNotice), duplicateLeft, duplicateRight, duplicateSequence
        case sackLeft, sackRight, sackCount, timestampValue, timestampEcho, userTimeout, md5Digest, fastOpenCookie
    }

    static var optionFields: [FieldRow] {
        [
            computed(.options, "tcp.options", "Options", .bytes, nil, .group),
            computed(.option, "", "TCP Option", .string, nil, .group),
            computed(.optionKind, "tcp.option_kind", "Kind", .uint8).named(optionName),
            computed(.optionLength, "tcp.option_len", "Length", .uint8),
            computed(.maximumSegmentSize, "tcp.options.mss_val", "MSS Value", .uint16),
            computed(.windowShift, "tcp.options.wscale.shift", "Shift count", .uint8),
            computed(.windowMultiplier, "tcp.options.wscale.multiplier", "Multiplier", .uint16),
            computed(.sackPermitted, "tcp.options.sack_perm", "SACK permitted", .boolean, nil, .alias),
            computed(.sackLeft, "tcp.options.sack_le", "TCP SACK Left Edge"),
            computed(.sackRight, "tcp.options.sack_re", "TCP SACK Right Edge"),
            computed(.duplicateLeft, "tcp.options.sack.dsack_le", "TCP D-SACK Left Edge"),
            computed(.duplicateRight, "tcp.options.sack.dsack_re", "TCP D-SACK Right Edge"),
            computed(.duplicateSequence, "tcp.options.sack.dsack", "D-SACK Sequence", .none),
            computed(.sackCount, "tcp.options.sack.count", "TCP SACK Count", .uint8).generated,
            computed(.timestampValue, "tcp.options.timestamp.tsval", "Timestamp value"),
            computed(.timestampEcho, "tcp.options.timestamp.tsecr", "Timestamp echo reply"),
            computed(.userTimeout, "tcp.options.user_to_val", "User Timeout", .uint16),
            computed(.md5Digest, "tcp.options.md5.digest", "MD5 digest", .bytes),
            computed(.fastOpenCookie, "tcp.options.tfo.cookie", "Fast Open Cookie", .bytes),
            notice(.segmentSizeAbsent, "tcp.options.mss.absent", "The SYN packet does not contain a MSS option")
                .expert(.note, .protocolRules).part,
            notice(.segmentSizePresent, "tcp.options.mss.present", "The non-SYN packet does contain a MSS option")
                .expert(.warn, .protocolRules).at(level: 3),
        ]
    }

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        // A quoted header may end after its sequence number (RFC 792).
        guard input.layer.length >= 20 else { return }
        let (start, payload) = (input.start, input.layers.payload)
        switch field {
        case .stream: if let stream = input.facts.stream { sink(.number(UInt64(stream)), start..<start) }
        case .payloadLength: sink(.number(UInt64(payload.length)), start..<start)
        case .payload:
            guard payload.captured > 0 else { return }
            sink(
                .bytes(input.frame.slice(from: Int(payload.offset), count: Int(payload.captured)).array), payload.range)
        case .notice(let notice): if let value = notice.value(input) { sink(value, notice.place(start)) }
        case .options:
            guard input.layer.length > 20 else { return }
            sink(.bytes(input.header.slice(from: 20).array), start + 20..<input.layer.end)
        case .analysis(let field):
            if let facts = input.facts.tcp, let value = field.value(facts, Header<TCP>(input.frame, input.layer)) {
                sink(value, field.place(start))
            }
        case .finding(let flags):
            if let facts = input.facts.tcp {
                guard !facts.flags.isDisjoint(with: flags) else { return }
                let place =
                    flags.isDisjoint(with: .ofFlags)
                    ? start : start + (flags.isDisjoint(with: [.finActive, .finPassive]) ? 13 : 12)
                sink(.presence, place..<place)
            }
        default:
            let header = input.header
            // Blocks are counted from the other side's first sequence number, as `tcp.ack` is.
            let own = Header<TCP>(input.frame, input.layer)
            let acknowledgment = own[.acknowledgment]
            let base =
                own[.acknowledge] ? input.facts.tcp.map { acknowledgment &- $0.relativeAcknowledgment } ?? 0 : 0
            var end = 20
            TCPOptions.forEach(in: header) {
                resolve(field, $0, header, start, base, sink)
                end = $0.offset + $0.length
            }
            // Padding behind the end of the list consists of further ends (RFC 9293 §3.1).
            while header.has(1, at: end), header.u8(at: end) == 0 {
                resolve(field, TCPOption(kind: 0, offset: end, length: 1), header, start, base, sink)
                end += 1
            }
            // The last option may be there in part where the snap length cut it.
            let length = Int(header.u8(at: end + 1))
            if input.layers.stop.reason == .cut, header.has(2, at: end), end + length > header.count {
                resolve(
                    field, TCPOption(kind: header.u8(at: end), offset: end, length: length), header, start, base, sink)
            }
        }
    }

    private static func resolve(
        _ field: Computed, _ option: TCPOption, _ header: Bytes, _ start: Int, _ base: UInt32, _ sink: FieldRow.Sink
    ) {
        /// Hands on the bytes of the option from `offset` on, if they are there.
        func emit(_ value: FieldRow.Value, _ offset: Int, _ count: Int) {
            let place = start + option.offset + offset
            if offset + count <= option.length, header.has(count, at: option.offset + offset) {
                sink(value, place..<place + count)
            }
        }
        let at = option.offset
        switch (field, TCPOptionKind(rawValue: option.kind)) {
        case (.option, _): emit(.text(describe(option, header)), 0, option.length)
        case (.optionKind, _): emit(.number(UInt64(option.kind)), 0, 1)
        case (.optionLength, _): emit(.number(UInt64(option.length)), 1, 1)
        case (.maximumSegmentSize, .maximumSegmentSize): emit(.number(UInt64(header.u16(at: at + 2))), 2, 2)
        case (.windowShift, .windowScale): emit(.number(UInt64(header.u8(at: at + 2))), 2, 1)
        case (.windowMultiplier, .windowScale): emit(.number(1 << UInt64(min(14, header.u8(at: at + 2)))), 2, 1)
        case (.sackPermitted, .sackPermitted): emit(.flag(true), 0, 2)
        case (.sackLeft, .sack): forEachBlock(option) { emit(.number(UInt64(header.u32(at: at + $0) &- base)), $0, 4) }
        case (.sackRight, .sack):
            forEachBlock(option) { emit(.number(UInt64(header.u32(at: at + $0 + 4) &- base)), $0 + 4, 4) }
        // RFC 2883 §4: a first block below the acknowledgment tells of a segment that came twice.
        case (.duplicateLeft, .sack) where isDuplicate(option, header):
            emit(.number(UInt64(header.u32(at: at + 2) &- base)), 2, 4)
        case (.duplicateRight, .sack) where isDuplicate(option, header):
            emit(.number(UInt64(header.u32(at: at + 6) &- base)), 6, 4)
        case (.duplicateSequence, .sack) where isDuplicate(option, header): emit(.presence, 2, 8)
        case (.sackCount, .sack): emit(.number(UInt64((option.length - 2) / 8)), 1, 1)
        case (.timestampValue, .timestamps): emit(.number(UInt64(header.u32(at: at + 2))), 2, 4)
        case (.timestampEcho, .timestamps): emit(.number(UInt64(header.u32(at: at + 6))), 6, 4)
        case (.userTimeout, .userTimeout): emit(.number(UInt64(header.u16(at: at + 2) & 0x7FFF)), 2, 2)
        case (.md5Digest, .md5Signature): emit(.bytes(header.slice(from: at + 2, count: 16).array), 2, 16)
        case (.fastOpenCookie, .fastOpen):
            if option.length > 2 {
                emit(.bytes(header.slice(from: at + 2, count: option.length - 2).array), 2, option.length - 2)
            }
        default: break
        }
    }

    private static func isDuplicate(_ option: TCPOption, _ header: Bytes) -> Bool {
        option.length >= 10 && Int32(bitPattern: header.u32(at: 8) &- header.u32(at: option.offset + 2)) > 0
    }

    /// Offsets of the whole blocks of a SACK option.
    private static func forEachBlock(_ option: TCPOption, _ body: (Int) -> Void) {
        var offset = 2
        while offset + 8 <= option.length {
            body(offset)
            offset += 8
        }
    }

    /// `Maximum segment size: 1460 bytes`, as one line for the option.
    private static func describe(_ option: TCPOption, _ header: Bytes) -> String {
        let name = optionName(UInt64(option.kind)) ?? "Unknown (\(option.kind))"
        let at = option.offset + 2
        switch (TCPOptionKind(rawValue: option.kind), option.length) {
        case (.maximumSegmentSize, 4): return "\(name): \(header.u16(at: at)) bytes"
        case (.windowScale, 3):
            let shift = header.u8(at: at)
            return "\(name): \(shift) (multiply by \(1 << UInt32(min(14, shift))))"
        case (.timestamps, 10): return "\(name): TSval \(header.u32(at: at)), TSecr \(header.u32(at: at + 4))"
        case (.sack, _):
            var text = name
            forEachBlock(option) {
                text += " \(header.u32(at: option.offset + $0))-\(header.u32(at: option.offset + $0 + 4))"
            }
            return text
        default: return name
        }
    }

    /// IANA's registry of TCP option kinds.
    package static func optionName(_ kind: UInt64) -> String? {
        guard let kind = UInt8(exactly: kind).flatMap(TCPOptionKind.init) else { return nil }
        return switch kind {
        case .endOfList: "End of Option List (EOL)"
        case .noOperation: "No-Operation (NOP)"
        case .maximumSegmentSize: "Maximum segment size"
        case .windowScale: "Window scale"
        case .sackPermitted: "SACK permitted"
        case .sack: "SACK"
        case .echo: "Echo"
        case .echoReply: "Echo reply"
        case .timestamps: "Timestamps"
        case .partialOrderPermitted: "Partial Order Connection Permitted"
        case .partialOrderProfile: "Partial Order Service Profile"
        case .connectionCount: "CC"
        case .connectionCountNew: "CC.NEW"
        case .connectionCountEcho: "CC.ECHO"
        case .alternateChecksum: "TCP Alternate Checksum Request"
        case .alternateChecksumData: "TCP Alternate Checksum Data"
        case .md5Signature: "TCP MD5 signature"
        case .scpsCapabilities: "SCPS capabilities"
        case .selectiveNegativeAcknowledgment: "Selective Negative Acknowledgment"
        case .recordBoundaries: "SCPS record boundary"
        case .corruptionExperienced: "SCPS corruption experienced"
        case .quickStart: "Quick-Start"
        case .userTimeout: "User Timeout"
        case .authentication: "TCP AO"
        case .multipath: "Multipath TCP"
        case .fastOpen: "TCP Fast Open"
        case .encryptionNegotiation: "Encryption Negotiation"
        case .accurateECN0, .accurateECN1: "Accurate ECN"
        case .experimental1, .experimental2: "RFC3692-style Experiment"
        }
    }
}
