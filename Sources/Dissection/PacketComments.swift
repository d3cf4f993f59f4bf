import Bytes

/// What people wrote about a frame in the capture (opt_comment, draft-ietf-opsawg-pcapng §3.5): Wireshark shows that before
/// the frame itself, as if it were a protocol.
package enum PacketComments: ComputingLayer {
    package static let id = ProtocolID.comments

    package enum Computed: Sendable { case comment, finding }

    private static let comment = computed(.comment, "frame.comment", "Comment", .string, nil, .inOrder(level: 1))
        .worded { value, _, _ in
            guard case .text(let text) = value else { return "" }
            return cut(text)
        }
    private static let finding = computed(
        .finding, "frame.comment.expert", "Formatted comment", .none, nil, .inOrder(level: 2)
    ).expert(.comment, .comment)

    package static let fields: [FieldRow] = [comment, finding]

    package static func resolve(_ field: Computed, in input: borrowing FieldInput, _ sink: FieldRow.Sink) {
        for comment in input.comments {
            switch field {
            case .comment: sink(.text(comment), 0..<0)
            case .finding: sink(.presence, 0..<0)
            }
        }
    }

    /// Each comment with the finding that says it again.
    package static func appendDetails(_ input: borrowing FieldInput, to nodes: inout [DetailNode]) {
        for text in input.comments {
            nodes.append(DetailNode(depth: 1, row: comment, value: .text(text), range: 0..<0))
            nodes.append(
                DetailNode(
                    depth: 2, row: finding, value: .presence, range: 0..<0,
                    particulars: .init(line: String(text.prefix(utf8Count: 239)), message: text)), in: input)
        }
    }

    /// Wireshark's lines have at most 239 bytes, and one of nothing but a value says before it that it was cut.
    static func cut(_ line: String) -> String {
        let mark = " [truncated]"
        return line.utf8.count > 239 ? mark + line.prefix(utf8Count: 238 - mark.utf8.count) : line
    }
}

extension FieldInput {
    /// Of the frame; a NUL ends one.
    var comments: [String] {
        guard let context, context.hasComments else { return [] }
        return context.packet(of: facts.frame).comments.map { comment in
            comment.utf8.firstIndex(of: 0).map { String(comment[..<$0]) } ?? comment
        }
    }
}
