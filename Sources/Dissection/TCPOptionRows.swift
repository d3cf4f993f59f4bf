import Bytes

/// A row of options, and the bits that it takes of the number that stands there.
struct TCPOptionRow: Sendable {
    let item: TCPItem
    let row: FieldRow

    init(
        _ item: TCPItem, _ name: String, _ label: String, _ type: FieldType, _ display: FieldDisplay? = nil,
        mask: UInt64 = 0, _ modify: (FieldRow) -> FieldRow = { $0 }
    ) {
        let shown = display ?? (type == .boolean ? .flag : type.display)
        let row = FieldRow(name, label, type, shown, .alias) { input, sink in
            TCPOptionReader(input).read { found, value, range, _ in
                if found == item { sink(Self.erased(value, range, type, mask, input.frame), range) }
            }
        }
        self.item = item
        self.mask = mask
        let modified = modify(row)
        self.row = mask == 0 || modified.wording != nil ? modified : modified.writingBits(mask)
    }

    private let mask: UInt64

    func value(_ value: TCPOptionValue, _ range: Range<Int>, _ frame: Bytes) -> FieldRow.Value {
        Self.erased(value, range, row.type, mask, frame)
    }

    private static func erased(
        _ value: TCPOptionValue, _ range: Range<Int>, _ type: FieldType, _ mask: UInt64, _ frame: Bytes
    ) -> FieldRow.Value {
        switch value {
        case .presence:
            guard type == .protocol else { return .presence }
            return .text(TCP.multipathTitle(frame.slice(from: range.lowerBound, count: range.count)))
        case .address(let address): return .address(address)
        case .bytes: return .bytes(frame.slice(from: range.lowerBound, count: range.count).array)
        case .number(let number):
            let part = mask == 0 ? number : (number & mask) >> UInt64(mask.trailingZeroBitCount)
            return type == .boolean ? .flag(part != 0) : .number(part)
        }
    }
}

extension TCP {
    static let optionRows: [TCPOptionRow] =
        optionLines + optionFindings + plainOptionParts + rareOptionParts
        + multipathRows + optimiserRows
    /// In the order of the items.
    private static let rowOfItem: [TCPOptionRow?] = TCPItem.allCases.map { item in
        optionRows.first { $0.item == item }
    }

    /// The options as a tree: every part below its option.
    static func appendOptions(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        TCPOptionReader(input).read { item, value, range, depth in
            guard let row = rowOfItem[item.rawValue] else { return }
            let node = DetailNode(depth: depth, row: row.row, value: row.value(value, range, input.frame), range: range)
            nodes.append(node, in: input)
        }
    }

    /// One line for each kind of option, which is a field of its own with the option's bytes.
    private static let optionLines: [TCPOptionRow] =
        [
            TCPOptionRow(.options, "tcp.options", "TCP Options", .bytes) {
                $0.worded { _, _, input in optionsTitle(input) }
            },
            TCPOptionRow(.multipath, "mptcp", "Multipath Transmission Control Protocol", .protocol) {
                $0.worded { _, range, input in title(ofOptionAt: range, input) }
            },
        ]
        + lineNames.map { item, name, label in
            TCPOptionRow(item, "tcp.options." + name, "TCP Option - " + label, .bytes) {
                $0.standingAlone.worded { _, range, input in title(ofOptionAt: range, input) }
            }
        }

    private static let lineNames: [(TCPItem, String, String)] = [
        (.endOfList, "eol", "End of Option List (EOL)"), (.noOperation, "nop", "No-Operation (NOP)"),
        (.segmentSizeLine, "mss", "Maximum segment size"), (.windowScaleLine, "wscale", "Window scale"),
        (.sackPermitted, "sack_perm", "SACK permitted"), (.sackLine, "sack", "SACK"), (.echo, "echo", "Echo"),
        (.timestamps, "timestamp", "Timestamps"), (.connectionCount, "cc", "CC"),
        (.signature, "md5", "TCP MD5 signature"), (.scps, "scps", "SCPS capabilities"),
        (.snack, "snack", "Selective Negative Acknowledgment"), (.recordBoundary, "scpsrec", "SCPS record boundary"),
        (.corruption, "scpscor", "SCPS corruption experienced"), (.quickStart, "qs", "Quick-Start"),
        (.userTimeout, "user_to", "User Timeout"), (.authentication, "ao", "TCP AO"),
        (.fastOpen, "tfo", "TCP Fast Open"), (.probe, "rvbd.probe", "Riverbed Probe"),
        (.transparency, "rvbd.trpy", "Riverbed Transparency"), (.accurateECN, "acc_ecn", "Accurate ECN"),
        (.experimental, "experimental", "Experimental"), (.unknown, "unknown", "Unknown"),
    ]

    private static let optionFindings: [TCPOptionRow] = [
        TCPOptionRow(.badOption, "", "Option", .none) { $0.worded { _, range, input in badOption(range, input) } },
        TCPOptionRow(.badOptionFinding, "tcp.option.len.invalid", "Invalid length for option", .none) {
            $0.worded { _, range, input in badOption(range, input) }.expert(.note, .sequence)
        },
        TCPOptionRow(.wrongLength, "tcp.option.len.invalid", "Invalid length for option", .none) {
            $0.worded { _, range, input in
                let at = range.lowerBound - input.start - 1
                let (kind, length) = (input.header.u8(at: at), Int(input.header.u8(at: at + 1)))
                return TCPItem.lengthProblem(kind, length, input.header.u16(at: at + 2)) ?? ""
            }.expert(.note, .sequence)
        },
        TCPOptionRow(.paddingLine, "", "Non-zero header padding", .none),
        TCPOptionRow(.padding, "tcp.non_zero_bytes_after_eol", "Non-zero header padding", .none) {
            $0.expert(.error, .protocolRules)
        },
        TCPOptionRow(
            .repeatedPadding, "tcp.nop", "4 NOP in a row - a router may have removed some options", .none
        ) { $0.expert(.warn, .protocolRules) },
        TCPOptionRow(
            .segmentSizeAbsent, "tcp.options.mss.absent", "The SYN packet does not contain a MSS option", .none
        ) { $0.expert(.note, .protocolRules) },
        TCPOptionRow(
            .segmentSizePresent, "tcp.options.mss.present", "The non-SYN packet does contain a MSS option", .none
        ) { $0.expert(.warn, .protocolRules) },
        TCPOptionRow(
            .windowShiftTooLarge, "tcp.options.wscale.shift.invalid", "Window scale shift exceeds 14", .none
        ) { $0.expert(.warn, .protocolRules) },
        TCPOptionRow(.cutBlockLine, "", "suboption would go past end of option", .none),
        TCPOptionRow(.cutBlock, "tcp.suboption_malformed", "suboption would go past end of option", .none) {
            $0.expert(.error, .malformed)
        },
        TCPOptionRow(.duplicateLine, "", "D-SACK Sequence", .none),
        TCPOptionRow(.duplicate, "tcp.options.sack.dsack", "D-SACK Sequence", .none) { $0.expert(.warn, .sequence) },
        TCPOptionRow(.cookieInSYN, "tcp.analysis.tfo_syn", "TCP SYN with TFO Cookie", .none) {
            $0.expert(.note, .sequence)
        },
    ]
}
