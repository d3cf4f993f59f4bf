/// Something that could stand at the cursor of a filter that is being written.
package struct FilterCandidate: Sendable, Hashable, Encodable {
    package enum Kind: String, Sendable, Encodable {
        case field, `protocol`, function, keyword, `operator`, value, macro
        /// The beginning of names: `tcp.options.`
        case group
    }

    /// What is put in the place of ``FilterCompletion/place``.
    package let text: String
    package let kind: Kind
    /// One line.
    package let explanation: String

    init(_ text: String, _ kind: Kind, _ explanation: String) {
        self.text = text
        self.kind = kind
        self.explanation = explanation
    }
}
