import Glibc
import Synchronization

/// Lets one thread end what another one waits for: the socket that it waits on is shut down, which wakes it at once.
package final class Cancellation: Sendable {
    private struct State {
        var isCancelled = false
        var descriptor: Int32?
    }

    private let state = Mutex(State())

    package init() {}

    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Ends what is waited for, now or later.
    package func cancel() {
        state.withLock { state in
            state.isCancelled = true
            if let descriptor = state.descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) }
        }
    }

    /// From now on `descriptor` is what is waited for; nil before it is closed. False if it is too late.
    @discardableResult
    func watch(_ descriptor: Int32?) -> Bool {
        state.withLock { state in
            state.descriptor = descriptor
            if state.isCancelled, let descriptor { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return !state.isCancelled
        }
    }
}

extension DataSocket {
    /// From now on `cancellation` ends whatever the connection waits for, as long as the connection is kept.
    package func begin(_ cancellation: Cancellation) throws(DataSocketError) {
        guard cancellation.watch(descriptor) else { throw .cancelled }
        self.cancellation = cancellation
    }
}
