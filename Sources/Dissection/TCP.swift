import Bytes

/// The Transmission Control Protocol (RFC 9293).
@usableFromInline
package enum TCP: ComputingLayer {
    package static let id = ProtocolID.tcp

    /// In the order of a tree: header, options, and what the frames around tell.
    package static let fields: [FieldRow] = headerFields + optionRows.map(\.row) + laterFields

    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        nodes.append(headerFields, in: input)
        appendOptions(input, to: &nodes)
        nodes.append(laterFields, in: input)
    }

    /// A header that says it is shorter than any can be is not read past its length.
    private static let headerFields: [FieldRow] = allHeaderFields.map { row in
        guard let place = row.place, place.byte > 12 || row.name.hasPrefix("tcp.flags") else { return row }
        return row.when { bogusLength($0) == nil }
    }

    private static let allHeaderFields: [FieldRow] =
        ports("tcp.port", row(.sourcePort), row(.destinationPort)) + [
            computed(.stream, "tcp.stream", "Stream index", .uint32, nil, .inOrder(level: 1)).generated,
            analysis(.completeness, "tcp.completeness", "Conversation completeness", .uint8).generated.placeless
                .suffixed { _, _, _ in "" }.named(completenessName),
            notice(.shortSegment, "", shortSegment),
            notice(.shortSegment, "tcp.short_segment", shortSegment).expert(.warn, .malformed).part,
            computed(.payloadLength, "tcp.len", "TCP Segment Len", .uint32, nil, .inOrder(level: 1)).generated,
            analysis(.sequence, "tcp.seq", "Sequence Number").suffixed(relativeSequence),
            row(.sequence),
            analysis(.next, "tcp.nxtseq", "Next Sequence Number").generated
                .suffixed(relativeSequence),
            analysis(.acknowledgment, "tcp.ack", "Acknowledgment Number").suffixed { _, _, input in
                let isRelative = !(input.facts.tcp?.isAbsolute ?? false)
                return isRelative && Header<TCP>(input.frame, input.layer)[.acknowledge]
                    ? "    (relative ack number)" : ""
            },
            notice(
                .acknowledgmentUnused, "tcp.ack.nonzero",
                "The acknowledgment number field is nonzero while the ACK flag is not set"
            ).expert(.note, .protocolRules).part,
            row(.acknowledgment).when { bogusLength($0) == nil },
            row(.headerLength).whole.suffixed { value, _, _ in
                if case .number(let length) = value { " bytes (\(length / 4))" } else { "" }
            },
            notice(.bogusLength, "tcp.bogus_header_length", "Bogus TCP Header length").worded { _, _, input in
                "Bogus TCP header length (\(bogusLength(input.header) ?? 0), must be at least 20)"
            }.expert(.error, .protocolRules).part,
            row(.flags).showing(bits: 0).suffixed { value, _, _ in
                guard case .number(let flags) = value else { return "" }
                return " (" + String(writing: { appendFlags(UInt16(truncatingIfNeeded: flags), to: &$0) }) + ")"
            },
        ] + flagFields + [
            row(.window), analysis(.windowSize, "tcp.window_size", "Calculated window size").generated,
            analysis(.windowFactor, "tcp.window_size_scalefactor", "Window size scaling factor", .int32).generated
                .suffixed { value, _, _ in
                    switch value {
                    case .integer(-1): " (unknown)"
                    case .integer(-2): " (no window scaling used)"
                    default: ""
                    }
                },
            row(.checksum).suffixed { _, _, _ in " [unverified]" },
            checksumStatus("tcp.checksum.status", "Checksum Status", byte: 16), row(.urgentPointer),
            notice(
                .urgentPointerUnused, "tcp.urgent_pointer.non_zero",
                "The urgent pointer field is nonzero while the URG flag is not set"
            ).expert(.note, .protocolRules).part,
        ]

    private static let shortSegment =
        "Short segment. Segment/fragment does not contain a full TCP header "
        + "(might be NMAP or someone else deliberately sending unusual packets)"

    private static let laterFields: [FieldRow] =
        analysisFields + [
            computed(.resetCause, "tcp.reset_cause", "Reset cause", .string, nil, .inOrder(level: 1)),
            computed(.payload, "tcp.payload", "TCP payload", .bytes, nil, .inOrder(level: 1))
                .worded { _, range, _ in "TCP payload (\(range.count) byte\(range.count == 1 ? "" : "s"))" },
            computed(.messageLength, "tcp.pdu.size", "PDU Size", .uint32, nil, .inOrder(level: 1)).generated,
        ] + segmentFields + FTPOwnField.rowsOfSegments

    private static let relativeSequence: FieldRow.Wording = { _, _, input in
        input.facts.tcp?.isAbsolute ?? false ? "" : "    (relative sequence number)"
    }

    /// The flags, each followed by what its being set means for the connection.
    private static let flagFields: [FieldRow] = [
        row(.reservedFlags).showing(bits: 12, above: 8).part,
        row(.accurateECN).showing(bits: 12, above: 8).part,
        row(.congestionReduced).showing(bits: 12).part, row(.congestionEcho).showing(bits: 12).part,
        row(.urgent).showing(bits: 12).part, row(.acknowledge).showing(bits: 12).part,
        row(.push).showing(bits: 12).part, row(.reset).showing(bits: 12).part,
        finding(.reset, "tcp.connection.rst", "Connection reset (RST)").expert(.warn, .sequence).at(level: 3),
        row(.synchronize).showing(bits: 12).part,
        finding(.syn, "tcp.connection.syn", "Connection establish request (SYN)").suffixed(serverPort)
            .expert(.chat, .sequence).at(level: 3),
        finding(.synACK, "tcp.connection.synack", "Connection establish acknowledge (SYN+ACK)").suffixed(serverPort)
            .expert(.chat, .sequence).at(level: 3),
        row(.finish).showing(bits: 12).part,
        finding(.fin, "tcp.connection.fin", "Connection finish (FIN)").expert(.chat, .sequence).at(level: 3),
        notice(.flagsText, "tcp.flags.str", "TCP Flags", .string).generated.part,
        finding(.finActive, "tcp.connection.fin_active", "This frame initiates the connection closing")
            .expert(.note, .sequence).at(level: 3),
        finding(.finPassive, "tcp.connection.fin_passive", "This frame undergoes the connection closing")
            .expert(.note, .sequence).at(level: 3),
    ]

    private static let serverPort: FieldRow.Wording = { _, _, input in
        let header = Header<TCP>(input.frame, input.layer)
        return ": server port \(header[.acknowledge] ? header[.sourcePort] : header[.destinationPort])"
    }

    /// How much of a connection was seen, of the bits that ``TCPAnalysis/completeness`` has.
    private static func completenessName(_ bits: UInt64) -> String? {
        switch bits {
        case 1: "Incomplete, SYN_SENT"
        case 3: "Incomplete, CLIENT_ESTABLISHED"
        case 7: "Incomplete, ESTABLISHED"
        case 15: "Incomplete, DATA"
        case 23, 39, 55: "Complete, NO_DATA"
        case 31, 47, 63: "Complete, WITH_DATA"
        default: "Incomplete"
        }
    }

    package static func title(_ input: borrowing FieldInput) -> String? {
        let header = Header<TCP>(input.frame, input.layer)
        var text = id.label + ", Src Port: \(header[.sourcePort]), Dst Port: \(header[.destinationPort])"
        guard input.layer.length >= 20 else { return text }
        text += ", Seq: \(input.facts.tcp?.relativeSequence ?? header[.sequence])"
        if header[.acknowledge] {
            text += ", Ack: \(input.facts.tcp?.relativeAcknowledgment ?? header[.acknowledgment])"
        }
        return text + ", Len: \(input.layers.payload.length)"
    }

    static func walk(_ frame: Bytes, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        let length = Int(frame.u8(at: cursor.offset + 12) >> 4) * 4
        let (present, captured) = (cursor.end - cursor.offset, frame.count - cursor.offset)
        guard min(present, captured) >= 20, length >= 20, length <= present else {
            return walkDamaged(min(present, captured), isCut: captured < min(present, max(20, length)), cursor, &layers)
        }
        // Options may be cut off; the fixed part is enough to follow the stream.
        guard layers.push(id, at: cursor.offset, length: min(length, captured)) else { return cursor.ended }
        layers.transport = layers.count - 1
        if captured < length { layers.stop = Stop(reason: .cut, offset: UInt32(truncatingIfNeeded: frame.count)) }
        let after = cursor.after(length, .done)
        if captured >= length, frame.u16(at: cursor.offset) == 53 || frame.u16(at: cursor.offset + 2) == 53 {
            DNS.addMessages(frame, after, &layers)
        }
        return after
    }
}

