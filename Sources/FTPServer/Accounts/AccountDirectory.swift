package import Bytes
package import FTPStorage
import Dispatch
import FTPProtocol
import Glibc
import Synchronization

/// Guests, virtual users, and the users of this machine.
package final class AccountDirectory: Accounts {
    private let guest: Account?
    private let users: UserStore?
    private let system: SystemUsers?
    private let options: LocalStorage.Options
    private let shared: SharedAccounts
    /// Compared with where there is no such user, so that it takes as long.
    private let nobody: PasswordHash

    /// - Parameters:
    ///   - pamService: the file below /etc/pam.d by which users of this machine are let in; nil for none of them.
    ///   - shared: what other directories of the same server know too, those before a change of the settings included.
    package init(
        guest: Account?, users: UserStore?, pamService: String? = nil,
        options: LocalStorage.Options = LocalStorage.Options(), shared: SharedAccounts = SharedAccounts()
    ) {
        system = pamService.map { SystemUsers(service: $0, minimumUser: 1000) }
        self.guest = guest
        self.users = users
        self.options = options
        self.shared = shared
        nobody = users == nil ? PasswordHash(text: "") : PasswordHash(of: Array("nobody".utf8))
    }

    package func accountAtOnce(user: [UInt8]) -> AccountAnswer {
        if let guest, ServerSession.isGuest(user) { return .known(guest) }
        return users == nil && system == nil ? .known(nil) : .needsTime
    }

    package func account(
        user: [UInt8], password: [UInt8], from address: IPAddress
    ) throws(AccountsUnavailable) -> Account? {
        if let guest, ServerSession.isGuest(user) { return guest }
        let name = String(decoding: user, as: UTF8.self)
        let record: UserRecord?
        do { record = try users?.user(name) } catch {
            throw AccountsUnavailable(why: "the database of users cannot be read: \(error)")
        }
        if let users, isRight(password, for: record), let record, record.isEnabled {
            return try account(of: record, in: .database(path: users.path))
        }
        // A virtual user hides one of the machine with the same name; PAM is asked all the same, so that time does not tell
        // whose name it is.
        let account = system?.account(
            name: record == nil ? name : Self.nobodysName, password: password, from: address, options: options)
        return record == nil ? account : nil
    }

    /// What nobody can be called: passwd(5) has a colon between its fields.
    private static let nobodysName = ":"

    private func isRight(_ password: [UInt8], for record: UserRecord?) -> Bool {
        if let record, shared.known.contains(record.password, password) { return true }
        shared.hashing.wait()
        defer { shared.hashing.signal() }
        guard let record else {
            _ = nobody.matches(password)
            return false
        }
        guard PasswordHash(text: record.password).matches(password) else { return false }
        shared.known.insert(record.password, password)
        return true
    }

    /// Throws if the home is not there, or the rights cannot be read: then it is safer to let nobody in.
    private func account(of record: UserRecord, in realm: Realm) throws(AccountsUnavailable) -> Account {
        guard let rights = record.folderRights else { throw AccountsUnavailable(why: "the rights cannot be read") }
        let (tree, quota): (LocalTree, Quota?)
        do throws(FileError) {
            tree = try self.tree(at: record.home)
            quota = try self.quota(of: record, in: realm, tree)
        } catch { throw AccountsUnavailable(why: "\(record.home): \(error.text.en)") }
        return Account(
            name: record.name, realm: realm,
            storage: LocalStorage(tree, rights: rights, quota: quota, options: options),
            downloadRate: record.downloadRate.map(UInt64.init(clamping:)),
            uploadRate: record.uploadRate.map(UInt64.init(clamping:)), maximumSessions: record.maximumSessions)
    }

    /// All sessions at one home share what is open.
    private func tree(at home: String) throws(FileError) -> LocalTree {
        if let tree = shared.trees[home], tree.isStillThere(home) { return tree }
        return shared.trees.keep(try LocalTree(home), at: home, replaces: true)
    }

    /// All sessions of a user share the account of what is stored, whose limits are those of the newest login; it is made by
    /// looking, once. Nil where nothing is limited.
    private func quota(of record: UserRecord, in realm: Realm, _ tree: LocalTree) throws(FileError) -> Quota? {
        let limits = Quota.Limits(
            bytes: record.quotaBytes.map(UInt64.init(clamping:)), files: record.quotaFiles.map(UInt64.init(clamping:)))
        let key = SharedAccounts.QuotaKey(realm: realm, name: record.name, home: tree.path)
        var quota = shared.quotas[key]
        if quota == nil, !limits.isUnlimited {
            let usage = try LocalStorage(tree, rights: FolderRights(.all)).usage(of: .root)
            quota = shared.quotas.keep(Quota(limits, bytes: usage.bytes, files: usage.files), at: key)
        }
        quota?.follow(limits)
        return quota
    }
}

/// What all directories of a server share, so that it stays true when the settings are read again: a session that goes
/// on books on the same quota as one that begins.
package final class SharedAccounts: Sendable {
    struct QuotaKey: Hashable {
        let realm: Realm
        let name: String
        let home: [UInt8]
    }

    let trees = WeakTable<String, LocalTree>()
    let quotas = WeakTable<QuotaKey, Quota>()
    let known = KnownPasswords()
    /// So many passwords are hashed at once: each takes 32 MiB and a processor.
    let hashing = DispatchSemaphore(value: 4)

    package init() {}
}

/// Objects that are there as long as somebody else uses them.
final class WeakTable<Key: Hashable & Sendable, Value: AnyObject & Sendable>: Sendable {
    private struct Weak: Sendable { weak var value: Value? }

    private let values = Mutex<[Key: Weak]>([:])

    subscript(_ key: Key) -> Value? { values.withLock { $0[key]?.value } }

    /// Keeps `value`, and gives it back, or what somebody else has kept there meanwhile.
    func keep(_ value: Value, at key: Key, replaces: Bool = false) -> Value {
        values.withLock { values in
            values = values.filter { $0.value.value != nil }
            if !replaces, let there = values[key]?.value { return there }
            values[key] = Weak(value: value)
            return value
        }
    }
}
