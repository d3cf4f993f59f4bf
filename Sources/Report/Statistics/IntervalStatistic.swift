import Analysis
import Dissection

/// `-z io,stat`: a table of intervals.
struct IntervalStatistic: Statistic {
    private let counter: IntervalTap
    /// Of the interval, in decimals of a second, as it was written.
    private let precision: Int
    var tap: (any FrameTap)? { counter }

    init(interval: UInt64, precision: Int, _ columns: [IntervalColumn], _ selection: (any FrameTest)? = nil) {
        counter = IntervalTap(interval: interval, columns, selection)
        self.precision = precision
    }

    func write(_ write: (String) -> Void) {
        let layout = IntervalLayout(counter, precision)
        let (border, table) = (layout.border, layout.table)
        let filler = table < border ? String.spaces(border - table - 1) + "|" : ""
        write("")
        write(String(repeating: "=", count: border))
        write(layout.boxed("| IO Statistics"))
        write(layout.boxed("|"))
        for line in layout.times { write(line) }
        write(layout.boxed("|"))
        writeColumns(layout, write)
        write("|" + String(repeating: "-", count: border - 2) + "|")
        write("|" + .spaces(layout.intervalWidth - 2) + "|" + layout.numbers + filler)
        write("| Interval".left(layout.intervalWidth - 1) + "|" + layout.labels + filler)
        write("|" + String(repeating: "-", count: table - 2) + "|" + filler)
        // What took long is counted in intervals without frames, too.
        let isEmpty = { row in
            counter.cells.allSatisfy { row >= $0.count || ($0[row].frames == 0 && $0[row].amount == 0) }
        }
        // Most rows of a long capture are the same but for their times.
        let empty = counter.columns.indices.map { layout.text(.init(), $0, layout.rows) + " |" }.joined() + filler
        for row in 0..<layout.rows {
            if row + 1 < layout.rows, isEmpty(row) {
                write(layout.span(row) + empty)
                continue
            }
            let cells = counter.columns.indices.map { column in
                let cells = counter.cells[column]
                return layout.text(row < cells.count ? cells[row] : .init(), column, row) + " |"
            }
            write(layout.span(row) + cells.joined() + filler)
        }
        write(String(repeating: "=", count: border))
    }

    private func writeColumns(_ layout: IntervalLayout, _ write: (String) -> Void) {
        for (number, column) in counter.columns.enumerated() {
            var prefix = (number == 0 ? "| Col" : "|    ") + (number + 1).right(2) + ": "
            let text = column.text.isEmpty ? "Frames and bytes" : column.text
            for line in layout.wrapped(text) {
                write(layout.boxed(prefix + line))
                prefix = "|        "
            }
        }
    }

    var document: any Encodable {
        let layout = IntervalLayout(counter, precision)
        return (0..<layout.rows).map { row in
            IntervalDocument(
                start: Seconds(Int64(clamping: layout.start(row)) * 1000),
                end: Seconds(Int64(clamping: layout.end(row)) * 1000),
                columns: counter.columns.indices.map { column in
                    let cells = counter.cells[column]
                    return CellDocument(
                        row < cells.count ? cells[row] : .init(), counter.columns[column], layout.length(row))
                })
        }
    }
}

private struct IntervalDocument: Encodable {
    /// Seconds since the capture's first frame.
    let start: Seconds
    let end: Seconds
    let columns: [CellDocument]
}

private struct CellDocument: Encodable {
    let column: String
    let frames: UInt64
    var bytes: UInt64?
    var count: UInt64?
    /// What SUM, MIN, MAX, AVG or LOAD came to; spans in seconds.
    var value: Double?

    init(_ cell: IntervalTap.Cell, _ column: IntervalColumn, _ length: UInt64) {
        self.column = column.text
        frames = cell.frames
        let isSpan = column.field?.type == .relativeTime
        let amount = isSpan ? Double(cell.amount) / 1e9 : Double(Int64(bitPattern: cell.amount))
        switch column.calculation {
        case .framesAndBytes, .bytes: bytes = cell.amount
        case .frames: break
        case .count: count = cell.amount
        case .sum, .minimum, .maximum: value = amount
        case .average: value = cell.values > 0 ? amount / Double(cell.values) : nil
        case .load: value = length > 0 ? Double(cell.amount) / Double(length) : nil
        }
    }
}
