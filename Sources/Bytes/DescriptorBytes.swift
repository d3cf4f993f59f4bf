package import SystemPackage

extension FileDescriptor {
    /// Reads what is there, at most `buffer.count` bytes, into the start of `buffer`; 0 is the end.
    package func read(into buffer: inout [UInt8]) throws(Errno) -> Int {
        do {
            return try unsafe buffer.withUnsafeMutableBytes { try unsafe read(into: $0) }
        } catch let error as Errno {
            throw error
        } catch {
            throw .ioError
        }
    }

    /// Writes all of `bytes`, however many calls that takes.
    package func write(_ bytes: Bytes) throws(Errno) {
        do {
            _ = try unsafe bytes.withUnsafeBytes { (buffer) throws(any Error) in try unsafe writeAll(buffer) }
        } catch let error as Errno {
            throw error
        } catch {
            throw .ioError
        }
    }
}
