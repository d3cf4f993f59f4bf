package import SystemPackage

/// What went wrong with a capture: the part of ``CaptureError`` and ``CaptureProblem`` that programs look at.
package enum CaptureCode: Error, Hashable, Sendable {
    // Opening: nothing could be read.
    case noPath
    case cannotOpen(Errno)
    case cannotRead(Errno)
    case directory
    case empty
    case notCapture(FileStart)
    case otherFormat(OtherFormat)
    case fileHeaderCut(needed: Int, present: Int)
    case unsupportedVersion(major: UInt16, minor: UInt16)
    case byteOrderMagic(UInt32)
    case tooLarge
    case cannotSpool(Errno)

    // Reading: the file ends here, or something was passed over.
    case recordHeaderCut(needed: Int, present: Int)
    case recordCut(claimed: UInt32, present: Int)
    case recordTooLong(claimed: UInt32)
    case recordOfZeros
    case blockHeaderCut(present: Int)
    case blockCut(BlockType, claimed: UInt32, present: Int)
    case garbage(skipped: Int)
    case garbageToEnd
    case blockTrailer(BlockType, length: UInt32, trailer: UInt32)
    case malformedBlock(BlockType)
    case packetExceedsBlock(claimed: UInt32, present: Int)
    case undeclaredInterface(UInt32)
    case tooManyInterfaces
    case tooMuchMetadata
    case gzipCut
    case gzipDamaged
    case gzipFollowedByGarbage

    // Writing.
    case cannotCreate(Errno)
    case cannotWrite(Errno)
    case wouldReplaceInput
    case linkTypesDiffer(LinkType, LinkType)
    case blockTooLong(Int)
}

extension CaptureCode {
    /// A stable word for the kind of problem, without its numbers.
    package var name: String {
        switch self {
        case .noPath: "no-path"
        case .cannotOpen: "cannot-open"
        case .cannotRead: "cannot-read"
        case .directory: "directory"
        case .empty: "empty"
        case .notCapture: "not-a-capture"
        case .otherFormat: "other-format"
        case .fileHeaderCut: "file-header-cut"
        case .unsupportedVersion: "unsupported-version"
        case .byteOrderMagic: "byte-order-magic"
        case .tooLarge: "too-large"
        case .cannotSpool: "cannot-spool"
        case .recordHeaderCut: "record-header-cut"
        case .recordCut: "record-cut"
        case .recordTooLong: "record-too-long"
        case .recordOfZeros: "record-of-zeros"
        case .blockHeaderCut: "block-header-cut"
        case .blockCut: "block-cut"
        case .garbage: "garbage"
        case .garbageToEnd: "garbage-to-end"
        case .blockTrailer: "block-trailer"
        case .malformedBlock: "malformed-block"
        case .packetExceedsBlock: "packet-exceeds-block"
        case .undeclaredInterface: "undeclared-interface"
        case .tooManyInterfaces: "too-many-interfaces"
        case .tooMuchMetadata: "too-much-metadata"
        case .gzipCut: "gzip-cut"
        case .gzipDamaged: "gzip-damaged"
        case .gzipFollowedByGarbage: "gzip-followed-by-garbage"
        case .cannotCreate: "cannot-create"
        case .cannotWrite: "cannot-write"
        case .wouldReplaceInput: "would-replace-input"
        case .linkTypesDiffer: "link-types-differ"
        case .blockTooLong: "block-too-long"
        }
    }

    /// Whether the file is sound up to its end, and the end comes too early.
    var isCut: Bool {
        switch self {
        case .recordHeaderCut, .recordCut, .blockHeaderCut, .blockCut: true
        default: false
        }
    }
}

/// The first bytes of a file, at most eight, to show what was found in place of a capture.
package struct FileStart: Hashable, Sendable, BitwiseCopyable {
    let bytes: UInt64
    let count: Int

    /// Keeps the highest `count` bytes of `bytes`.
    init(bytes: UInt64, count: Int) {
        self.bytes = bytes
        self.count = min(8, count)
    }
}

extension FileStart: CustomStringConvertible {
    /// `"Hello wo" (48 65 6c 6c 6f 20 77 6f)`, or only the hexadecimal part when not all of it is text.
    package var description: String {
        let values = (0..<count).map { UInt8(truncatingIfNeeded: bytes >> UInt64(56 - 8 * $0)) }
        let hex = values.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ")
        guard values.allSatisfy({ (0x20...0x7E).contains($0) }) else { return hex }
        return "\"\(String(decoding: values, as: UTF8.self))\" (\(hex))"
    }
}
