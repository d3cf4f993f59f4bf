import FoundationEssentials
import TestSupport
import Testing

/// What is asked of one capture together is answered from one reading.
@Suite struct ReadOnceTests {
    static let capture = "\(Fixtures.root)/captures/wrong-password.pcap"

    @Test func `standard input is enough for a list and a statistic`() throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: Self.capture)))
        let run = try wharf(["read", "-n", "-r", "-", "-z", "io,phs"], input: bytes)
        #expect(run.output.contains("Response: 530 Login incorrect."))
        #expect(run.output.contains("frames:16 bytes:1132"))
        #expect(run.errors.isEmpty)
    }

    @Test func `a limit of frames holds for statistics too`() throws {
        let run = try wharf(["read", "-n", "-q", "-c", "3", "-z", "io,phs", "-r", Self.capture])
        #expect(run.output.contains("frames:3 bytes:158"))
        #expect(!run.output.contains("ftp"))
    }
}
