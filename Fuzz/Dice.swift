/// Random numbers that depend on a seed alone (SplitMix64): mutant 4711 of seed 1 is the same on every machine.
package struct Dice: RandomNumberGenerator {
    private var state: UInt64

    package init(seed: UInt64, index: Int) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(index) &* 0xD1B5_4A32_D192_ED03
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// 0 … `count` - 1; 0 for an empty range.
    mutating func roll(_ count: Int) -> Int { count > 0 ? Int(next() % UInt64(count)) : 0 }

    mutating func isLucky(in chances: Int) -> Bool { roll(chances) == 0 }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }

    /// A number that is apt to be mishandled.
    mutating func interesting() -> UInt32 {
        switch roll(4) {
        case 0: pick([0, 1, 2, 3, 4, 7, 8, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000])
        case 1: pick([0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0xFFFF_FFFE, 0x8000_0001, 0x3FFF_FFFF, 0x4000_0000])
        case 2: 1 << UInt32(roll(32))
        default: UInt32(truncatingIfNeeded: next())
        }
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
