import Bytes
import Testing

@testable import Transport

struct SystemPortsTests {
    @Test(
        arguments: [
            ("32768\t60999\n", "\t", [32768...60999]), ("8080,9148-9150\n", "-", [8080...8080, 9148...9150]),
            ("\n", "-", []),
            ("", "-", []), ("9-8,70000,x,0-5", "-", []),
        ] as [(String, Character, [ClosedRange<UInt16>])])
    func `ranges of ports are read as the system writes them`(
        text: String, mark: Character, ranges: [ClosedRange<UInt16>]
    ) {
        #expect(SystemPorts.ranges(text, between: mark) == ranges)
    }

    @Test func `a port that may be any is one that the system gives away, and nobody can foresee it`() throws {
        let local = IPAddress(v4: 0x7F00_0001)
        let listeners = try (0..<12).map { _ in try #require(DataListener(at: local, ports: nil)) }
        let ports = listeners.map(\.endpoint.port)
        #expect(ports.allSatisfy { SystemPorts.range.contains($0) } && Set(ports).count == 12)
        #expect(ports != ports.sorted() && ports != ports.sorted(by: >))
    }
}
