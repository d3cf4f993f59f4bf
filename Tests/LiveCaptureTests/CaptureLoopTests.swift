import Bytes
import CaptureFile
import Foundation
import Testing

@testable import LiveCapture

/// Where the user may capture on it.
private enum Loopback {
    static let name = (try? NetworkInterface.all(isTried: false))?.first { $0.state.contains(.loopback) }?.name
    static let isPermitted = name.map { (try? LiveInterface($0, LiveOptions())) != nil } ?? false
}

@Suite(.serialized, .enabled(if: Loopback.isPermitted, "skipped: capturing on loopback is not permitted here"))
struct CaptureLoopTests {
    /// Sends datagrams to a port of this machine on which it listens itself.
    ///
    /// - Invariant: the socket never changes, and the kernel takes calls from any thread.
    private final class Talker: @unchecked Sendable {
        private let socket: Int32
        let port: UInt16

        init() throws {
            let socket = Foundation.socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
            self.socket = socket
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
                        && connect(socket, $0, length) == 0
                }
            }
            #expect(isBound)
            port = UInt16(bigEndian: address.sin_port)
        }

        deinit { close(socket) }

        /// Each reads what it wrote, so that nothing waits in the socket.
        func say(_ bytes: [UInt8]) {
            var answer = [UInt8](repeating: 0, count: 65_536)
            _ = unsafe send(socket, bytes, bytes.count, 0)
            _ = unsafe recv(socket, &answer, answer.count, 0)
        }
    }

    private func capture(
        _ talker: Talker, _ condition: StopCondition, rotation: Rotation? = nil, snapLength: Int32? = nil,
        _ talk: @escaping @Sendable (CaptureLoop.Stop) -> Void,
        _ body: (CaptureLoop.End, CaptureLoop.Counts, String) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wharf-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = LiveOptions()
        if let snapLength { options.snapLength = snapLength }
        let name = try #require(Loopback.name)
        let source = try LiveInterface(name, options)
        try source.select(try CaptureFilter("udp port \(talker.port)", for: source.linkType))
        let description = CaptureInterface(linkType: source.linkType, snapLength: source.snapLength, name: name)
        let files = try CaptureFiles(
            path: folder.path + "/live.pcapng", section: CaptureSection(), interfaces: [description],
            rotation: rotation, now: CaptureLoop.now)
        let stop = try CaptureLoop.Stop()
        // The kernel collects from the moment when the interface was opened.
        let thread = Thread { talk(stop) }
        thread.start()
        let (end, counts) = CaptureLoop([source], files, condition, stop).run()
        try body(end, counts, folder.path)
    }

    private func payloads(_ paths: [String]) throws -> [[UInt8]] {
        let capture = try Capture(paths: paths)
        var reader = capture.makeReader()
        var payloads: [[UInt8]] = []
        while let header = reader.next() {
            payloads.append(capture.bytes(at: header.position, count: Int(header.capturedLength)).array)
        }
        #expect(reader.problems.isEmpty)
        return payloads
    }

    @Test func `frames come in order and whole, until there are enough`() throws {
        let talker = try Talker()
        var condition = StopCondition()
        condition.frames = 500
        try capture(talker, condition) { _ in
            for number in 0..<600 { talker.say(Array("datagram \(number)".utf8)) }
        } _: { (end, counts, folder) throws in
            #expect(end == .condition && counts.frames == 500 && counts.files == 1)
            let found = try payloads(["\(folder)/live.pcapng"])
            #expect(found.count == 500)
            for (number, frame) in found.enumerated() {
                #expect(frame.suffix(9 + "\(number)".count).elementsEqual("datagram \(number)".utf8))
            }
        }
    }

    @Test func `a capture that is stopped has what came before`() throws {
        let talker = try Talker()
        try capture(talker, StopCondition()) { stop in
            for _ in 0..<20 { talker.say([1, 2, 3]) }
            stop.stop()
        } _: { (end, counts, folder) throws in
            #expect(end == .stopped)
            let found = try payloads(["\(folder)/live.pcapng"])
            #expect(found.count == 20 && counts.frames == 20)
        }
    }

    @Test func `files follow one another, and end with the last one that was asked for`() throws {
        let talker = try Talker()
        var (condition, rotation) = (StopCondition(), Rotation())
        condition.files = 3
        rotation.frames = 7
        try capture(talker, condition, rotation: rotation, snapLength: 40) { _ in
            for _ in 0..<100 { talker.say([UInt8](repeating: 5, count: 500)) }
        } _: { (end, counts, folder) throws in
            #expect(end == .condition && counts.files == 3 && counts.frames == 21)
            let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            #expect(names.count == 3)
            let found = try payloads(names.map { "\(folder)/\($0)" })
            #expect(found.count == 21 && found.allSatisfy { $0.count == 40 })
        }
    }

    @Test func `an interface that is not there is told`() {
        let error = #expect(throws: LiveError.self) { try LiveInterface("nosuch0", LiveOptions()) }
        #expect(error?.code == .unknownInterface && error?.context == "nosuch0")
    }
}
