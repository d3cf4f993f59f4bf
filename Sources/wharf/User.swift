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
        abstract: "Keep the users of `wharf serve`: add, list, passwd, remove.",
        subcommands: [Add.self, List.self, Passwd.self, Remove.self])

    struct Database: ParsableArguments {
        @Option(help: ArgumentHelp("The database (default: users.sqlite in Wharf's own folder).", valueName: "file"))
        var users: String?

        var path: String {
            get throws { try users ?? StateFolder.make() + "/users.sqlite" }
        }

        func open() throws -> UserStore {
            let path = try path
            do { return try UserStore(path: path) } catch {
                throw ServeError(description: "\(path): the database of users cannot be opened: \(error)")
            }
        }
    }

    struct Settings: ParsableArguments {
        @Option(
            help: ArgumentHelp(
                "list, read, write, append, delete, rename, mkdir; read-only, all or none.", valueName: "rights"))
        var rights: String?

        @Option(
            help: ArgumentHelp(
                "Other rights in a folder: \"/folder: list read\". May be given several times.", valueName: "rule"))
        var folder: [String] = []

        @Option(help: ArgumentHelp("Bytes that may be stored, such as 10 GB.", valueName: "bytes"))
        var quota: String?

        @Option(help: ArgumentHelp("Files that may be stored.", valueName: "count"))
        var quotaFiles: Int64?

        @Option(help: ArgumentHelp("Bytes a second of one download, such as 1 MB.", valueName: "bytes"))
        var downloadRate: String?

        @Option(help: ArgumentHelp("Bytes a second of one upload.", valueName: "bytes"))
        var uploadRate: String?

        @Option(help: ArgumentHelp("Sessions at once.", valueName: "count"))
        var sessions: Int?

        func apply(to user: inout UserRecord) throws {
            if let rights { user.rights = rights }
            if !folder.isEmpty { user.folders = folder.joined(separator: "\n") }
            guard user.folderRights != nil else {
                throw ValidationError(
                    "rights are list, read, write, append, delete, rename, mkdir, read-only, all and none; a folder's are written \"/folder: list read\""
                )
            }
            user.quotaBytes = try bytes(quota, "--quota") ?? user.quotaBytes
            user.quotaFiles = quotaFiles ?? user.quotaFiles
            user.downloadRate = try bytes(downloadRate, "--download-rate") ?? user.downloadRate
            user.uploadRate = try bytes(uploadRate, "--upload-rate") ?? user.uploadRate
            user.maximumSessions = sessions ?? user.maximumSessions
        }

        private func bytes(_ text: String?, _ option: String) throws -> Int64? {
            guard let text else { return nil }
            guard let value = ByteCount.read(text) else {
                throw ValidationError("\(option) takes a number of bytes, such as 500000, 10 MB or 4 GiB")
            }
            return Int64(clamping: value)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a user; the password is asked for, or read from standard input.")

        @OptionGroup var database: Database
        @OptionGroup var settings: Settings
        @Argument(help: "The name.") var name: String
        @Option(help: ArgumentHelp("The folder that the user sees as /.", valueName: "folder")) var home: String

        func run() throws {
            guard !name.isEmpty, !name.utf8.contains(where: { $0 < 0x20 }), !ServerSession.isGuest(Array(name.utf8))
            else {
                throw ValidationError("\(name) cannot be the name of a user")
            }
            let store = try database.open()
            guard try store.user(name) == nil else {
                throw ServeError(
                    description: "there is a user \(name) already; `wharf user passwd` changes the password")
            }
            let home = URL(fileURLWithPath: home).standardizedFileURL.path
            do throws(FileError) { _ = try LocalTree(home) } catch {
                throw ServeError(description: "\(home): \(error.text.en)")
            }
            // The rights are looked at before anybody is asked for a password.
            var user = UserRecord(name: name, password: PasswordHash(text: ""), home: home)
            try settings.apply(to: &user)
            user.password = PasswordHash(of: try Password.ask(for: name)).text
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
                var facts = [user.rights]
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

    struct Passwd: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Change a password.")

        @OptionGroup var database: Database
        @Argument(help: "The name.") var name: String

        func run() throws {
            let store = try database.open()
            guard var user = try store.user(name) else { throw ServeError(description: "there is no user \(name)") }
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
            guard try database.open().remove(name) else { throw ServeError(description: "there is no user \(name)") }
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
