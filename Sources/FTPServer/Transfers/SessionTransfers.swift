import Bytes
import FTPProtocol
import FTPStorage
import NIOCore
import Transport

/// The data connections of one session: the port that waits for one, what was opened for one, and the transfer under way.
/// Everything here belongs to the session's event loop.
final class SessionTransfers {
    /// Where data connections come from and go to.
    struct Place {
        let local: IPAddress
        /// Of a link-local IPv6 address.
        let scope: UInt32
        /// From where a connection may come: from the client, or through its load balancer.
        let peers: [IPAddress]
    }

    private let server: Server
    private let record: SessionRecord
    private let place: Place
    private let recorder: SessionRecorder?
    private let work: SessionWork
    private let loop: any EventLoop

    private var listener: DataListener?
    private var expiry: Scheduled<Void>?
    /// What was prepared, until it is moved.
    private var source: TransferSource?
    private var request: TransferRequest?
    private var began = ContinuousClock.now
    private var hasLeft = false

    init(
        _ server: Server, _ record: SessionRecord, at place: Place, _ recorder: SessionRecorder?, _ work: SessionWork,
        on loop: any EventLoop
    ) {
        self.server = server
        self.record = record
        self.place = place
        self.recorder = recorder
        self.work = work
        self.loop = loop
    }

    // MARK: - Ports

    /// Opens a port for the client to connect to, and says where; `inV4` if only an IPv4 address can be said. A port that
    /// nobody makes use of is closed after a while, for there are not many of them: then `onExpiry` is called.
    func listen(inV4: Bool, for site: Site, onExpiry: @escaping () -> Void) -> ServerEvent {
        guard let made = DataListener(at: place.local, scope: place.scope, ports: site.passive.ports) else {
            return .notListening
        }
        stopListening()
        listener = made
        watch(made, for: .seconds(Int64(site.limits.connectSeconds)), onExpiry)
        let address = inV4 ? site.passive.externalAddress ?? place.local : place.local
        return .listening(Endpoint(address, made.endpoint.port))
    }

    private func watch(_ port: DataListener, for time: TimeAmount, _ onExpiry: @escaping () -> Void) {
        let own = NIOLoopBound((self, onExpiry), eventLoop: loop)
        expiry = loop.scheduleTask(in: time) {
            let (transfers, onExpiry) = own.value
            guard transfers.listener === port else { return }
            // What is being opened for it may be slow; then the port is about to be used.
            if transfers.request != nil { return transfers.watch(port, for: time, onExpiry) }
            transfers.stopListening()
            onExpiry()
        }
    }

    func stopListening() {
        expiry?.cancel()
        expiry = nil
        listener = nil
    }

    // MARK: - Transfers

    /// Opens what a transfer is of.
    func prepare(_ request: TransferRequest, for account: Account, then answer: @escaping (ServerEvent) -> Void) {
        self.request = request
        let (storage, uploader) = (account.storage, account.uploader(at: record.peer.address))
        if let (source, prepared) = TransferSource.openAtOnce(request, in: storage) {
            self.source = source
            return answer(.prepared(prepared))
        }
        let isRunning = work.run { _, _ -> Result<(TransferSource, PreparedTransfer), FileError> in
            do throws(FileError) { return .success(try TransferSource.open(request, in: storage, by: uploader)) } catch
            {
                return .failure(error)
            }
        } then: { [self] result in
            switch result {
            case .success(let (source, prepared)):
                self.source = source
                self.request?.path = prepared.path
                answer(.prepared(prepared))
                if hasLeft { leave() }
            case .failure(let error): notPrepared(error, answer)
            }
        }
        if !isRunning { notPrepared(.exhausted, answer) }
    }

    private func notPrepared(_ error: FileError, _ answer: (ServerEvent) -> Void) {
        request = nil
        answer(.notPrepared(error))
    }

    /// Moves what was prepared.
    ///
    /// - Parameters:
    ///   - identity: of the control connection's TLS.
    ///   - hasEnded: the client will say nothing more, which is an ABOR (RFC 959 §4.1.1).
    ///   - events: gets restart markers, and how it ended.
    func move(
        for account: Account, of site: Site, _ identity: TLSIdentity?, hasEnded: Bool,
        then events: @escaping (ServerEvent) -> Void
    ) {
        guard let source, let request else { return events(.transferEnded(.aborted)) }
        self.source = nil
        began = .now
        let progress = TransferProgress()
        record.update { $0.transfer = progress }
        if hasEnded { progress.cancellation.cancel() }
        let own = NIOLoopBound(events, eventLoop: loop)
        let loop = loop
        let run = TransferRun(
            request: request, storage: account.storage, progress: progress, stallSeconds: site.limits.stallSeconds,
            rate: request.isUpload ? account.uploadRate : account.downloadRate,
            onMarker: { text, position in loop.execute { own.value(.marker(text, position)) } })
        let opening = DataOpening(
            target: request.target, listener: listener, peers: place.peers, local: place.local, scope: place.scope,
            isForeignAllowed: site.policy.settings.allowsForeignAddresses, limits: site.limits,
            tls: request.isProtected ? site.tls : nil, identity: identity, isProtected: request.isProtected,
            isUpload: request.isUpload, recorder: recorder)
        stopListening()
        let isRunning = work.run(progress.cancellation) { buffer, _ in
            opening.run(run, source, buffer)
        } then: { [self] outcome in
            ended(outcome, account, events)
        }
        if !isRunning {
            if case .writing(let file) = source { file.abandon() }
            ended(.fileFailed(.exhausted), account, events)
        }
    }

    private func ended(_ outcome: TransferOutcome, _ account: Account, _ events: (ServerEvent) -> Void) {
        if let request, !request.isListing { report(outcome, of: request, account) }
        record.update { $0.transfer = nil }
        request = nil
        events(.transferEnded(outcome))
    }

    private func report(_ outcome: TransferOutcome, of request: TransferRequest, _ account: Account) {
        let isComplete = if case .complete = outcome { true } else { false }
        let isASCII = if case .ascii = request.type { true } else { false }
        let time = (ContinuousClock.now - began).components
        let report = TransferReport(
            path: request.path, isUpload: request.isUpload, isASCII: isASCII, isGuest: account.isGuest,
            user: account.name, bytes: record.activity.transfer?.bytes ?? 0,
            seconds: Double(time.seconds) + Double(time.attoseconds) / 1e18, isComplete: isComplete,
            outcome: outcome.word)
        server.metrics.count(report)
        server.log.transfer(report, record)
    }

    /// The session is over: nothing stays open.
    func leave() {
        hasLeft = true
        stopListening()
        // What runs is told of when it ends.
        guard let prepared = source else { return }
        if case .writing(let file) = prepared { file.abandon() }
        source = nil
        request = nil
    }
}
