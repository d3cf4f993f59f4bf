package import Bytes
import Synchronization

/// One connection of a session that is recorded. Any thread may call it.
package final class ConnectionRecorder: Sendable {
    private struct State {
        var frames: TCPSynthesis
        /// Key log of OpenSSL that has not been written yet.
        var keys: [UInt8] = []
        /// Ciphertext that has come in and is written behind the keys that it leads to.
        var held: [UInt8] = []
    }

    package let session: SessionRecorder
    private let state: Mutex<State>

    /// More is not held back: a handshake is shorter.
    private static let maximumHeld = 256 << 10

    /// Records that `opener` has connected to the other end.
    ///
    /// - Parameter roundTrip: what TCP's handshake took, in nanoseconds.
    package init(
        _ session: SessionRecorder, client: Endpoint, server: Endpoint, opener: TCPSynthesis.End, roundTrip: Int64
    ) {
        self.session = session
        let frames = TCPSynthesis(
            client: client, server: server, opener: opener,
            sequences: (.random(in: 0...UInt32.max), .random(in: 0...UInt32.max)))
        state = Mutex(State(frames: frames))
        let now = SessionRecorder.now()
        // The end that is connected to answers at once; the third segment of the handshake is the news of now.
        var times = [now - roundTrip, opener == .client ? now - roundTrip : now, now][...]
        state.withLock { $0.frames.open { session.write($0, at: times.popFirst() ?? now) } }
    }

    private func write(_ body: (inout TCPSynthesis, (Bytes) -> Void) -> Void) {
        state.withLock { state in
            release(&state)
            // What one end's word makes the other one say has no time of its own.
            let time = SessionRecorder.now()
            body(&state.frames) { session.write($0, at: time) }
        }
    }

    private func release(_ state: inout State) {
        if !state.keys.isEmpty {
            session.write(keys: state.keys)
            state.keys.removeAll()
        }
        guard !state.held.isEmpty else { return }
        let held = state.held
        state.held = []
        state.frames.send(held.bytes, from: .client) { session.write($0, at: SessionRecorder.now()) }
    }

    func sent(_ bytes: Bytes) {
        write { frames, emit in frames.send(bytes, from: .server, emit) }
    }

    func received(_ bytes: Bytes) {
        write { frames, emit in
            frames.send(bytes, from: .client, emit)
            frames.acknowledge(by: .server, emit)
        }
    }

    /// As ``received(_:)``, but written no sooner than something else or ``release()``.
    func hold(_ bytes: Bytes) {
        state.withLock { state in
            if state.held.count > Self.maximumHeld { release(&state) }
            state.held.append(bytes)
        }
    }

    func release() { state.withLock { release(&$0) } }

    /// The client has received all but the last `missing` bytes.
    func delivered(missing: Int, isDue: Bool = false) {
        write { frames, emit in frames.acknowledge(by: .client, missing: missing, isDue: isDue, emit) }
    }

    /// Says that nothing more will be sent by `end`.
    func finish(from end: TCPSynthesis.End) {
        write { frames, emit in frames.finish(from: end, emit) }
        session.flush()
    }

    func log(key line: String) {
        state.withLock {
            $0.keys += line.utf8
            $0.keys.append(UInt8(ascii: "\n"))
        }
    }

    /// How a connection went.
    package enum Ending: Sendable, Hashable {
        /// Each end said that this was all.
        case orderly
        case cut(by: TCPSynthesis.End)
        /// The server closed, and did not wait for the client.
        case closed
    }

    /// The connection is gone.
    package func end(_ ending: Ending) {
        write { frames, emit in
            switch ending {
            case .orderly:
                frames.finish(from: .server, emit)
                frames.finish(from: .client, emit)
            case .cut(let end): frames.reset(from: end, emit)
            case .closed: frames.finish(from: .server, emit)
            }
        }
        session.flush()
    }
}
