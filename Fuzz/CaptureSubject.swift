/// Mutated captures, through all that analyze and export do.
package struct CaptureSubject: Subject {
    private let mutator: Mutator
    private var trial: Trial

    package init(_ mutator: Mutator, _ trial: Trial) {
        self.mutator = mutator
        self.trial = trial
    }

    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) { mutator.mutant(index) }

    package mutating func run(_ bytes: [UInt8]) throws -> [String] { try trial.run(bytes) }
}
