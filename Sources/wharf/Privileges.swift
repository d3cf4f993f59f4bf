import ArgumentParser

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the program may do beside what its user may.
enum Privileges {
    /// Becomes the user who called sudo, once what only root may is done. Somebody who is root stays root.
    static func drop() throws {
        guard geteuid() == 0, let user = environment("SUDO_UID").flatMap(UInt32.init),
            let group = environment("SUDO_GID").flatMap(UInt32.init), user != 0
        else { return }
        var name: String?
        if let entry = unsafe getpwuid(user) { name = unsafe String(cString: entry.pointee.pw_name) }
        let hasGroups = name.map { unsafe initgroups($0, group) == 0 } ?? (setgroups(0, nil) == 0)
        guard hasGroups, setgid(group) == 0, setuid(user) == 0, setuid(0) != 0 else {
            warn("the rights of root could not be given up: nothing is captured")
            throw ExitCode(2)
        }
    }
}
