import ArgumentParser
import Bytes
import Dispatch
import FTPProtocol
import FTPStorage
import FTPServer
import Foundation
import Report
import SystemPackage
import Transport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve a folder over FTP.",
        discussion: """
            wharf serve                             this folder, for reading, to guests on this machine
            wharf serve --listen '*:2121' ~/files   to guests from anywhere
            wharf serve --config /etc/wharf.yaml    as the file says; docs/serve.md describes it

            SIGHUP has the configuration read again, for what comes after it. SIGTERM and Ctrl-C take no new \
            sessions and let transfers finish; a second one ends the program.
            """)

    @Argument(help: "The folder (default: the one in the configuration, or this one).", completion: .directory)
    var directory: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("A configuration in YAML.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Where to listen, instead of 127.0.0.1:2121; a port alone means this machine only, *:21 everywhere. May be given several times.",
            valueName: "address:port"), transform: ServeArgument.place)
    var listen: [ServerSettings.Place] = []

    @Option(
        help: ArgumentHelp(
            "Where to listen with TLS from the first byte on. May be given several times.", valueName: "address:port"),
        transform: ServeArgument.place)
    var listenTls: [ServerSettings.Place] = []

    @Flag(help: "Guests may write, rename and delete as well.")
    var anonymousWrite = false

    @Option(
        help: ArgumentHelp(
            "A folder below the one that is served, such as /incoming, into which guests may upload, though not overwrite or delete.",
            valueName: "folder"))
    var anonymousUpload: String?

    @Flag(help: "Only users of the database may log in.")
    var noAnonymous = false

    @Option(help: ArgumentHelp("Database of users; `wharf user` fills it.", valueName: "file"))
    var users: String?

    @Option(
        help: ArgumentHelp("Ports for passive mode, such as 50000-50100.", valueName: "first-last"),
        transform: ServeArgument.ports)
    var passivePorts: ClosedRange<UInt16>?

    @Option(
        help: ArgumentHelp(
            "The IPv4 address that PASV tells, where a router translates addresses.", valueName: "address"),
        transform: ServeArgument.addressForPassive)
    var externalAddress: IPAddress?

    @Option(help: ArgumentHelp("Certificate in PEM, instead of one made here.", valueName: "file"))
    var tlsCertificate: String?

    @Option(help: ArgumentHelp("Its private key in PEM.", valueName: "file"))
    var tlsKey: String?

    @Flag(help: "Refuse logins and data in clear.")
    var requireTls = false

    @Flag(help: "Take data connections that do not resume the TLS session of their control connection.")
    var allowNewTlsSessions = false

    @Flag(help: "Do without TLS.")
    var noTls = false

    @Option(help: ArgumentHelp("Sessions at once.", valueName: "count"), transform: ServeArgument.count)
    var maxSessions: Int?

    @Option(
        help: ArgumentHelp("Sessions at once from one address, or from one /64 of IPv6.", valueName: "count"),
        transform: ServeArgument.count)
    var maxSessionsPerAddress: Int?

    @Option(
        help: ArgumentHelp(
            "Record each session in that folder, as a capture that `wharf analyze` and Wireshark read.",
            valueName: "folder"), completion: .directory)
    var record: String?

    @Option(
        help: ArgumentHelp(
            "What of TLS is recorded: clear (what was said inside), keys (what went over the wire, and the secrets that decrypt it) or off (no secrets).",
            valueName: "clear|keys|off"))
    var recordTls: RecordingSettings.TLS?

    @Flag(help: "Record passwords as they were typed.")
    var recordPasswords = false

    @Option(help: ArgumentHelp("error, warning, info or debug.", valueName: "level"))
    var logLevel: LogSettings.Level?

    @Option(help: ArgumentHelp("text or json; the log goes to standard error.", valueName: "format"))
    var logFormat: LogSettings.Format?

    @Option(help: ArgumentHelp("A log of transfers in the form of xferlog(5).", valueName: "file"))
    var xferlog: String?

    @Option(
        help: ArgumentHelp("Counters for Prometheus over HTTP, such as 127.0.0.1:9121.", valueName: "address:port"),
        transform: ServeArgument.place)
    var metrics: ServerSettings.Place?

    @Option(help: ArgumentHelp("Whom to become once the server listens, if root starts it.", valueName: "name"))
    var user: String?

    func validate() throws {
        if tlsKey != nil, tlsCertificate == nil { throw ValidationError("--tls-key goes with --tls-certificate") }
        if !listenTls.isEmpty, noTls { throw ValidationError("--listen-tls and --no-tls exclude one another") }
        if noAnonymous, anonymousWrite || anonymousUpload != nil {
            throw ValidationError("--no-anonymous leaves nobody for --anonymous-write and --anonymous-upload")
        }
        if requireTls, noTls { throw ValidationError("--require-tls and --no-tls exclude one another") }
        if config == nil, record == nil, recordTls != nil || recordPasswords {
            throw ValidationError("--record-tls and --record-passwords go with --record FOLDER")
        }
    }

    func run() throws {
        _ = signal(SIGPIPE, SIG_IGN)
        raiseFileLimit()
        let settings = try settings()
        if geteuid() == 0, settings.sites.contains(where: { $0.pamService != nil }) { FileIdentity.keepWithinQuotas() }
        let sink = LogSink(.standardError)
        let isNewLog = settings.log.xferlog.map { unsafe access($0, F_OK) != 0 } ?? false
        let assembly = ServerAssembly { warn($0) }
        let server = Server(
            sites: try assembly.sites(settings), bans: settings.bans, log: try ServerLog(settings.log, to: sink),
            recording: try Self.recording(settings))
        if isNewLog, let log = settings.log.xferlog, let user = settings.user { try Identity.give(log, to: user) }
        for site in settings.sites where site.letsNobodyIn { warn(Self.nobody(site)) }
        for service in Set(settings.sites.compactMap(\.pamService)).sorted() where !PAMService.isThere(service) {
            warn(
                "there is no /etc/pam.d/\(service), without which PAM lets in whom its service \"other\" does, if anybody"
            )
        }
        let places = try listen(server, settings)
        let metrics = try server.serveMetrics(at: settings.metrics)
        let socket = StatusSocket.ofThisProgram
        do {
            try StatusSocket.makeFolder()
            StatusSocket.removeDead()
            try server.serveSessions(at: socket)
        } catch { warn("`wharf who` will not see this server: \(error)") }
        defer { unsafe unlink(socket) }
        Self.allowBits(of: settings)
        // Whoever the server becomes may not read its certificate.
        let greeting = ServeGreeting.text(settings, at: places)
        if let user = settings.user {
            try Identity.become(user)
            try Self.checkFiles(settings, user)
        } else if geteuid() == 0 {
            warn("running as root; --user NAME has the server become somebody else once it listens")
        }
        // Before anybody is told that the server is there, and may send it signals.
        let signals = ServeSignals(
            server, SettingsReload(server, assembly, sink, settings) { try self.settings() })
        print(greeting)
        if let metrics { print("Metrics: http://\(metrics)/metrics") }
        fflush(nil)
        SystemdNotice.ready()
        signals.wait()
        SessionRecorder.finishAll()
        server.log.flush()
    }

    /// Throws if there are files that the server has to write, and may not as the user that it has become.
    private static func checkFiles(_ settings: ServerSettings, _ user: String) throws {
        for path in [settings.recording?.directory, settings.log.xferlog].compactMap({ $0 })
        where unsafe access(path, W_OK) != 0 {
            throw ServeError(description: "\(path): \(user) may not write there; chown \(user) '\(path)' lets it")
        }
    }

    /// What is said where nobody can log in.
    private static func nobody(_ site: ServerSettings.SiteSettings) -> String {
        let place = site.key.isEmpty ? "" : "site \(site.key): "
        let lack = site.userDatabase.map { "no user in \($0) may log in" } ?? "there is no database of users"
        let way =
            site.userDatabase.map { "`wharf user add NAME --home FOLDER --users \($0)` adds one" }
            ?? "--users FILE names one, which `wharf user add` fills"
        return "\(place)nobody can log in, for guests are not allowed, and \(lack); \(way)"
    }

    /// Has the process's umask not take what a site's own mask leaves of the usual one; what is stricter otherwise stays.
    private static func allowBits(of settings: ServerSettings) {
        let left = 0o022 & ~mode_t(settings.sites.reduce(0o777) { $0 & $1.storage.creationMask })
        let own = umask(0)
        _ = umask(own & ~left)
    }

    /// A session takes a descriptor, a transfer three more; what the system allows is taken.
    private func raiseFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private func listen(_ server: Server, _ settings: ServerSettings) throws -> [ServePlace] {
        let activated = SystemdNotice.sockets
        if !activated.isEmpty {
            let places = try activated.map { descriptor in
                let (site, isImplicit) = Endpoint(of: descriptor).map(settings.purpose) ?? (0, false)
                let endpoint = try server.listen(
                    .init(host: "", port: 0, isImplicit: isImplicit, site: site, descriptor: descriptor))
                return ServePlace(endpoint: endpoint, isImplicit: isImplicit, site: site)
            }
            for place in settings.sites.flatMap({ $0.listen + $0.listenImplicit })
            where !places.contains(where: { Int($0.endpoint.port) == place.port }) {
                warn("\(place) is not listened at: of sockets that are passed to the server, none has that port")
            }
            return places
        }
        var places: [ServePlace] = []
        for (index, site) in settings.sites.enumerated() {
            for (place, isImplicit) in site.listen.map({ ($0, false) }) + site.listenImplicit.map({ ($0, true) }) {
                let endpoint = try server.listen(
                    .init(host: place.host, port: place.port, isImplicit: isImplicit, site: index))
                places.append(ServePlace(endpoint: endpoint, isImplicit: isImplicit, site: index))
            }
        }
        return places
    }

    /// What the file says, and what the command line says instead.
    private func settings() throws -> ServerSettings {
        var settings = ServerSettings()
        if let config {
            let text: String
            do { text = try String(contentsOfFile: config, encoding: .utf8) } catch {
                var isFolder: ObjCBool = false
                let isThere = unsafe FileManager.default.fileExists(atPath: config, isDirectory: &isFolder)
                let why = isThere && isFolder.boolValue ? "it is a folder" : error.localizedDescription
                throw ServeError(description: "\(config): cannot be read: \(why)")
            }
            settings = try ServerSettings(path: config, text: text)
        }
        for index in settings.sites.indices { try apply(to: &settings.sites[index], isFirst: index == 0) }
        if let logLevel { settings.log.level = logLevel }
        if let logFormat { settings.log.format = logFormat }
        if let xferlog { settings.log.xferlog = xferlog }
        if let user { settings.user = user }
        if let metrics { settings.metrics = metrics }
        if let record {
            var recording = settings.recording ?? RecordingSettings(directory: record)
            recording.directory = record
            settings.recording = recording
        }
        if let recordTls { settings.recording?.tls = recordTls }
        if recordPasswords { settings.recording?.keepsPasswords = true }
        return settings
    }

    /// Nil if sessions are not recorded.
    static func recording(_ settings: ServerSettings) throws -> Server.Recording? {
        guard let recording = settings.recording else { return nil }
        let isNew = unsafe access(recording.directory, F_OK) != 0
        do {
            try FileManager.default.createDirectory(
                atPath: recording.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            let why = isNew ? error.localizedDescription : "it is no folder"
            throw ServeError(description: "\(recording.directory): sessions cannot be recorded there: \(why)")
        }
        if isNew, let user = settings.user { try Identity.give(recording.directory, to: user) }
        return Server.Recording(recording) { warn($0) }
    }

    private func apply(to site: inout ServerSettings.SiteSettings, isFirst: Bool) throws {
        if isFirst {
            if let directory { (site.root, site.origins["root"]) = (directory, nil) }
            if !listen.isEmpty { site.listen = listen }
            if !listenTls.isEmpty { site.listenImplicit = listenTls }
            if site.listen.isEmpty, site.listenImplicit.isEmpty, SystemdNotice.sockets.isEmpty {
                site.listen = [ServerSettings.Place(host: "127.0.0.1", port: 2121)]
            }
        }
        if anonymousWrite { site.guests.rights = .all }
        if let anonymousUpload {
            let folder = try uploadFolder(anonymousUpload, of: site)
            site.guests.folders.removeAll { $0.folder == folder }
            site.guests.folders.append(.init(folder: folder, rights: [.list, .write, .makeDirectory]))
        }
        if noAnonymous { site.guests.areAllowed = false }
        if let users { (site.userDatabase, site.origins["users"]) = (users, nil) }
        if let passivePorts { site.passive.ports = passivePorts }
        if let externalAddress { site.passive.externalAddress = externalAddress }
        if let maxSessions { site.limits.sessions = maxSessions }
        if let maxSessionsPerAddress { site.limits.sessionsPerAddress = maxSessionsPerAddress }
        if allowNewTlsSessions { site.limits.requiresSessionReuse = false }
        if requireTls { site.policy.requiresTLS = true }
        if let tlsCertificate {
            site.tls = .init(certificatePath: tlsCertificate, keyPath: tlsKey ?? tlsCertificate)
            site.origins["tls"] = nil
        }
        if noTls {
            site.tls = nil
        } else if site.tls == nil {
            site.tls = try ownCertificate(required: site.policy.requiresTLS || !site.listenImplicit.isEmpty)
        }
    }

    /// The folder of a site's guests that is called `name`; it has to be there.
    private func uploadFolder(_ name: String, of site: ServerSettings.SiteSettings) throws -> ServerPath {
        let root = URL(fileURLWithPath: site.guests.root ?? site.root).standardizedFileURL.path
        guard let folder = ServerPath(name) else {
            throw ServeError(description: "--anonymous-upload: no folder can be called that")
        }
        // What is wrong with the root itself is told by whoever opens it.
        guard FileManager.default.fileExists(atPath: root) else { return folder }
        do throws(FileError) {
            try site.checkGuestFolder(folder)
            return folder
        } catch {
            let fault = "--anonymous-upload \(name): it names a folder below \(root)"
            if name.hasPrefix(root + "/") {
                throw ServeError(description: "\(fault): write \(name.dropFirst(root.count))")
            }
            guard error == .notFound else { throw ServeError(description: "\(fault), and: \(error.text.en)") }
            let place = root == "/" ? "\(folder)" : "\(root)\(folder)"
            throw ServeError(description: "\(fault), and there is none; make it: mkdir -p '\(place)'")
        }
    }

    /// Made or read once: later the server may be somebody else, who may not read its key.
    private static let ownCertificate = Result {
        try OwnCertificate(in: try StateFolder.make(), hostNames: [ProcessInfo.processInfo.hostName, "localhost"])
    }

    /// Nil where none can be kept and TLS is not asked for.
    private func ownCertificate(required: Bool) throws -> TLSContext.Settings? {
        switch Self.ownCertificate {
        case .success(let own): return .init(certificatePath: own.certificatePath, keyPath: own.keyPath)
        case .failure(let error):
            if required { throw ServeError(description: "no certificate for TLS: \(error)") }
            warn("no TLS: a certificate could not be made: \(error)")
            return nil
        }
    }
}

/// Why the server cannot begin, or its users cannot be changed.
struct ServeError: Error, CustomStringConvertible {
    let description: String
}
