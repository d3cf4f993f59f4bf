import Bytes
import CaptureFile
import SystemPackage

/// A file without a name, and a path that opens it.
final class TestFile {
    private let file: TemporaryFile

    init(_ bytes: some Sequence<UInt8> = []) throws {
        file = try TemporaryFile()
        try file.descriptor.writeAll(bytes)
        try file.descriptor.seek(offset: 0, from: .start)
    }

    var path: String { "/dev/fd/\(file.descriptor.rawValue)" }
    var descriptor: FileDescriptor { file.descriptor }

    func contents() throws -> [UInt8] {
        let mapping = try MappedFile(file.descriptor)
        return mapping.bytes.array
    }
}

/// Everything a capture gives in one pass.
struct ReadCapture {
    var files: [CaptureFileInfo] = []
    var frames: [FrameHeader] = []
    var contents: [[UInt8]] = []
    var metadata = CaptureMetadata()
    var problems: [CaptureProblem] = []

    init(_ bytes: some Sequence<UInt8>) throws {
        let file = try TestFile(bytes)
        try self.init(paths: [file.path])
    }

    init(paths: [String]) throws {
        let capture = try Capture(paths: paths)
        var reader = capture.makeReader()
        files = capture.files
        while let header = reader.next() {
            frames.append(header)
            contents.append(capture.bytes(at: header.position, count: Int(header.capturedLength)).array)
        }
        (metadata, problems) = (reader.metadata, reader.problems)
    }

    /// What damage must not change about the frames before it.
    var story: [Frame] {
        zip(frames, contents).map { Frame(time: $0.time, original: $0.originalLength, data: $1) }
    }

    struct Frame: Equatable {
        var time: Int64
        var original: UInt32
        var data: [UInt8]
    }

    var codes: [String] { problems.map(\.code.name) }
}
