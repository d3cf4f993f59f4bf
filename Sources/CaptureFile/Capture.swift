package import Bytes

/// An opened capture: one file, standard input ("-"), or the several files of one ring buffer read as one.
///
/// Its frames lie in one address space, all files one after another as they were unpacked. Sequential reading is
/// ``makeReader()``; any byte can be had at any time.
package final class Capture: Sendable {
    /// In the order they are read: by the time of their first frame, files without frames last.
    package let files: [CaptureFileInfo]
    let sources: [CaptureSource]
    let places: [MappedFile.Place]
    /// Whether more may come behind the last file's end.
    let isGrowing: Bool

    /// Opens the files at `paths` as one capture; "-" is standard input.
    ///
    /// What is compressed with gzip, and what comes through a pipe, is unpacked into a temporary file without a name in
    /// `$TMPDIR`, so that random access stays. A damaged file opens as long as its first header is whole: what is wrong
    /// further on, the reader says when it gets there (``CaptureReader/problems``).
    package convenience init(paths: [String]) throws(CaptureError) {
        guard !paths.isEmpty else { throw CaptureError(.noPath, "wharf") }
        var sources: [CaptureSource] = []
        for path in paths {
            sources.append(try CaptureSource(path: path))
        }
        try self.init(sources.count == 1 ? sources : Self.ordered(sources))
    }

    /// Positions stay below 2^48, so that an index may pack them.
    private static let addressLimit: UInt64 = 1 << 48

    /// - Parameter isGrowing: see ``GrowingCapture``.
    init(_ sources: [CaptureSource], isGrowing: Bool = false) throws(CaptureError) {
        var position: UInt64 = 0
        var files: [CaptureFileInfo] = []
        for source in sources {
            let size = source.size
            guard size < Self.addressLimit - position else { throw CaptureError(.tooLarge, source.path) }
            files.append(
                CaptureFileInfo(
                    path: source.path, format: source.format.description, size: size, storedSize: source.storedSize,
                    isCompressed: source.isCompressed, position: position))
            position += size
        }
        self.files = files
        self.sources = sources
        self.isGrowing = isGrowing
        places = sources.map(\.mapping.place)
    }

    /// The names of a ring buffer's files need not sort by age: they are numbered, renamed, and numbered again.
    private static func ordered(_ sources: [CaptureSource]) throws(CaptureError) -> [CaptureSource] {
        var dated: [(time: Int64, source: CaptureSource)] = []
        for source in sources {
            var reader = try Capture([source]).makeReader()
            dated.append((reader.next()?.time ?? .max, source))
        }
        return dated.sorted { $0.time < $1.time }.map(\.source)
    }

    /// Bytes in the address space.
    package var size: UInt64 { files.last?.range.upperBound ?? 0 }

    /// The bytes from `position` on, at most `count` of them and none beyond the file that `position` lies in.
    @_lifetime(borrow self)
    package func bytes(at position: UInt64, count: Int) -> Bytes {
        let file = fileIndex(at: position)
        let offset = Int(clamping: position - files[file].position)
        return unsafe places[file].bytes(from: offset, count: count, lentBy: self)
    }

    /// Whether the bytes at `position` are still there: those of a file that was taken away are not.
    package func hasBytes(at position: UInt64) -> Bool {
        let file = fileIndex(at: position)
        return position - files[file].position < UInt64(places[file].count)
    }

    /// An index into ``files``: the file that `position` lies in, the last one for positions past the end.
    package func fileIndex(at position: UInt64) -> Int {
        var range = 0..<files.count - 1
        while !range.isEmpty {
            let middle = (range.lowerBound + range.upperBound) / 2
            if position < files[middle + 1].position {
                range = range.lowerBound..<middle
            } else {
                range = middle + 1..<range.upperBound
            }
        }
        return range.lowerBound
    }

    /// Whether `path` names, under whatever name, a file that this capture reads: writing to it would pull the ground
    /// from under its frames.
    package func reads(_ path: String) -> Bool {
        guard let identity = FileIdentity(path) else { return false }
        return sources.contains { $0.identity == identity }
    }

    /// A reader that stands before the first frame.
    package func makeReader() -> CaptureReader {
        CaptureReader(self)
    }
}
