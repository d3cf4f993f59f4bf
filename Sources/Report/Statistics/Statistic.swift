package import Dissection
package import Analysis

/// A statistic that was asked for: what counts it, and how it is told.
package protocol Statistic {
    /// What has to see the frames; nil where the index knows all by itself.
    var tap: (any FrameTap)? { get }
    /// As tshark prints it, or as Wharf does where tshark has nothing like it. Lines without their ends.
    func write(_ write: (String) -> Void)
    /// For JSON.
    var document: any Encodable { get }
}

/// What statistics are taken of. The FTP sessions are read only if one of them wants them.
package final class StatisticsSource {
    package let index: CaptureIndex
    package private(set) lazy var story = Story(index)

    /// The frames that are counted, and whose they are; nil for all.
    private(set) lazy var selected = condition.map { condition in
        let numbers = FrameNumbers(condition, namesTransfers: true)
        FrameScan(index).run([numbers]) { _ in ApplicationTable(story) }
        return numbers
    }
    private let condition: (any FrameTest)?

    package init(_ index: CaptureIndex, _ condition: (any FrameTest)? = nil) {
        self.index = index
        self.condition = condition
    }

    /// Those that the counted frames say.
    var credentials: [Credential] {
        story.credentials.filter { credential in
            guard let frames = selected?.found else { return true }
            return frames.contains(credential.userFrame) || credential.passwordFrame.map(frames.contains) ?? false
        }
    }

    /// The time of the first frame, from which on relative times count.
    var firstTime: Int64 { index.frames.first?.time ?? 0 }

    /// From the first frame to the latest one, in microseconds.
    var duration: UInt64 {
        let latest = index.frames.reduce(firstTime) { max($0, $1.time) }
        let (span, overflow) = latest.subtractingReportingOverflow(firstTime)
        return overflow ? .max / 1000 : UInt64(max(0, span)) / 1000
    }

    /// Shows all frames to all of the statistics in one walk.
    package func take(_ statistics: [any Statistic]) {
        FrameScan(index).run(statistics.compactMap(\.tap)) { _ in ApplicationTable(story) }
    }
}
