package import Bytes
import CaptureFile
import Dispatch
import FTPProtocol
import Glibc
import Synchronization

/// Writes one session, its control connection and all its data connections, into a file of its own.
///
/// Nothing here was seen on a wire: the frames are made of what the server has sent and received (``TCPSynthesis``). The
/// disk is waited for by a queue and by transfers, never by an event loop. A file that cannot be written on any more ends
/// the recording and nothing else.
package final class SessionRecorder: Sendable {
    private struct File: ~Copyable {
        /// Nil before the file is there, and after the recording has ended.
        var writer: CaptureWriter?
        var path: String
        /// Nanoseconds since 1970: of the last frame, and of when everything was last handed to the system.
        var time: Int64 = 0
        var flushed: Int64 = 0
    }

    package let settings: RecordingSettings
    package let control: Endpoint
    private let name: String
    private let file: Mutex<File>
    private let onFailure: @Sendable (String) -> Void
    private let queue = DispatchQueue(label: "wharf.recorder")
    /// Bytes of frames that the queue has not written yet.
    private let waiting = Atomic<Int>(0)

    /// Of all recorders of the program.
    private static let unwritten = DispatchGroup()

    /// More than this, and transfers wait for the disk; more than that, and the recording ends.
    private static let comfortable = 4 << 20
    private static let tooMuch = 64 << 20
    /// Everything is in the file at least so often, in nanoseconds, while something happens.
    private static let flushInterval: Int64 = 500_000_000
    /// TLS key log, in the format of NSS (draft-ietf-opsawg-pcapng §4.7).
    private static let keyLogType: UInt32 = 0x544C_534B

    /// Begins to record a session.
    ///
    /// - Parameters:
    ///   - isImplicit: whether TLS came before the first word.
    ///   - onFailure: called at most once, with what to tell the one who runs the server.
    package init(
        _ settings: RecordingSettings, client: Endpoint, isImplicit: Bool,
        onFailure: @escaping @Sendable (String) -> Void
    ) {
        self.settings = settings
        self.onFailure = onFailure
        control = client
        let address = "\(client.address)".map { $0 == ":" ? "_" : $0 }
        name = "\(Self.timeText(Self.now()))-\(String(address))-\(client.port)"
        file = Mutex(File(writer: nil, path: ""))
        let (section, interface) = Self.description(settings, isImplicit)
        later { [self] in open(section, interface) }
    }

    private static func description(
        _ settings: RecordingSettings, _ isImplicit: Bool
    ) -> (CaptureSection, CaptureInterface) {
        var section = CaptureSection()
        section.application = "wharf serve"
        section.comments = [
            "Written by the FTP server itself, from the bytes that it sent and received: these frames were not seen on a wire."
        ]
        if settings.tls == .clear {
            section.comments += ["What was said inside TLS stands here in clear."]
            if isImplicit { section.comments += ["The control connection was under TLS from its first byte on."] }
        }
        var interface = CaptureInterface(linkType: .raw, name: "wharf-serve")
        interface.description = "Frames made by the server of what it sent and received"
        return (section, interface)
    }

    private func open(_ section: CaptureSection, _ interface: CaptureInterface) {
        let path = Self.freePath(settings.directory, name)
        let failure: CaptureError? = file.withLock { file in
            do throws(CaptureError) {
                var writer = try CaptureWriter(path: path, section: section, interfaces: [interface])
                try writer.describeAll()
                file.writer = consume writer
                file.path = path
                return nil
            } catch { return error }
        }
        if let failure { onFailure("a session cannot be recorded: \(failure)") }
    }

    /// Waits until everything that was recorded is in its files.
    package static func finishAll() { unwritten.wait() }

    /// The session is that of `user` from now on: its file is called so.
    package func name(_ user: String) {
        let safe = String(user.prefix(40).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == ".") ? $0 : "_" })
        later { [self] in
            file.withLock { file in
                let path = Self.freePath(settings.directory, "\(name)-\(safe)")
                guard file.writer != nil, unsafe rename(file.path, path) == 0 else { return }
                file.path = path
            }
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
        // The frame is there for the call only.
        let frame = frame.array
        guard reserve(frame.count) else { return }
        later { [self] in
            change { (file) throws(CaptureError) in
                // Nothing goes back in time, whatever the clock does.
                file.time = max(file.time, time)
                let length = UInt32(frame.count)
                let header = FrameHeader(
                    position: 0, time: file.time, capturedLength: length, originalLength: length, interface: 0)
                try file.writer?.write(header, frame.bytes)
                guard file.time - file.flushed >= Self.flushInterval else { return }
                file.flushed = file.time
                try file.writer?.flush()
            }
            waiting.wrappingSubtract(frame.count, ordering: .relaxed)
        }
    }

    /// False if there is no room for more.
    private func reserve(_ count: Int) -> Bool {
        let isRoom = waiting.wrappingAdd(count, ordering: .relaxed).newValue < Self.tooMuch
        if !isRoom {
            waiting.wrappingSubtract(count, ordering: .relaxed)
            later { [self] in end("the disk is too slow") }
        }
        return isRoom
    }

    /// Waits until the disk has caught up with the session, if it is far behind. Not for event loops.
    func catchUp() { if waiting.load(ordering: .relaxed) > Self.comfortable { queue.sync {} } }

    /// Lines of a key log, which serve the frames that come after.
    func write(keys: [UInt8]) {
        later { [self] in
            change { (file) throws(CaptureError) in
                try file.writer?.write(secrets: keys.bytes, type: Self.keyLogType)
            }
        }
    }

    /// Hands everything to the system, for whoever reads the file while the session goes on.
    func flush() {
        later { [self] in
            change { (file) throws(CaptureError) in
                try file.writer?.flush()
                file.flushed = file.time
            }
        }
    }

    private func later(_ body: @escaping @Sendable () -> Void) {
        queue.async(group: Self.unwritten, execute: body)
    }

    private func change(_ body: (inout File) throws(CaptureError) -> Void) {
        let failure: CaptureError? = file.withLock { file in
            do throws(CaptureError) {
                try body(&file)
                return nil
            } catch { return error }
        }
        if let failure { end("\(failure)") }
    }

    /// What is there already stays.
    private func end(_ why: String) {
        let wasThere = file.withLock { file in
            guard var writer = file.writer.take() else { return false }
            try? writer.close()
            return true
        }
        if wasThere { onFailure("the recording of a session ends here: \(why)") }
    }

    // MARK: - Time

    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// `2026-11-22T011530Z`.
    private static func timeText(_ nanoseconds: Int64) -> String {
        let civil = CivilTime(secondsSince1970: nanoseconds / 1_000_000_000)
        return String(writing: { text in
            text.append(decimal: UInt64(civil.year), digits: 4)
            text.append("-")
            text.append(decimal: UInt64(civil.month), digits: 2)
            text.append("-")
            text.append(decimal: UInt64(civil.day), digits: 2)
            text.append("T")
            text.append(decimal: UInt64(civil.hour), digits: 2)
            text.append(decimal: UInt64(civil.minute), digits: 2)
            text.append(decimal: UInt64(civil.second), digits: 2)
            text.append("Z")
        })
    }
}
