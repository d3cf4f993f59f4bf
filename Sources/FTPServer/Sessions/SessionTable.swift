package import Bytes
import Synchronization

/// Who is there: for limits, and for whoever asks.
package final class SessionTable: Sendable {
    private struct State {
        var next: UInt64 = 1
        var sessions: [UInt64: SessionRecord] = [:]
        var perClient: [ClientNetwork: Int] = [:]
        var perUser: [UserKey: Int] = [:]
    }

    private struct UserKey: Hashable {
        let realm: Realm
        let name: String

        init(_ account: Account) { (realm, name) = (account.realm, account.name) }
    }

    private let state = Mutex(State())

    package init() {}

    /// Takes a new session in; nil where `limits` have no room for it.
    ///
    /// - Parameter local: where the client has come to.
    func enter(from peer: Endpoint, to local: Endpoint, _ limits: SessionLimits) -> SessionRecord? {
        let client = ClientNetwork(peer.address)
        return state.withLock { state in
            guard state.sessions.count < limits.sessions,
                state.perClient[client, default: 0] < limits.sessionsPerAddress
            else { return nil }
            let record = SessionRecord(number: state.next, peer: peer, local: local)
            state.next += 1
            state.sessions[record.number] = record
            state.perClient[client, default: 0] += 1
            return record
        }
    }

    func leave(_ record: SessionRecord) {
        state.withLock { state in
            guard state.sessions.removeValue(forKey: record.number) != nil else { return }
            let client = ClientNetwork(record.peer.address)
            state.perClient[client, default: 1] -= 1
            if state.perClient[client] == 0 { state.perClient[client] = nil }
        }
    }

    /// Counts a login; false if the user has as many sessions as are allowed.
    func logIn(_ account: Account) -> Bool {
        let user = UserKey(account)
        return state.withLock { state in
            guard state.perUser[user, default: 0] < account.maximumSessions ?? .max else { return false }
            state.perUser[user, default: 0] += 1
            return true
        }
    }

    func logOut(_ account: Account) {
        let user = UserKey(account)
        state.withLock { state in
            state.perUser[user, default: 1] -= 1
            if state.perUser[user] == 0 { state.perUser[user] = nil }
        }
    }

    package var count: Int { state.withLock { $0.sessions.count } }

    package var all: [SessionRecord] {
        state.withLock { $0.sessions.values.sorted { $0.number < $1.number } }
    }
}

/// What is known of one session from outside it.
package final class SessionRecord: Sendable {
    package struct Activity: Sendable {
        package var user: String?
        /// The command under way, or the last one.
        package var command = ""
        package var transfer: TransferProgress?
        /// Has the session end once nothing is under way.
        var stop: (@Sendable () -> Void)?
        /// Ends what is under way.
        var cut: (@Sendable () -> Void)?
    }

    package let number: UInt64
    package let peer: Endpoint
    /// Where the client has come to.
    package let local: Endpoint
    package let since = ContinuousClock.now
    private let state = Mutex(Activity())

    init(number: UInt64, peer: Endpoint, local: Endpoint) {
        self.number = number
        self.peer = peer
        self.local = local
    }

    package var activity: Activity { state.withLock { $0 } }

    func stop() { activity.stop?() }

    func cut() { activity.cut?() }

    func update(_ change: (inout sending Activity) -> Void) { state.withLock { change(&$0) } }
}
