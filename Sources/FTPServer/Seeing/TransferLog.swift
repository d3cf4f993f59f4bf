import Bytes
import FTPProtocol
import SystemPackage

/// A log of transfers in the form of xferlog(5), which wu-ftpd began and statistics programs read.
struct TransferLog: Sendable {
    private let sink: LogSink

    init(path: String) throws(SettingsError) {
        do {
            sink = LogSink(
                try FileDescriptor.open(
                    FilePath(path), .writeOnly, options: [.create, .append, .closeOnExec],
                    permissions: [.ownerReadWrite, .groupRead]), closes: true)
        } catch { throw SettingsError(path, "cannot be written: \(error)") }
    }

    /// Waits until everything is written.
    func flush() { sink.flush() }

    func append(_ report: TransferReport, _ record: SessionRecord) {
        let (peer, time) = (record.peer.address, LogTime.now)
        sink.write { Self.append(report, peer: peer, at: time, to: &$0) }
    }

    /// `current-time transfer-time remote-host file-size filename transfer-type special-action-flag direction access-mode
    /// username service-name authentication-method authenticated-user-id completion-status`
    static func append(_ report: TransferReport, peer: IPAddress, at time: LogTime, to line: inout [UInt8]) {
        time.appendClassic(to: &line)
        // What is between spaces must not hold any, nor what steers terminals.
        let name = word(report.path.description)
        let user = word(report.user)
        let words = [
            "\(Int(report.seconds.rounded()))", "\(peer)", "\(report.bytes)", name, report.isASCII ? "a" : "b", "_",
            report.isUpload ? "i" : "o", report.isGuest ? "a" : "r", user.isEmpty ? "?" : user, "ftp", "0", "*",
            report.isComplete ? "c" : "i",
        ]
        for word in words {
            line.append(UInt8(ascii: " "))
            line.append(word)
        }
    }

    private static func word(_ text: String) -> String {
        String(text.unicodeScalars.map { $0 <= " " || $0 == "\u{7F}" ? "_" : Character($0) })
    }
}
