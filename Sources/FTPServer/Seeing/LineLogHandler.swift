import Bytes
import Logging

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
        let (time, format, own) = (LogTime.now, format, metadata)
        sink.write { line in
            let facts = own.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
            switch format {
            case .text: Self.appendText(event, time, facts, to: &line)
            case .json: Self.appendJSON(event, time, facts, to: &line)
            }
        }
    }

    private typealias Facts = [(key: String, value: Logger.Metadata.Value)]

    private static func appendText(_ event: LogEvent, _ time: LogTime, _ facts: Facts, to line: inout [UInt8]) {
        time.append(to: &line)
        line.append(UInt8(ascii: " "))
        line.append(event.level.rawValue)
        line.append(UInt8(ascii: " "))
        append(word: "\(event.message)", mayHaveSpaces: true, to: &line)
        for (key, value) in facts {
            line.append(UInt8(ascii: " "))
            line.append(key)
            line.append(UInt8(ascii: "="))
            append(word: "\(value)", mayHaveSpaces: false, to: &line)
        }
    }

    private static func appendJSON(_ event: LogEvent, _ time: LogTime, _ facts: Facts, to line: inout [UInt8]) {
        line.append("{\"time\":\"")
        time.append(to: &line)
        line.append("\",\"level\":\"")
        line.append(event.level.rawValue)
        line.append("\",\"event\":")
        append(quoted: "\(event.message)", to: &line)
        for (key, value) in facts {
            line.append(UInt8(ascii: ","))
            append(quoted: key, to: &line)
            line.append(UInt8(ascii: ":"))
            let text = "\(value)"
            let isBare = bareFacts.contains(key) && (Double(text) != nil || ["true", "false"].contains(text))
            if isBare { line.append(text) } else { append(quoted: text, to: &line) }
        }
        line.append(UInt8(ascii: "}"))
    }

    /// Numbers and truths.
    private static let bareFacts: Set<String> = ["bytes", "seconds", "session", "code", "tls"]

    /// As it is, where nothing in it could be taken for something else.
    private static func append(word text: String, mayHaveSpaces: Bool, to line: inout [UInt8]) {
        let isPlain =
            !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                !isControl(scalar) && scalar != "\"" && (mayHaveSpaces || scalar != " ")
            }
        if isPlain { line.append(text) } else { append(quoted: text, to: &line) }
    }

    /// Also those of C1, which steer terminals.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }

    /// As JSON writes texts (RFC 8259 §7).
    private static func append(quoted text: String, to line: inout [UInt8]) {
        line.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line.append("\\\"")
            case "\\": line.append("\\\\")
            case "\n": line.append("\\n")
            case "\r": line.append("\\r")
            case "\t": line.append("\\t")
            case _ where isControl(scalar):
                line.append("\\u")
                line.append(hexadecimal: UInt64(scalar.value), digits: 4)
            default: line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        line.append(UInt8(ascii: "\""))
    }
}
