package import Bytes
import CaptureFile
import Glibc
import Synchronization

/// Writes one session, its control connection and all its data connections, into a file of its own.
///
/// Nothing here was seen on a wire: the frames are made of what the server has sent and received (``TCPSynthesis``). A file
/// that cannot be written on any more ends the recording and nothing else.
package final class SessionRecorder: Sendable {
    private struct File: ~Copyable {
        var writer: CaptureWriter
        var path: String
        var isOver = false
        /// Nanoseconds since 1970: of the last frame, and of when everything was last handed to the system.
        var time: Int64 = 0
        var flushed: Int64 = 0
    }

    package let settings: RecordingSettings
    package let control: Endpoint
    private let name: String
    private let file: Mutex<File>
    private let onFailure: @Sendable (String) -> Void

    /// Everything is in the file at least so often, in nanoseconds, while something happens.
    private static let flushInterval: Int64 = 500_000_000
    /// TLS key log, in the format of NSS (draft-ietf-opsawg-pcapng §4.7).
    private static let keyLogType: UInt32 = 0x544C_534B

    /// Begins to record a session; nil, with a word to `onFailure`, where there can be no file.
    ///
    /// - Parameter onFailure: called at most once, with what to tell the one who runs the server.
    package init?(
        _ settings: RecordingSettings, client: Endpoint, onFailure: @escaping @Sendable (String) -> Void
    ) {
        self.settings = settings
        self.onFailure = onFailure
        control = client
        let address = "\(client.address)".map { $0 == ":" ? "_" : $0 }
        name = "\(Self.timeText(Self.now()))-\(String(address))-\(client.port)"
        let path = Self.freePath(settings.directory, name)
        var section = CaptureSection()
        section.application = "wharf serve"
        section.comments = [
            "Written by the FTP server itself, from the bytes that it sent and received: these frames were not seen on a wire."
                + (settings.tls == .clear ? " What was said inside TLS stands here in clear." : "")
        ]
        var interface = CaptureInterface(linkType: .raw, name: "wharf-serve")
        interface.description = "Frames made by the server of what it sent and received"
        do throws(CaptureError) {
            var writer = try CaptureWriter(path: path, section: section, interfaces: [interface])
            try writer.describeAll()
            file = Mutex(File(writer: writer, path: path))
        } catch {
            onFailure("a session cannot be recorded: \(error)")
            return nil
        }
    }

    /// The session is that of `user` from now on: its file is called so.
    package func name(_ user: String) {
        let safe = String(user.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_" })
        file.withLock { file in
            let path = Self.freePath(settings.directory, "\(name)-\(safe)")
            guard !file.isOver, unsafe rename(file.path, path) == 0 else { return }
            file.path = path
        }
    }

    private static func freePath(_ directory: String, _ name: String) -> String {
        var path = "\(directory)/\(name).pcapng"
        var number = 1
        while unsafe access(path, F_OK) == 0 {
            number += 1
            path = "\(directory)/\(name)-\(number).pcapng"
        }
        return path
    }

    // MARK: - What is written

    /// - Parameter time: in nanoseconds since 1970.
    func write(_ frame: Bytes, at time: Int64) {
        let length = UInt32(frame.count)
        change { (file) throws(CaptureError) in
            // Nothing goes back in time, whatever the clock does.
            file.time = max(file.time, time)
            let header = FrameHeader(
                position: 0, time: file.time, capturedLength: length, originalLength: length, interface: 0)
            try file.writer.write(header, frame)
            guard file.time - file.flushed >= Self.flushInterval else { return }
            file.flushed = file.time
            try file.writer.flush()
        }
    }

    /// Lines of a key log, which serve the frames that come after.
    func write(keys: [UInt8]) {
        change { (file) throws(CaptureError) in
            try file.writer.write(secrets: keys.bytes, type: Self.keyLogType)
        }
    }

    /// Hands everything to the system, for whoever reads the file while the session goes on.
    func flush() {
        change { (file) throws(CaptureError) in
            try file.writer.flush()
            file.flushed = file.time
        }
    }

    private func change(_ body: (inout File) throws(CaptureError) -> Void) {
        let failure: CaptureError? = file.withLock { file in
            guard !file.isOver else { return nil }
            do throws(CaptureError) {
                try body(&file)
                return nil
            } catch {
                file.isOver = true
                // Gives the descriptor back; what is there already stays.
                try? file.writer.close()
                return error
            }
        }
        if let failure { onFailure("the recording of a session ends here: \(failure)") }
    }

    // MARK: - Time

    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// `2026-11-22T011530Z`.
    private static func timeText(_ nanoseconds: Int64) -> String {
        var seconds = time_t(nanoseconds / 1_000_000_000)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        func two(_ value: Int32) -> String { (value < 10 ? "0" : "") + String(value) }
        let day = unsafe "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return unsafe day + "T\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))Z"
    }
}
