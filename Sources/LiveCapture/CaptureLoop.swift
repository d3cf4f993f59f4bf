package import Bytes
package import CaptureFile
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Takes frames from interfaces and writes them, until somebody or something ends it.
///
/// It does nothing else: whoever wants to know what the frames say follows the file, as fast as he can.
package final class CaptureLoop {
    /// How it ended.
    package enum End: Hashable, Sendable {
        /// ``Stop/stop()`` was called.
        case stopped
        /// A condition was met.
        case condition
        /// No interface was left.
        case noInterface
        case cannotWrite(CaptureError)
    }

    package struct Counts: Hashable, Sendable {
        /// Written, and seen; fewer are written where some are selected.
        package var frames: UInt64 = 0
        package var seen: UInt64 = 0
        package var bytes: UInt64 = 0
        package var files = 1
        /// By the kernel, for want of room, and by the interfaces, as far as they tell.
        package var dropped: UInt64 = 0
        package var droppedByInterface: UInt64 = 0

        package init() {}
    }

    /// Ends a loop from any thread, or from a signal handler.
    package final class Stop: Sendable {
        fileprivate let isAsked = Atomic(false)
        private let ends: (readEnd: FileDescriptor, writeEnd: FileDescriptor)

        package init() throws { ends = try FileDescriptor.pipe() }

        deinit {
            try? ends.readEnd.close()
            try? ends.writeEnd.close()
        }

        fileprivate var descriptor: FileDescriptor { ends.readEnd }

        package func stop() {
            isAsked.store(true, ordering: .releasing)
            _ = try? ends.writeEnd.writeAll([0])
        }
    }

    /// Told of what happens; on the loop's thread.
    package struct Events {
        /// Frames were handed to the system: whoever follows the file finds them.
        package var wrote: (Counts) -> Void = { _ in }
        /// An interface is gone; the others go on.
        package var lost: (LiveError) -> Void = { _ in }

        package init() {}
    }

    /// How many bytes of a frame are written at most; nil where it is not. ``FrameHeader/interface`` counts the loop's
    /// interfaces.
    package typealias Selection = (FrameHeader, Bytes) -> Int?

    private var interfaces: [(number: UInt16, source: LiveInterface)]
    private var files: CaptureFiles
    private let condition: StopCondition
    private let stop: Stop
    private let events: Events
    private let selection: Selection?
    private var seen: UInt64 = 0
    /// With what interfaces had counted that are gone.
    private var counts = Counts()
    private var failure: CaptureError?
    private var hasAllFiles = false
    /// The file that is being written, or was last.
    package var name: String { files.name }
    private let begin: Int64

    /// Nanoseconds after which what was captured is handed to the system at the latest.
    private static let patience: Int64 = 100_000_000
    /// Frames taken from one interface before the others have their turn.
    private static let turn: Int32 = 4096

    /// - Parameters:
    ///   - interfaces: in the order in which `files` has them.
    ///   - selection: asked of each frame in turn; nil for all.
    package init(
        _ interfaces: [LiveInterface], _ files: consuming CaptureFiles, _ condition: StopCondition, _ stop: Stop,
        _ events: Events = Events(), selection: Selection? = nil
    ) {
        self.selection = selection
        self.interfaces = interfaces.enumerated().map { (UInt16(truncatingIfNeeded: $0.offset), $0.element) }
        self.files = files
        self.condition = condition
        self.stop = stop
        self.events = events
        begin = Self.now
    }

    /// Nanoseconds since 1970.
    package static var now: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Captures; returns when it is over, with everything written.
    package func run() -> (End, Counts) {
        var end: End?
        var flushed = Self.now
        while end == nil {
            let isReady = wait(heedsStop: true)
            takeAll()
            let now = Self.now
            turnFile(now)
            if !isReady || now - flushed >= Self.patience {
                flushed = now
                write { (files) throws(CaptureError) in try files.flush() }
                events.wrote(current)
            }
            end = self.end(now)
        }
        // What the kernel still collects came before the end too; it is handed over when LiveOptions.timeout has passed.
        if end == .stopped {
            for _ in 0..<2 {
                _ = wait(heedsStop: false)
                takeAll()
            }
        }
        finish()
        return (failure.map { .cannotWrite($0) } ?? end ?? .stopped, counts)
    }

    private func takeAll() {
        for place in interfaces.indices.reversed() where failure == nil {
            do throws(LiveError) { try take(from: interfaces[place]) } catch {
                count(interfaces[place])
                interfaces.remove(at: place)
                events.lost(error)
            }
        }
    }

    private func end(_ now: Int64) -> End? {
        if let failure { return .cannotWrite(failure) }
        if stop.isAsked.load(ordering: .acquiring) { return .stopped }
        if isOver(now) { return .condition }
        if interfaces.isEmpty { return .noInterface }
        return nil
    }

    private func isOver(_ now: Int64) -> Bool {
        if isFull { return true }
        if let duration = condition.duration, now - begin >= duration { return true }
        return false
    }

    /// Waits until there are frames, or it is time to look at the clock.
    private func wait(heedsStop: Bool) -> Bool {
        var descriptors = interfaces.compactMap { $0.source.descriptor }.map {
            pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0)
        }
        if heedsStop { descriptors.append(pollfd(fd: stop.descriptor.rawValue, events: Int16(POLLIN), revents: 0)) }
        return unsafe poll(&descriptors, nfds_t(descriptors.count), Int32(Self.patience / 1_000_000)) > 0
    }

    private func take(from interface: (number: UInt16, source: LiveInterface)) throws(LiveError) {
        var limit = Self.turn
        if let frames = condition.frames { limit = Int32(clamping: min(UInt64(limit), frames - files.frameCount)) }
        guard limit > 0 else { return }
        // Every frame passes here: what is the same for all of them is asked once.
        let (selection, isUnlimited) = (selection, isUnlimited)
        _ = try interface.source.read(limit: limit) { header, bytes in
            var header = header
            header.interface = interface.number
            guard failure == nil, isUnlimited || !isFull else { return }
            seen += 1
            var kept = Int.max
            if let selection {
                guard let bytes = selection(header, bytes) else { return }
                kept = bytes
            }
            if !isUnlimited {
                turnFile(header.time)
                guard failure == nil, !isFull else { return }
            }
            do throws(CaptureError) { try files.write(header, bytes.slice(from: 0, count: kept)) } catch {
                failure = error
            }
        }
    }

    /// Whether no frame ends a file, or the capture.
    private var isUnlimited: Bool { condition.frames == nil && condition.bytes == nil && !files.rotates }

    /// Whether nothing more is to be written, however much is still coming.
    private var isFull: Bool {
        if hasAllFiles { return true }
        if let limit = condition.frames, files.frameCount >= limit { return true }
        if let limit = condition.bytes, files.byteCount >= limit { return true }
        return false
    }

    /// Begins another file where the one that is being written is full, or has lasted long enough.
    private func turnFile(_ now: Int64) {
        guard failure == nil, !isFull, files.isDue(now: now) else { return }
        guard condition.files.map({ files.fileCount < $0 }) ?? true else {
            hasAllFiles = true
            return
        }
        write { (files) throws(CaptureError) in try files.rotate(now: now) }
    }

    private func write(_ body: (inout CaptureFiles) throws(CaptureError) -> Void) {
        guard failure == nil else { return }
        do throws(CaptureError) { try body(&files) } catch { failure = error }
    }

    private var current: Counts {
        var counts = counts
        counts.frames = files.frameCount
        counts.seen = seen
        counts.bytes = files.byteCount
        counts.files = files.fileCount
        for interface in interfaces { add(interface.source, to: &counts) }
        return counts
    }

    private func add(_ source: LiveInterface, to counts: inout Counts) {
        let told = source.counts
        counts.dropped += told.dropped
        counts.droppedByInterface += told.droppedByInterface
    }

    private func count(_ interface: (number: UInt16, source: LiveInterface)) {
        add(interface.source, to: &counts)
        let told = interface.source.counts
        var statistics = InterfaceStatistics(interface: interface.number, time: Self.now)
        statistics.startTime = begin
        statistics.endTime = statistics.time
        statistics.received = told.received
        statistics.dropped = told.droppedByInterface
        statistics.droppedByOS = told.dropped
        write { (files) throws(CaptureError) in try files.write(statistics) }
    }

    /// What the kernel counted stands at the end of the file.
    private func finish() {
        let last = interfaces
        interfaces = []
        for interface in last { count(interface) }
        write { (files) throws(CaptureError) in try files.close() }
        files.endFollowing()
        counts = current
    }
}
