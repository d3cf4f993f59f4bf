import Logging

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// swift-log's events, each in one line: nothing that a client has sent can begin another.
struct LineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info
    private let format: LogSettings.Format
    private let sink: LogSink

    init(_ format: LogSettings.Format, _ sink: LogSink) {
        self.format = format
        self.sink = sink
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        let time = Date().formatted(.iso8601.year().month().day().time(includingFractionalSeconds: true)) + "Z"
        switch format {
        case .text:
            let facts = facts.map { " \($0.key)=\(Self.word("\($0.value)"))" }.joined()
            sink.write("\(time) \(event.level) \(Self.word("\(event.message)", quotes: false))\(facts)")
        case .json:
            let all =
                [("time", time), ("level", "\(event.level)"), ("event", "\(event.message)")]
                + facts.map { ($0.key, "\($0.value)") }
            sink.write(
                "{" + all.map { "\(Self.quoted($0.0)):\(Self.value($0.1, of: $0.0))" }.joined(separator: ",") + "}")
        }
    }

    private static let numbers: Set<String> = ["bytes", "seconds", "session", "code"]

    private static func value(_ text: String, of name: String) -> String {
        numbers.contains(name) && Double(text) != nil ? text : quoted(text)
    }

    private static func word(_ text: String, quotes: Bool = true) -> String {
        let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0 > " " && $0 != "\"" && $0 != "\u{7F}" }
        return isPlain || (!quotes && !text.unicodeScalars.contains { $0 < " " }) ? text : quoted(text)
    }

    /// As JSON writes texts (RFC 8259 §7); also C1 controls are escaped, which steer terminals.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..." ", "\u{7F}"..."\u{9F}":
                if scalar == " " {
                    result += " "
                } else {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
