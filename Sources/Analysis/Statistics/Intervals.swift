package import Dissection

/// Counts and calculates per interval of time, column by column, as `io,stat` does.
package final class IntervalTap: FrameTap {
    package var condition: (any FrameTest)? { nil }
    package let columns: [IntervalColumn]
    /// Which frames are counted in any column; all of them make the table as long as it is.
    private let selection: (any FrameTest)?
    /// In microseconds, which is how finely intervals are cut; 0 stands for all of the capture.
    package let interval: UInt64

    /// One cell of the table.
    package struct Cell: Sendable, BitwiseCopyable {
        package var frames: UInt64 = 0
        /// How many values there were.
        package var values: UInt64 = 0
        /// Bytes, a count, or numbers; spans in nanoseconds, and for LOAD in microseconds.
        package var amount: UInt64 = 0

        package init() {}
    }

    /// A column's cells from the first interval on; those behind the last one are empty.
    package private(set) var cells: [[Cell]]
    /// The largest amounts that a column had at any time: they make it wide.
    package private(set) var largest: [Cell]
    /// From the first frame to the latest one, in microseconds.
    package private(set) var duration: UInt64 = 0

    /// More rows than anybody can read: the interval is too short for the capture.
    package static let maximumRows: UInt64 = 20_000_000

    package init(interval: UInt64, _ columns: [IntervalColumn], _ selection: (any FrameTest)? = nil) {
        self.selection = selection
        self.interval = interval
        self.columns = columns
        cells = columns.map { _ in [Cell()] }
        largest = columns.map { _ in Cell() }
    }

    package var needs: FrameNeeds {
        columns.reduce(into: selection?.needs ?? []) {
            $0.formUnion(
                ($1.field?.needs ?? []).union($1.layer?.needs ?? []).union($1.condition?.needs ?? []))
        }
    }

    package func take(_ frame: borrowing DissectedFrame) {
        // A frame from before the first one counts in the interval that the capture has come to.
        let time = UInt64(max(0, frame.facts.frame.relativeTime) + 500) / 1000
        duration = max(duration, time)
        guard selection?.holds(for: frame) ?? true else { return }
        for column in columns.indices where columns[column].condition?.holds(for: frame) ?? true {
            if interval > 0 { fill(column, to: min(time / interval, Self.maximumRows)) }
            count(frame, in: column)
        }
    }

    private func fill(_ column: Int, to row: UInt64) {
        while cells[column].count <= Int(row) { cells[column].append(Cell()) }
    }

    private func count(_ frame: borrowing DissectedFrame, in column: Int) {
        let row = cells[column].count - 1
        cells[column][row].frames += 1
        switch columns[column].calculation {
        case .framesAndBytes, .frames, .bytes: cells[column][row].amount &+= frame.length
        case .count, .sum, .average, .minimum, .maximum, .load:
            let calculation = columns[column].calculation
            columns[column].field?.forEachValue(in: frame) { value, _ in
                add(value, calculation, column, row)
            }
            if let layer = columns[column].layer {
                frame.forEachLayer(layer) { _ in add(.presence, calculation, column, row) }
            }
        }
        let cell = cells[column][row]
        let amount =
            columns[column].calculation == .average && cell.values > 0 ? cell.amount / cell.values : cell.amount
        largest[column].frames = max(largest[column].frames, cell.frames)
        largest[column].amount = max(largest[column].amount, amount)
    }

    private func add(_ value: FieldRow.Value, _ calculation: IntervalColumn.Calculation, _ column: Int, _ row: Int) {
        let number: UInt64
        switch value {
        case .number(let value): number = value
        case .integer(let value): number = UInt64(bitPattern: value)
        case .span(let value): number = UInt64(bitPattern: value)
        default: number = 0
        }
        var cell = cells[column][row]
        cell.values += 1
        switch calculation {
        case .count: cell.amount &+= 1
        case .sum, .average: cell.amount &+= number
        case .minimum: cell.amount = cell.values == 1 && cell.frames == 1 ? number : min(cell.amount, number)
        case .maximum: cell.amount = max(cell.amount, number)
        case .load:
            cells[column][row] = cell
            return spread(number / 1000, column, row)
        case .framesAndBytes, .frames, .bytes: break
        }
        cells[column][row] = cell
    }

    /// A call that took long was under way in the intervals before, too.
    private func spread(_ span: UInt64, _ column: Int, _ row: Int) {
        guard interval > 0 else {
            cells[column][row].amount &+= span
            return
        }
        cells[column][row].amount &+= span % interval
        var rest = span - span % interval
        var row = row - 1
        while rest > 0, row >= 0 {
            cells[column][row].amount &+= interval
            rest -= interval
            row -= 1
        }
    }
}
