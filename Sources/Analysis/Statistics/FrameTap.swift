package import Dissection

/// Something that counts or prints frames. It is handed those that meet its condition, in the order of the capture.
package protocol FrameTap: AnyObject {
    var condition: (any FrameTest)? { get }
    var needs: FrameNeeds { get }
    /// Whether the frames that it takes are those that `frame.time_delta_displayed` counts from.
    var displaysFrames: Bool { get }
    func take(_ frame: borrowing DissectedFrame)
}

extension FrameTap {
    package var needs: FrameNeeds { [] }
    package var displaysFrames: Bool { false }
}
