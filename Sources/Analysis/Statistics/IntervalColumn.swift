package import Dissection

/// One column of an interval table: `SUM(tcp.len)tcp`, or just a filter.
package struct IntervalColumn: Sendable {
    package enum Calculation: String, CaseIterable, Sendable {
        case framesAndBytes = ""
        case frames = "FRAMES"
        case bytes = "BYTES"
        case count = "COUNT"
        case sum = "SUM"
        case minimum = "MIN"
        case maximum = "MAX"
        case average = "AVG"
        case load = "LOAD"

        var takesField: Bool { ![.framesAndBytes, .frames, .bytes].contains(self) }
    }

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// As it was written; empty where nothing was.
    package let text: String
    package let calculation: Calculation
    package let field: FieldHandle?
    /// Counted instead of a field.
    let layer: ProtocolID?
    package let condition: (any FrameTest)?

    /// - Parameter filter: reads what stands behind the calculation.
    package init(_ text: String, filter makeFilter: (String) throws -> any FrameTest) throws {
        self.text = text
        guard
            let calculation = Calculation.allCases.first(where: {
                $0 != .framesAndBytes && text.hasPrefix($0.rawValue + "(")
            })
        else {
            calculation = .framesAndBytes
            field = nil
            layer = nil
            condition = text.isEmpty ? nil : try makeFilter(text)
            return
        }
        self.calculation = calculation
        let rest = text.dropFirst(calculation.rawValue.count + 1)
        guard let end = rest.firstIndex(of: ")") else {
            throw Failure(description: "\"\(text)\": the closing parenthesis is missing")
        }
        let name = String(rest[..<end])
        layer = calculation == .count ? ProtocolID.allCases.first { $0.name == name } : nil
        field = layer == nil ? try Self.field(name, for: calculation, in: text) : nil
        let filter = rest[rest.index(after: end)...]
        condition = filter.isEmpty ? nil : try makeFilter(String(filter))
    }

    private static func field(
        _ name: String, for calculation: Calculation, in text: String
    ) throws(Failure) -> FieldHandle? {
        guard calculation.takesField else {
            guard name.isEmpty else {
                throw Failure(
                    description: "\"\(text)\": \(calculation.rawValue) takes no field: write \(calculation.rawValue)()")
            }
            return nil
        }
        guard let field = FieldHandle(name) else {
            throw Failure(description: "\"\(text)\": there is no field named \"\(name)\"")
        }
        let isSpan = field.type == .relativeTime
        let isNumeric = isSpan || field.type.isInteger
        if calculation == .load, !isSpan {
            throw Failure(description: "\"\(text)\": LOAD is only for spans of time, such as tcp.analysis.ack_rtt")
        }
        guard isNumeric || calculation == .count else {
            throw Failure(description: "\"\(text)\": \(name) is no number; of such a field only COUNT can be taken")
        }
        return field
    }
}
