import Bytes
import Dispatch
import FTPProtocol
import Logging

/// What a server tells of itself while it runs: events with what belongs to them, in lines of text or JSON.
package struct ServerLog: Sendable {
    private let logger: Logger
    private let transfers: TransferLog?
    private let sink: LogSink?

    /// Writes to `sink`, which is standard error as a rule.
    package init(_ settings: LogSettings, to sink: LogSink) throws(SettingsError) {
        var logger = Logger(label: "wharf") { _ in LineLogHandler(settings.format, sink) }
        logger.logLevel = settings.level.ofLogger
        self.logger = logger
        self.sink = sink
        if let path = settings.xferlog { transfers = try TransferLog(path: path) } else { transfers = nil }
    }

    /// Says nothing.
    package init() {
        logger = Logger(label: "wharf") { _ in SwiftLogNoOpLogHandler() }
        (transfers, sink) = (nil, nil)
    }

    /// Waits until everything is written.
    package func flush() {
        sink?.flush()
        transfers?.flush()
    }

    func event(
        _ name: Logger.Message, _ level: Logger.Level = .info, _ record: SessionRecord? = nil,
        _ facts: @autoclosure () -> Logger.Metadata = [:]
    ) {
        guard logger.logLevel <= level else { return }
        var facts = facts()
        if let record {
            facts["session"] = "\(record.number)"
            facts["peer"] = "\(record.peer)"
            if let user = record.activity.user, facts["user"] == nil { facts["user"] = "\(user)" }
        }
        logger.log(level: level, name, metadata: facts)
    }

    /// Whether each command and reply is to be told.
    var tellsDialogue: Bool { logger.logLevel <= .debug }

    func transfer(_ report: TransferReport, _ record: SessionRecord) {
        event(
            report.isComplete ? "transfer complete" : "transfer failed", report.isComplete ? .info : .warning, record,
            [
                "direction": report.isUpload ? "up" : "down", "path": "\(report.path)", "bytes": "\(report.bytes)",
                "seconds": "\(report.seconds.rounded(toPlaces: 3))", "outcome": "\(report.outcome)",
            ])
        transfers?.append(report, record)
    }
}

extension LogSettings.Level {
    fileprivate var ofLogger: Logger.Level {
        switch self {
        case .error: .error
        case .warning: .warning
        case .info: .info
        case .debug: .debug
        }
    }
}

/// One file that was moved, or was meant to be.
struct TransferReport: Sendable {
    let path: ServerPath
    let isUpload: Bool
    let isASCII: Bool
    let isGuest: Bool
    let user: String
    /// Over the data connection.
    let bytes: UInt64
    let seconds: Double
    let isComplete: Bool
    /// One word: complete, aborted, lost …
    let outcome: String
}

extension TransferOutcome {
    /// For logs and metrics.
    var word: String {
        switch self {
        case .complete: "complete"
        case .noConnection: "no-connection"
        case .tlsFailed: "tls-failed"
        case .sessionNotReused: "tls-session-not-resumed"
        case .connectionLost: "connection-lost"
        case .stalled: "stalled"
        case .aborted: "aborted"
        case .fileFailed: "file-failed"
        case .malformed: "malformed"
        }
    }
}

extension Double {
    func rounded(toPlaces places: Int) -> Double {
        let factor = (0..<places).reduce(1.0) { factor, _ in factor * 10 }
        return (self * factor).rounded() / factor
    }
}
