package import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file without a name: it is unlinked as soon as it exists, so that nothing is left behind however the process ends.
package struct TemporaryFile: ~Copyable {
    package let descriptor: FileDescriptor

    /// Creates the file in `$TMPDIR`, or in `/tmp` when that is not set; readable and writable by the owner alone.
    package init() throws(Errno) {
        let directory = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? ""
        var template = Array("\(directory.isEmpty ? "/tmp" : directory)/wharf-XXXXXX".utf8CString)
        let number = unsafe template.withUnsafeMutableBufferPointer { name in
            let number = unsafe mkstemp(name.baseAddress!)
            if number >= 0 { unsafe unlink(name.baseAddress!) }
            return number
        }
        guard number >= 0 else { throw Errno(rawValue: errno) }
        descriptor = FileDescriptor(rawValue: number)
    }

    deinit { try? descriptor.close() }
}