extension TCP {
    /// A header that is not all there, or contradicts itself: what there is of it is shown, but it is not followed.
    private static func walkDamaged(_ count: Int, isCut: Bool, _ cursor: Cursor, _ layers: inout Layers) -> Cursor {
        layers.stop = Stop(
            reason: isCut ? .cut : .malformed, offset: UInt32(truncatingIfNeeded: cursor.offset + (isCut ? 0 : 12)))
        guard count >= 4, layers.pushDamaged(id, at: cursor.offset, length: min(count, 19)) else { return cursor.ended }
        layers.stop.offset = UInt32(truncatingIfNeeded: cursor.offset + (isCut ? 0 : 12))
        return Cursor(next: .done, offset: cursor.offset + min(count, 19), end: cursor.offset + min(count, 19))
    }

    /// Of a header that says it is shorter than any can be (RFC 9293 §3.1).
    static func bogusLength(_ header: Bytes) -> Int? {
        guard header.has(1, at: 12), header.u8(at: 12) >> 4 < 5 else { return nil }
        return Int(header.u8(at: 12) >> 4) * 4
    }
}

extension Field where P == TCP, Value == UInt16 {
    @inlinable package static var sourcePort: Self { .init("tcp.srcport", "Source Port", byte: 0) }
    @inlinable package static var destinationPort: Self { .init("tcp.dstport", "Destination Port", byte: 2) }
    @inlinable package static var flags: Self { .init("tcp.flags", "Flags", byte: 12, mask: 0x0FFF, .hexadecimal) }
    @inlinable package static var window: Self { .init("tcp.window_size_value", "Window", byte: 14) }
    @inlinable package static var checksum: Self { .init("tcp.checksum", "Checksum", byte: 16, .hexadecimal) }
    @inlinable package static var urgentPointer: Self { .init("tcp.urgent_pointer", "Urgent Pointer", byte: 18) }
}

