import Dispatch
import FTPServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Has a server that runs go by what its settings say by now, as far as it can without a restart.
final class SettingsReload {
    private let server: Server
    private let assembly: ServerAssembly
    private let sink: LogSink
    /// What the server has begun with.
    private let first: ServerSettings
    private let read: () throws -> ServerSettings
    private(set) var stopSeconds: Int

    init(
        _ server: Server, _ assembly: ServerAssembly, _ sink: LogSink, _ settings: ServerSettings,
        _ read: @escaping () throws -> ServerSettings
    ) {
        self.server = server
        self.assembly = assembly
        self.sink = sink
        self.read = read
        first = settings
        stopSeconds = settings.stopSeconds
    }

    /// Changes nothing if the settings cannot be read, or name what cannot be opened.
    func run() {
        do {
            let settings = try read()
            let hasSameSites = settings.sites.map(\.key) == first.sites.map(\.key)
            let sites = hasSameSites ? try assembly.sites(settings) : nil
            let recording = try Serve.recording(settings)
            for what in whatTakesARestart(settings, hasSameSites) { warn(what) }
            moveMetrics(settings)
            server.follow(sites: sites, bans: settings.bans, log: log(settings), recording: recording)
            stopSeconds = settings.stopSeconds
        } catch { warn("nothing is changed: \(error)") }
    }

    private func whatTakesARestart(_ settings: ServerSettings, _ hasSameSites: Bool) -> [String] {
        guard hasSameSites else {
            return ["there are other sites now, which takes a restart; until then those there are stay as they were"]
        }
        var changes: [String] = []
        for (old, new) in zip(first.sites, settings.sites)
        where old.listen != new.listen || old.listenImplicit != new.listenImplicit {
            changes.append("\(new.key.isEmpty ? "" : "site \(new.key): ")another place to listen at takes a restart")
        }
        if settings.user != first.user { changes.append("another user to become takes a restart") }
        return changes
    }

    private func moveMetrics(_ settings: ServerSettings) {
        do { _ = try server.serveMetrics(at: settings.metrics) } catch {
            warn("\(error); metrics stay where they were")
        }
    }

    /// Opens the file of transfers anew, which another program may have taken away (logrotate(8)).
    private func log(_ settings: ServerSettings) -> ServerLog? {
        do { return try ServerLog(settings.log, to: sink) } catch {
            warn("\(error); the log stays as it was")
            return nil
        }
    }
}

/// SIGHUP, SIGTERM and SIGINT.
final class ServeSignals {
    private let done = DispatchSemaphore(value: 0)
    /// One signal after the other.
    private let queue = DispatchQueue(label: "wharf.signals")
    private var sources: [any DispatchSourceSignal] = []

    init(_ server: Server, _ reload: SettingsReload) {
        on(SIGHUP) { reload.run() }
        let done = done
        for number in [SIGTERM, SIGINT] {
            on(number) {
                for number in [SIGTERM, SIGINT] { _ = signal(number, SIG_DFL) }
                server.stop(within: reload.stopSeconds) { done.signal() }
            }
        }
    }

    /// Returns when the signal would no longer be missed.
    private func on(_ number: Int32, _ handler: @escaping () -> Void) {
        _ = signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler(handler: handler)
        let registered = DispatchSemaphore(value: 0)
        source.setRegistrationHandler { registered.signal() }
        source.resume()
        registered.wait()
        sources.append(source)
    }

    func wait() { done.wait() }
}
