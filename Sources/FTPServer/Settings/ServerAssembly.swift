import FTPStorage
import Glibc
package import FTPProtocol
import Synchronization
import Transport

/// Opens what settings name, and makes sites of it: when a server begins, and again whenever its settings change.
package final class ServerAssembly: Sendable {
    /// Whose certificate it is, and which.
    private struct CertificateKey: Hashable {
        let site: String
        let settings: TLSContext.Settings
    }

    private let accounts = SharedAccounts()
    private let databases = Mutex<[String: UserStore]>([:])
    private let certificates = Mutex<[CertificateKey: TLSContext]>([:])
    private let onWarning: @Sendable (String) -> Void

    /// - Parameter onWarning: told what could not be read again, and stays as it was.
    package init(onWarning: @escaping @Sendable (String) -> Void = { _ in }) { self.onWarning = onWarning }

    /// Throws ``SettingsError`` for a folder, database or certificate that cannot be opened; then nothing has changed.
    package func sites(_ settings: ServerSettings) throws -> [(names: [String], site: Site)] {
        try settings.sites.map { site in
            var site = site
            site.tls?.logsKeys = settings.recording?.tls == .keys
            return (names: site.names, site: try self.site(site))
        }
    }

    private func site(_ settings: ServerSettings.SiteSettings) throws -> Site {
        var policy = settings.policy
        policy.hasTLS = settings.tls != nil
        policy.allowsGuests = settings.guests.areAllowed
        guard policy.hasTLS || !policy.requiresTLS else {
            throw SettingsError("tls", "TLS is required, and there is no certificate")
        }
        return Site(
            policy: ServerPolicy(policy),
            accounts: AccountDirectory(
                guest: try Self.guest(settings), users: try settings.userDatabase.map { try users($0, of: settings) },
                pamService: settings.pamService, options: settings.storage, shared: accounts),
            tls: try tls(settings), passive: settings.passive, limits: settings.limits,
            balancers: settings.balancers)
    }

    private func tls(_ settings: ServerSettings.SiteSettings) throws -> TLSContext? {
        guard var tls = settings.tls else {
            guard settings.clientAuthorityPath == nil else {
                throw SettingsError("tls", "certificates of clients are asked for, and there is no TLS")
            }
            return nil
        }
        tls.clientAuthorityPath = settings.clientAuthorityPath
        tls.requiresClientCertificate = settings.requiresClientCertificate
        let key = CertificateKey(site: settings.key, settings: tls)
        do {
            let context = try TLSContext(tls)
            certificates.withLock { $0[key] = context }
            return context
        } catch {
            // A server that is no longer root may not read its key again.
            let isForbidden = [tls.certificatePath, tls.keyPath].contains(where: Self.isForbidden)
            guard isForbidden, let context = certificates.withLock({ $0[key] }) else {
                throw settings.origins["tls"].map { SettingsError($0, "\(error)") } ?? error
            }
            onWarning("the certificate stays as it was: \(error)")
            return context
        }
    }

    private static func guest(_ settings: ServerSettings.SiteSettings) throws(SettingsError) -> Account? {
        let guests = settings.guests
        guard guests.areAllowed else { return nil }
        let root = guests.root ?? settings.root
        let tree: LocalTree
        do throws(FileError) { tree = try LocalTree(root) } catch {
            throw settings.error(guests.root == nil ? "root" : "anonymous.root", root, error.text.en)
        }
        return Account(
            name: "anonymous", realm: .guests(site: settings.key), isGuest: true,
            storage: LocalStorage(
                tree, rights: FolderRights(guests.rights, rules: guests.folders), options: settings.storage),
            downloadRate: guests.downloadRate, uploadRate: guests.uploadRate,
            maximumSessions: guests.maximumSessions)
    }

    private static func isForbidden(_ path: String) -> Bool { unsafe access(path, R_OK) != 0 && errno == EACCES }

    private func users(
        _ path: String, of settings: ServerSettings.SiteSettings
    ) throws(SettingsError) -> UserStore {
        do {
            let users = try UserStore(path: path)
            databases.withLock { $0[path] = users }
            return users
        } catch {
            // A server that is no longer root may not open it again; what it has open tells the same.
            guard Self.isForbidden(path), let users = databases.withLock({ $0[path] }) else {
                throw settings.error("users", path, "the database of users cannot be opened: \(error)")
            }
            onWarning("the database of users stays as it was: \(error)")
            return users
        }
    }
}

extension ServerSettings.SiteSettings {
    /// What is wrong with the file at `path`, which the setting `name` has named.
    fileprivate func error(_ name: SettingName, _ path: String, _ what: String) -> SettingsError {
        SettingsError((origins[name].map { $0 + ": " } ?? "") + path, what)
    }

    /// Whether nobody at all can log in: guests may not, and there are no users. A database that is not there has none.
    package var letsNobodyIn: Bool {
        guard !guests.areAllowed, pamService == nil else { return false }
        guard let userDatabase else { return true }
        return (try? UserStore(path: userDatabase, makes: false).all().allSatisfy { !$0.isEnabled }) ?? true
    }

    /// The folder `path` of the tree that guests see; throws ``FileError`` if there is none, or it leads out of the tree.
    package func checkGuestFolder(_ path: ServerPath) throws(FileError) {
        let storage = LocalStorage(try LocalTree(guests.root ?? root), rights: FolderRights(.all))
        if case .failed(let error) = storage.perform(.mayEnter(path)) { throw error }
    }
}
