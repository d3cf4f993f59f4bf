import FTPStorage
import FTPProtocol
import Transport

/// Opens what settings name, and makes sites of it.
package enum ServerAssembly {
    /// Throws ``SettingsError`` for a folder, database or certificate that cannot be opened; then nothing has changed.
    package static func sites(_ settings: ServerSettings) throws -> [(names: [String], site: Site)] {
        try settings.sites.map { site in
            var site = site
            site.tls?.logsKeys = settings.recording?.tls == .keys
            return (names: site.names, site: try self.site(site))
        }
    }

    private static func site(_ settings: ServerSettings.SiteSettings) throws -> Site {
        var policy = settings.policy
        policy.hasTLS = settings.tls != nil
        guard policy.hasTLS || !policy.requiresTLS else {
            throw SettingsError("tls", "TLS is required, and there is no certificate")
        }
        return Site(
            policy: ServerPolicy(policy),
            accounts: AccountDirectory(
                guest: try guest(settings), users: try settings.userDatabase.map(users),
                pamService: settings.pamService, options: settings.storage),
            tls: try tls(settings), passive: settings.passive, limits: settings.limits,
            balancers: settings.balancers)
    }

    private static func tls(_ settings: ServerSettings.SiteSettings) throws -> TLSContext? {
        guard var tls = settings.tls else {
            guard settings.clientAuthorityPath == nil else {
                throw SettingsError("tls", "certificates of clients are asked for, and there is no TLS")
            }
            return nil
        }
        tls.clientAuthorityPath = settings.clientAuthorityPath
        tls.requiresClientCertificate = settings.requiresClientCertificate
        return try TLSContext(tls)
    }

    private static func guest(_ settings: ServerSettings.SiteSettings) throws(SettingsError) -> Account? {
        let guests = settings.guests
        guard guests.areAllowed else { return nil }
        let root = guests.root ?? settings.root
        let tree: LocalTree
        do throws(FileError) { tree = try LocalTree(root) } catch { throw SettingsError(root, error.text.en) }
        return Account(
            name: "anonymous", isGuest: true,
            storage: LocalStorage(
                tree, rights: FolderRights(guests.rights, rules: guests.folders), options: settings.storage),
            downloadRate: guests.downloadRate, uploadRate: guests.uploadRate,
            maximumSessions: guests.maximumSessions)
    }

    private static func users(_ path: String) throws(SettingsError) -> UserStore {
        do { return try UserStore(path: path) } catch {
            throw SettingsError(path, "the database of users cannot be opened: \(error)")
        }
    }
}
