/// Changes to a file as to any row of bytes.
enum RawMutation: CaseIterable {
    case flip, overwrite, cut, duplicate, delete, insert, swap

    func apply(to bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return }
        let offset = Self.place(in: bytes, &dice)
        let span = offset..<min(bytes.count, offset + 1 + dice.roll(dice.pick([4, 16, 64, 2048])))
        switch self {
        case .flip: for _ in 0...dice.roll(8) { bytes[Self.place(in: bytes, &dice)] ^= 1 << UInt8(dice.roll(8)) }
        case .overwrite: Self.overwrite(&bytes, at: offset, &dice)
        case .cut: bytes.removeSubrange(offset...)
        case .duplicate: bytes.insert(contentsOf: bytes[span], at: Self.place(in: bytes, &dice))
        case .delete: bytes.removeSubrange(span)
        case .insert: bytes.insert(contentsOf: dice.bytes(span.count), at: offset)
        case .swap:
            let other = bytes[span]
            let target = Self.place(in: bytes, &dice)
            for (place, byte) in zip(target..., other) where place < bytes.count { bytes[place] = byte }
        }
    }

    static func overwrite(_ bytes: inout [UInt8], at offset: Int, _ dice: inout Dice) {
        let width = dice.pick([1, 2, 4])
        var value = dice.interesting()
        if dice.isLucky(in: 3) {
            // A length that is off by one.
            value = bytes[offset..<min(bytes.count, offset + width)].reduce(0) { $0 << 8 | UInt32($1) }
            value = dice.isLucky(in: 2) ? value &+ 1 : value &- 1
        }
        PacketShape.put(Int(dice.isLucky(in: 2) ? value : value.byteSwapped), width, into: &bytes, at: offset)
    }

    /// Anywhere, and often near the beginning, where headers are.
    private static func place(in bytes: [UInt8], _ dice: inout Dice) -> Int {
        dice.roll(dice.isLucky(in: 4) ? min(bytes.count, 256) : bytes.count)
    }
}
