/// A value that following the stream gives to a segment.
package enum TCPAnalysisField: Sendable {
    case completeness, sequence, acknowledgment, next, windowSize, windowFactor, timeSinceFirst, timeSincePrevious
    case acknowledgedFrame, roundTrip, initialRoundTrip, bytesInFlight, bytesSincePush
    case retransmissionTimeout, retransmissionBase, duplicateACKNumber, duplicateACKFrame

    /// Where the number stands that the value was worked out from; `start` is that of the header.
    func place(_ start: Int) -> Range<Int> {
        switch self {
        case .sequence: start + 4..<start + 8
        case .acknowledgment: start + 8..<start + 12
        case .windowSize, .windowFactor: start + 14..<start + 16
        default: start..<start
        }
    }

    /// - Returns: nil where the segment has no such value.
    func value(_ facts: TCPAnalysis, _ tcp: borrowing Header<TCP>) -> FieldRow.Value? {
        switch self {
        case .completeness: .number(UInt64(facts.completeness))
        case .sequence: .number(UInt64(facts.relativeSequence))
        case .acknowledgment: .number(UInt64(facts.relativeAcknowledgment))
        case .next: facts.relativeNext.map { .number(UInt64($0)) }
        case .windowSize: .number(UInt64(facts.windowSize(tcp[.window], isSYN: tcp[.synchronize])))
        case .windowFactor: tcp[.synchronize] ? nil : .integer(Int64(facts.windowFactor))
        case .timeSinceFirst: .span(facts.timeSinceFirst)
        case .timeSincePrevious: .span(facts.timeSincePrevious)
        case .acknowledgedFrame: number(facts.acknowledgedFrame)
        case .roundTrip: facts.roundTrip.map { .span($0) }
        case .initialRoundTrip: facts.initialRoundTrip.map { .span($0) }
        case .bytesInFlight: facts.bytesInFlight.map { .number(UInt64($0)) }
        case .bytesSincePush: facts.bytesSincePush.map { .number(UInt64($0)) }
        case .retransmissionTimeout: facts.retransmissionTimeout.map { .span($0) }
        case .retransmissionBase: number(facts.retransmissionBase)
        case .duplicateACKNumber: facts.duplicateACKNumber > 0 ? .number(UInt64(facts.duplicateACKNumber)) : nil
        case .duplicateACKFrame: number(facts.duplicateACKFrame)
        }
    }

    /// People count frames from 1; 0 is none, as where a duplicate ACK follows nothing that it could repeat.
    private func number(_ frame: UInt32?) -> FieldRow.Value? { frame.map { .number(UInt64($0 &+ 1)) } }
}

extension TCPAnalysis {
    /// The window in bytes. That of a SYN is never scaled (RFC 7323 §2.2).
    package func windowSize(_ window: UInt16, isSYN: Bool) -> UInt32 {
        isSYN || windowFactor < 0 ? UInt32(window) : UInt32(window) &* UInt32(windowFactor)
    }
}

