import Bytes
import CPAM
import FTPProtocol
import FTPStorage
import Glibc

/// The users of this machine, whom PAM knows: each sees its home as `/`, and may do what the file system allows it to.
///
/// Needs root, for PAM reads what only root may, and for being taken for the user (``FileIdentity``).
struct SystemUsers: Sendable {
    /// Below /etc/pam.d.
    let service: String
    /// Users with a number below are of the system itself.
    let minimumUser: UInt32

    /// Nil for a name, a password or a home that is not right.
    ///
    /// - Parameter address: of the client, which modules may judge, and log.
    func account(
        name: String, password: [UInt8], from address: IPAddress, options: LocalStorage.Options
    ) -> Account? {
        guard !password.contains(0), !name.utf8.contains(0) else { return nil }
        let text = password.map { CChar(bitPattern: $0) } + [0]
        // PAM is asked in any case, so that it takes as long for a name that is none.
        let isRight = unsafe wharf_pam_check(service, name, text, address.description) == PAM_SUCCESS
        guard isRight, let entry = Entry(name), entry.identity.user >= minimumUser,
            let tree = try? LocalTree(entry.home)
        else { return nil }
        let files = LocalStorage(tree, rights: FolderRights(.all), options: options)
        return Account(name: name, realm: .machine, storage: IdentifiedStorage(files, as: entry.identity))
    }

    /// A line of the user database (getpwnam_r(3)).
    private struct Entry {
        let identity: FileIdentity
        let home: String

        init?(_ name: String) {
            var entry = unsafe passwd()
            var memory = [CChar](repeating: 0, count: 16 << 10)
            var found: UnsafeMutablePointer<passwd>?
            guard unsafe getpwnam_r(name, &entry, &memory, memory.count, &found) == 0, unsafe found != nil else {
                return nil
            }
            var count: Int32 = 256
            var groups = [gid_t](repeating: 0, count: Int(count))
            guard unsafe getgrouplist(name, entry.pw_gid, &groups, &count) >= 0 else { return nil }
            unsafe identity = FileIdentity(
                user: entry.pw_uid, group: entry.pw_gid, groups: Array(groups.prefix(Int(count))))
            unsafe home = String(cString: entry.pw_dir)
        }
    }
}
