package import FTPStorage
package import Bytes
package import FTPProtocol
package import Transport

/// All that can be said of a server: what the command line and the configuration file fill in.
package struct ServerSettings: Sendable {
    package struct Place: Sendable, Hashable, CustomStringConvertible {
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

        /// As it is written on a command line.
        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
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
        /// Which file and line have named a file, by the name of the setting; none for what the command line has named.
        package var origins: [SettingName: String] = [:]

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

    /// What a socket is for that listens at `endpoint` already: that of the place at this address and port, or else at this
    /// port; the first site, in clear, if there is none.
    package func purpose(of endpoint: Endpoint) -> (site: Int, isImplicit: Bool) {
        var found: (site: Int, isImplicit: Bool)?
        for (index, site) in sites.enumerated() {
            for (place, isImplicit) in site.listen.map({ ($0, false) }) + site.listenImplicit.map({ ($0, true) })
            where place.port == endpoint.port {
                if IPAddress(place.host) == endpoint.address { return (index, isImplicit) }
                found = found ?? (index, isImplicit)
            }
        }
        return found ?? (0, false)
    }
}

package struct LogSettings: Sendable, Hashable {
    package enum Format: String, Sendable, Hashable, CaseIterable {
        case text, json
    }

    /// What is told: events of that weight and above.
    package enum Level: String, Sendable, Hashable, CaseIterable {
        case error, warning, info
        /// Every command and reply as well.
        case debug
    }

    package var level = Level.info
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
        try base.read(&file, in: SettingName(parts: []))
        sites = [base]
        for name in file.names(below: "sites") {
            var site = base
            site.key = name
            (site.names, site.listen, site.listenImplicit) = ([name], [], [])
            try site.read(&file, in: "sites" + SettingName(parts: [name]))
            sites.append(site)
        }
        try checkPlaces(&file)
        if let value = try file.int("bans.attempts", in: 0...1_000_000) { bans.attempts = value }
        if let value = try file.int("bans.window-seconds", in: 1...1_000_000) { bans.windowSeconds = value }
        if let value = try file.int("bans.ban-seconds", in: 1...100_000_000) { bans.banSeconds = value }
        if let value = try file.string("log.level") {
            guard let level = LogSettings.Level(rawValue: value) else {
                throw file.error("log.level", "has to be error, warning, info or debug")
            }
            log.level = level
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

    /// Throws for what leaves nowhere to listen, or leaves open which site is meant.
    private func checkPlaces(_ file: inout SettingsFile) throws(SettingsError) {
        if file.has("listen"), sites.allSatisfy({ $0.listen.isEmpty && $0.listenImplicit.isEmpty }) {
            throw file.error("listen", "is empty, and there is no other place to listen at")
        }
        var listeners: Set<ServerSettings.Place> = []
        for site in sites {
            for place in site.listen + site.listenImplicit where place.port != 0 && !listeners.insert(place).inserted {
                let group = SettingName(parts: site.key.isEmpty ? [] : ["sites", site.key])
                throw file.error(
                    group + (site.listen.contains(place) ? "listen" : "listen-tls"), "\(place) is listened at already")
            }
        }
        var owners: [String: String] = [:]
        for site in sites {
            for name in site.names.map({ $0.lowercased() }) {
                if let other = owners.updateValue(site.key, forKey: name) {
                    let (place, hosts): (SettingName, SettingName) = ("sites" + SettingName(parts: [site.key]), "hosts")
                    throw file.error(
                        file.has(place + hosts) ? place + hosts : place,
                        "\(name) is a host of \(other.isEmpty ? "the first site" : "the site \(other)") already")
                }
            }
        }
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
        for name: SettingName in ["record.tls", "record.passwords"] where recording == nil && file.has(name) {
            throw file.error(name, "needs record.directory, where sessions are recorded")
        }
    }
}

extension ServerSettings.SiteSettings {
    fileprivate mutating func read(_ file: inout SettingsFile, in group: SettingName) throws(SettingsError) {
        if let value = try file.string(group + "root") {
            (root, origins["root"]) = (value, file.place(of: group + "root"))
        }
        if let value = try file.string(group + "banner") { policy.banner = value }
        if let value = try file.strings(group + "hosts") { names = value }
        try checkHosts(&file, group)
        if let value = try places(&file, group + "listen") { listen = value }
        if let value = try places(&file, group + "listen-tls") { listenImplicit = value }
        try readGuests(&file, group + "anonymous")
        if let value = try file.string(group + "users") {
            (userDatabase, origins["users"]) = (value, file.place(of: group + "users"))
        }
        if let value = try file.string(group + "pam") { pamService = value }
        try readTLS(&file, group + "tls")
        try readPassive(&file, group + "passive")
        try readLimits(&file, group + "limits")
        if let value = try file.bool(group + "uploads.synchronize") { storage.synchronizes = value }
        if let value = try file.string(group + "uploads.mask") {
            guard let mask = UInt16(value, radix: 8), mask <= 0o777 else {
                throw file.error(group + "uploads.mask", "has to be permission bits in octal, such as \"022\"")
            }
            storage.creationMask = mask
        }
        if let values = try file.strings(group + "proxy-protocol") {
            balancers = []
            for value in values {
                guard let address = IPAddress(value) else {
                    throw file.error(group + "proxy-protocol", "\"\(value)\" is no address of a load balancer")
                }
                balancers.append(address)
            }
        }
        if let value = try file.bool(group + "allow.fxp") { policy.allowsForeignAddresses = value }
        if let value = try file.bool(group + "allow.ccc") { policy.allowsClearCommandChannel = value }
        if let value = try file.bool(group + "allow.symlinks") { policy.allowsSymbolicLinks = value }
        if let value = try file.bool(group + "allow.who") { policy.showsSessions = value }
    }

    /// HOST asks for one name, letter by letter (RFC 7151 §3.1).
    private func checkHosts(_ file: inout SettingsFile, _ group: SettingName) throws(SettingsError) {
        guard let name = names.first(where: { !HostName.isLawful($0.utf8) }) else { return }
        throw file.error(
            file.has(group + "hosts") ? group + "hosts" : group,
            "\"\(name)\" is no name of a host; write ftp.example.org or [2001:db8::1]")
    }

    private func places(
        _ file: inout SettingsFile, _ name: SettingName
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

    private mutating func readGuests(_ file: inout SettingsFile, _ group: SettingName) throws(SettingsError) {
        if let value = try file.bool(group + "allowed") { guests.areAllowed = value }
        if let value = try file.string(group + "root") {
            (guests.root, origins["anonymous.root"]) = (value, file.place(of: group + "root"))
        }
        if let value = try file.string(group + "rights") {
            guard let rights = Rights(words: value) else { throw file.error(group + "rights", Self.rightsHint) }
            guests.rights = rights
        }
        if let values = try file.strings(group + "folders") {
            guests.folders = []
            for value in values {
                guard let rule = FolderRights.Rule(value) else {
                    throw file.error(group + "folders", "write \"/folder: list read\"; \(Self.rightsHint)")
                }
                guests.folders.append(rule)
            }
        }
        if let value = try file.rate(group + "download-rate") { guests.downloadRate = value }
        if let value = try file.rate(group + "upload-rate") { guests.uploadRate = value }
        if let value = try file.int(group + "sessions", in: 1...1_000_000) { guests.maximumSessions = value }
    }

    private static let rightsHint = "rights are list, read, write, append, delete, rename, mkdir, read-only, all, none"

    private mutating func readTLS(_ file: inout SettingsFile, _ group: SettingName) throws(SettingsError) {
        let certificate = try file.string(group + "certificate")
        let key = try file.string(group + "key")
        if key != nil, certificate == nil {
            throw file.error(group + "key", "goes with certificate, in the same place")
        }
        if let certificate {
            tls = TLSContext.Settings(certificatePath: certificate, keyPath: key ?? certificate)
            origins["tls"] = file.place(of: group + "certificate")
        }
        if let value = try file.string(group + "client-authority") { clientAuthorityPath = value }
        if let value = try file.bool(group + "client-certificate") { requiresClientCertificate = value }
        guard !requiresClientCertificate || clientAuthorityPath != nil else {
            throw file.error(group + "client-certificate", "needs client-authority, by which certificates are judged")
        }
        if let value = try file.bool(group + "required") { policy.requiresTLS = value }
        if let value = try file.bool(group + "session-reuse") { limits.requiresSessionReuse = value }
    }

    private mutating func readPassive(_ file: inout SettingsFile, _ group: SettingName) throws(SettingsError) {
        if let value = try file.string(group + "ports") {
            guard let ports = PassiveSettings.ports(value) else {
                throw file.error(group + "ports", "has to be two ports, such as 50000-50100")
            }
            passive.ports = ports
        }
        if let value = try file.string(group + "external-address") {
            guard let address = IPAddress(value), address.isV4 else {
                throw file.error(group + "external-address", "has to be an IPv4 address, which PASV can tell")
            }
            passive.externalAddress = address
        }
    }

    private mutating func readLimits(_ file: inout SettingsFile, _ group: SettingName) throws(SettingsError) {
        if let value = try file.int(group + "sessions", in: 1...10_000_000) { limits.sessions = value }
        if let value = try file.int(group + "sessions-per-address", in: 1...10_000_000) {
            limits.sessionsPerAddress = value
        }
        if let value = try file.int(group + "login-seconds", in: 1...86_400) { limits.loginSeconds = value }
        if let value = try file.int(group + "login-attempts", in: 1...1000) { policy.maximumLoginAttempts = value }
        if let value = try file.int(group + "idle-seconds", in: 1...86_400) {
            limits.idleSeconds = value
            policy.idleSeconds = value
        }
        if let value = try file.int(group + "longest-idle-seconds", in: 30...86_400) {
            policy.maximumIdleSeconds = value
        }
        if let value = try file.int(group + "connect-seconds", in: 1...3600) { limits.connectSeconds = value }
        if let value = try file.int(group + "stall-seconds", in: 1...86_400) { limits.stallSeconds = value }
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
