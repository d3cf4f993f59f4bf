package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

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

    /// Writes three pieces behind each other, in one call where the system takes them all.
    package func write(_ first: Bytes, _ second: Bytes, _ third: Bytes) throws(Errno) {
        let count = first.count + second.count + third.count
        var done = 0
        while done < count {
            // Of each piece what has not been written yet.
            let (a, b) = (min(done, first.count), min(max(0, done - first.count), second.count))
            let c = max(0, done - first.count - second.count)
            let result = unsafe first.slice(from: a).withUnsafeBytes { first in
                unsafe second.slice(from: b).withUnsafeBytes { second in
                    unsafe third.slice(from: c).withUnsafeBytes { third in
                        let pieces = unsafe [first, second, third].map {
                            unsafe iovec(iov_base: UnsafeMutableRawPointer(mutating: $0.baseAddress), iov_len: $0.count)
                        }
                        return unsafe writev(rawValue, pieces, 3)
                    }
                }
            }
            if result >= 0 { done += result } else if errno != EINTR { throw Errno(rawValue: errno) }
        }
    }
}
