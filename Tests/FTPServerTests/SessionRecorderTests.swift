import Bytes
import CaptureFile
import Foundation
import Synchronization
import Testing

@testable import Transport

struct SessionRecorderTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private static let client = Endpoint(IPAddress(v4: 0xC000_0207), 50_000)
    private static let server = Endpoint(IPAddress(v4: 0xC633_6401), 21)

    private func recorder(
        in directory: String? = nil, isImplicit: Bool = false,
        onFailure: @escaping @Sendable (String) -> Void = { _ in }
    ) -> SessionRecorder {
        SessionRecorder(
            RecordingSettings(directory: directory ?? folder.root), client: Self.client, isImplicit: isImplicit,
            onFailure: onFailure)
    }

    private func capture() throws -> Capture {
        SessionRecorder.finishAll()
        return try Capture(paths: folder.names().map { "\(folder.root)/\($0)" })
    }

    @Test(arguments: [TCPSynthesis.End.client, .server])
    func `the handshake takes as long as the system has measured`(opener: TCPSynthesis.End) throws {
        _ = ConnectionRecorder(
            recorder(), client: Self.client, server: Self.server, opener: opener, roundTrip: 5_000_000)
        var reader = try capture().makeReader()
        var times: [Int64] = []
        while let frame = reader.next() { times.append(frame.time) }
        #expect(times.map { $0 - times[0] } == [0, opener == .client ? 0 : 5_000_000, 5_000_000])
    }

    @Test(arguments: [false, true]) func `a file says what became of TLS`(isImplicit: Bool) throws {
        let recorder = recorder(isImplicit: isImplicit)
        _ = ConnectionRecorder(recorder, client: Self.client, server: Self.server, opener: .client, roundTrip: 0)
        var reader = try capture().makeReader()
        while reader.next() != nil {}
        let comments = reader.metadata.sections.flatMap(\.comments).joined(separator: " ")
        #expect(comments.contains("stands here in clear"))
        #expect(comments.contains("from its first byte on") == isImplicit)
    }

    @Test func `a folder that is not there is told once, and nobody waits for it`() throws {
        let told = Mutex<[String]>([])
        let recorder = recorder(in: folder.path + "/nosuch") { text in told.withLock { $0.append(text) } }
        recorder.name("alice")
        let connection = ConnectionRecorder(
            recorder, client: Self.client, server: Self.server, opener: .client, roundTrip: 0)
        connection.end(.orderly)
        SessionRecorder.finishAll()
        let texts = told.withLock { $0 }
        #expect(texts.count == 1 && texts.first?.contains("cannot be recorded") == true, "\(texts)")
    }
}
