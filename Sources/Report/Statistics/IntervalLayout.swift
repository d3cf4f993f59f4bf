import Analysis
import Dissection

/// How wide everything in a table of intervals is, and what stands in it; all times in microseconds.
struct IntervalLayout {
    private let counter: IntervalTap
    private let duration: UInt64
    private let interval: UInt64
    /// Whether one interval takes all of the capture.
    private let isWhole: Bool
    /// Decimals of a second.
    private let precision: Int
    /// The duration rounded to them.
    private let rounded: UInt64
    /// Digits of the duration's seconds, and of the rounded ones.
    private let digits: Int
    private let roundedDigits: Int
    private let widths: [(frames: Int, value: Int)]
    let intervalWidth: Int
    /// Of the table and of the box around everything, borders included.
    let table: Int
    let border: Int

    /// Longer filters are broken.
    private static let widestFilter = 102

    init(_ counter: IntervalTap, _ precision: Int) {
        self.counter = counter
        duration = counter.duration
        isWhole = counter.interval == 0 || counter.interval >= duration
        interval = isWhole ? duration : counter.interval
        digits = Self.magnitude(duration / 1_000_000, 5)
        self.precision = isWhole ? (digits >= 2 ? 1 : 3) : precision
        let unit = Self.unit(self.precision)
        rounded = (duration + unit / 2) / unit * unit
        roundedDigits = Self.magnitude(rounded / 1_000_000, 5)
        let decimals = self.precision == 0 ? 0 : self.precision + 1
        let headline =
            isWhole
            ? 30 + digits + decimals : 24 + Self.magnitude(interval / 1_000_000, 5) + decimals
        intervalWidth = max(12, 2 * roundedDigits + (self.precision == 0 ? 8 : 2 * self.precision + 10))
        let span = max(1, interval)
        widths = counter.columns.indices.map { Self.width(counter.columns[$0], counter.largest[$0], span) }
        table = widths.reduce(intervalWidth) { width, column in
            width + (column.frames > 0 ? column.frames + 3 : 0) + (column.value > 0 ? column.value + 3 : 0)
        }
        var border = max(headline, table)
        let filters = counter.columns.reduce(0) { max($0, $1.text.isEmpty ? 26 : $1.text.utf8.count + 11) }
        if filters > border, border < Self.widestFilter { border = min(filters, Self.widestFilter) }
        // One column less would be a double line.
        self.border = border - table == 1 ? border + 1 : border
    }

    /// How many digits a number has, at most `limit`.
    private static func magnitude(_ value: UInt64, _ limit: Int) -> Int { min(limit, String(value).utf8.count) }

    private static func unit(_ precision: Int) -> UInt64 { (precision..<6).reduce(1) { unit, _ in unit * 10 } }

    private static func width(
        _ column: IntervalColumn, _ largest: IntervalTap.Cell, _ interval: UInt64
    ) -> (frames: Int, value: Int) {
        let value = magnitude(largest.amount, 15)
        switch column.calculation {
        case .framesAndBytes: return (max(6, magnitude(largest.frames, 15)), max(5, value))
        case .frames: return (max(6, magnitude(largest.frames, 15)), 0)
        case .bytes, .count: return (0, max(5, value))
        case .load: return (0, magnitude(largest.amount / interval, 15) + 7)
        case .sum, .minimum, .maximum, .average:
            guard column.field?.type != .relativeTime else {
                return (0, magnitude((largest.amount &+ 500_000_000) / 1_000_000_000, 15) + 7)
            }
            return (0, max(column.calculation.rawValue.utf8.count, value))
        }
    }

    // MARK: - The head

    func boxed(_ line: String) -> String { line.left(border - 1) + "|" }

    /// Duration and interval. What stands behind them is as wide as if both had the rounded duration's digits.
    var times: [String] {
        let decimals = precision == 0 ? 0 : precision + 1
        let length =
            precision == 0
            ? (duration / 1_000_000).right(digits) + "." + (duration % 1_000_000).right(6) : seconds(rounded)
        return [
            "| Duration: " + length + " secs" + .spaces(border - 18 - roundedDigits - (precision == 0 ? 7 : decimals))
                + "|",
            "| Interval: " + seconds(isWhole ? rounded : interval) + " secs"
                + .spaces(border - 18 - roundedDigits - decimals) + "|",
        ]
    }

