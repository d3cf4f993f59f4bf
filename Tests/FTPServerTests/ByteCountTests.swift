import Testing

@testable import FTPServer

struct ByteCountTests {
    @Test(
        "numbers of bytes are read as people write them",
        arguments: [
            ("0", 0), ("1000", 1000), ("10 kB", 10_000), ("1.5 GB", 1_500_000_000), ("4MiB", 4 << 20), ("2 k", 2000),
            ("9007199254740993", 9_007_199_254_740_993), ("4611686018427387903 b", (1 << 62) - 1),
        ] as [(String, UInt64)])
    func reading(text: String, count: UInt64) {
        #expect(ByteCount.read(text) == count)
    }

    @Test(
        "what is no number of bytes is refused",
        arguments: [
            "", "-1", "ten", "1 XB", "1e30", "nan", "inf GB", "0x10", "1.2.3", "99999999999999999999",
            "4611686018427387904", ".5",
        ])
    func refusing(text: String) {
        #expect(ByteCount.read(text) == nil)
    }
}
