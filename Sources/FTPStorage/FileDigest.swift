import Bytes
import Crypto
import FTPProtocol

/// Sums up a file, or a part of it.
enum FileDigest {
    /// The digest, and the range that it covers: as much of the one asked for as the file has.
    static func make(
        _ algorithm: DigestAlgorithm, of file: any ReadableFile, _ range: Range<UInt64>?, while isWanted: () -> Bool
    ) throws(FileError) -> ([UInt8], Range<UInt64>) {
        if let range, range.lowerBound > file.size { throw .beyondEnd }
        let range = (range ?? 0..<file.size).clamped(to: 0..<file.size)
        switch algorithm {
        case .sha256: return (try hash(SHA256(), file, range, isWanted), range)
        case .sha512: return (try hash(SHA512(), file, range, isWanted), range)
        case .sha1: return (try hash(Insecure.SHA1(), file, range, isWanted), range)
        case .md5: return (try hash(Insecure.MD5(), file, range, isWanted), range)
        case .crc32:
            var sum = Checksum32()
            unsafe try forEachPiece(of: file, range, isWanted) { unsafe sum.update($0) }
            return ([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum.value >> $0) }, range)
        }
    }

    private static func hash<Function: HashFunction>(
        _ function: Function, _ file: any ReadableFile, _ range: Range<UInt64>, _ isWanted: () -> Bool
    ) throws(FileError) -> [UInt8] {
        var function = function
        unsafe try forEachPiece(of: file, range, isWanted) { unsafe function.update(bufferPointer: $0) }
        return Array(function.finalize())
    }

    private static func forEachPiece(
        of file: any ReadableFile, _ range: Range<UInt64>, _ isWanted: () -> Bool,
        _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(FileError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
        defer { unsafe buffer.deallocate() }
        var offset = range.lowerBound
        while offset < range.upperBound {
            let count = min(unsafe try file.read(into: buffer, at: offset), Int(clamping: range.upperBound - offset))
            guard count > 0 else { return }
            unsafe body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            offset += UInt64(count)
            guard isWanted() else { throw .aborted }
        }
    }
}