extension TCP {
    /// What following the stream tells, below the header's own fields.
    static var analysisFields: [FieldRow] {
        [
            notice(.times, "", "Timestamps").generated.needing(.sequences),
            analysis(.timeSinceFirst, "tcp.time_relative", "Time since first frame in this TCP stream", .relativeTime)
                .generated.part,
            analysis(
                .timeSincePrevious, "tcp.time_delta", "Time since previous frame in this TCP stream", .relativeTime
            ).generated.part,
            notice(.analysis, "tcp.analysis", "SEQ/ACK analysis").generated.needing(.sequences),
            analysis(
                .acknowledgedFrame, "tcp.analysis.acks_frame", "This is an ACK to the segment in frame", .frameNumber
            ).generated.part,
            analysis(.roundTrip, "tcp.analysis.ack_rtt", "The RTT to ACK the segment was", .relativeTime)
                .generated.part,
            analysis(.initialRoundTrip, "tcp.analysis.initial_rtt", "iRTT", .relativeTime).generated.part,
            analysis(.bytesInFlight, "tcp.analysis.bytes_in_flight", "Bytes in flight").generated.part,
            analysis(.bytesSincePush, "tcp.analysis.push_bytes_sent", "Bytes sent since last PSH flag")
                .generated.part,
            finding(.ofSequences, "tcp.analysis.flags", "TCP Analysis Flags").generated.part,
            // Wireshark says a duplicate ACK twice: in a line of its own, and as a finding below its frame.
            finding(.duplicateACK, "tcp.analysis.duplicate_ack", "This is a TCP duplicate ack").generated.at(level: 3),
        ] + findings.map { finding($0.flags, $0.name, $0.label).expert($0.severity, .sequence).at(level: 3) } + [
            analysis(.retransmissionTimeout, "tcp.analysis.rto", "The RTO for this segment was", .relativeTime)
                .generated.at(level: 3),
            analysis(.retransmissionBase, "tcp.analysis.rto_frame", "RTO based on delta from frame", .frameNumber)
                .generated.at(level: 3),
            analysis(.duplicateACKNumber, "tcp.analysis.duplicate_ack_num", "Duplicate ACK #").generated.part,
            analysis(
                .duplicateACKFrame, "tcp.analysis.duplicate_ack_frame", "Duplicate to the ACK in frame", .frameNumber
            ).generated.part,
            finding(.duplicateACK, "tcp.analysis.duplicate_ack", "Duplicate ACK").suffixed { _, _, input in
                " (#\(input.facts.tcp?.duplicateACKNumber ?? 0))"
            }.expert(.note, .sequence).at(level: 3),
        ]
    }

    /// What a segment can be found to be. Fast and spurious retransmissions are retransmissions too.
    private static var findings: [(flags: TCPAnalysis.Flags, name: String, label: String, severity: Severity)] {
        [
            (
                .fastRetransmission, "tcp.analysis.fast_retransmission",
                "This frame is a (suspected) fast retransmission", .note
            ),
            (
                .spuriousRetransmission, "tcp.analysis.spurious_retransmission",
                "This frame is a (suspected) spurious retransmission", .note
            ),
            (
                [.retransmission, .fastRetransmission, .spuriousRetransmission], "tcp.analysis.retransmission",
                "This frame is a (suspected) retransmission", .note
            ),
            (.outOfOrder, "tcp.analysis.out_of_order", "This frame is a (suspected) out-of-order segment", .warn),
            (
                .reusedPorts, "tcp.analysis.reused_ports",
                "A new tcp session is started with the same ports as an earlier session in this trace", .note
            ),
            (
                .lostSegment, "tcp.analysis.lost_segment",
                "Previous segment(s) not captured (common at capture start)", .warn
            ),
            (
                .ackLostSegment, "tcp.analysis.ack_lost_segment",
                "ACKed segment that wasn't captured (common at capture start)", .warn
            ),
            (.windowUpdate, "tcp.analysis.window_update", "TCP window update", .chat),
            (
                .windowFull, "tcp.analysis.window_full",
                "TCP window specified by the receiver is now completely full", .warn
            ),
            (.keepAlive, "tcp.analysis.keep_alive", "TCP keep-alive segment", .note),
            (.keepAliveACK, "tcp.analysis.keep_alive_ack", "ACK to a TCP keep-alive segment", .note),
            (.zeroWindowProbe, "tcp.analysis.zero_window_probe", "TCP Zero Window Probe", .note),
            (.zeroWindow, "tcp.analysis.zero_window", "TCP Zero Window segment", .warn),
            (.zeroWindowProbeACK, "tcp.analysis.zero_window_probe_ack", "ACK to a TCP Zero Window Probe", .note),
            (.fastOpenACK, "tcp.analysis.tfo_ack", "TCP SYN-ACK accepting TFO data", .note),
            (.fastOpenIgnored, "tcp.analysis.tfo_ignored", "TCP SYN-ACK ignoring TFO data", .note),
        ]
    }

    static func analysis(
        _ field: TCPAnalysisField, _ name: String, _ label: String, _ type: FieldType = .uint32
    ) -> FieldRow {
        computed(.analysis(field), name, label, type, nil, .inOrder(level: 1)).needing(.sequences)
    }

    static func finding(_ flags: TCPAnalysis.Flags, _ name: String, _ label: String) -> FieldRow {
        computed(.finding(flags), name, label, .none, nil, .inOrder(level: 2)).needing(.findings)
            .changed { $0.findings = flags }
    }
}
