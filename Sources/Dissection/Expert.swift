/// How much a finding matters; Wireshark's severities.
package enum Severity: String, CaseIterable, Comparable, Sendable {
    case error, warn, note, chat, comment

    /// As `_ws.expert.severity` has it.
    package var number: UInt64 {
        switch self {
        case .comment: 0x0010_0000
        case .chat: 0x0020_0000
        case .note: 0x0040_0000
        case .warn: 0x0060_0000
        case .error: 0x0080_0000
        }
    }

    package var name: String {
        switch self {
        case .error: "Error"
        case .warn: "Warning"
        case .note: "Note"
        case .chat: "Chat"
        case .comment: "Comment"
        }
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

/// What a finding is about; Wireshark's groups.
package enum ExpertGroup: String, CaseIterable, Sendable {
    case checksum = "Checksum", sequence = "Sequence", responseCode = "Response", requestCode = "Request"
    case undecoded = "Undecoded", reassemble = "Reassemble", malformed = "Malformed", debug = "Debug"
    case protocolRules = "Protocol", security = "Security", comment = "Comment", decryption = "Decryption"
    case assumption = "Assumption", deprecated = "Deprecated"

    /// As `_ws.expert.group` has it.
    package var number: UInt64 {
        for (place, group) in Self.allCases.enumerated() where group == self { return UInt64(place + 1) << 24 }
        return 0
    }
}

/// What makes a field's presence a finding that experts should look at.
package struct Expertise: Sendable, Hashable {
    package let severity: Severity
    package let group: ExpertGroup
}

extension FieldRow {
    /// A finding: trees show it below a line of its own, and `_ws.expert` selects its frame.
    func expert(_ severity: Severity, _ group: ExpertGroup) -> FieldRow {
        changed { $0.expertise = Expertise(severity: severity, group: group) }
    }
}

/// The lines around a finding, and the fields by which filters ask for findings of any protocol.
package enum ExpertRows {
    package static let name = "_ws.expert"
    static let wrapper = FieldRow(
        "_ws.expert", "Expert Info", .protocol, .text, .alias,
        ofFindings { found, text, sink in sink(.text(title(found, text))) }
    )
    .placeless.generated.worded { value, _, _ in
        if case .text(let text) = value { PacketComments.cut(text) } else { "Expert Info" }
    }
    static let message = FieldRow(
        "_ws.expert.message", "Message", .string, .text, .alias, ofFindings { _, text, sink in sink(.text(text)) }
    )
    .placeless.hidden
    static let severity = FieldRow(
        "_ws.expert.severity", "Severity level", .uint32, .decimal, .alias,
        ofFindings { found, _, sink in sink(.number(found.severity.number)) }
    ).named { number in Severity.allCases.first { $0.number == number }?.name }.placeless.generated
        .worded { value, _, _ in
            "Severity level: " + name(value) { number in Severity.allCases.first { $0.number == number }?.name }
        }
    static let group = FieldRow(
        "_ws.expert.group", "Group", .uint32, .decimal, .alias,
        ofFindings { found, _, sink in sink(.number(found.group.number)) }
    ).named { number in ExpertGroup.allCases.first { $0.number == number }?.rawValue }.placeless.generated
        .worded { value, _, _ in
            "Group: " + name(value) { number in ExpertGroup.allCases.first { $0.number == number }?.rawValue }
        }

    static let all: [FieldRow] = [wrapper, message, severity, group].map { $0.needing(needs) }

    /// What any row that is a finding needs.
    package static let needs: FrameNeeds = [.findings, .sequences, .application, .datagrams, .echoes]

    static func title(_ found: Expertise, _ text: String) -> String {
        "Expert Info (\(found.severity.name)/\(found.group.rawValue)): \(text)"
    }

    private static func name(_ value: FieldRow.Value, _ meaning: (UInt64) -> String?) -> String {
        guard case .number(let number) = value else { return "" }
        return meaning(number) ?? String(number)
    }

    /// Calls `emit` for each finding of each layer of a frame.
    private static func ofFindings(
        _ emit: @escaping @Sendable (Expertise, String, (FieldRow.Value) -> Void) -> Void
    ) -> @Sendable (borrowing FieldInput, FieldRow.Sink) -> Void {
        { input, sink in
            for comment in input.comments {
                emit(Expertise(severity: .comment, group: .comment), comment) { sink($0, 0..<0) }
            }
            for slot in 0..<input.layers.count {
                guard let reader = Registry.reader(of: input.layers[slot]) else { continue }
                let layer = FieldInput(input.frame, input.found, slot, input.borrowedContext)
                for row in reader.fields {
                    guard let expertise = row.expertise else { continue }
                    row.forEachValue(in: layer) { value, range in
                        emit(expertise, row.line(of: value, range, in: layer)) { sink($0, 0..<0) }
                    }
                }
            }
        }
    }
}
