import Bytes
import Dispatch
import Synchronization
package import SystemPackage

/// A capture that is still being written, for one who reads it meanwhile: a file, or one after another.
///
/// The writer says how much is there and waits for nobody. What has not been read yet stands in the files and nowhere
/// else; of those only the newest are kept open, so that a reader who falls behind costs neither memory nor, where old
/// files are deleted, disk: he misses what they held (``missedBytes``).
package final class GrowingCapture: Sendable {
    private final class File: Sendable {
        let path: String
        let descriptor: FileDescriptor

        init(_ path: String, _ descriptor: FileDescriptor) {
            self.path = path
            self.descriptor = descriptor
        }

        deinit { try? descriptor.close() }
    }

    private struct Part {
        /// Nil for one that is kept no longer.
        var file: File?
        var size: UInt64 = 0
        /// What the reader has been handed.
        var source: CaptureSource?
    }

    private struct State {
        var parts: [Part] = []
        /// Those before it are kept no longer.
        var firstKept = 0
        var hasNews = false
        var isOver = false
        var missed: UInt64 = 0
    }

    private let limit: Int
    private let state = Mutex(State())
    private let news = DispatchSemaphore(value: 0)

    /// - Parameter limit: how many files are kept open at most; 1 or more.
    package init(keeping limit: Int) { self.limit = max(1, limit) }

    // MARK: - The writer's side

    /// Another file begins, behind whatever the last one holds.
    ///
    /// - Parameter descriptor: of the file, for reading; it is closed when nobody needs it any more.
    package func begin(_ descriptor: FileDescriptor, path: String) {
        state.withLock { state in
            state.parts.append(Part(file: File(path, descriptor)))
            while state.parts.count - state.firstKept > limit {
                let part = state.parts[state.firstKept]
                state.missed += part.size - (part.source?.size ?? 0)
                state.parts[state.firstKept].file = nil
                state.firstKept += 1
            }
        }
    }

    /// The newest file holds so many bytes, which end with a whole block and stay as they are.
    package func grow(to size: UInt64) {
        tell { state in
            guard let last = state.parts.indices.last, size > state.parts[last].size else { return false }
            state.parts[last].size = size
            return true
        }
    }

    /// Nothing more will come.
    package func end() {
        tell { state in
            defer { state.isOver = true }
            return !state.isOver
        }
    }

    private func tell(_ change: (inout State) -> Bool) {
        let isFirst = state.withLock { state in
            guard change(&state), !state.hasNews else { return false }
            state.hasNews = true
            return true
        }
        if isFirst { news.signal() }
    }

    // MARK: - The reader's side

    /// Bytes that the reader missed, because he fell behind by more files than are kept.
    package var missedBytes: UInt64 { state.withLock { $0.missed } }

    package enum News {
        /// There is more than the last time.
        case grown(Capture)
        /// There was nothing new for as long as the reader wanted to wait.
        case none
        /// Nothing more will come.
        case over
    }

    /// Waits for news.
    ///
    /// - Parameter milliseconds: how long at most.
    package func next(within milliseconds: Int) throws(CaptureError) -> News {
        guard news.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else { return .none }
        let (parts, isOver) = state.withLock { state in
            state.hasNews = false
            return (state.parts, state.isOver)
        }
        let sources = try sources(parts)
        // Whoever comes again after the end learns that it is over.
        if isOver { news.signal() }
        if let sources { return .grown(try Capture(sources, isGrowing: true)) }
        return isOver ? .over : .none
    }

    /// What is there now; nil if that is nothing new.
    private func sources(_ parts: [Part]) throws(CaptureError) -> [CaptureSource]? {
        var sources: [CaptureSource] = []
        var isNew = false
        for (number, part) in parts.enumerated() where part.size > 0 {
            var source = part.source
            if let file = part.file, source?.size != part.size {
                source = try CaptureSource(growing: file.path, file.descriptor, size: part.size)
                isNew = true
            } else if part.file == nil, let old = source, old.mapping.count > 0 {
                source = CaptureSource(takenAway: old, size: part.size)
            }
            // One that came and went unread is as if it had never been.
            guard let source else { continue }
            state.withLock { $0.parts[number].source = source }
            sources.append(source)
        }
        return isNew ? sources : nil
    }
}
