import FTPStorage
import Bytes
import FTPProtocol
import Transport

extension TransferSource {
    /// Opens what a transfer is of, and says how much will be sent.
    static func open(
        _ request: TransferRequest, in storage: any Storage, by uploader: String
    ) throws(FileError) -> (TransferSource, PreparedTransfer) {
        switch request.kind {
        case .retrieve:
            return try reading(try storage.read(request.path), for: request)
        case .store, .append, .storeUnique:
            let way: WritingWay =
                switch request.kind {
                case .append: .append
                case .storeUnique: .unique
                default: .store(offset: request.offset)
                }
            let file = try storage.write(request.path, way, by: uploader)
            return (.writing(file), PreparedTransfer(path: file.path, size: nil))
        case .list:
            // MLSD is about directories alone; the others list a file as well (RFC 3659 §7.2.1, RFC 959 §4.1.3).
            if case .list(.facts) = request.kind, case .failed(let error) = storage.perform(.mayEnter(request.path)) {
                throw error
            }
            if case .failed(let error) = storage.perform(.mayList(request.path)) { throw error }
            return (.listing, PreparedTransfer(path: request.path, size: nil))
        }
    }
}

extension TransferSource {
    /// What ``open(_:in:by:)`` would give, where that cannot block; else nil.
    static func openAtOnce(_ request: TransferRequest, in storage: any Storage) -> (TransferSource, PreparedTransfer)? {
        guard request.kind == .retrieve, let file = storage.readAtOnce(request.path) else { return nil }
        return try? reading(file, for: request)
    }

    private static func reading(
        _ file: any ReadableFile, for request: TransferRequest
    ) throws(FileError) -> (TransferSource, PreparedTransfer) {
        // RFC 3659 §5: a position behind the end cannot be begun at.
        guard request.offset <= file.size else { throw .beyondEnd }
        let rest = min(file.size - request.offset, request.length ?? .max)
        return (.reading(file), PreparedTransfer(path: request.path, size: request.isPlain ? rest : nil))
    }
}

/// Brings a data connection about, and has a transfer use it.
struct DataOpening: Sendable {
    let target: Endpoint?
    let listener: DataListener?
    /// From where a connection may come: from the client, or through its load balancer.
    let peers: [IPAddress]
    let local: IPAddress
    let scope: UInt32
    let isForeignAllowed: Bool
    let limits: SessionLimits
    let tls: TLSContext?
    let identity: TLSIdentity?
    let isProtected: Bool
    let isUpload: Bool
    let recorder: SessionRecorder?

    func run(_ run: TransferRun, _ source: TransferSource, _ buffer: WorkerBuffer) -> TransferOutcome {
        let channel: any DataChannel
        var recorded: ConnectionRecorder?
        do throws(DataSocketError) {
            channel = try open(run.progress.cancellation, &recorded)
        } catch {
            recorded?.end(error == .sessionNotReused ? .orderly : .closed)
            if case .writing(let file) = source { file.abandon() }
            if run.progress.cancellation.isCancelled { return .aborted }
            switch error {
            case .cancelled: return .aborted
            case .tlsFailed, .sessionNotReused: return TransferRun.outcome(of: error)
            case .connectionLost, .stalled: return .noConnection
            }
        }
        let outcome = run.run(source, over: channel, buffer)
        recorded?.end(outcome.ending(isUpload: run.request.isUpload))
        return outcome
    }

    private func open(
        _ cancellation: Cancellation, _ recorded: inout ConnectionRecorder?
    ) throws(DataSocketError) -> any DataChannel {
        let socket: DataSocket
        if let target {
            socket = try .connect(
                to: target, from: local, scope: scope, within: limits.connectSeconds, cancellation)
        } else if let listener {
            socket = try listener.accept(
                from: isForeignAllowed ? [] : peers, within: limits.connectSeconds, cancellation)
        } else {
            throw .connectionLost
        }
        if let recorder, let local = socket.local {
            recorded = ConnectionRecorder(
                recorder, client: socket.peer, server: local, opener: target == nil ? .client : .server,
                roundTrip: socket.roundTrip)
        }
        guard isProtected else {
            socket.setLimit(seconds: limits.stallSeconds)
            try socket.begin(cancellation)
            return recorded.map { RecordedChannel(socket, over: socket, $0) } ?? socket
        }
        guard let tls, let identity else { throw .tlsFailed }
        socket.setLimit(seconds: limits.connectSeconds)
        let channel = try TLSDataChannel(
            socket, tls, identity, mustResume: limits.requiresSessionReuse, isUpload: isUpload,
            recorder: recorder?.settings.tls == .clear ? nil : recorded, cancellation)
        socket.setLimit(seconds: limits.stallSeconds)
        try socket.begin(cancellation)
        return recorded.map { RecordedChannel(channel, over: socket, $0) } ?? channel
    }
}

extension TransferOutcome {
    /// How the data connection of such a transfer went.
    fileprivate func ending(isUpload: Bool) -> ConnectionRecorder.Ending {
        switch self {
        case .complete: .orderly
        case .connectionLost: .cut(by: .client)
        // What the client is still sending has nobody to go to.
        default: isUpload ? .cut(by: .server) : .closed
        }
    }
}
