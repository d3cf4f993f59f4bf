package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A whole file as memory, read-only, paged in by the kernel on demand.
///
/// - Invariant: `base` and `count` never change and the mapping lives exactly as long as the object, so it may be read
///   from any thread. A file that another program shortens meanwhile is outside what a mapping can survive.
@safe
package final class MappedFile: @unchecked Sendable {
    private let base: UnsafeRawPointer?
    package let count: Int

    /// Maps the file behind `descriptor`, which may be closed afterwards.
    package init(_ descriptor: FileDescriptor) throws(Errno) {
        var status = stat()
        guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        count = Int(status.st_size)
        guard count > 0 else {
            unsafe base = nil
            return
        }
        let address = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor.rawValue, 0)
        guard let address = unsafe address, unsafe address != MAP_FAILED else { throw Errno(rawValue: errno) }
        unsafe posix_madvise(address, count, POSIX_MADV_SEQUENTIAL)
        unsafe base = UnsafeRawPointer(address)
    }

    deinit {
        if let base = unsafe base { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }
    }

    package var bytes: Bytes {
        @_lifetime(borrow self)
        borrowing get {
            let span = unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(start: base, count: count))
            return unsafe _overrideLifetime(Bytes(span), borrowing: self)
        }
    }

    /// The bytes from `offset` on, at most `count` of them, for as long as `holder` lives.
    ///
    /// The compiler cannot see that an object which keeps this mapping in a `let` keeps its memory alive too: such an
    /// object, and no other, passes itself as `holder`.
    @_lifetime(borrow holder)
    package func bytes(from offset: Int, count: Int, lentBy holder: borrowing some AnyObject) -> Bytes {
        unsafe _overrideLifetime(bytes.slice(from: offset, count: count), borrowing: holder)
    }
}
