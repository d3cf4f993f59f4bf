import Bytes
import FTPProtocol
import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A log of transfers in the form of xferlog(5), which wu-ftpd began and statistics programs read.
struct TransferLog: Sendable {
    private let sink: LogSink

    init(path: String) throws(SettingsError) {
        do {
            sink = LogSink(
                try FileDescriptor.open(
                    FilePath(path), .writeOnly, options: [.create, .append, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupRead]))
        } catch { throw SettingsError(path, "cannot be written: \(error)") }
    }

    func append(_ report: TransferReport, _ record: SessionRecord) {
        sink.write(Self.line(report, peer: "\(record.peer.address)", at: Date()))
    }

    /// `current-time transfer-time remote-host file-size filename transfer-type special-action-flag direction access-mode
    /// username service-name authentication-method authenticated-user-id completion-status`
    static func line(_ report: TransferReport, peer: String, at time: Date) -> String {
        // What is between spaces must not hold any, nor what steers terminals.
        let name = String(
            report.path.description.unicodeScalars.map { $0 <= " " || $0 == "\u{7F}" ? "_" : Character($0) })
        let user = report.user.split(whereSeparator: { $0 == " " }).joined(separator: "_")
        return [
            Self.date(time), "\(Int(report.seconds.rounded()))", peer, "\(report.bytes)", name,
            report.isASCII ? "a" : "b", "_", report.isUpload ? "i" : "o", report.isGuest ? "a" : "r",
            user.isEmpty ? "?" : user, "ftp", "0", "*", report.isComplete ? "c" : "i",
        ].joined(separator: " ")
    }

    /// `Sun Nov 22 01:15:30 2026`, in UTC.
    private static func date(_ time: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute, .second], from: time)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let two = { (number: Int?) in (number ?? 0) < 10 ? "0\(number ?? 0)" : "\(number ?? 0)" }
        let day = (parts.day ?? 0) < 10 ? " \(parts.day ?? 0)" : "\(parts.day ?? 0)"
        return "\(days[(parts.weekday ?? 1) - 1]) \(months[(parts.month ?? 1) - 1]) \(day) "
            + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second)) \(parts.year ?? 0)"
    }
}
