import Bytes
import FTPProtocol
import Testing

/// Joins pieces of data, so that results do not depend on how the input was cut.
private func joined(_ elements: [TransferElement]) -> [TransferElement] {
    elements.reduce(into: []) { all, element in
        if case .data(let more) = element, case .data(let data)? = all.last {
            all[all.count - 1] = .data(data + more)
        } else if element != .data([]) {
            all.append(element)
        }
    }
}

@Suite struct BlockModeTests {
    private func decode(_ stream: [UInt8], chunk: Int = .max) throws(FTPProtocolError) -> [TransferElement] {
        var decoder = BlockDecoder()
        var elements: [TransferElement] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
            try decoder.push(piece.bytes) { elements.append($0) }
        }
        try decoder.finish()
        return joined(elements)
    }

    @Test(arguments: [1, 2, 3, 7, .max])
    func `blocks are undone however they are cut`(chunk: Int) throws {
        let stream: [UInt8] = [0, 0, 2, 65, 66, 128, 0, 1, 67, 16, 0, 3, 49, 50, 51, 32, 0, 1, 68, 192, 0, 0]
        #expect(
            try decode(stream, chunk: chunk) == [
                .data([65, 66, 67]), .endOfRecord, .restartMarker([49, 50, 51]), .suspect, .data([68]), .endOfRecord,
                .endOfFile,
            ])
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 200_000])
    func `what is encoded is decoded`(count: Int) throws {
        let data = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var stream: [UInt8] = []
        BlockEncoder.encode("mark".utf8, .restartMarker, into: &stream)
        BlockEncoder.encode(data, .endOfRecord, into: &stream)
        BlockEncoder.encode([], .endOfFile, into: &stream)
        let expected: [TransferElement] = [.restartMarker(Array("mark".utf8)), .data(data), .endOfRecord, .endOfFile]
        #expect(try decode(stream, chunk: 1000) == expected.filter { $0 != .data([]) })
    }

    @Test(
        arguments: [
            ([1, 0, 0], .unknownDescriptor, 0), ([0, 0, 0, 0xFF], .unknownDescriptor, 3),
            ([64, 0, 0, 0], .dataAfterEnd, 3),
            ([], .truncated, 0), ([0, 0], .truncated, 2), ([0, 0, 5, 1], .truncated, 4), ([0, 0, 1, 1], .truncated, 4),
        ] as [([UInt8], FTPProtocolError.Code, UInt64)])
    func `impossible blocks are refused where they stand`(stream: [UInt8], code: FTPProtocolError.Code, at: UInt64) {
        #expect(throws: FTPProtocolError(code, at: at)) { try decode(stream) }
    }

    @Test func `a decoder that failed stays failed`() {
        var decoder = BlockDecoder()
        for stream in [[1], [0, 0, 1, 65]] as [[UInt8]] {
            #expect(throws: FTPProtocolError(.unknownDescriptor, at: 0)) {
                try decoder.push(stream.bytes) { _ in Issue.record("nothing can come out") }
            }
        }
    }
}

@Suite struct CompressedModeTests {
    private func decode(
        _ stream: [UInt8], filler: UInt8 = 0, chunk: Int = .max
    ) throws(FTPProtocolError) -> [TransferElement] {
        var decoder = CompressedDecoder(filler: filler)
        var elements: [TransferElement] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
            try decoder.push(piece.bytes) { elements.append($0) }
        }
        try decoder.finish { elements.append($0) }
        return joined(elements)
    }

    @Test(arguments: [1, 2, 5, .max])
    func `strings, runs and fillers are undone however they are cut`(chunk: Int) throws {
        let stream: [UInt8] = [2, 65, 66, 0x83, 67, 0xC2, 0, 16, 2, 49, 50, 0, 128, 1, 68, 0, 32, 0, 64, 1, 69]
        #expect(
            try decode(stream, filler: 32, chunk: chunk) == [
                .data([65, 66, 67, 67, 67, 32, 32]), .restartMarker([49, 50]), .data([68]), .endOfRecord, .suspect,
                .data([69]), .endOfFile,
            ])
    }

    @Test(arguments: [0, 1, 63, 64, 127, 128, 129, 5000])
    func `what is encoded is decoded`(count: Int) throws {
        let encoder = CompressedEncoder(filler: 0)
        for modulus in [1, 2, 3, 50, 251] {
            let data = (0..<count).map { UInt8(($0 / modulus) % 5 + ($0 % modulus) / 3) }
            var stream: [UInt8] = []
            encoder.encode("mark".utf8, .restartMarker, into: &stream)
            encoder.encode(data, [.endOfRecord, .endOfFile], into: &stream)
            let expected: [TransferElement] = [
                .restartMarker(Array("mark".utf8)), .data(data), .endOfRecord, .endOfFile,
            ]
            #expect(try decode(stream, chunk: 100) == expected.filter { $0 != .data([]) })
        }
    }

    @Test func `runs become short`() {
        var stream: [UInt8] = []
        CompressedEncoder(filler: 32).encode([UInt8](repeating: 32, count: 126) + [65, 65, 65, 66], into: &stream)
        #expect(stream == [0xFF, 0xFF, 0x83, 65, 1, 66])
    }

    @Test func `an escape at the very end is taken at its word`() throws {
        #expect(try decode([1, 65, 0, 64]) == [.data([65]), .endOfFile])
    }

    @Test(
        arguments: [
            ([0, 1], .unknownDescriptor, 1), ([0, 64, 0xC0, 1], .dataAfterEnd, 3), ([], .truncated, 0),
            ([5, 1], .truncated, 2), ([0x83], .truncated, 1), ([0], .truncated, 1), ([1, 65], .truncated, 2),
        ] as [([UInt8], FTPProtocolError.Code, UInt64)])
    func `impossible strings are refused where they stand`(stream: [UInt8], code: FTPProtocolError.Code, at: UInt64) {
        #expect(throws: FTPProtocolError(code, at: at)) { try decode(stream) }
    }
}

