package import Analysis

/// Which sessions and transfers of a story are told.
package struct StorySelection: Sendable {
    /// By their indices.
    package let sessions: Set<Int>
    package let transfers: Set<Int>

    /// Those that have one of the frames.
    package init(_ frames: FrameNumbers) {
        sessions = frames.sessions
        transfers = frames.transfers
    }

    /// A file counts where one of its pieces does.
    func has(_ file: FileAssembly) -> Bool { file.pieces.contains { transfers.contains($0) } }
}
