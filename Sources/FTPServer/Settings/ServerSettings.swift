package import FTPStorage
package import Bytes
package import FTPProtocol
package import Transport

/// All that can be said of a server: what the command line and the configuration file fill in.
package struct ServerSettings: Sendable {
    package struct Place: Sendable, Hashable {
        package var host: String
        package var port: Int

        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// Reads `192.0.2.1:21`, `[::1]:21`, `*:21`, or a port alone, which means this machine only.
        package init?(_ text: String) {
            let text = text.filter { $0 != " " }
            if let port = Int(text), (0...65535).contains(port) {
                self.init(host: "127.0.0.1", port: port)
                return
            }
            guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
                (0...65535).contains(port)
            else { return nil }
            var host = String(text[..<colon])
            if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
            if host == "*" { host = "::" }
            guard !host.isEmpty else { return nil }
            self.init(host: host, port: port)
        }
    }

    package struct Guests: Sendable, Hashable {
        package var areAllowed = true
        /// Nil for the site's.
        package var root: String?
        package var rights = Rights.readOnly
        package var folders: [FolderRights.Rule] = []
        package var downloadRate: UInt64?
        package var uploadRate: UInt64?
        package var maximumSessions: Int?

        package init() {}
    }

    /// What is served under one name, or at one address.
    package struct SiteSettings: Sendable {
        /// What the configuration calls it; empty for the first one.
        package var key = ""
        /// What HOST calls it.
        package var names: [String] = []
        package var listen: [Place] = []
        /// With TLS from the first byte on (port 990 by custom).
        package var listenImplicit: [Place] = []
        package var root = "."
        package var guests = Guests()
        /// The database of virtual users.
        package var userDatabase: String?
        /// A file below /etc/pam.d, by which users of this machine are let in.
        package var pamService: String?
        package var tls: TLSContext.Settings?
        /// See ``TLSContext/Settings``; they hold for whatever certificate the server has.
        package var clientAuthorityPath: String?
        package var requiresClientCertificate = false
        package var policy = ServerPolicy.Settings()
        package var passive = PassiveSettings()
        package var limits = SessionLimits()
        package var storage = LocalStorage.Options()
        /// Load balancers that speak the PROXY protocol.
        package var balancers: [IPAddress] = []

        package init() {}
    }

    /// The first one is everybody's who asks for no other.
    package var sites: [SiteSettings] = [SiteSettings()]
    package var bans = Bans.Settings()
    package var log = LogSettings()
    /// Nil if sessions are not recorded.
    package var recording: RecordingSettings?
    /// How long running transfers may go on once the server is told to stop.
    package var stopSeconds = 60
    /// Where Prometheus reads.
    package var metrics: Place?
    /// Who the server becomes once it listens, if root has started it.
    package var user: String?

    package init() {}
}

package struct LogSettings: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable, CaseIterable {
        case text, json
    }

    /// error, warning, info, debug.
    package var level = "info"
    package var format = Format.text
    /// A file of transfers in the form of xferlog(5).
    package var xferlog: String?

    package init() {}
}

extension ServerSettings {
    /// Reads a configuration; `text` is what the file at `path` holds.
    package init(path: String, text: String) throws(SettingsError) {
        var file = try SettingsFile(path: path, text: text)
        var base = SiteSettings()
        try base.read(&file, prefix: "")
        sites = [base]
        for name in file.names(below: "sites") {
            var site = base
            site.key = name
            (site.names, site.listen, site.listenImplicit) = ([name], [], [])
            try site.read(&file, prefix: "sites.\(name).")
            sites.append(site)
        }
        if let value = try file.int("bans.attempts", in: 0...1_000_000) { bans.attempts = value }
        if let value = try file.int("bans.window-seconds", in: 1...1_000_000) { bans.windowSeconds = value }
        if let value = try file.int("bans.ban-seconds", in: 1...100_000_000) { bans.banSeconds = value }
        if let value = try file.string("log.level") {
            guard LogLevels.level(value) != nil else {
                throw file.error("log.level", "has to be error, warning, info or debug")
            }
            log.level = value
        }
        if let value = try file.string("log.format") {
            guard let format = LogSettings.Format(rawValue: value) else {
                throw file.error("log.format", "has to be text or json")
            }
            log.format = format
        }
        if let value = try file.string("log.xferlog") { log.xferlog = value }
        if let value = try file.string("metrics") {
            guard let place = Place(value) else { throw file.error("metrics", "write \"127.0.0.1:9121\"") }
            metrics = place
        }
        if let value = try file.string("user") { user = value }
        try readRecording(&file)
        if let value = try file.int("stop-seconds", in: 0...86_400) { stopSeconds = value }
        try file.finish()
    }

    private mutating func readRecording(_ file: inout SettingsFile) throws(SettingsError) {
        if let value = try file.string("record.directory") { recording = RecordingSettings(directory: value) }
        if let value = try file.string("record.tls") {
            guard let tls = RecordingSettings.TLS(rawValue: value) else {
                throw file.error("record.tls", "has to be clear, keys or off")
            }
            recording?.tls = tls
        }
        if let value = try file.bool("record.passwords") { recording?.keepsPasswords = value }
    }
}

