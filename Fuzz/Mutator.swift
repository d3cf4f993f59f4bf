/// Makes mutants of seed captures, each determined by the seed number and its index.
package struct Mutator: Sendable {
    package struct Seed: Sendable {
        package let name: String
        package let bytes: [UInt8]

        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    private let seeds: [Seed]
    private let number: UInt64
    /// Longer mutants are cut: what matters happens in small ones too.
    private static let longest = 4 << 20

    package init(_ seeds: [Seed], number: UInt64) {
        self.seeds = seeds
        self.number = number
    }

    /// The mutant's bytes and the names of the seeds that it came from.
    package func mutant(_ index: Int) -> (bytes: [UInt8], origin: String) {
        var dice = Dice(seed: number, index: index)
        let seed = dice.pick(seeds)
        var origin = seed.name
        var bytes = seed.bytes
        if var image = CaptureImage(seed.bytes) {
            if dice.isLucky(in: 8) { origin += " + " + splice(&image, &dice) }
            for _ in 0...dice.roll(dice.pick([2, 6, 20])) {
                switch dice.roll(10) {
                case 0, 1: dice.pick(RecordMutation.allCases).apply(to: &image, &dice)
                case 2...5: dice.pick(PacketMutation.allCases).apply(to: &image, &dice)
                default: dice.pick(TextMutation.allCases).apply(to: &image, &dice)
                }
            }
            bytes = image.file
        }
        if CaptureImage(seed.bytes) == nil || dice.isLucky(in: 4) {
            for _ in 0...dice.roll(4) { dice.pick(RawMutation.allCases).apply(to: &bytes, &dice) }
        }
        return (Array(bytes.prefix(Self.longest)), origin)
    }

    /// Puts records of another capture behind or between those of this one.
    private func splice(_ image: inout CaptureImage, _ dice: inout Dice) -> String {
        let other = dice.pick(seeds)
        guard let guest = CaptureImage(other.bytes), guest.isLike(image) else { return "nothing" }
        if dice.isLucky(in: 2) {
            image.records.insert(contentsOf: guest.records, at: dice.roll(image.records.count + 1))
        } else {
            for record in guest.records { image.records.insert(record, at: dice.roll(image.records.count + 1)) }
        }
        return other.name
    }
}
