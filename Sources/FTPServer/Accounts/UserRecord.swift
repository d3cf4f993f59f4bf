package import FTPStorage
import FTPProtocol
import GRDB
import Glibc
import SystemPackage

/// A virtual user: one that exists in Wharf's database and nowhere else.
package struct UserRecord: Codable, Sendable, Hashable, FetchableRecord, PersistableRecord {
    package static let databaseTableName = "user"

    package var name: String
    /// See ``PasswordHash/text``.
    package var password: String
    /// A path of this machine: what the user sees as `/`.
    package var home: String
    /// As ``Rights/init(words:)`` reads it, for every folder that ``folders`` does not name.
    package var rights: String
    /// `/folder: list read`, one a line.
    package var folders: String
    package var quotaBytes: Int64?
    package var quotaFiles: Int64?
    /// Bytes a second.
    package var downloadRate: Int64?
    package var uploadRate: Int64?
    package var maximumSessions: Int?
    package var isEnabled: Bool

    package init(name: String, password: PasswordHash, home: String) {
        self.name = name
        self.password = password.text
        self.home = home
        rights = "all"
        folders = ""
        isEnabled = true
    }

    /// Nil if a word in it is none.
    package var folderRights: FolderRights? {
        guard let rights = Rights(words: rights) else { return nil }
        var rules: [FolderRights.Rule] = []
        for line in folders.split(separator: "\n") {
            guard let rule = FolderRights.Rule(line) else { return nil }
            rules.append(rule)
        }
        return FolderRights(rights, rules: rules)
    }
}

extension FolderRights.Rule {
    /// Reads `/folder: list read`.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].first == "/", let folder = ServerPath(String(parts[0])),
            let rights = Rights(words: String(parts[1]))
        else { return nil }
        self.init(folder: folder, rights: rights)
    }
}

/// The database of virtual users, an SQLite file.
package final class UserStore: Sendable {
    /// The whole path, links resolved: one database has one.
    package let path: String
    private let database: DatabaseQueue

    /// Opens the file; only its owner may read it.
    ///
    /// - Parameter makes: whether it is made where there is none.
    package init(path: String, makes: Bool = true) throws {
        // Opened only where that makes it, or tells why it cannot be: to close it would give up SQLite's locks on it (fcntl(2)).
        if unsafe access(path, R_OK | W_OK) != 0 {
            let file = try FileDescriptor.open(
                FilePath(path), .readWrite, options: makes ? [.create, .closeOnExec] : [.closeOnExec],
                permissions: .ownerReadWrite)
            try file.close()
        }
        let real = unsafe realpath(path, nil)
        defer { unsafe free(real) }
        self.path = unsafe real.map { unsafe String(cString: $0) } ?? path
        var configuration = Configuration()
        // `wharf user` may be writing.
        configuration.busyMode = .timeout(5)
        database = try DatabaseQueue(path: path, configuration: configuration)
        var migrator = DatabaseMigrator()
        migrator.registerMigration("users") { database in
            try database.create(table: UserRecord.databaseTableName) { table in
                table.primaryKey("name", .text)
                table.column("password", .text).notNull()
                table.column("home", .text).notNull()
                table.column("rights", .text).notNull()
                table.column("folders", .text).notNull()
                table.column("quotaBytes", .integer)
                table.column("quotaFiles", .integer)
                table.column("downloadRate", .integer)
                table.column("uploadRate", .integer)
                table.column("maximumSessions", .integer)
                table.column("isEnabled", .boolean).notNull()
            }
        }
        try migrator.migrate(database)
    }

    package func user(_ name: String) throws -> UserRecord? {
        try database.read { try UserRecord.fetchOne($0, key: name) }
    }

    /// In the order of their names.
    package func all() throws -> [UserRecord] {
        try database.read { try UserRecord.order(Column("name")).fetchAll($0) }
    }

    /// Throws if there is a user of that name.
    package func add(_ user: UserRecord) throws {
        try database.write { try user.insert($0) }
    }

    package func update(_ user: UserRecord) throws {
        try database.write { try user.update($0) }
    }

    /// False if there was none.
    package func remove(_ name: String) throws -> Bool {
        try database.write { try UserRecord.deleteOne($0, key: name) }
    }
}