extension ServerSettings.SiteSettings {
    fileprivate mutating func read(_ file: inout SettingsFile, prefix: String) throws(SettingsError) {
        if let value = try file.string(prefix + "root") { root = value }
        if let value = try file.string(prefix + "banner") { policy.banner = value }
        if !prefix.isEmpty, let value = try file.strings(prefix + "hosts") { names = value }
        if let value = try places(&file, prefix + "listen") { listen = value }
        if let value = try places(&file, prefix + "listen-tls") { listenImplicit = value }
        try readGuests(&file, prefix + "anonymous.")
        if let value = try file.string(prefix + "users") { userDatabase = value }
        if let value = try file.string(prefix + "pam") { pamService = value }
        try readTLS(&file, prefix + "tls.")
        try readPassive(&file, prefix + "passive.")
        try readLimits(&file, prefix + "limits.")
        if let value = try file.bool(prefix + "uploads.synchronize") { storage.synchronizes = value }
        if let value = try file.string(prefix + "uploads.mask") {
            guard let mask = UInt16(value, radix: 8), mask <= 0o777 else {
                throw file.error(prefix + "uploads.mask", "has to be permission bits in octal, such as \"022\"")
            }
            storage.creationMask = mask
        }
        if let values = try file.strings(prefix + "proxy-protocol") {
            balancers = []
            for value in values {
                guard let address = IPAddress(value) else {
                    throw file.error(prefix + "proxy-protocol", "\"\(value)\" is no address of a load balancer")
                }
                balancers.append(address)
            }
        }
        if let value = try file.bool(prefix + "allow.fxp") { policy.allowsForeignAddresses = value }
        if let value = try file.bool(prefix + "allow.ccc") { policy.allowsClearCommandChannel = value }
        if let value = try file.bool(prefix + "allow.symlinks") { policy.allowsSymbolicLinks = value }
        if let value = try file.bool(prefix + "allow.who") { policy.showsSessions = value }
    }

    private func places(
        _ file: inout SettingsFile, _ name: String
    ) throws(SettingsError) -> [ServerSettings.Place]? {
        guard let texts = try file.strings(name) else { return nil }
        var places: [ServerSettings.Place] = []
        for text in texts {
            guard let place = ServerSettings.Place(text) else {
                throw file.error(name, "\"\(text)\" is no place to listen at; write \"0.0.0.0:21\" or \"[::]:21\"")
            }
            places.append(place)
        }
        return places
    }

    private mutating func readGuests(_ file: inout SettingsFile, _ prefix: String) throws(SettingsError) {
        if let value = try file.bool(prefix + "allowed") { guests.areAllowed = value }
        if let value = try file.string(prefix + "root") { guests.root = value }
        if let value = try file.string(prefix + "rights") {
            guard let rights = Rights(words: value) else { throw file.error(prefix + "rights", Self.rightsHint) }
            guests.rights = rights
        }
        if let values = try file.strings(prefix + "folders") {
            guests.folders = []
            for value in values {
                guard let rule = FolderRights.Rule(value) else {
                    throw file.error(prefix + "folders", "write \"/folder: list read\"; \(Self.rightsHint)")
                }
                guests.folders.append(rule)
            }
        }
        if let value = try file.bytes(prefix + "download-rate") { guests.downloadRate = value }
        if let value = try file.bytes(prefix + "upload-rate") { guests.uploadRate = value }
        if let value = try file.int(prefix + "sessions", in: 1...1_000_000) { guests.maximumSessions = value }
    }

    private static let rightsHint = "rights are list, read, write, append, delete, rename, mkdir, read-only, all, none"

    private mutating func readTLS(_ file: inout SettingsFile, _ prefix: String) throws(SettingsError) {
        let certificate = try file.string(prefix + "certificate")
        let key = try file.string(prefix + "key")
        if let certificate { tls = TLSContext.Settings(certificatePath: certificate, keyPath: key ?? certificate) }
        if let value = try file.string(prefix + "client-authority") { clientAuthorityPath = value }
        if let value = try file.bool(prefix + "client-certificate") { requiresClientCertificate = value }
        guard !requiresClientCertificate || clientAuthorityPath != nil else {
            throw file.error(prefix + "client-certificate", "needs client-authority, by which certificates are judged")
        }
        if let value = try file.bool(prefix + "required") { policy.requiresTLS = value }
        if let value = try file.bool(prefix + "session-reuse") { limits.requiresSessionReuse = value }
    }

    private mutating func readPassive(_ file: inout SettingsFile, _ prefix: String) throws(SettingsError) {
        if let value = try file.string(prefix + "ports") {
            guard let ports = PassiveSettings.ports(value) else {
                throw file.error(prefix + "ports", "has to be two ports, such as 50000-50100")
            }
            passive.ports = ports
        }
        if let value = try file.string(prefix + "external-address") {
            guard let address = IPAddress(value), address.isV4 else {
                throw file.error(prefix + "external-address", "has to be an IPv4 address, which PASV can tell")
            }
            passive.externalAddress = address
        }
    }

    private mutating func readLimits(_ file: inout SettingsFile, _ prefix: String) throws(SettingsError) {
        if let value = try file.int(prefix + "sessions", in: 1...10_000_000) { limits.sessions = value }
        if let value = try file.int(prefix + "sessions-per-address", in: 1...10_000_000) {
            limits.sessionsPerAddress = value
        }
        if let value = try file.int(prefix + "login-seconds", in: 1...86_400) { limits.loginSeconds = value }
        if let value = try file.int(prefix + "login-attempts", in: 1...1000) { policy.maximumLoginAttempts = value }
        if let value = try file.int(prefix + "idle-seconds", in: 1...86_400) {
            limits.idleSeconds = value
            policy.idleSeconds = value
        }
        if let value = try file.int(prefix + "connect-seconds", in: 1...3600) { limits.connectSeconds = value }
        if let value = try file.int(prefix + "stall-seconds", in: 1...86_400) { limits.stallSeconds = value }
    }
}

extension PassiveSettings {
    /// Reads `50000-50100`; nil for anything else.
    package static func ports(_ text: String) -> ClosedRange<UInt16>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
        guard parts.count == 2, let first = UInt16(parts[0]), let last = UInt16(parts[1]), first >= 1, first <= last
        else { return nil }
        return first...last
    }
}
