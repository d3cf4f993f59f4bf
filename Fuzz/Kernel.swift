import Foundation
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What is asked of the system.
enum Kernel {
    /// Bytes that a file takes on disk; nil for what is no plain file.
    static func allocatedBytes(_ path: FilePath) -> Int? {
        var status = stat()
        guard unsafe path.withPlatformString({ unsafe lstat($0, &status) }) == 0 else { return nil }
        return status.st_mode & S_IFMT == S_IFREG ? Int(status.st_blocks) * 512 : nil
    }

    /// Bytes of resident memory that this process has used at most.
    static var peakMemory: Int {
        var usage = rusage()
        #if canImport(Glibc)
            unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
            return usage.ru_maxrss << 10
        #elseif canImport(Musl)
            unsafe getrusage(RUSAGE_SELF, &usage)
            return Int(usage.ru_maxrss) << 10
        #else
            unsafe getrusage(RUSAGE_SELF, &usage)
            return Int(usage.ru_maxrss)
        #endif
    }

    static func isReadable(_ descriptor: FileDescriptor, within seconds: Double) -> Bool {
        var waiting = pollfd(fd: descriptor.rawValue, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&waiting, 1, Int32(max(0, seconds) * 1000)) > 0
    }

    /// Ends a child of this process.
    static func end(_ process: Int32) { kill(process, SIGKILL) }

    static func sleep(milliseconds: UInt32) { usleep(milliseconds * 1000) }

    /// Waits for something that another thread or process brings about; false if it has not come in time.
    static func wait(seconds: Double, until isThere: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(seconds)
        while !isThere() {
            if ContinuousClock.now >= end { return false }
            sleep(milliseconds: 1)
        }
        return true
    }

    /// Descriptors that this process has open, and threads that it has; 0 where the system has no such list.
    static var descriptorCount: Int { entryCount("/proc/self/fd") }
    static var threadCount: Int { entryCount("/proc/self/task") }

    /// What this process has open: each descriptor and its file.
    static var openFiles: Set<String> {
        let folder = "/proc/self/fd"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return Set(
            names.compactMap { name in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)")).map {
                    "\(name) \($0)"
                }
            })
    }

    private static func entryCount(_ folder: String) -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: folder).count) ?? 0
    }
}
