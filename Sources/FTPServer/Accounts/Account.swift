package import Bytes
package import FTPStorage
package import FTPProtocol

/// Where a name is somebody's: two sites may each have guests, and two databases a user of the same name.
package enum Realm: Sendable, Hashable {
    /// - Parameter site: see ``ServerSettings/SiteSettings/key``.
    case guests(site: String)
    /// - Parameter path: of the database.
    case database(path: String)
    /// The users of this machine.
    case machine
}

/// Somebody who has logged in.
package struct Account: Sendable {
    package let name: String
    package let realm: Realm
    package let isGuest: Bool
    package let storage: any Storage
    /// Where the session begins.
    package let directory: ServerPath
    /// Bytes a second that one transfer may move; nil for as many as it can.
    package let downloadRate: UInt64?
    package let uploadRate: UInt64?
    /// Sessions at once under this name; nil for any number.
    package let maximumSessions: Int?

    package init(
        name: String, realm: Realm = .guests(site: ""), isGuest: Bool = false, storage: any Storage,
        directory: ServerPath = .root,
        downloadRate: UInt64? = nil, uploadRate: UInt64? = nil, maximumSessions: Int? = nil
    ) {
        self.name = name
        self.realm = realm
        self.isGuest = isGuest
        self.storage = storage
        self.directory = directory
        self.downloadRate = downloadRate
        self.uploadRate = uploadRate
        self.maximumSessions = maximumSessions
    }
}

extension Account {
    /// Whose uploads are whose: guests share a name, and are told apart by where they come from.
    func uploader(at address: IPAddress) -> String { isGuest ? "\(name)@\(address)" : name }
}

/// The server cannot tell now who may log in, or cannot reach what belongs to them.
package struct AccountsUnavailable: Error {
    /// For those who run the server.
    let why: String
}

/// Who may log in.
package protocol Accounts: Sendable {
    /// The account, if the password is right; nil for any reason not to let somebody in, which nobody shall be able to
    /// tell apart, neither by words nor by the time it takes. Called from worker threads: it may block.
    ///
    /// - Parameter address: of the client.
    func account(
        user: [UInt8], password: [UInt8], from address: IPAddress
    ) throws(AccountsUnavailable) -> Account?

    /// Who needs no password, without waiting for anything.
    func accountAtOnce(user: [UInt8]) -> AccountAnswer
}

package enum AccountAnswer: Sendable {
    case known(Account?)
    /// Ask ``Accounts/account(user:password:from:)``.
    case needsTime
}
