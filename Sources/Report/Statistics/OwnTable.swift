import FTPProtocol

/// A table for people: columns as wide as what stands in them, in any script.
struct OwnTable {
    let heads: [String]
    /// Columns of numbers stand on the right.
    let numbers: Set<Int>
    private(set) var rows: [[String]] = []

    init(_ heads: [String], numbers: Set<Int> = []) {
        self.heads = heads
        self.numbers = numbers
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    func write(_ write: (String) -> Void) {
        let all = heads.isEmpty ? rows : [heads] + rows
        guard let columns = all.first?.count else { return }
        let widths = (0..<columns).map { column in all.reduce(0) { max($0, DisplayWidth.of($1[column])) } }
        for row in all {
            let cells = row.enumerated().map { column, cell in
                if numbers.contains(column) { return DisplayWidth.leftPadded(cell, to: widths[column]) }
                return column == columns - 1 ? cell : DisplayWidth.padded(cell, to: widths[column])
            }
            write("  " + cells.joined(separator: "   "))
        }
    }
}
