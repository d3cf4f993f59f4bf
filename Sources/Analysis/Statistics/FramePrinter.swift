package import Dissection

/// Something that writes text for frames. Several threads write different frames at the same time, so that it keeps
/// nothing from one frame to the next.
package protocol FramePrinter: Sendable {
    var needs: FrameNeeds { get }
    /// - Parameter isFirst: whether no frame was written before.
    func append(_ frame: borrowing DissectedFrame, isFirst: Bool, to page: inout FramePage)
    /// What goes before all frames.
    func appendBegin(to text: inout [UInt8])
    /// What goes behind them.
    ///
    /// - Parameter isEmpty: whether no frame was written.
    func appendEnd(isEmpty: Bool, to text: inout [UInt8])
}

extension FramePrinter {
    package func appendBegin(to text: inout [UInt8]) {}
    package func appendEnd(isEmpty: Bool, to text: inout [UInt8]) {}
}

/// What was written of some frames, and the room that writing the next one uses again.
package struct FramePage: Sendable {
    package var text: [UInt8] = []
    /// What a layer says, while it is written.
    package var nodes: [DetailNode] = []

    package init() {}
}
