import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where Wharf keeps what has to last: `/var/lib/wharf` for root, else below the home.
enum StateFolder {
    /// Of whoever the program was started by, whoever it becomes later.
    static let path: String = {
        if geteuid() == 0 { return "/var/lib/wharf" }
        let environment = ProcessInfo.processInfo.environment
        let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? ".") + "/.local/share"
        return data + "/wharf"
    }()

    static func make() throws -> String {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return path
    }
}