    private func seconds(_ time: UInt64) -> String {
        let whole = (time / 1_000_000).right(digits)
        guard precision > 0 else { return whole }
        return whole + "." + (time % 1_000_000 / Self.unit(precision)).zeros(precision)
    }

    /// A filter in lines, broken at spaces where it has any.
    func wrapped(_ text: String) -> [String] {
        var lines: [String] = []
        var rest = text[...]
        let width = max(1, border - 11)
        while rest.utf8.count > width {
            let line = rest.prefix(width)
            if let space = line.lastIndex(of: " ") {
                lines.append(String(rest[..<space]))
                rest = rest[rest.index(after: space)...]
            } else {
                lines.append(String(line))
                rest = rest.dropFirst(width)
            }
        }
        return lines + [String(rest)]
    }

    var numbers: String {
        widths.indices.map { column in
            let (frames, value) = widths[column]
            let inner = (frames > 0 ? frames + 3 : 0) + (value > 0 ? value + 3 : 0) - 1
            return "\(column + 1)".left(inner) + "|"
        }.joined()
    }

    var labels: String {
        widths.indices.map { column in
            let (frames, value) = widths[column]
            let calculation = counter.columns[column].calculation
            switch calculation {
            case .framesAndBytes: return centered("Frames", frames) + centered("Bytes", value)
            case .frames: return centered("FRAMES", frames)
            default: return centered(calculation.rawValue, value)
            }
        }.joined()
    }

    private func centered(_ label: String, _ width: Int) -> String {
        let rest = width - label.utf8.count
        return .spaces(rest / 2 + 1 + rest % 2) + label + .spaces(rest / 2 + 1) + "|"
    }

    // MARK: - The rows

    var rows: Int {
        guard duration > 0, interval > 0 else { return 0 }
        return Int(clamping: (duration + interval - 1) / interval)
    }

    func start(_ row: Int) -> UInt64 { UInt64(row) * interval }
    func end(_ row: Int) -> UInt64 { row == rows - 1 ? max(duration, rounded) : start(row) + interval }
    func length(_ row: Int) -> UInt64 { end(row) - start(row) }

    func span(_ row: Int) -> String {
        guard precision == 0 else { return "| \(seconds(start(row))) <> \(seconds(end(row))) |" }
        let padding = String.spaces(roundedDigits == 1 ? 1 : 0)
        let begin = "| " + padding + seconds(start(row)) + " <> "
        return begin + (row == rows - 1 ? "Dur" + .spaces(digits - 2) + "|" : seconds(end(row)) + padding + " |")
    }

    /// A cell with the space before it.
    func text(_ cell: IntervalTap.Cell, _ column: Int, _ row: Int) -> String {
        let (frames, value) = widths[column]
        let calculation = counter.columns[column].calculation
        switch calculation {
        case .framesAndBytes: return " " + cell.frames.right(frames) + " | " + cell.amount.right(value)
        case .frames: return " " + cell.frames.right(frames)
        case .bytes, .count: return " " + cell.amount.right(value)
        case .load:
            let length = max(1, length(row))
            let fraction = (cell.amount % length) * 1_000_000 / length
            return " " + ("\(cell.amount / length)." + fraction.zeros(6)).right(value)
        case .sum, .minimum, .maximum, .average:
            let amount = calculation == .average && cell.values > 0 ? cell.amount / cell.values : cell.amount
            guard counter.columns[column].field?.type == .relativeTime else {
                return " " + Int64(bitPattern: amount).right(value)
            }
            let microseconds = (amount &+ 500) / 1000
            return " " + ("\(microseconds / 1_000_000)." + (microseconds % 1_000_000).zeros(6)).right(value)
        }
    }
}
