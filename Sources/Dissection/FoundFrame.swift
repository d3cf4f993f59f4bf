/// What was found out about a frame. Many ask it, so that it is handed on by its address (``BorrowedValue``).
package struct FoundFrame: Sendable, BitwiseCopyable {
    package var layers: Layers
    /// What only the frames around it tell.
    package var facts: FrameFacts

    package init(_ layers: Layers = Layers(), _ facts: FrameFacts = FrameFacts()) {
        self.layers = layers
        self.facts = facts
    }
}
