import Bytes
import Dissection

/// Writes frames as they come, with what those before them tell.
package struct LivePrinting {
    private let printer: any FramePrinter
    private let options: FrameScan.Options
    private var story = LiveStory()
    private var walk = FrameWalk()
    private var exchanges: DatagramExchanges?
    private var printed = 0
    private var previous: Int64?

    package init(_ printer: any FramePrinter, _ options: FrameScan.Options = FrameScan.Options()) {
        self.printer = printer
        self.options = options
    }

    /// Writes the frames that have come since the last time.
    ///
    /// - Parameters:
    ///   - time: now, in nanoseconds since 1970.
    ///   - sink: takes the text, piece by piece.
    package mutating func take(_ index: CaptureIndex, at time: Int64, to sink: ([UInt8]) throws -> Void) rethrows {
        story.take(index, at: time) { _, _ in }
        let range = printed..<index.frames.count
        guard !range.isEmpty else { return }
        var needs = printer.needs
        if needs.contains(.carried) { needs.formUnion(.sessions) }
        let table = needs.contains(.application) ? story.applications(in: range, of: index) : nil
        let context = CaptureContext(index, table, resolvesNames: options.resolvesNames)
        var completion = FrameCompletion(index, needs, table, options, from: printed, exchanges)
        exchanges = nil
        var (page, previous) = (FramePage(), previous)
        let printer = printer
        walk.forEachFrame(of: index, follows: needs.contains(.sequences), wanted: nil, in: range) {
            frame, bytes, found in
            completion.complete(&found, frame, bytes)
            let time = found.facts.frame.time
            found.facts.frame.displayedDelta = time - (previous ?? time)
            previous = time
            index.withDissectedFrame(found, context) { printer.append($0, isFirst: frame == 0, to: &page) }
        }
        self.previous = previous
        exchanges = completion.takeExchanges()
        printed = range.upperBound
        try sink(page.text)
    }
}
