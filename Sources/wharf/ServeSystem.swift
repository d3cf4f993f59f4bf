import Foundation
import FTPServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where `wharf who` finds the servers of this machine: sockets that only their owner may open.
enum StatusSocket {
    static var folder: String {
        if geteuid() == 0 { return "/run/wharf" }
        if let runtime = ProcessInfo.processInfo.environment["XDG_RUNTIME_DIR"] { return runtime + "/wharf" }
        return "/tmp/wharf-\(geteuid())"
    }

    /// Servers may share a port at several addresses, so that the port does not name one.
    static var ofThisProgram: String { "\(folder)/\(getpid()).sock" }

    /// Throws if somebody else owns the folder.
    static func makeFolder() throws {
        if unsafe mkdir(folder, 0o700) == 0 { return }
        var status = stat()
        guard unsafe lstat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid(),
            status.st_mode & 0o022 == 0
        else { throw ServeError(description: "\(folder) is not a folder of yours alone") }
    }

    static var all: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
            .filter { $0.hasSuffix(".sock") }.sorted().map { folder + "/" + $0 }
    }

    /// Removes what servers have left that were killed, or that have become somebody who could not remove it.
    static func removeDead() {
        for path in all {
            let name = path.split(separator: "/").last.map { $0.dropLast(".sock".count) } ?? ""
            guard let process = Int32(name), kill(process, 0) != 0, errno == ESRCH else { continue }
            unsafe unlink(path)
        }
    }

    /// A connection to the server at `path`; negative, with errno, if there is none any more.
    static func open(_ path: String) -> Int32 {
        var address = sockaddr_un()
        guard path.utf8.count < MemoryLayout.size(ofValue: address.sun_path) else {
            errno = ENAMETOOLONG
            return -1
        }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return -1 }
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: Array(path.utf8)) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let status = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe connect(socket, $0, length) }
        }
        guard status != 0 else { return socket }
        let reason = errno
        close(socket)
        errno = reason
        return -1
    }
}

/// Becomes somebody else for good.
enum Identity {
    /// Has `path`, which root has made, belong to the user that the server will be.
    static func give(_ path: String, to name: String) throws {
        guard geteuid() == 0 else { return }
        guard let entry = unsafe getpwnam(name), unsafe chown(path, entry.pointee.pw_uid, entry.pointee.pw_gid) == 0
        else { throw ServeError(description: "\(path) cannot be given to \(name)") }
    }

    static func become(_ name: String) throws {
        guard geteuid() == 0 else {
            throw ServeError(description: "--user needs root to start the server")
        }
        guard let entry = unsafe getpwnam(name) else {
            throw ServeError(description: "there is no user \(name) on this machine")
        }
        let (user, group) = unsafe (entry.pointee.pw_uid, entry.pointee.pw_gid)
        guard unsafe initgroups(name, group) == 0, setgid(group) == 0, setuid(user) == 0, setuid(0) != 0 || user == 0
        else {
            throw ServeError(description: "the server cannot become \(name)")
        }
    }
}

/// What systemd passes to a service, and wants to hear from it (sd_listen_fds(3), sd_notify(3)).
enum SystemdNotice {
    /// Sockets that are open already.
    static var sockets: [Int32] {
        let environment = ProcessInfo.processInfo.environment
        guard let owner = environment["LISTEN_PID"].flatMap({ Int32($0) }), owner == getpid(),
            let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), count > 0, count < 1000
        else { return [] }
        // SD_LISTEN_FDS_START
        return (3..<(3 + count)).map { descriptor in
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return descriptor
        }
    }

    static func ready() {
        guard let path = ProcessInfo.processInfo.environment["NOTIFY_SOCKET"], path.utf8.count < 108 else { return }
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { return }
        defer { close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        // A leading @ stands for the abstract namespace.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        let text = Array("READY=1".utf8)
        _ = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe sendto(socket, text, text.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}

/// The rules by which PAM lets in users of this machine (pam.d(5)).
enum PAMService {
    static func isThere(_ name: String) -> Bool {
        ["/etc/pam.d/", "/usr/lib/pam.d/"].contains { FileManager.default.fileExists(atPath: $0 + name) }
    }
}
