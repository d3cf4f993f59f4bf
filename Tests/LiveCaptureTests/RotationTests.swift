import LiveCapture
import Testing

@Suite struct RotationTests {
    @Test(arguments: [
        ("a.pcapng", "a_00003_19700101000001.pcapng"), ("dir.d/a", "dir.d/a_00003_19700101000001"),
        ("/x/.hidden", "/x/.hidden_00003_19700101000001"), ("a.b.pcap", "a.b_00003_19700101000001.pcap"),
        ("中文.pcapng", "中文_00003_19700101000001.pcapng"),
    ])
    func `files are called as dumpcap calls them`(_ path: String, _ name: String) {
        // The stamp is local time; tests run in UTC.
        #expect(Rotation.name(path, number: 3, time: 1_500_000_000) == name)
        #expect(Rotation.name("a", number: 123_456, time: 0).hasPrefix("a_123456_"))
    }

    @Test func `a file ends for any of its reasons`() {
        func isDue(_ set: (inout Rotation) -> Void, bytes: UInt64 = 0, frames: UInt64 = 0, now: Int64 = 0) -> Bool {
            var rotation = Rotation()
            set(&rotation)
            return rotation.isDue(bytes: bytes, frames: frames, start: 59_000_000_000, now: now)
        }
        #expect(!isDue({ $0.files = 2 }, bytes: .max, frames: .max, now: .max))
        #expect(isDue({ $0.bytes = 1000 }, bytes: 1000) && !isDue({ $0.bytes = 1000 }, bytes: 999))
        #expect(isDue({ $0.frames = 5 }, frames: 5) && !isDue({ $0.frames = 5 }, frames: 4))
        #expect(isDue({ $0.duration = 2_000_000_000 }, now: 61_000_000_000))
        #expect(!isDue({ $0.duration = 2_000_000_000 }, now: 60_999_999_999))
        // A multiple of the interval in the time of day, however long the file has lasted.
        #expect(isDue({ $0.interval = 60_000_000_000 }, now: 60_000_000_000))
        #expect(!isDue({ $0.interval = 60_000_000_000 }, now: 59_999_999_999))
    }
}
