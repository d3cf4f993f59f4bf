import CLinux
import Glibc

/// Threads for work that blocks: files have no readiness to wait for, and sendfile(2) waits for both ends.
///
/// A thread is started when none is idle, and ends when nothing was to be done for a while: a disk or a client that is
/// slow holds up its own transfer and nobody else's. A session has one piece of work at a time; what a session that has
/// gone had begun about files runs to its end all the same.
///
/// Safe to share: everything that changes is touched with `mutex` held, and the two pointers never change.
@safe
package final class WorkerThreads: @unchecked Sendable {
    package typealias Work = @Sendable (WorkerBuffer) -> Void

    /// How long a thread without work stays.
    private static let idleSeconds = 5
    /// Enough for what runs here, OpenSSL's handshake and the modules of PAM included; only what is touched takes memory.
    private static let stackBytes = 1 << 20

    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrived: UnsafeMutablePointer<pthread_cond_t>
    private var queue: [Work] = []
    private var idle = 0

    package init() {
        unsafe mutex = .allocate(capacity: 1)
        unsafe arrived = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(arrived, nil)
    }

    deinit {
        unsafe pthread_cond_destroy(arrived)
        unsafe pthread_mutex_destroy(mutex)
        unsafe arrived.deallocate()
        unsafe mutex.deallocate()
    }

    /// Has `work` done by a thread of its own; false if the system has none left.
    package func run(_ work: @escaping Work) -> Bool {
        unsafe pthread_mutex_lock(mutex)
        let isTaken = idle > queue.count || start()
        if isTaken { queue.append(work) }
        unsafe pthread_mutex_unlock(mutex)
        // Who is woken while the mutex is held goes to sleep again at once.
        unsafe pthread_cond_signal(arrived)
        return isTaken
    }

    private func start() -> Bool {
        var attributes = pthread_attr_t()
        unsafe pthread_attr_init(&attributes)
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setstacksize(&attributes, Self.stackBytes)
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let threads = unsafe Unmanaged.passRetained(self)
        let status = unsafe pthread_create(
            &thread, &attributes,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<WorkerThreads>.fromOpaque(context).takeRetainedValue().serve()
                return nil
            }, threads.toOpaque())
        if status != 0 { unsafe threads.release() }
        return status == 0
    }

    private func serve() {
        // Else it has the name of the thread that has started it.
        _ = unsafe wharf_name_thread("wharf-worker")
        let buffer = WorkerBuffer()
        while let work = next() { work(buffer) }
    }

    /// The next piece of work; nil when there was none for long enough.
    private func next() -> Work? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        idle += 1
        defer { idle -= 1 }
        var deadline = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &deadline)
        deadline.tv_sec += Self.idleSeconds
        while queue.isEmpty {
            if unsafe pthread_cond_timedwait(arrived, mutex, &deadline) == ETIMEDOUT { break }
        }
        return queue.isEmpty ? nil : queue.removeFirst()
    }
}

/// Memory that a thread keeps for all the work it does; made when it is first asked for.
@safe
package final class WorkerBuffer {
    /// Read and written in pieces of so many bytes: few calls, and file systems set aside large pages for large writes.
    package static let byteCount = 512 << 10

    private var memory: UnsafeMutableRawBufferPointer?

    package var bytes: UnsafeMutableRawBufferPointer {
        if let memory = unsafe memory { return unsafe memory }
        let made = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.byteCount, alignment: 4096)
        unsafe memory = unsafe made
        return unsafe made
    }

    deinit { unsafe memory?.deallocate() }
}
