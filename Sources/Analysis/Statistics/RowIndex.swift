/// Finds rows of a flat table by their keys: open addressing over row numbers.
///
/// The table's owner keeps the rows and compares the keys; nothing here allocates but growth. The seed differs from run
/// to run, so that nobody can prepare collisions.
struct RowIndex: Sendable {
    /// Row number + 1; 0 where the slot is free. Its size is a power of two.
    private var slots = [UInt32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []
    private let seed = UInt64.random(in: .min ... .max)

    /// The row with that key, if `isEqual` knows it among those whose hash is the same.
    func find(_ key: UInt64, _ isEqual: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: mixed(key)) & (slots.count - 1)
        while slots[slot] != 0 {
            let row = Int(slots[slot]) - 1
            if hashes[row] == key, isEqual(row) { return row }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Notes that the next row has been added.
    mutating func add(_ key: UInt64) {
        hashes.append(key)
        if hashes.count * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
            for row in hashes.indices { insert(row) }
        } else {
            insert(hashes.count - 1)
        }
    }

    private mutating func insert(_ row: Int) {
        var slot = Int(truncatingIfNeeded: mixed(hashes[row])) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(truncatingIfNeeded: row + 1)
    }

    private func mixed(_ key: UInt64) -> UInt64 {
        let value = (key ^ seed) &* 0x9E37_79B9_7F4A_7C15
        return (value ^ value >> 29) &* 0xBF58_476D_1CE4_E5B9 >> 20
    }
}
