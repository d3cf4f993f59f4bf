/// Every verb of FTP that Wharf knows; the one place that server, client and dissector ask.
package enum VerbTable {
    /// Ordered by subject, standard verbs first.
    package static let all: [VerbRow] =
        accessRows + parameterRows + transferRows + fileRows + informationRows + securityRows + checksumRows
        + extensionRows + obsoleteRows

    /// Nil for a verb that nobody has defined.
    package static func row(_ verb: Verb) -> VerbRow? { index[verb] }

    /// The role alone, for whoever asks at every command.
    package static func role(_ verb: Verb) -> VerbRole? { roles[verb] }

    private static let roles = index.mapValues(\.role)
    private static let index = Dictionary(uniqueKeysWithValues: all.map { ($0.verb, $0) })
}
