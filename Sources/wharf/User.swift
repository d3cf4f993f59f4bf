import FTPStorage
import ArgumentParser
import FTPProtocol
import FTPServer
import Foundation
import Report

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct User: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Keep the users of `wharf serve`: add, list, set, passwd, remove.",
        subcommands: [Add.self, List.self, Change.self, Passwd.self, Remove.self])

    struct Database: ParsableArguments {
        @Option(help: ArgumentHelp("The database (default: users.sqlite in Wharf's own folder).", valueName: "file"))
        var users: String?

        /// - Parameter makes: whether it is made where there is none; elsewhere a slip of the pen would make one.
        func open(makes: Bool = false) throws -> UserStore {
            let path = try users ?? (makes ? StateFolder.make() : StateFolder.path) + "/users.sqlite"
            guard makes || FileManager.default.fileExists(atPath: path) else {
                throw ServeError(
                    description:
                        "\(path): there is no such database; `wharf user add NAME --home FOLDER --users FILE` makes one"
                )
            }
            do { return try UserStore(path: path, makes: makes) } catch {
                throw ServeError(description: "\(path): the database of users cannot be opened: \(error)")
            }
        }

        /// The user of that name.
        func user(_ name: String, in store: UserStore) throws -> UserRecord {
            guard let user = try store.user(name) else {
                throw ServeError(description: "there is no user \(name) in \(store.path)")
            }
            return user
        }
    }

    struct Settings: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "list, read, write, append, delete, rename, mkdir; read-only, all or none.", valueName: "rights"),
            transform: ServeArgument.rights)
        var rights: String?

        @Option(
            help: ArgumentHelp(
                "Other rights in a folder: \"/folder: list read\". May be given several times; none for no folder.",
                valueName: "rule"), transform: ServeArgument.folderRule)
        var folder: [String?] = []

        @Option(
            help: ArgumentHelp("Bytes that may be stored, such as 10 GB, or none for no limit.", valueName: "bytes"),
            transform: ServeArgument.byteLimit)
        var quota: ServeArgument.Limit?

        @Option(
            help: ArgumentHelp("Files and folders that may be stored, or none.", valueName: "count"),
            transform: ServeArgument.countLimit)
        var quotaFiles: ServeArgument.Limit?

        @Option(
            help: ArgumentHelp("Bytes a second of one download, such as 1 MB, or none.", valueName: "bytes"),
            transform: ServeArgument.rateLimit)
        var downloadRate: ServeArgument.Limit?

        @Option(
            help: ArgumentHelp("Bytes a second of one upload, or none.", valueName: "bytes"),
            transform: ServeArgument.rateLimit)
        var uploadRate: ServeArgument.Limit?

        @Option(
            help: ArgumentHelp("Sessions at once, or none.", valueName: "count"), transform: ServeArgument.countLimit)
        var sessions: ServeArgument.Limit?

        var isEmpty: Bool {
            rights == nil && folder.isEmpty && quota == nil && quotaFiles == nil && downloadRate == nil
                && uploadRate == nil && sessions == nil
        }

        func apply(to user: inout UserRecord) {
            if let rights { user.rights = rights }
            if !folder.isEmpty { user.folders = folder.compactMap { $0 }.joined(separator: "\n") }
            if let quota { user.quotaBytes = quota.value }
            if let quotaFiles { user.quotaFiles = quotaFiles.value }
            if let downloadRate { user.downloadRate = downloadRate.value }
            if let uploadRate { user.uploadRate = uploadRate.value }
            if let sessions { user.maximumSessions = sessions.value.map { Int($0) } }
        }
    }

    /// The whole path of a home; it has to be there.
    private static func home(_ path: String) throws -> String {
        let home = URL(fileURLWithPath: path).standardizedFileURL.path
        do throws(FileError) { _ = try LocalTree(home) } catch {
            throw ServeError(description: "\(home): \(error.text.en)")
        }
        return home
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user; the password is asked for, or read from standard input.")

        @OptionGroup var database: Database
        @OptionGroup var settings: Settings
        @Argument(help: "The name.") var name: String
        @Option(help: ArgumentHelp("The folder that the user sees as /.", valueName: "folder")) var home: String

        func validate() throws {
            guard !name.isEmpty, !name.utf8.contains(where: { $0 < 0x20 }), !ServerSession.isGuest(Array(name.utf8))
            else {
                throw ValidationError("\(name) cannot be the name of a user")
            }
        }

        func run() throws {
            let home = try User.home(home)
            let store = try database.open(makes: true)
            guard try store.user(name) == nil else {
                throw ServeError(
                    description: "there is a user \(name) already; `wharf user set` and `wharf user passwd` change it")
            }
            var user = UserRecord(name: name, password: PasswordHash(of: try Password.ask(for: name)), home: home)
            settings.apply(to: &user)
            try store.add(user)
            print("\(name) may log in; files are in \(home).")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the users.")

        @OptionGroup var database: Database

        func run() throws {
            let users = try database.open().all()
            guard !users.isEmpty else { return print("No users. `wharf user add NAME --home FOLDER` adds one.") }
            let width = users.map(\.name.count).max() ?? 0
            for user in users {
                let name = user.name.padding(toLength: width, withPad: " ", startingAt: 0)
                var facts = (user.isEnabled ? [] : ["disabled"]) + [user.rights]
                facts += user.folders.split(separator: "\n").map(String.init)
                if let quota = user.quotaBytes { facts.append("quota \(quota) bytes") }
                if let quota = user.quotaFiles { facts.append("quota \(quota) files") }
                if let rate = user.downloadRate { facts.append("down \(rate) bytes/s") }
                if let rate = user.uploadRate { facts.append("up \(rate) bytes/s") }
                if let sessions = user.maximumSessions { facts.append("\(sessions) sessions") }
                print("\(name)  \(user.home)  \(facts.joined(separator: "; "))")
            }
        }
    }

    struct Change: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Change what a user may do; what is not given stays as it is.")

        enum Access: EnumerableFlag {
            case enable, disable

            static func help(for value: Self) -> ArgumentHelp? {
                value == .enable ? "Let the user in again." : "Let the user in no more; nothing is forgotten."
            }
        }

        @OptionGroup var database: Database
        @OptionGroup var settings: Settings
        @Argument(help: "The name.") var name: String
        @Option(help: ArgumentHelp("The folder that the user sees as /.", valueName: "folder")) var home: String?
        @Flag var access: Access?

        func validate() throws {
            guard !settings.isEmpty || home != nil || access != nil else {
                throw ValidationError("say what is to change")
            }
        }

        func run() throws {
            let store = try database.open()
            var user = try database.user(name, in: store)
            settings.apply(to: &user)
            if let home { user.home = try User.home(home) }
            if let access { user.isEnabled = access == .enable }
            try store.update(user)
            print("\(name) is changed; it holds from the next login on.")
        }
    }

    struct Passwd: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a password.")

        @OptionGroup var database: Database
        @Argument(help: "The name.") var name: String

        func run() throws {
            let store = try database.open()
            var user = try database.user(name, in: store)
            user.password = PasswordHash(of: try Password.ask(for: name)).text
            try store.update(user)
            print("The password of \(name) is changed.")
        }
    }

    struct Remove: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Remove a user; the files stay.")

        @OptionGroup var database: Database
        @Argument(help: "The name.") var name: String

        func run() throws {
            let store = try database.open()
            _ = try store.remove(try database.user(name, in: store).name)
            print("\(name) is removed; the files are still there.")
        }
    }
}

/// A password from whoever sits at the terminal, or from a pipe.
enum Password {
    static func ask(for name: String) throws -> [UInt8] {
        let isTerminal = isatty(STDIN_FILENO) == 1
        let first = try read("Password for \(name): ", isTerminal)
        guard !first.isEmpty else { throw ServeError(description: "the password is empty") }
        if isTerminal, try read("Once more: ", true) != first {
            throw ServeError(description: "the two passwords differ")
        }
        return first
    }

    private static func read(_ prompt: String, _ isTerminal: Bool) throws -> [UInt8] {
        guard isTerminal else { return Array((readLine() ?? "").utf8) }
        var settings = termios()
        unsafe tcgetattr(STDIN_FILENO, &settings)
        let shown = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var shown = shown
            unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
            print()
        }
        print(prompt, terminator: "")
        fflush(nil)
        return Array((readLine() ?? "").utf8)
    }
}
