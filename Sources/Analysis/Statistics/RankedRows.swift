/// The rows of a table, those with the most frames first, else in the order of the table, which stays as it is: a row is
/// made when it is asked for.
package struct RankedRows<Row>: RandomAccessCollection {
    /// Of each rank: 2^32 - 1 less the frames in the upper half, so that smaller means more, and the row in the lower one.
    private let order: [UInt64]
    private let row: (Int) -> Row

    init(count: Int, frames: (Int) -> UInt64, row: @escaping (Int) -> Row) {
        self.row = row
        var order = (0..<count).map {
            (UInt64(UInt32.max) - Swift.min(frames($0), UInt64(UInt32.max))) << 32 | UInt64($0)
        }
        order.sort()
        self.order = order
    }

    init(_ rows: [Row], by frames: (Row) -> UInt64) {
        self.init(count: rows.count, frames: { frames(rows[$0]) }, row: { rows[$0] })
    }

    package typealias Indices = Range<Int>

    package var startIndex: Int { 0 }
    package var endIndex: Int { order.count }
    package subscript(rank: Int) -> Row { row(Int(order[rank] & UInt64(UInt32.max))) }
}
