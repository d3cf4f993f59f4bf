/// What an axis counts: decides units, steps and words.
enum AxisUnit: Sendable, Hashable {
    /// Nanoseconds.
    case time
    case bytes
    case bytesPerSecond, bitsPerSecond, packetsPerSecond
    case count
}

/// One axis: its range, where its ticks stand, and what is written at them.
struct AxisScale: Sendable {
    let unit: AxisUnit
    let lower: Double
    let upper: Double
    let ticks: [(value: Double, label: String)]
    /// `MB/s`; empty where the ticks say it all.
    let unitLabel: String

    /// - Parameter room: how many ticks the axis has room for.
    init(_ unit: AxisUnit, from lower: Double, to upper: Double, room: Int, extends: Bool = false) {
        self.unit = unit
        let span = upper > lower ? upper - lower : 1
        let isClock = unit == .time && max(upper, lower) >= 180e9
        let isWhole = unit == .count || unit == .bytes && span < 10
        let step = isClock ? Self.clockStep(span / Double(room)) : Self.niceStep(span / Double(room), isWhole)
        // A little air above the highest value, but no step that nothing reaches.
        let end = extends ? max((upper / step * 4).rounded(.up) / 4 * step, lower + span) : lower + span
        let prefix = Self.prefix(unit, max(abs(lower), abs(upper)))
        let digits = Self.digits(step / prefix.factor)
        var ticks: [(Double, String)] = []
        // Counting whole steps keeps the sum of many small ones exact.
        var number = (lower / step).rounded(.up)
        while number * step <= end + step / 1000, ticks.count < 100 {
            let value = number * step
            let text =
                isClock
                ? Self.clock(value, step)
                : unit == .packetsPerSecond || unit == .count
                    ? Self.grouped(value, digits) : Quantity.fixed(value / prefix.factor, digits)
            ticks.append((value, text))
            number += 1
        }
        self.lower = lower
        self.upper = end
        self.ticks = ticks
        unitLabel = isClock ? "" : prefix.label
    }

    /// Where a value stands: 0 is the axis' beginning, 1 its end.
    func part(_ value: Double) -> Double { (value - lower) / (upper - lower) }

    /// 1, 2 or 5 times a power of ten, not below `least`.
    private static func niceStep(_ least: Double, _ isWhole: Bool) -> Double {
        guard least > 0, least.isFinite else { return 1 }
        var power = 1.0
        while power < least { power *= 10 }
        while power / 10 >= least { power /= 10 }
        let step = power / 5 >= least ? power / 5 : power / 2 >= least ? power / 2 : power
        return isWhole ? max(1, step) : step
    }

    /// Steps that clocks have; days and more in whole days.
    private static func clockStep(_ least: Double) -> Double {
        let steps: [Double] = [
            1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400,
        ]
        return (steps.first { $0 * 1e9 >= least } ?? (least / 86400e9).rounded(.up) * 86400) * 1e9
    }

    private static func clock(_ nanoseconds: Double, _ step: Double) -> String {
        guard nanoseconds.magnitude < 9e18 else { return "" }
        let seconds = Int64(nanoseconds / 1e9)
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }

    private static func prefix(_ unit: AxisUnit, _ largest: Double) -> (factor: Double, label: String) {
        let steps: [(Double, String)]
        switch unit {
        case .time: steps = [(1, "ns"), (1e3, "µs"), (1e6, "ms"), (1e9, "s")]
        case .bytes: steps = decimal("B", ["", "k", "M", "G", "T", "P"])
        case .bytesPerSecond: steps = decimal("B/s", ["", "k", "M", "G", "T", "P"])
        case .bitsPerSecond: steps = decimal("bit/s", ["", "k", "M", "G", "T", "P"])
        case .packetsPerSecond, .count: steps = [(1, "")]
        }
        return steps.last { largest >= $0.0 } ?? steps[0]
    }

    private static func decimal(_ unit: String, _ prefixes: [String]) -> [(Double, String)] {
        var factor = 1.0
        return prefixes.map { prefix in
            defer { factor *= 1000 }
            return (factor, prefix + unit)
        }
    }

    private static func digits(_ step: Double) -> Int {
        var digits = 0
        var step = step
        // A step of 0.2 is stored as a little more or less.
        while (step - step.rounded()).magnitude > 1e-6 * step, digits < 9 {
            step *= 10
            digits += 1
        }
        return digits
    }

    private static func grouped(_ value: Double, _ digits: Int) -> String {
        guard digits == 0, value.magnitude < 1e15 else { return Quantity.fixed(value, digits) }
        return Quantity.count(Int(value))
    }
}
