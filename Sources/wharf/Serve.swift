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

            SIGHUP has the configuration read again, for sessions that come after it. SIGTERM and Ctrl-C take no new \
            sessions and let transfers finish; a second one ends the program.
            """)

    @Argument(help: "The folder (default: the one in the configuration, or this one).", completion: .directory)
    var directory: String?

    @Option(name: .shortAndLong, help: ArgumentHelp("A configuration in YAML.", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Where to listen, instead of 127.0.0.1:2121; a port alone means this machine only, *:21 everywhere. May be given several times.",
            valueName: "address:port"))
    var listen: [String] = []

    @Option(
        help: ArgumentHelp(
            "Where to listen with TLS from the first byte on. May be given several times.", valueName: "address:port"))
    var listenTls: [String] = []

    @Flag(help: "Guests may write, rename and delete as well.")
    var anonymousWrite = false

    @Option(
        help: ArgumentHelp(
            "A folder, such as /incoming, into which guests may upload, though not overwrite or delete.",
            valueName: "folder"))
    var anonymousUpload: String?

    @Flag(help: "Only users of the database may log in.")
    var noAnonymous = false

    @Option(help: ArgumentHelp("Database of users; `wharf user` fills it.", valueName: "file"))
    var users: String?

    @Option(help: ArgumentHelp("Ports for passive mode, such as 50000-50100.", valueName: "first-last"))
    var passivePorts: String?

    @Option(
        help: ArgumentHelp(
            "The IPv4 address that PASV tells, where a router translates addresses.", valueName: "address"))
    var externalAddress: String?

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

    @Option(help: ArgumentHelp("Sessions at once.", valueName: "count"))
    var maxSessions: Int?

    @Option(help: ArgumentHelp("Sessions at once from one address.", valueName: "count"))
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
    var logLevel: String?

    @Option(help: ArgumentHelp("text or json; the log goes to standard error.", valueName: "format"))
    var logFormat: LogSettings.Format?

    @Option(help: ArgumentHelp("A log of transfers in the form of xferlog(5).", valueName: "file"))
    var xferlog: String?

    @Option(help: ArgumentHelp("Counters for Prometheus over HTTP, such as 127.0.0.1:9121.", valueName: "address:port"))
    var metrics: String?

    @Option(help: ArgumentHelp("Whom to become once the server listens, if root starts it.", valueName: "name"))
    var user: String?

    func run() throws {
        _ = signal(SIGPIPE, SIG_IGN)
        raiseFileLimit()
        let settings = try settings()
        let sink = LogSink(.standardError)
        let server = Server(
            sites: try ServerAssembly.sites(settings), bans: settings.bans, log: try ServerLog(settings.log, to: sink),
            recording: try recording(settings))
        let places = try listen(server, settings)
        var metrics: Endpoint?
        if let place = settings.metrics {
            do { metrics = try server.serveMetrics(host: place.host, port: place.port) } catch {
                throw ServeError(description: "cannot serve metrics at \(place.host) port \(place.port): \(error)")
            }
        }
        let socket = StatusSocket.path(port: places.first?.port ?? 0)
        do {
            try StatusSocket.makeFolder()
            try server.serveSessions(at: socket)
        } catch { warn("`wharf who` will not see this server: \(socket): \(error)") }
        defer { unsafe unlink(socket) }
        if let user = settings.user {
            try Identity.become(user)
        } else if geteuid() == 0 {
            warn("running as root; --user NAME has the server become somebody else once it listens")
        }
        print(ServeGreeting.text(settings, at: places))
        if let metrics { print("Metrics: http://\(metrics)/metrics") }
        fflush(nil)
        SystemdNotice.ready()
        ServeSignals(server, sites: settings.sites.map(\.key), stopSeconds: settings.stopSeconds) {
            try self.settings()
        }.wait()
        SessionRecorder.finishAll()
        sink.flush()
    }

    /// A session takes a descriptor, a transfer three more; what the system allows is taken.
    private func raiseFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private func listen(_ server: Server, _ settings: ServerSettings) throws -> [Endpoint] {
        let activated = SystemdNotice.sockets
        if !activated.isEmpty {
            return try activated.map { try server.listen(.init(host: "", port: 0, descriptor: $0)) }
        }
        var places: [Endpoint] = []
        for (index, site) in settings.sites.enumerated() {
            for (place, isImplicit) in site.listen.map({ ($0, false) }) + site.listenImplicit.map({ ($0, true) }) {
                do {
                    places.append(
                        try server.listen(
                            .init(host: place.host, port: place.port, isImplicit: isImplicit, site: index)))
                } catch {
                    throw ServeError(description: "cannot listen at \(place.host) port \(place.port): \(error)")
                }
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
                throw ServeError(description: "\(config): cannot be read: \(error.localizedDescription)")
            }
            settings = try ServerSettings(path: config, text: text)
        }
        for index in settings.sites.indices { try apply(to: &settings.sites[index], isFirst: index == 0) }
        if let logLevel { settings.log.level = logLevel }
        if let logFormat { settings.log.format = logFormat }
        if let xferlog { settings.log.xferlog = xferlog }
        if let user { settings.user = user }
        if let metrics { settings.metrics = try place(metrics) }
        if let record {
            var recording = settings.recording ?? RecordingSettings(directory: record)
            recording.directory = record
            settings.recording = recording
        }
        if let recordTls { settings.recording?.tls = recordTls }
        if recordPasswords { settings.recording?.keepsPasswords = true }
        return settings
    }

    private func recording(_ settings: ServerSettings) throws -> Server.Recording? {
        guard let recording = settings.recording else { return nil }
        do {
            try FileManager.default.createDirectory(
                atPath: recording.directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ServeError(description: "\(recording.directory): sessions cannot be recorded there: \(error)")
        }
        return Server.Recording(recording) { warn($0) }
    }

    private func apply(to site: inout ServerSettings.SiteSettings, isFirst: Bool) throws {
        if isFirst {
            if let directory { site.root = directory }
            if !listen.isEmpty { site.listen = try listen.map(place) }
            if !listenTls.isEmpty { site.listenImplicit = try listenTls.map(place) }
            if site.listen.isEmpty, site.listenImplicit.isEmpty {
                site.listen = [ServerSettings.Place(host: "127.0.0.1", port: 2121)]
            }
        }
        if anonymousWrite { site.guests.rights = .all }
        if let anonymousUpload {
            guard let folder = ServerPath(anonymousUpload) else {
                throw ValidationError("--anonymous-upload: \(anonymousUpload) is no folder")
            }
            site.guests.folders.append(.init(folder: folder, rights: [.list, .write, .makeDirectory]))
        }
        if noAnonymous { site.guests.areAllowed = false }
        if let users { site.userDatabase = users }
        if let passivePorts {
            guard let ports = PassiveSettings.ports(passivePorts) else {
                throw ValidationError("--passive-ports takes two ports, such as 50000-50100")
            }
            site.passive.ports = ports
        }
        if let externalAddress {
            guard let address = IPAddress(externalAddress), address.isV4 else {
                throw ValidationError("--external-address takes an IPv4 address, which PASV can tell")
            }
            site.passive.externalAddress = address
        }
        if let maxSessions { site.limits.sessions = maxSessions }
        if let maxSessionsPerAddress { site.limits.sessionsPerAddress = maxSessionsPerAddress }
        if allowNewTlsSessions { site.limits.requiresSessionReuse = false }
        if requireTls { site.policy.requiresTLS = true }
        if let tlsCertificate {
            site.tls = .init(certificatePath: tlsCertificate, keyPath: tlsKey ?? tlsCertificate)
        }
        if noTls {
            site.tls = nil
        } else if site.tls == nil {
            site.tls = try ownCertificate(required: site.policy.requiresTLS || !site.listenImplicit.isEmpty)
        }
    }

    private func place(_ text: String) throws -> ServerSettings.Place {
        guard let place = ServerSettings.Place(text) else {
            throw ValidationError("\"\(text)\" is no place to listen at; write 2121, 0.0.0.0:21 or '[::]:21'")
        }
        return place
    }

    /// Nil where none can be kept and TLS is not asked for.
    private func ownCertificate(required: Bool) throws -> TLSContext.Settings? {
        do {
            let folder = try StateFolder.make()
            let own = try OwnCertificate(in: folder, hostNames: [ProcessInfo.processInfo.hostName, "localhost"])
            return .init(certificatePath: own.certificatePath, keyPath: own.keyPath)
        } catch {
            if required { throw ServeError(description: "no certificate for TLS: \(error)") }
            warn("no TLS: a certificate could not be made: \(error)")
            return nil
        }
    }
}

extension RecordingSettings.TLS: ExpressibleByArgument {}

/// Why the server cannot begin, or its users cannot be changed.
struct ServeError: Error, CustomStringConvertible {
    let description: String
}

/// Where Wharf keeps what has to last: `/var/lib/wharf` for root, else below the home.
enum StateFolder {
    static var path: String {
        if geteuid() == 0 { return "/var/lib/wharf" }
        let environment = ProcessInfo.processInfo.environment
        let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? ".") + "/.local/share"
        return data + "/wharf"
    }

    static func make() throws -> String {
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return path
    }
}

extension LogSettings.Format: ExpressibleByArgument {}

/// What is said when the server has begun: where it is, and what to type.
enum ServeGreeting {
    static func text(_ settings: ServerSettings, at places: [Endpoint]) -> String {
        let site = settings.sites[0]
        var lines: [String] = []
        let who =
            site.guests.areAllowed ? (site.guests.rights == .readOnly ? "to guests, for reading" : "to guests") : ""
        let users = site.userDatabase == nil ? "" : (who.isEmpty ? "to its users" : " and to its users")
        lines.append(
            "Serving \(site.guests.root ?? site.root) \(who)\(users), at \(places.map(\.description).joined(separator: " and "))"
        )
        if let place = places.first {
            let host =
                place.address == .unspecified || place.address == IPAddress(v4: 0) ? "127.0.0.1" : "\(place.address)"
            let written = host.contains(":") ? "[\(host)]" : host
            lines += [
                "", "    curl ftp://\(written):\(place.port)/", "    lftp ftp://\(written):\(place.port)",
                "    ftp -p \(host) \(place.port)", "",
            ]
            let isLocal = host == "::1" || host.hasPrefix("127.")
            lines.append(
                "See it on the wire: sudo wharf capture --story --ftp --ftp-port \(place.port) -i \(isLocal ? "lo" : "any")"
                    + (isLocal ? "   (what stays on this machine passes through lo, no other interface sees it)" : ""))
        }
        if let tls = site.tls, let fingerprint = OwnCertificate.fingerprint(of: tls.certificatePath) {
            lines.append("TLS by AUTH TLS; SHA-256 of the certificate: \(fingerprint)")
        } else {
            lines.append("No TLS.")
        }
        if let recording = settings.recording {
            lines.append("Sessions are recorded in \(recording.directory); tell one: wharf analyze FILE")
        }
        let ports =
            site.passive.ports.map { "\($0.lowerBound)-\($0.upperBound)" }
            ?? "any port that is free (--passive-ports says which)"
        lines.append("Passive data connections: \(ports)")
        return lines.joined(separator: "\n")
    }
}

/// SIGHUP, SIGTERM and SIGINT.
final class ServeSignals {
    private let done = DispatchSemaphore(value: 0)
    private var sources: [any DispatchSourceSignal] = []

    /// - Parameter sites: which there are, in their order.
    init(
        _ server: Server, sites: [String], stopSeconds: Int, _ settings: @escaping () throws -> ServerSettings
    ) {
        on(SIGHUP) {
            do {
                let settings = try settings()
                guard settings.sites.map(\.key) == sites else {
                    return warn("nothing is changed: sites were added, removed or moved, which takes a restart")
                }
                server.replace(try ServerAssembly.sites(settings))
            } catch { warn("nothing is changed: \(error)") }
        }
        let done = done
        for number in [SIGTERM, SIGINT] {
            on(number) {
                for number in [SIGTERM, SIGINT] { _ = signal(number, SIG_DFL) }
                server.stop(within: stopSeconds) { done.signal() }
            }
        }
    }

    private func on(_ number: Int32, _ handler: @escaping () -> Void) {
        _ = signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: handler)
        source.resume()
        sources.append(source)
    }

    func wait() { done.wait() }
}
