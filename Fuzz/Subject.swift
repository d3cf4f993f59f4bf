/// What is fuzzed: makes mutants, each determined by the seed number and its index, and runs them. A trap ends the
/// process; everything else that is wrong comes back as a list of faults.
package protocol Subject {
    /// The mutant's bytes, and what it came from.
    func mutant(_ index: Int) throws -> (bytes: [UInt8], origin: String)

    /// - Returns: what is wrong; empty where all is well.
    mutating func run(_ bytes: [UInt8]) throws -> [String]

    /// After the last mutant, for what can only be seen then.
    mutating func finish() -> [String]
}

extension Subject {
    package mutating func finish() -> [String] { [] }
}

/// The subjects that there are.
package enum SubjectKind: String, CaseIterable, Sendable {
    /// Captures, through analyze and export.
    case captures
    /// What clients say and what happens to a session, through the machine without I/O.
    case sessions
    /// What data connections carry, through encoder and decoder.
    case data
    /// What clients do, against a server of this process.
    case server
    /// Configurations in YAML.
    case settings
    /// Headers of load balancers.
    case proxy
    /// Arguments, given to the program itself.
    case commands

    /// How the name of a file ends that holds a mutant.
    package var suffix: String { self == .captures ? "pcap" : rawValue }
}