@Suite struct RecordStructureTests {
    private func decode(_ stream: [UInt8], chunk: Int = .max) throws(FTPProtocolError) -> [TransferElement] {
        var decoder = RecordDecoder()
        var elements: [TransferElement] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
            try decoder.push(piece.bytes) { elements.append($0) }
        }
        try decoder.finish()
        return joined(elements)
    }

    @Test(arguments: [1, 2, .max])
    func `records are undone however they are cut`(chunk: Int) throws {
        let stream: [UInt8] = [65, 255, 1, 66, 255, 255, 67, 255, 1, 255, 2]
        #expect(
            try decode(stream, chunk: chunk) == [
                .data([65]), .endOfRecord, .data([66, 255, 67]), .endOfRecord, .endOfFile,
            ])
        #expect(try decode([65, 255, 3], chunk: chunk) == [.data([65]), .endOfRecord, .endOfFile])
    }

    @Test func `what is encoded is decoded`() throws {
        var stream: [UInt8] = []
        RecordEncoder.encode([255, 255, 1, 0], endOfRecord: true, into: &stream)
        RecordEncoder.encode([], endOfRecord: true, into: &stream)
        RecordEncoder.encode([2], endOfRecord: true, endOfFile: true, into: &stream)
        #expect(
            try decode(stream) == [
                .data([255, 255, 1, 0]), .endOfRecord, .endOfRecord, .data([2]), .endOfRecord, .endOfFile,
            ])
    }

    @Test(
        arguments: [
            ([255, 0], .unknownDescriptor, 1), ([255, 4], .unknownDescriptor, 1), ([255, 2, 0], .dataAfterEnd, 2),
            ([], .truncated, 0), ([65], .truncated, 1), ([255], .truncated, 1),
        ] as [([UInt8], FTPProtocolError.Code, UInt64)])
    func `impossible escapes are refused where they stand`(stream: [UInt8], code: FTPProtocolError.Code, at: UInt64) {
        #expect(throws: FTPProtocolError(code, at: at)) { try decode(stream) }
    }

    @Test func `what came before an impossible byte is kept`() {
        var decoder = RecordDecoder()
        var elements: [TransferElement] = []
        #expect(throws: FTPProtocolError.self) {
            try decoder.push(([65, 66, 255, 9] as [UInt8]).bytes) { elements.append($0) }
        }
        #expect(elements == [.data([65, 66])])
    }
}

@Suite struct PageStructureTests {
    private func decode(_ stream: [UInt8], chunk: Int = .max) throws(FTPProtocolError) -> [Page] {
        var decoder = PageDecoder()
        var pages: [Page] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let piece = Array(rest.prefix(chunk))
            rest = rest.dropFirst(chunk)
            try decoder.push(piece.bytes) { pages.append($0) }
        }
        try decoder.finish()
        return pages
    }

    @Test(arguments: [1, 3, 100, .max])
    func `what is encoded is decoded however it is cut`(chunk: Int) throws {
        let pages = [
            Page(index: 0, kind: .descriptor, optionalFields: [1, 2, 3], data: [9]),
            Page(index: 1, kind: .simple, data: [UInt8](repeating: 7, count: 255)), Page(index: 2, kind: .simple),
            Page(index: 9, kind: .accessControlled, optionalFields: [UInt8](repeating: 1, count: 251), data: [4]),
            Page(index: 0, kind: .last),
        ]
        #expect(try decode(pages.flatMap(\.wireForm), chunk: chunk) == pages)
    }

    @Test(
        arguments: [
            ([3], .impossibleLength, 0), ([4, 0, 0, 4], .unknownDescriptor, 3), ([4, 0, 1, 0], .impossibleLength, 3),
            ([5, 0, 0, 0], .impossibleLength, 3), ([4, 0, 0, 0, 4], .dataAfterEnd, 4), ([], .truncated, 0),
            ([4, 0, 2, 1, 65], .truncated, 5), ([4, 0, 0, 1], .truncated, 4),
        ] as [([UInt8], FTPProtocolError.Code, UInt64)])
    func `impossible pages are refused where they stand`(stream: [UInt8], code: FTPProtocolError.Code, at: UInt64) {
        #expect(throws: FTPProtocolError(code, at: at)) { try decode(stream) }
    }
}
