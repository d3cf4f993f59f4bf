import Synchronization

/// Counters of a server since its start, and how Prometheus wants to read them.
package final class ServerMetrics: Sendable {
    struct Counts: Sendable {
        var connections = 0
        var refusals = 0
        var commands = 0
        var logins: [String: Int] = [:]
        /// By direction and outcome.
        var transfers: [TransferKey: Int] = [:]
        var bytes: [String: UInt64] = [:]
        var seconds: [String: Double] = [:]
    }

    struct TransferKey: Hashable, Sendable {
        let direction: String
        let outcome: String
    }

    private let counts = Mutex(Counts())

    package init() {}

    func count(_ change: (inout sending Counts) -> Void) { counts.withLock { change(&$0) } }

    func count(_ report: TransferReport) {
        let direction = report.isUpload ? "up" : "down"
        count { counts in
            counts.transfers[TransferKey(direction: direction, outcome: report.outcome), default: 0] += 1
            counts.bytes[direction, default: 0] += report.bytes
            counts.seconds[direction, default: 0] += report.seconds
        }
    }

    /// In the text format of Prometheus, version 0.0.4.
    ///
    /// - Parameters:
    ///   - sessions: there now.
    ///   - transfers: under way now.
    package func text(sessions: Int, transfers: Int) -> String {
        let counts = counts.withLock { $0 }
        var text = ""
        func metric(_ name: String, _ type: String, _ help: String, _ values: [(labels: String, value: String)]) {
            text += "# HELP wharf_\(name) \(help)\n# TYPE wharf_\(name) \(type)\n"
            for (labels, value) in values {
                text += "wharf_\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(value)\n"
            }
        }
        metric("sessions", "gauge", "Sessions there now.", [("", "\(sessions)")])
        metric("transfers_running", "gauge", "Transfers under way now.", [("", "\(transfers)")])
        metric("connections_total", "counter", "Control connections taken.", [("", "\(counts.connections)")])
        metric(
            "connections_refused_total", "counter", "Control connections refused by a limit or a ban.",
            [("", "\(counts.refusals)")])
        metric("commands_total", "counter", "Commands taken.", [("", "\(counts.commands)")])
        metric(
            "logins_total", "counter", "Logins by result.",
            counts.logins.sorted { $0.key < $1.key }.map { ("result=\"\($0.key)\"", "\($0.value)") })
        metric(
            "transfers_total", "counter", "Transfers by direction and outcome.",
            counts.transfers.sorted { ($0.key.direction, $0.key.outcome) < ($1.key.direction, $1.key.outcome) }
                .map { ("direction=\"\($0.key.direction)\",outcome=\"\($0.key.outcome)\"", "\($0.value)") })
        metric(
            "transfer_bytes_total", "counter", "Bytes over data connections by direction.",
            counts.bytes.sorted { $0.key < $1.key }.map { ("direction=\"\($0.key)\"", "\($0.value)") })
        metric(
            "transfer_seconds_total", "counter", "Time that transfers took by direction.",
            counts.seconds.sorted { $0.key < $1.key }.map { ("direction=\"\($0.key)\"", "\($0.value)") })
        return text
    }
}
