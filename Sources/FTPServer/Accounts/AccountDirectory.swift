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
    private let trees = WeakTable<String, LocalTree>()
    private let quotas = WeakTable<String, Quota>()
    private let known = KnownPasswords()
    /// So many passwords are hashed at once: each takes 32 MiB and a processor.
    private let hashing = DispatchSemaphore(value: 4)
    /// Compared with where there is no such user, so that it takes as long.
    private let nobody: PasswordHash

    /// - Parameter pamService: the file below /etc/pam.d by which users of this machine are let in; nil for none of them.
    package init(
        guest: Account?, users: UserStore?, pamService: String? = nil,
        options: LocalStorage.Options = LocalStorage.Options()
    ) {
        system = pamService.map { SystemUsers(service: $0, minimumUser: 1000) }
        self.guest = guest
        self.users = users
        self.options = options
        nobody = users == nil ? PasswordHash(text: "") : PasswordHash(of: Array("nobody".utf8))
    }

    package func accountAtOnce(user: [UInt8]) -> AccountAnswer {
        if let guest, ServerSession.isGuest(user) { return .known(guest) }
        return users == nil && system == nil ? .known(nil) : .needsTime
    }

    package func account(user: [UInt8], password: [UInt8]) -> Account? {
        if let guest, ServerSession.isGuest(user) { return guest }
        let name = String(decoding: user, as: UTF8.self)
        let record = (try? users?.user(name)).flatMap { $0 }
        // A virtual user hides one of the machine with the same name.
        if let system, record == nil { return system.account(name: name, password: password, options: options) }
        guard users != nil, isRight(password, for: record), let record, record.isEnabled else { return nil }
        return account(of: record)
    }

    private func isRight(_ password: [UInt8], for record: UserRecord?) -> Bool {
        if let record, known.contains(record.password, password) { return true }
        hashing.wait()
        defer { hashing.signal() }
        guard let record else {
            _ = nobody.matches(password)
            return false
        }
        guard PasswordHash(text: record.password).matches(password) else { return false }
        known.insert(record.password, password)
        return true
    }

    /// Nil if the home is not there, or the rights cannot be read: then it is safer to let nobody in.
    private func account(of record: UserRecord) -> Account? {
        guard let rights = record.folderRights, let tree = tree(at: record.home) else { return nil }
        let limits = Quota.Limits(
            bytes: record.quotaBytes.map(UInt64.init(clamping:)), files: record.quotaFiles.map(UInt64.init(clamping:)))
        let quota = limits.isUnlimited ? nil : quota(limits, of: record, tree, rights)
        return Account(
            name: record.name, storage: LocalStorage(tree, rights: rights, quota: quota, options: options),
            downloadRate: record.downloadRate.map(UInt64.init(clamping:)),
            uploadRate: record.uploadRate.map(UInt64.init(clamping:)), maximumSessions: record.maximumSessions)
    }

    /// All sessions at one home share what is open.
    private func tree(at home: String) -> LocalTree? {
        if let tree = trees[home], tree.isStillThere(home) { return tree }
        guard let tree = try? LocalTree(home) else { return nil }
        return trees.keep(tree, at: home, replaces: true)
    }

    /// All sessions of a user share the account of what is stored; it is made by looking, once.
    private func quota(
        _ limits: Quota.Limits, of record: UserRecord, _ tree: LocalTree, _ rights: FolderRights
    ) -> Quota? {
        let key = "\(record.name)\n\(limits)"
        if let quota = quotas[key] { return quota }
        let all = LocalStorage(tree, rights: FolderRights(.all))
        guard let usage = try? all.usage(of: .root) else { return nil }
        return quotas.keep(Quota(limits, bytes: usage.bytes, files: usage.files), at: key)
    }
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
