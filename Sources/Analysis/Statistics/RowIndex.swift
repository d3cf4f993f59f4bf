/// Finds rows of a flat table by their keys: open addressing over row numbers.
///
/// The table's owner keeps the rows, hashes their keys (``KeyedHash``) and compares them; nothing here allocates but growth.
struct RowIndex: Sendable {
    /// Row number + 1; 0 where the slot is free. Its size is a power of two.
    private var slots = [UInt32](repeating: 0, count: 64)
    private var hashes: [UInt64] = []

    /// The row with that key, if `isEqual` knows it among those whose hash is the same.
    func find(_ key: UInt64, _ isEqual: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: key) & (slots.count - 1)
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
        var slot = Int(truncatingIfNeeded: hashes[row]) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(truncatingIfNeeded: row + 1)
    }
}