extension Field where P == TCP, Value == UInt32 {
    @inlinable package static var sequence: Self { .init("tcp.seq_raw", "Sequence Number (raw)", byte: 4) }
    @inlinable package static var acknowledgment: Self { .init("tcp.ack_raw", "Acknowledgment number (raw)", byte: 8) }
}

extension Field where P == TCP, Value == UInt8 {
    @inlinable package static var headerLength: Self {
        .init("tcp.hdr_len", "Header Length", byte: 12, mask: 0xF0, unit: 4)
    }
}

extension Field where P == TCP, Value == Bool {
    @inlinable package static var reservedFlags: Self {
        .init("tcp.flags.res", "Reserved", byte: 12, mask: 0x0E, .flag)
    }
    @inlinable package static var accurateECN: Self {
        .init("tcp.flags.ae", "Accurate ECN", byte: 12, mask: 0x01, .flag)
    }
    @inlinable package static var congestionReduced: Self {
        .init("tcp.flags.cwr", "Congestion Window Reduced", byte: 13, mask: 0x80, .flag)
    }
    @inlinable package static var congestionEcho: Self {
        .init("tcp.flags.ece", "ECN-Echo", byte: 13, mask: 0x40, .flag)
    }
    @inlinable package static var urgent: Self { .init("tcp.flags.urg", "Urgent", byte: 13, mask: 0x20, .flag) }
    @inlinable package static var acknowledge: Self {
        .init("tcp.flags.ack", "Acknowledgment", byte: 13, mask: 0x10, .flag)
    }
    @inlinable package static var push: Self { .init("tcp.flags.push", "Push", byte: 13, mask: 0x08, .flag) }
    @inlinable package static var reset: Self { .init("tcp.flags.reset", "Reset", byte: 13, mask: 0x04, .flag) }
    @inlinable package static var synchronize: Self { .init("tcp.flags.syn", "Syn", byte: 13, mask: 0x02, .flag) }
    @inlinable package static var finish: Self { .init("tcp.flags.fin", "Fin", byte: 13, mask: 0x01, .flag) }
}

/// The flag bits of a TCP header, as a set.
///
/// Inlinable throughout: following a stream asks for them in every frame.
@usableFromInline
package struct TCPFlags: OptionSet, Sendable, BitwiseCopyable {
    @usableFromInline package let rawValue: UInt16
    @inlinable package init(rawValue: UInt16) { self.rawValue = rawValue }

    @inlinable package static var fin: TCPFlags { TCPFlags(rawValue: 0x01) }
    @inlinable package static var syn: TCPFlags { TCPFlags(rawValue: 0x02) }
    @inlinable package static var rst: TCPFlags { TCPFlags(rawValue: 0x04) }
    @inlinable package static var psh: TCPFlags { TCPFlags(rawValue: 0x08) }
    @inlinable package static var ack: TCPFlags { TCPFlags(rawValue: 0x10) }
    @inlinable package static var urg: TCPFlags { TCPFlags(rawValue: 0x20) }
    @inlinable package static var ece: TCPFlags { TCPFlags(rawValue: 0x40) }
    @inlinable package static var cwr: TCPFlags { TCPFlags(rawValue: 0x80) }

    /// Those that take a sequence number (RFC 9293 §3.4).
    @inlinable package static var synFin: TCPFlags { TCPFlags(rawValue: 0x03) }
    /// Those that begin or end a connection.
    @inlinable package static var synFinRst: TCPFlags { TCPFlags(rawValue: 0x07) }
    @inlinable package static var synACK: TCPFlags { TCPFlags(rawValue: 0x12) }
}
