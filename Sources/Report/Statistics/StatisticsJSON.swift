import FoundationEssentials

/// Statistics as one JSON document.
package enum StatisticsJSON {
    private struct Document: Encodable {
        let format = "wharf-statistics-1"
        let statistics: [Entry]
    }

    private struct Entry: Encodable {
        let name: String
        let statistic: any Statistic

        enum Key: CodingKey { case name, rows }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(name, forKey: .name)
            try statistic.document.encode(to: container.superEncoder(forKey: .rows))
        }
    }

    package static func text(of statistics: [(name: String, statistic: any Statistic)]) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(statistics: statistics.map { Entry(name: $0.name, statistic: $0.statistic) })
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }
}
