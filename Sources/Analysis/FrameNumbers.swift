package import Dissection

/// Which frames a filter selects, by their indices.
package final class FrameNumbers: FrameTap {
    package let condition: (any FrameTest)?
    package let displaysFrames = true
    package private(set) var found: Set<UInt64> = []

    package init(_ condition: any FrameTest) {
        self.condition = condition
    }

    package func take(_ frame: borrowing DissectedFrame) { found.insert(UInt64(frame.index)) }
}
