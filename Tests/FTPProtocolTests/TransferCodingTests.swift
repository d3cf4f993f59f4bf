import Bytes
import Testing

@testable import FTPProtocol

struct TransferCodingTests {
    struct Way: Sendable, CustomTestStringConvertible {
        let type: RepresentationType
        let structure: FileStructure
        let mode: TransferMode

        var testDescription: String { "\(type.argument) \(structure) \(mode)" }

        static let all: [Way] = [RepresentationType.ascii(.nonPrint), .ebcdic(.nonPrint), .image, .local(bits: 8)]
            .flatMap { type in
                [FileStructure.file, .record].flatMap { structure in
                    [TransferMode.stream, .block, .compressed, .deflate].map {
                        Way(type: type, structure: structure, mode: $0)
                    }
                }
            }
    }

    private static let contents: [[UInt8]] = {
        var generator = ServerSessionFuzzTests.Generator(state: 7)
        return [
            [], Array("a".utf8), Array("line\n".utf8), Array("one\ntwo\n".utf8), Array("no end\nof line".utf8),
            Array("\n\n\n".utf8), [0xFF, 0xFF, 1, 0xFF, 2, 0xFF], [UInt8](repeating: 0, count: 5000),
            Array("one\rtwo\r".utf8), [UInt8](repeating: 32, count: 300) + [10] + [UInt8](repeating: 0x41, count: 200),
            (0..<70_000).map { _ in UInt8.random(in: 0...255, using: &generator) },
            [UInt8](repeating: 0x62, count: 140_000),
        ]
    }()

    private func encode(_ content: [UInt8], _ way: Way, _ size: Int) -> [UInt8] {
        var encoder = TransferEncoder(type: way.type, structure: way.structure, mode: way.mode)
        var output: [UInt8] = []
        for start in stride(from: 0, to: content.count, by: size) {
            encoder.push(Array(content[start..<min(start + size, content.count)]).bytes, into: &output)
        }
        encoder.finish(into: &output)
        return output
    }

    private func decode(_ stream: [UInt8], _ way: Way, _ size: Int) throws(TransferDecoder.Failure) -> [UInt8] {
        var decoder = TransferDecoder(type: way.type, structure: way.structure, mode: way.mode)
        var (output, markers): ([UInt8], [TransferDecoder.Marker]) = ([], [])
        for start in stride(from: 0, to: stream.count, by: size) where !decoder.isAtEnd {
            try decoder.push(
                Array(stream[start..<min(start + size, stream.count)]).bytes, into: &output, markers: &markers)
        }
        try decoder.finish(into: &output)
        return output
    }

    @Test(arguments: Way.all)
    func `what is sent is received, however it is cut into pieces`(way: Way) throws {
        for content in Self.contents {
            let stream = encode(content, way, 1000)
            let isLong = content.count > 10_000
            #expect(way.mode != .stream || encode(content, way, isLong ? 999 : 7) == stream)
            for size in isLong ? [4096, .max / 2] : [1, 3, .max / 2] {
                let received = try decode(stream, way, size)
                #expect(received == content, "\(content.count) bytes in pieces of \(size)")
            }
        }
    }

    @Test func `line ends are CR LF on the wire, and those that are there already stay as they are`() throws {
        let way = Way(type: .ascii(.nonPrint), structure: .file, mode: .stream)
        for (content, wire) in [("a\nb", "a\r\nb"), ("a\r\nb\r\n", "a\r\nb\r\n"), ("a\rb\r", "a\rb\r"), ("\n", "\r\n")]
        {
            for size in [1, 2, 100] {
                #expect(encode(Array(content.utf8), way, size) == Array(wire.utf8))
            }
        }
        for size in [1, 2, 100] {
            let received = try decode(Array("a\r\nb\rc\r\r\nd\r".utf8), way, size)
            #expect(received == Array("a\nb\rc\r\nd\r".utf8))
        }
    }

    @Test(arguments: TransferMode.allCases)
    func `a CR at the end of a record stays where it is`(mode: TransferMode) throws {
        let way = Way(type: .ascii(.nonPrint), structure: .record, mode: mode)
        let content = Array("one\r\ntwo\r\r\n\r\nthree\r".utf8)
        let stream = encode(content, way, 1000)
        for size in [1, 2, 1000] { #expect(try decode(stream, way, size) == content) }
    }

    @Test(arguments: Way.all.filter { $0.mode != .stream || $0.structure == .record })
    func `a stream that ends too early is cut, wherever that is`(way: Way) {
        let stream = encode(Array("first line\nsecond line\nthird".utf8), way, 1000)
        // What ends a file of MODE C is followed by a byte that means nothing.
        let end = way.mode == .compressed ? stream.count - 1 : stream.count
        for count in 1..<end {
            #expect(throws: TransferDecoder.Failure.cut, "after \(count) of \(stream.count)") {
                try decode(Array(stream[..<count]), way, 4096)
            }
        }
    }

    @Test(
        arguments: [
            (Way(type: .image, structure: .file, mode: .block), [1, 0, 0]),
            (Way(type: .image, structure: .file, mode: .deflate), Array("no zlib at all".utf8)),
            (Way(type: .image, structure: .record, mode: .stream), [0xFF, 9]),
            (Way(type: .image, structure: .file, mode: .compressed), [0, 1]),
        ] as [(Way, [UInt8])])
    func `what cannot be is refused`(way: Way, stream: [UInt8]) {
        for size in [1, 100] {
            #expect(throws: TransferDecoder.Failure.malformed) { try decode(stream, way, size) }
        }
    }

    @Test(arguments: Way.all)
    func `noise is received or refused, and ends`(way: Way) {
        var generator = ServerSessionFuzzTests.Generator(state: 3)
        for _ in 0..<300 {
            let noise = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator) & (Bool.random(using: &generator) ? 0xFF : 0xC7)
            }
            // A byte of MODE C stands for 63 at most, one of MODE Z for about a thousand.
            let count = (try? decode(noise, way, 16).count) ?? 0
            #expect(count <= 1100 * max(1, noise.count))
        }
    }

    @Test func `a bomb in MODE Z is handed on piece by piece, and can be stopped`() throws {
        let way = Way(type: .image, structure: .file, mode: .deflate)
        let bomb = encode([UInt8](repeating: 0, count: 32 << 20), way, 1 << 20)
        #expect(bomb.count < 100_000)
        for limit in [Int.max, 2 << 20] {
            var decoder = TransferDecoder(type: way.type, structure: way.structure, mode: way.mode)
            var (output, markers): ([UInt8], [TransferDecoder.Marker]) = ([], [])
            var (largest, all) = (0, 0)
            try decoder.push(bomb.bytes, into: &output, markers: &markers) { output in
                largest = max(largest, output.count)
                all += output.count
                output.removeAll()
                return all < limit
            }
            #expect(largest <= 1 << 20)
            #expect(limit == .max ? all == 32 << 20 : all < 4 << 20)
        }
    }
}
