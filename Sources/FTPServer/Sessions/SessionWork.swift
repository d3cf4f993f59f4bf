import NIOCore
import Transport

/// What a session has worker threads do, because it may block: one thing at a time, its answer brought back to the event
/// loop. Everything here belongs to that loop.
final class SessionWork {
    private let workers: WorkerThreads
    private let loop: any EventLoop
    /// Of what is under way.
    private var cancellation: Cancellation?
    /// Called once nothing is under way.
    private var whenIdle: (() -> Void)?

    init(_ workers: WorkerThreads, on loop: any EventLoop) {
        self.workers = workers
        self.loop = loop
    }

    /// Has `work` done, and hands what it gives to `answer`; false if the system has no thread left for it.
    ///
    /// - Parameter cancellation: ends the work; whoever made it may end it as well.
    func run<Answer: Sendable>(
        _ cancellation: Cancellation = Cancellation(),
        _ work: @escaping @Sendable (WorkerBuffer, Cancellation) -> Answer, then answer: @escaping (Answer) -> Void
    ) -> Bool {
        let own = NIOLoopBound((self, answer), eventLoop: loop)
        let loop = loop
        let isRunning = workers.run { buffer in
            let result = work(buffer, cancellation)
            loop.execute {
                let (session, answer) = own.value
                session.cancellation = nil
                answer(result)
                session.tellIfIdle()
            }
        }
        if isRunning { self.cancellation = cancellation }
        return isRunning
    }

    /// Ends what is under way, as soon as it can be.
    func cancel() { cancellation?.cancel() }

    /// Ends what is under way, and calls `body` after its answer; at once if nothing is.
    func finish(_ body: @escaping () -> Void) {
        whenIdle = body
        cancel()
        tellIfIdle()
    }

    private func tellIfIdle() {
        guard cancellation == nil, let body = whenIdle else { return }
        whenIdle = nil
        body()
    }
}
