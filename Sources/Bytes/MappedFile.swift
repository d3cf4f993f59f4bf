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

    /// Maps nothing.
    package init() {
        unsafe base = nil
        count = 0
    }

    /// Maps the file behind `descriptor`, which may be closed afterwards.
    ///
    /// - Parameter limit: how many bytes of it at most: of a file that is being written, those that are there for good.
    package init(_ descriptor: FileDescriptor, limit: Int = .max) throws(Errno) {
        var status = stat()
        guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
        count = min(Int(status.st_size), limit)
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

    /// Where the memory lies.
    package var place: Place { unsafe Place(base: base, count: count) }

    /// The memory of a mapping, without a reference to it.
    ///
    /// Who looks at every frame of a capture counts no references for it: two threads that do fight for the cache line of
    /// the count, and whatever happens to lie beside it.
    @safe
    package struct Place: @unchecked Sendable, BitwiseCopyable {
        fileprivate let base: UnsafeRawPointer?
        package let count: Int

        fileprivate init(base: UnsafeRawPointer?, count: Int) {
            unsafe self.base = base
            self.count = count
        }

        /// All bytes, for whoever keeps the mapping alive for as long as it looks at them.
        @unsafe
        package var bytes: Bytes {
            @inline(__always)
            @_lifetime(immortal)
            get {
                let span = unsafe RawSpan(_unsafeBytes: UnsafeRawBufferPointer(start: base, count: count))
                return unsafe _overrideLifetime(Bytes(span), copying: ())
            }
        }

        /// The bytes from `offset` on, at most `count` of them, for as long as `holder` lives.
        ///
        /// The compiler cannot see that an object which keeps the mapping in a `let` keeps its memory alive too: such an
        /// object, and no other, is passed as `holder`.
        @unsafe
        @inline(__always)
        @_lifetime(borrow holder)
        package func bytes(from offset: Int, count: Int, lentBy holder: borrowing some AnyObject) -> Bytes {
            unsafe _overrideLifetime(bytes.slice(from: offset, count: count), borrowing: holder)
        }
    }
}
